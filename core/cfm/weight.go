package cfm

import (
	"errors"
	"math"

	"inkflow/core/nn"
)

// A Weight says how much each time counts in the loss. The zero value is
// [Even].
//
// All of them have the same minimiser, since a factor that depends on t alone
// leaves the best answer at each (x, t) as it is; what differs is where a network
// that cannot be right everywhere is right. They are stated for the error of the
// denoiser, D = E[X1 | x], the one quantity that means the same on every path:
//
//	Even    1/Unit²: each time counts by the error in the network's own units, so
//	        that an untrained network scores 1 at every t; the default
//	SNR     α²/σ² on D, which is weight 1 on the noise (Ho et al. 2020; Salimans
//	        and Ho 2022, section 4)
//	MinSNR  min(α²/σ², γ) on D (Hang et al. 2023, section 3.4, γ = 5)
//	Natural 1 on the predicted quantity itself, in natural units, as the loss is
//	        written in papers
//
// SNR here is the ratio of powers, the square of path.SNR.
type Weight struct {
	Kind  WeightKind
	Gamma float64 // of MinSNR, in (0, 1e6]; 0: 5
}

// WeightKind is the family of a [Weight].
type WeightKind uint8

// The weights there are.
const (
	Even WeightKind = iota
	SNR
	MinSNR
	Natural
)

const (
	standardGamma = 5
	mostGamma     = 1e6
)

// Weights returns the weights in the order of a menu, the default first.
func Weights() []Weight {
	return []Weight{{Kind: Even}, {Kind: SNR}, {Kind: MinSNR, Gamma: standardGamma}, {Kind: Natural}}
}

var weightWords = [...]string{Even: "uniform", SNR: "snr", MinSNR: "minsnr", Natural: "natural"}

// String is what ParseWeight reads: uniform, snr, minsnr, natural, or
// minsnr:gamma=3.
func (w Weight) String() string {
	if w.Kind == MinSNR {
		return spell(weightWords[MinSNR], "gamma", w.gamma(), standardGamma)
	}
	return weightWords[w.Kind]
}

// ParseWeight finds a weight by its text; the error lists those there are.
func ParseWeight(text string) (Weight, error) {
	if word(text) == weightWords[MinSNR] {
		g, err := parameter("weight", text, weightWords[MinSNR], "gamma", standardGamma, mostGamma)
		if err != nil {
			return Weight{}, err
		}
		return Weight{Kind: MinSNR, Gamma: g}, nil
	}
	for kind, name := range weightWords {
		if name == text {
			return Weight{Kind: WeightKind(kind)}, nil
		}
	}
	return Weight{}, unknown("weight", text, weightWords[:])
}

// Validate returns nil, or an error that says what is wrong.
func (w Weight) Validate() error {
	if int(w.Kind) >= len(weightWords) {
		return errors.New("cfm: Weight is of no kind there is, want Even, SNR, MinSNR or Natural")
	}
	if w.Kind == MinSNR && !(w.gamma() > 0 && w.gamma() <= mostGamma) {
		return errors.New("cfm: Weight.Gamma is " + number(w.Gamma) + ", want a number above 0 and at most 1e6, 5 for example")
	}
	return nil
}

func (w Weight) gamma() float64 {
	if w.Gamma == 0 {
		return standardGamma
	}
	return w.Gamma
}

// relative is the weight over that of Even, for a network with these factors.
//
// With y = aX1 + bX0 and x = αX1 + σX0, an error e in y is one of σe/q in D, where
// q = aσ − bα. So a weight w on D is wσ²/q² on y, and wσ²Unit²/q² times the even
// one: α²Unit²/q² for the signal-to-noise ratio, min(α², γσ²)Unit²/q² for the cut
// one. Both stay below s0² for a preconditioned network. For a plain one they grow
// without bound towards an end where q is 0, and are cut at mostRelative.
func (w Weight) relative(k *nn.Preconditioner) float64 {
	unit := k.Unit()
	top := k.Alpha * k.Alpha
	switch w.Kind {
	case Even:
		return 1
	case Natural:
		return unit * unit
	case MinSNR:
		top = min(top, w.gamma()*k.Sigma*k.Sigma)
	}
	q := (k.A*k.Sigma - k.B*k.Alpha) / unit
	if top == 0 {
		return 0
	}
	return math.Min(top/(q*q), mostRelative)
}

const mostRelative = 1e3
