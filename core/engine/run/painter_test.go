package run

import (
	"math"
	"slices"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/core/exact"
	"inkflow/core/path"
)

// view is a lattice around the origin.
func view(k engine.Kind, t float64) engine.Layer {
	return engine.Layer{Kind: k, Time: t, X0: -3, Y0: -2, Cell: 0.5, W: 12, H: 8}
}

func show(layers ...engine.Layer) engine.Command {
	return engine.Command{Op: engine.OpShow, Layers: layers}
}

// fieldsOf works until every layer that is asked for has come.
func (r *Runner) fieldsOf(t *testing.T, layers ...engine.Layer) map[engine.Kind]engine.Field {
	t.Helper()
	r.do(t, show(layers...))
	got := map[engine.Kind]engine.Field{}
	for range 100_000 {
		r.Work(time.Nanosecond)
		var s engine.Snapshot
		if r.Snapshot(&s) {
			for _, f := range s.Fields {
				got[f.Kind] = f
			}
		}
		if len(got) == len(layers) {
			return got
		}
	}
	t.Fatalf("%d of %d layers have come", len(got), len(layers))
	return nil
}

// taught is a runner on a target that has learned a little and rests.
func taught(t *testing.T, preset string, turn func(s *engine.Settings)) *Runner {
	t.Helper()
	r, _ := newRunner(one)
	r.do(t, target(preset, true))
	s := settings("midpoint", 4, 1000)
	turn(&s)
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s, On: true})
	r.steps(t, 20)
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	return r
}

// Layers are what the network and the exact field give, point by point.
func TestLayersAreTheFields(t *testing.T) {
	const at = 0.6
	for _, row := range []struct {
		name string
		turn func(s *engine.Settings)
		path path.Scheduler // that the layers are along
	}{
		{"as trained", func(*engine.Settings) {}, path.CondOT{}},
		{"along VP", func(s *engine.Settings) { s.Along = "vp" }, path.VP{Min: 0.1, Max: 20}},
		{"predicting x1 on cosine", func(s *engine.Settings) { s.Predict, s.Scheduler = "x1", "cosine" }, path.Cosine{}},
	} {
		r := taught(t, "8gaussians12", row.turn)
		got := r.fieldsOf(t, view(engine.Velocity, at), view(engine.Exact, at), view(engine.Gap, at), view(engine.Density, at))
		answer := exact.Field{Target: r.target.answer(), Path: row.path}
		n := 12 * 8
		x, v := make([]float32, 2), make([]float32, 2)
		for k := range n {
			px, py := -3+0.5*(float64(k%12)+0.5), -2+0.5*(float64(k/12)+0.5)
			p, u := []float64{px, py}, make([]float64, 2)
			answer.Velocity(u, p, at)
			log := answer.LogDensity(p, at)
			x[0], x[1] = float32(px), float32(py)
			r.fields.velocity(v, x, at)
			// Single precision of numbers up to ten or so.
			near := func(what string, got float32, want float64) {
				if math.Abs(float64(got)-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%s, point %d: %s is %g, want %g", row.name, k, what, got, want)
				}
			}
			near("the velocity's x", got[engine.Velocity].Data[k], float64(v[0]))
			near("the velocity's y", got[engine.Velocity].Data[n+k], float64(v[1]))
			near("the exact velocity's x", got[engine.Exact].Data[k], u[0])
			near("the exact velocity's y", got[engine.Exact].Data[n+k], u[1])
			near("the log-density", got[engine.Density].Data[k], max(log, leastLog))
			if gap := math.Hypot(u[0]-float64(v[0]), u[1]-float64(v[1])); float64(got[engine.Gap].Data[k]) > gap*1.001+1e-4 {
				t.Errorf("%s, point %d: the gap %g is larger than %g", row.name, k, got[engine.Gap].Data[k], gap)
			}
		}
		for k, f := range got {
			if (f.Typical > 0) != (k != engine.Density) || f.Step != 20 {
				t.Errorf("%s: %v has the typical speed %g at step %d", row.name, k, f.Typical, f.Step)
			}
		}
	}
}

// Sampling along the trained path itself changes no velocity.
func TestAlongItselfIsTheSame(t *testing.T) {
	r := taught(t, "ring", func(*engine.Settings) {})
	want := r.fieldsOf(t, view(engine.Velocity, 0.4))[engine.Velocity]
	s := r.settings
	s.Along = "condot"
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s})
	got := r.fieldsOf(t, view(engine.Velocity, 0.4))[engine.Velocity]
	for i := range want.Data {
		if math.Abs(float64(got.Data[i]-want.Data[i])) > 1e-4 {
			t.Fatalf("number %d is %g, was %g", i, got.Data[i], want.Data[i])
		}
	}
}

// The likelihood is a density: over the plane it adds up to one, for noise and
// for a source that is drawn.
func TestLikelihoodAddsUpToOne(t *testing.T) {
	for _, source := range []string{"", "8gaussians12"} {
		r := taught(t, "moons", func(s *engine.Settings) { s.Source = source })
		const side = 120
		f := r.fieldsOf(t, engine.Layer{Kind: engine.Likelihood, Time: 1, X0: -9, Y0: -9, Cell: 18. / side, W: side, H: side})[engine.Likelihood]
		sum := 0.0
		for _, v := range f.Data {
			sum += math.Exp(float64(v)) * f.Cell * f.Cell
		}
		// Twelve steps of the midpoint rule and cells of 0.15.
		if math.Abs(sum-1) > 0.03 {
			t.Errorf("from %q it adds up to %.3f", source, sum)
		}
	}
}

// Ends are finite, whatever the path: velocities have no bound there.
func TestLayersAtTheEnds(t *testing.T) {
	for _, l := range engine.Schedulers() {
		r := taught(t, "checkerboard", func(s *engine.Settings) { s.Scheduler = l.Name })
		for _, at := range []float64{0, 1} {
			for k, f := range r.fieldsOf(t, view(engine.Velocity, at), view(engine.Exact, at), view(engine.Gap, at), view(engine.Density, at)) {
				for _, v := range f.Data {
					if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
						t.Fatalf("%s: %v at t = %g holds %g", l.Name, k, at, v)
					}
				}
			}
		}
	}
}

// A layer that has begun is finished although another moment is asked for
// meanwhile; then the latest comes.
func TestLayersThatTakeLongStillCome(t *testing.T) {
	r := taught(t, "word", func(*engine.Settings) {})
	r.finish(t)
	big := func(at float64) engine.Layer {
		return engine.Layer{Kind: engine.Density, Time: at, X0: -4, Y0: -4, Cell: 0.1, W: 80, H: 80}
	}
	r.do(t, show(big(0.1)))
	var came []float64
	for i := range 2000 {
		r.do(t, show(big(0.1+float64(min(i+1, 20))/100)))
		r.Work(time.Nanosecond)
		var s engine.Snapshot
		if r.Snapshot(&s) {
			for _, f := range s.Fields {
				came = append(came, f.Time)
			}
		}
	}
	if len(came) < 2 || came[0] > 0.12 || math.Abs(came[len(came)-1]-0.3) > 1e-9 || !slices.IsSorted(came) {
		t.Errorf("layers of the times %v have come", came)
	}
}

// Held, layers are computed once; while the network learns those that it
// changes are computed again, once the last was taken.
func TestLayersFollowTheWeights(t *testing.T) {
	r := taught(t, "8gaussians12", func(*engine.Settings) {})
	r.fieldsOf(t, view(engine.Velocity, 0.5), view(engine.Exact, 0.5))
	r.finish(t)
	if r.painter.wanting(r.version, r.fields.can) {
		t.Error("at rest there are layers to compute")
	}
	r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	seen := map[engine.Kind]int{}
	for range 300 {
		r.Work(time.Nanosecond)
		var s engine.Snapshot
		if r.Snapshot(&s) {
			for _, f := range s.Fields {
				seen[f.Kind]++
			}
		}
	}
	if seen[engine.Velocity] < 3 || seen[engine.Exact] != 0 {
		t.Errorf("while it learned %v have come", seen)
	}
	r.do(t, show())
	for range 100 {
		r.Work(time.Nanosecond)
		var s engine.Snapshot
		if r.Snapshot(&s); len(s.Fields) > 0 {
			t.Fatal("a layer comes that was switched off")
		}
	}
}

// What was on its way to a client that lost it comes again.
func TestLayersAreSentAgainAfterARefusal(t *testing.T) {
	r := taught(t, "8gaussians12", func(*engine.Settings) {})
	r.fieldsOf(t, view(engine.Density, 0.5))
	c := engine.Command{Op: engine.OpLoad, Model: []byte("nothing of the kind")}
	r.Handle(&c)
	var s engine.Snapshot
	if r.Snapshot(&s); len(s.Fields) != 1 {
		t.Errorf("%d layers are sent again", len(s.Fields))
	}
}

// Without an exact answer there are no exact layers, and nothing waits for
// them.
func TestNoExactLayersWithoutAnAnswer(t *testing.T) {
	r := taught(t, "ring", func(s *engine.Settings) { s.Coupling = "ot" })
	r.fieldsOf(t, view(engine.Velocity, 0.5))
	r.do(t, show(view(engine.Exact, 0.5), view(engine.Density, 0.5), engine.Layer{Kind: engine.Theorem}))
	r.finish(t)
	if s := r.shot(t); len(s.Fields) != 0 || len(s.Proof.Draws) != 0 || s.LossFloor != 0 {
		t.Errorf("%d layers, %d rows, a floor of %g", len(s.Fields), len(s.Proof.Draws), s.LossFloor)
	}
}
