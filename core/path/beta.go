package path

import "math"

// A beta is the linear noise rate that VP and SubVP share, counted from the
// data: with s = 1 − t,
//
//	β(s) = βmin + (βmax − βmin) s,   B(s) = ∫₀ˢ β = βmin s + ½(βmax − βmin) s².
type beta struct{ min, max float64 }

// at returns β(1 − t) and B(1 − t).
func (b beta) at(t float64) (rate, total float64) {
	s := 1 - t
	return b.min + (b.max-b.min)*s, (b.min + (b.max-b.min)/2*s) * s
}

// time solves B(1 − t) = total ≥ 0, in the form of the root that does not
// cancel.
func (b beta) time(total float64) float64 {
	return 1 - 2*total/(b.min+math.Sqrt(b.min*b.min+2*(b.max-b.min)*total))
}

// betas is the table row of a scheduler with this rate.
func betas(word string, build func(min, max float64) Scheduler) family {
	return family{
		word: word, keys: []string{"min", "max"}, standard: []float64{0.1, 20},
		build: func(v []float64) (Scheduler, string) {
			if !(v[0] >= 1e-3 && v[0] <= v[1] && v[1] >= 1 && v[1] <= 200) {
				return nil, "min is at least 0.001 and at most max, and max lies between 1 and 200, as in " + word + ":min=0.1,max=20"
			}
			return build(v[0], v[1]), ""
		},
	}
}
