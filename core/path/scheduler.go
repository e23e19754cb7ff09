package path

import (
	"fmt"
	"strings"
)

// Scheduler is a pair of curves that mixes data and noise,
// X_t = α_t X1 + σ_t X0.
//
// Implementations are values without state: safe to copy, to compare and to
// use from several goroutines.
type Scheduler interface {
	// Name is the word that Parse accepts, as stored in checkpoints and links.
	Name() string
	// Coefficients returns α_t, σ_t and their derivatives in t, for t in
	// [0, 1]. They are finite on the whole closed interval; a scheduler whose
	// formula is not says in its own comment where it clips.
	Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64)
}

// Schedulers returns every scheduler there is, the default first, in an order
// fit for a menu.
func Schedulers() []Scheduler {
	return []Scheduler{
		CondOT{},
	}
}

// Parse finds a scheduler by its name. The error lists the names there are.
func Parse(name string) (Scheduler, error) {
	var known []string
	for _, s := range Schedulers() {
		if s.Name() == name {
			return s, nil
		}
		known = append(known, s.Name())
	}
	return nil, fmt.Errorf("there is no scheduler %.40q; use one of: %s", name, strings.Join(known, ", "))
}
