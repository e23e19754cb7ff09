package cli

import (
	"context"
	"math"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"inkflow/core/exact"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// asking is what "inkflow field" is told.
type asking struct {
	question
	t        float64
	quantity string
}

func newField(s Streams) *cobra.Command {
	var a asking
	cmd := &cobra.Command{
		Use:   "field (--model FILE | --exact --target TARGET) --t T --points FILE",
		Short: "Say with what velocity points move at a time",
		Long: `field writes the velocity u_t(x), in natural units, at every point of a file: the
one that a network has learned, or with --exact the one that carries noise
N(0, I) to the target along --path, in closed form and in all digits of a
float64. The closed form is that of the target's definition where it has one: the
squares of checkerboard, the modes of the Gaussian mixtures, and curves with
noise, such as moons, as 2048 Gaussians along the curve. That of heart and
pinwheel is that of their picture of 256 × 256 cells; words and pictures are
cells themselves, and points carry Gaussians. With --path ve the noise is
N(0, σ(0)² I), and X_t = X1 + σ(t) X0.

--quantity asks for another face of the same field: x1, the data that is
expected at x; epsilon, the noise that is, in units of its own deviation; score,
the gradient of log p_t.`,
		Example: `  inkflow field --model model.safetensors --t 0.5 --points p.csv
  inkflow field --exact --target checkerboard --path vp --t 0.5 --points p.csv`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.question.check(cmd); err != nil {
				return err
			}
			return a.run(cmd.Context(), s)
		},
	}
	a.question.flags(cmd)
	f := cmd.Flags()
	f.Float64Var(&a.t, "t", 0.5, "`time`, 0 is noise and 1 is data")
	f.StringVar(&a.quantity, "quantity", "velocity", strings.Join(predictionNames(), ", "))
	return cmd
}

func predictionNames() []string {
	var names []string
	for _, p := range path.Predictions() {
		names = append(names, p.String())
	}
	return names
}

// letters name the columns of a quantity.
var letters = map[path.Prediction]string{path.Velocity: "u", path.Data: "d", path.Noise: "e", path.Score: "s"}

func (a *asking) run(ctx context.Context, s Streams) error {
	if !(a.t >= 0 && a.t <= 1) {
		return usagef("--t is %g: time runs from 0, noise, to 1, data", a.t)
	}
	quantity, err := path.ParsePrediction(a.quantity)
	if err != nil {
		return usagef("--quantity: %v", err)
	}
	scheduler, err := parsePath("path", a.path)
	if err != nil {
		return err
	}
	// ask fills u with the quantity at the points x, both [n × d], point by point;
	// worker says which goroutine asks.
	var ask func(worker int, u, x []float64)
	var d int
	if a.exact {
		target, err := closedForm("target", a.target, s.In)
		if err != nil {
			return err
		}
		d = target.Dim()
		ask = exactly(exact.Field{Target: target.Target, Path: scheduler}, quantity, a.t)
	} else {
		m, err := learn(a.model, a.source, s.In)
		if err != nil {
			return err
		}
		scheduler, d = m.scheduler, m.Net.Config.Dim
		if err := m.knows(quantity, a.t); err != nil {
			return err
		}
		ask = m.quantity(quantity, a.t)
	}
	// The closed form is finite wherever the path's derivatives are.
	if from, to := scheduler.Interval(); a.t > to && (a.t == 1 || !a.exact) || a.t < from && !a.exact {
		return usagef("--t is %g: the path %s is followed from %g to %g", a.t, scheduler.Name(), from, to)
	}
	out, err := createOutput(a.out, s.Out)
	if err != nil {
		return err
	}
	defer out.Close()
	x, err := readQueries(a.points, d, s.In)
	if err != nil {
		return err
	}
	u := make([]float64, len(x))
	err = inChunks(ctx, len(x)/d, s.Err, "asking", func(worker, from, to int) error {
		ask(worker, u[from*d:to*d], x[from*d:to*d])
		return nil
	})
	if err != nil {
		return err
	}
	text := []byte(columns(d, letters[quantity]) + "\n")
	for j := 0; j < len(x); j += d {
		text = appendNumbers(text, append(x[j:j+d:j+d], u[j:j+d]...)...)
	}
	if err := write(out, text); err != nil {
		return err
	}
	return out.Commit()
}

// exactly asks a closed form.
func exactly(field exact.Field, q path.Prediction, t float64) func(worker int, u, x []float64) {
	d := field.Dim()
	_, sigma, _, _ := field.Path.Coefficients(t)
	return func(_ int, u, x []float64) {
		for j := 0; j < len(x); j += d {
			at, to := x[j:j+d], u[j:j+d]
			switch q {
			case path.Velocity:
				field.Velocity(to, at, t)
			case path.Data:
				field.Denoiser(to, at, t)
			case path.Score:
				field.Score(to, at, t)
			case path.Noise: // score = −ε/σ
				field.Score(to, at, t)
				for i := range to {
					to[i] *= -sigma
				}
			}
		}
	}
}

// knows makes sure that the network's velocity tells the quantity at t.
func (l *learned) knows(q path.Prediction, t float64) error {
	m := l.flowModel()
	if q == path.Velocity {
		return nil
	}
	if m.Bridge {
		return usagef("--quantity %v: this model was trained on Brownian bridges, whose points are more than noise and data; it knows the velocity alone", q)
	}
	if q == path.Score && !m.HasScore {
		return usagef("--quantity %v: where noise and data were not drawn independently, or the noise is not Gaussian, the field does not give the score; ask for velocity, x1 or epsilon", q)
	}
	if _, cu := path.Convert(l.scheduler, t, path.Velocity, q); math.IsInf(cu, 0) || math.IsNaN(cu) {
		return usagef("--t is %g: the path %s has no noise there, and the field no %v; ask a little before", t, l.scheduler.Name(), q)
	}
	return nil
}

// quantity asks the network, up to flow.Chunk points at a time, and answers in
// natural units: a velocity and the data as such, Gaussian noise in units of its
// own standard deviation, the points of a drawn source like data.
func (l *learned) quantity(q path.Prediction, t float64) func(worker int, u, x []float64) {
	fields := make([]*nn.Field, runtime.GOMAXPROCS(0))
	for w := range fields {
		fields[w] = nn.NewField(l.Net)
	}
	shift, spread := l.affine()
	d := l.Net.Config.Dim
	cx, cu := path.Convert(l.scheduler, t, path.Velocity, q)
	return func(worker int, u, x []float64) {
		n := len(x) / d
		px, pu := make([]float32, d*n), make([]float32, d*n)
		for j := range n {
			for i := range d {
				px[i*n+j] = float32((x[j*d+i] - shift[i]) / spread)
			}
		}
		fields[worker].Velocity(pu, px, t)
		for j := range n {
			for i := range d {
				v := float64(pu[i*n+j])
				if q != path.Velocity {
					v = cx*float64(px[i*n+j]) + cu*v
				}
				switch {
				case q == path.Velocity:
					v *= spread
				case q == path.Data, q == path.Noise && l.source != nil:
					v = shift[i] + spread*v
				case q == path.Score:
					v /= spread
				}
				u[j*d+i] = v
			}
		}
	}
}
