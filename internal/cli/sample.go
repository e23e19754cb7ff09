package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"inkflow/core/flow"
	"inkflow/core/nn"
	"inkflow/core/ode"
)

// maxPoints is the most points that one run draws: 400 MB of memory.
const maxPoints = 50_000_000

// integration is how noise is carried to data: what sample and eval share.
type integration struct {
	solver string
	steps  int
	seed   uint64
}

func (i *integration) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&i.solver, "solver", "midpoint", "`method`: euler, midpoint or rk4")
	f.IntVar(&i.steps, "steps", 8, "steps of the solver from noise to data")
	f.Uint64Var(&i.seed, "seed", 1, "seed of all that is random")
}

// tableau checks the flags and finds the method.
func (i *integration) tableau() (ode.Tableau, error) {
	if err := between("steps", i.steps, 1, 100_000); err != nil {
		return ode.Tableau{}, err
	}
	tab, err := ode.Parse(i.solver)
	if err != nil {
		var known []string
		for _, t := range ode.Tableaus() {
			known = append(known, t.Name)
		}
		return tab, usagef("--solver is %q%s: it must be one of %q", i.solver, didYouMean(i.solver, known, ""), known)
	}
	return tab, nil
}

// sampling is what "inkflow sample" is told.
type sampling struct {
	integration
	model string
	out   string
	n     int
}

func newSample(s Streams) *cobra.Command {
	var p sampling
	cmd := &cobra.Command{
		Use:   "sample --model FILE",
		Short: "Draw points from a network",
		Long: `sample carries Gaussian noise along the learnt flow and writes where it arrives,
a point a line, as CSV. The same seed gives the same points.`,
		Example: `  inkflow sample --model model.safetensors --n 10000 --out samples.csv
  inkflow sample --model model.safetensors --solver rk4 --steps 4 | head`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&p.model, "model", "", "`file` of the network, - for standard input")
	f.IntVar(&p.n, "n", 1000, "number of points")
	p.integration.flags(cmd)
	f.StringVar(&p.out, "out", "-", "`file` to write, - for standard output")
	return cmd
}

func (p *sampling) run(ctx context.Context, s Streams) error {
	tab, err := p.tableau()
	if err != nil {
		return err
	}
	if err := between("n", p.n, 1, maxPoints); err != nil {
		return err
	}
	c, err := loadModel(p.model, s.In)
	if err != nil {
		return err
	}
	out, err := createOutput(p.out, s.Out)
	if err != nil {
		return err
	}
	defer out.Close()
	x, err := drawPoints(ctx, c.Net, tab, p.steps, p.n, p.seed, s.Err)
	if err != nil {
		return err
	}
	if err := writeCSV(out, x, c.Net.Config.Dim); err != nil {
		return fmt.Errorf("%s could not be written: %w", out.name, err)
	}
	return out.Commit()
}

// drawPoints draws n points of the network's flow, [dim × n], on all cores;
// their values do not depend on how many there are.
func drawPoints(ctx context.Context, net *nn.Net, tab ode.Tableau, steps, n int, seed uint64, stderr io.Writer) ([]float32, error) {
	samplers := make([]*flow.Sampler, runtime.GOMAXPROCS(0))
	for w := range samplers {
		samplers[w] = newSampler(net, tab, steps)
	}
	x := make([]float32, net.Config.Dim*n) // [dim × n]
	bar := newProgress(stderr, flow.Chunks(n), "sampling")
	defer bar.Clear()
	err := share(ctx, len(samplers), flow.Chunks(n), func(w, chunk int) error {
		bar.Add(1)
		return arrived(samplers[w].SampleChunk(x, seed, chunk))
	})
	return x, err
}

// newSampler makes a sampler with memory of its own, for one goroutine.
func newSampler(net *nn.Net, tab ode.Tableau, steps int) *flow.Sampler {
	return flow.NewSampler(nn.NewField(net), net.Config.Dim, tab, ode.Uniform(steps))
}

// arrived is an error where an integration did not reach the data.
func arrived(r ode.Result) error {
	if r.Status != ode.Done {
		return fmt.Errorf("the flow could not be followed to its end: %v; %s", r.Status, r.Status.Advice())
	}
	return nil
}

// writeCSV writes the points x [d × n], a line each, in the fewest digits that
// give each float32 back, under the header x,y (x1,x2,… beyond the plane).
func writeCSV(w io.Writer, x []float32, d int) error {
	b := bufio.NewWriterSize(w, 1<<16)
	line := []byte("x,y")
	if d != 2 {
		line = []byte("x1")
		for i := 2; i <= d; i++ {
			line = fmt.Appendf(line, ",x%d", i)
		}
	}
	n := len(x) / d
	for j := range n + 1 {
		if _, err := b.Write(append(line, '\n')); err != nil {
			return err
		}
		if j == n {
			break
		}
		line = line[:0]
		for i := range d {
			if i > 0 {
				line = append(line, ',')
			}
			line = strconv.AppendFloat(line, float64(x[i*n+j]), 'g', -1, 32)
		}
	}
	return b.Flush()
}
