package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"inkflow/core/flow"
	"inkflow/core/nn"
)

// likelihood is what "inkflow loglik" is told.
type likelihood struct {
	question
	divergence string
	probes     int
	tolerance  float64
	seed       uint64
}

func newLoglik(s Streams) *cobra.Command {
	var l likelihood
	cmd := &cobra.Command{
		Use:   "loglik (--model FILE | --exact --target TARGET) --points FILE",
		Short: "Say how probable points are",
		Long: `loglik writes log q(x), in nats and natural units, of every point of a file: under
the flow of a network, which follows each point back to the noise it came from,
or with --exact under the target itself. Where the target has no density at a
point, it is -Inf.

The divergence of a network's field is computed exactly, by a derivative in each
coordinate. --divergence rademacher or gaussian estimates it from random probes
(Hutchinson 1989) as one would in many dimensions, and adds a column with the
standard error.`,
		Example: `  inkflow loglik --model model.safetensors --points p.csv
  inkflow loglik --exact --target checkerboard --points p.csv --out exact.csv`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := l.question.check(cmd); err != nil {
				return err
			}
			return l.run(cmd.Context(), s)
		},
	}
	l.question.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&l.divergence, "divergence", "exact", "exact, or an estimate: rademacher, gaussian")
	f.IntVar(&l.probes, "probes", 16, "probes of an estimate, 2 at least")
	f.Float64Var(&l.tolerance, "tolerance", 1e-5, "tolerance of the integration, in natural units and nats")
	f.Uint64Var(&l.seed, "seed", 1, "seed of the probes")
	return cmd
}

func (l *likelihood) run(ctx context.Context, s Streams) error {
	if known := []string{"exact", "rademacher", "gaussian"}; !slices.Contains(known, l.divergence) {
		return usagef("--divergence is %q%s: it is exact, rademacher or gaussian", l.divergence, didYouMean(l.divergence, known, ""))
	}
	if err := tolerance("tolerance", l.tolerance, 1e-9); err != nil {
		return err
	}
	if err := between("probes", l.probes, 2, 1024); err != nil {
		return err
	}
	if _, err := parsePath("path", l.path); err != nil {
		return err
	}
	out, err := createOutput(l.out, s.Out)
	if err != nil {
		return err
	}
	defer out.Close()
	answer := l.ofModel
	if l.exact {
		answer = l.ofTarget
	}
	if err := answer(ctx, out, s); err != nil {
		return err
	}
	return out.Commit()
}

// ofTarget writes the log-density of the target.
func (l *likelihood) ofTarget(ctx context.Context, out *output, s Streams) error {
	target, err := closedForm("target", l.target, s.In)
	if err != nil {
		return err
	}
	d := target.Dim()
	x, err := readQueries(l.points, d, s.In)
	if err != nil {
		return err
	}
	n := len(x) / d
	log := make([]float64, n)
	err = inChunks(ctx, n, s.Err, "asking", func(_, from, to int) error {
		for j := from; j < to; j++ {
			log[j], _ = target.Posterior(nil, x[j*d:(j+1)*d], 1, 0)
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := []byte(columns(d) + ",loglik\n")
	for j := range n {
		text = appendNumbers(text, append(x[j*d:(j+1)*d:(j+1)*d], log[j])...)
	}
	return write(out, text)
}

// ofModel writes the log-density of the network's samples.
func (l *likelihood) ofModel(ctx context.Context, out *output, s Streams) error {
	m, err := learn(l.model, l.source, s.In)
	if err != nil {
		return err
	}
	d := m.Net.Config.Dim
	x, err := readQueries(l.points, d, s.In)
	if err != nil {
		return err
	}
	n := len(x) / d
	shift, spread := m.affine()
	log, stderr := make([]float64, n), make([]float64, n)
	source, err := m.closedSource(l.source)
	if err != nil {
		return err
	}
	workers := make([]*flow.Likelihood, runtime.GOMAXPROCS(0))
	probes := make([]*rand.PCG, len(workers))
	for w := range workers {
		probes[w] = new(rand.PCG)
		if workers[w], err = l.follower(m, source, rand.New(probes[w])); err != nil {
			return err
		}
	}
	err = inChunks(ctx, n, s.Err, "following", func(w, from, to int) error {
		k := to - from
		rows := make([]float64, d*k) // [d × k]
		for j := range k {
			for i := range d {
				rows[i*k+j] = (x[(from+j)*d+i] - shift[i]) / spread
			}
		}
		probes[w].Seed(l.seed, uint64(from))
		return arrived(workers[w].Log(log[from:to], stderr[from:to], rows))
	})
	if err != nil {
		return err
	}
	text := []byte(columns(d) + ",loglik\n")
	if l.divergence != "exact" {
		text = []byte(columns(d) + ",loglik,stderr\n")
	}
	for j := range n {
		line := append(x[j*d:(j+1)*d:(j+1)*d], log[j]-float64(d)*math.Log(spread))
		if l.divergence != "exact" {
			line = append(line, stderr[j])
		}
		text = appendNumbers(text, line...)
	}
	return write(out, text)
}

// follower makes the likelihood of one goroutine.
func (l *likelihood) follower(m *learned, source *closedTarget, rng *rand.Rand) (*flow.Likelihood, error) {
	field, d := nn.NewField(m.Net), m.Net.Config.Dim
	how := flow.Following{Rtol: l.tolerance, Atol: l.tolerance}
	if source != nil {
		how.Source = m.density(source)
	}
	switch l.divergence {
	case "rademacher":
		return flow.NewLikelihood(flow.HutchinsonDivergence(field, d, l.probes, flow.Rademacher, rng), m.scheduler, how)
	case "gaussian":
		return flow.NewLikelihood(flow.HutchinsonDivergence(field, d, l.probes, flow.Gaussian, rng), m.scheduler, how)
	}
	return flow.NewLikelihood(flow.ForwardDivergence(field, d), m.scheduler, how)
}

// closedSource is the closed form of what a network starts from, or nil where
// that is Gaussian. name is the flag --source.
func (l *learned) closedSource(name string) (*closedTarget, error) {
	switch {
	case l.source == nil:
		return nil, nil
	case name == "-":
		return nil, usagef("--source -: name the file, its density is wanted besides its points")
	case name == "":
		name = l.Source
	}
	return closedForm("source", name, nil)
}

// density is the log-density of a closed form in the coordinates of the network,
// for one goroutine.
func (l *learned) density(target *closedTarget) func(x []float64) float64 {
	shift, spread := l.affine()
	d := target.Dim()
	point := make([]float64, d)
	return func(x []float64) float64 {
		for i, v := range x {
			point[i] = shift[i] + spread*v
		}
		log, _ := target.Posterior(nil, point, 1, 0)
		return log + float64(d)*math.Log(spread)
	}
}

// inChunks does n points on all cores, in pieces that depend on n alone: those
// from … to−1 by a call of work.
func inChunks(ctx context.Context, n int, stderr io.Writer, what string, work func(worker, from, to int) error) error {
	chunks := flow.Chunks(n)
	bar := newProgress(stderr, chunks, what)
	defer bar.Clear()
	return share(ctx, runtime.GOMAXPROCS(0), chunks, func(w, chunk int) error {
		defer bar.Add(1)
		return work(w, chunk*flow.Chunk, min((chunk+1)*flow.Chunk, n))
	})
}

// write puts a finished text out.
func write(out *output, text []byte) error {
	if _, err := out.Write(text); err != nil {
		return fmt.Errorf("%s could not be written: %w", out.name, err)
	}
	return nil
}
