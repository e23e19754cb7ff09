package cfm

import "math/rand/v2"

// A Coupling says which noise goes with which data within a batch. It is a
// value: comparable, without memory of its own.
type Coupling interface {
	// Name is what ParseCoupling reads, in its shortest form.
	Name() string
	// Matcher returns what pairs batches of n points in d dimensions, with memory
	// of its own; nil where points stay as they were drawn.
	Matcher(n, d int) Matcher
	// Noise is the σ of the Brownian bridge σ√(t(1−t)) that is laid over the path
	// between the two of a pair; 0 for none.
	Noise() float64
}

// A Matcher permutes the points of x1, so that point j of x0 and point j of x1 are
// a pair. All points stay: nothing is lost and nothing comes twice, so that both
// margins are kept exactly.
//
//	x0, x1 [d × n]; x0 must not be changed
type Matcher interface {
	Match(rng *rand.Rand, x0, x1 []float32)
}

// Independent leaves the pairs as they were drawn: X0 and X1 know nothing of each
// other. It is the default.
type Independent struct{}

// Name is "independent".
func (Independent) Name() string { return "independent" }

// Matcher is nil.
func (Independent) Matcher(n, d int) Matcher { return nil }

// Noise is 0.
func (Independent) Noise() float64 { return 0 }

// Couplings returns one of each kind, with default parameters, in the order of a
// menu, the default first.
func Couplings() []Coupling {
	return []Coupling{Independent{}, OT{}, Sinkhorn{Epsilon: standardEpsilon}, Bridge{Sigma: standardSigma}}
}

// ParseCoupling finds a coupling by its text: independent, ot, ot:group=64,
// sinkhorn:eps=0.5 or sb:sigma=1. A number left out is the default, and an empty
// text is independent. The error says what there is.
func ParseCoupling(text string) (Coupling, error) {
	const what = "coupling"
	switch word(text) {
	case "":
		if text == "" {
			return Independent{}, nil
		}
	case "independent":
		if text == "independent" {
			return Independent{}, nil
		}
	case "ot":
		if text == "ot" {
			return OT{}, nil
		}
		g, err := parameter(what, text, "ot", "group", standardGroup, largestGroup)
		if err != nil {
			return nil, err
		}
		c := OT{Group: int(g)}
		if float64(c.Group) != g || c.Validate() != nil {
			return nil, c.wrong()
		}
		return c, nil
	case "sinkhorn":
		e, err := parameter(what, text, "sinkhorn", "eps", standardEpsilon, mostEpsilon)
		if err != nil {
			return nil, err
		}
		return Sinkhorn{Epsilon: e}, nil
	case "sb":
		s, err := parameter(what, text, "sb", "sigma", standardSigma, mostSigma)
		if err != nil {
			return nil, err
		}
		return Bridge{Sigma: s}, nil
	}
	var words []string
	for _, c := range Couplings() {
		words = append(words, c.Name())
	}
	return nil, unknown(what, text, words)
}

// permute moves point order[j] of x [d × n] to place j; scratch is [n] at least.
func permute(x []float32, order []int32, scratch []float32) {
	n := len(order)
	scratch = scratch[:n]
	for from := 0; from < len(x); from += n {
		row := x[from : from+n]
		copy(scratch, row)
		for j, o := range order {
			row[j] = scratch[o]
		}
	}
}
