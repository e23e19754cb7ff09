package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"inkflow/core/flow"
	"inkflow/core/nn"
	"inkflow/core/ode"
)

// maxPoints is the most points that one run draws: a file of about a gigabyte.
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
		return tab, usagef("--solver is %q%s: the methods are %s", i.solver, didYouMean(i.solver, known, ""), strings.Join(known, ", "))
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
		Long: `sample carries Gaussian noise along the learned flow and writes where it arrives,
a point a line, as CSV. The same seed gives the same points, and fewer of them
are the first of more. They are written as they are drawn.`,
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
	stderr := s.Err
	if p.out == "-" {
		stderr = io.Discard // a bar would stand among the points
	}
	if err := p.stream(ctx, out, c.Net, tab, stderr); err != nil {
		return err
	}
	return out.Commit()
}

// stream draws the points of the network's flow on all cores and writes them,
// a chunk as soon as it and those before it are there. Their values do not
// depend on how many there are.
func (p *sampling) stream(ctx context.Context, out *output, net *nn.Net, tab ode.Tableau, stderr io.Writer) error {
	if _, err := out.Write(header(net.Config.Dim)); err != nil {
		return fmt.Errorf("%s could not be written: %w", out.name, err)
	}
	workers := make([]*drawer, runtime.GOMAXPROCS(0))
	for w := range workers {
		workers[w] = &drawer{sampler: newSampler(net, tab, p.steps)}
	}
	chunks := flow.Chunks(p.n)
	bar := newProgress(stderr, chunks, "sampling")
	defer bar.Clear()
	line := newTurns()
	return share(ctx, len(workers), chunks, func(w, chunk int) error {
		text, err := workers[w].draw(p.seed, chunk, min(flow.Chunk, p.n-chunk*flow.Chunk))
		return line.take(chunk, func() error {
			if err != nil {
				return err
			}
			bar.Add(1)
			if _, err := out.Write(text); err != nil {
				return fmt.Errorf("%s could not be written: %w", out.name, err)
			}
			return nil
		})
	})
}

// drawer is the memory of one worker.
type drawer struct {
	sampler *flow.Sampler
	x       []float32 // [dim × flow.Chunk]
	text    []byte
}

// draw makes the first n points of a chunk and returns them as CSV; the bytes
// are good until the next call.
func (d *drawer) draw(seed uint64, chunk, n int) ([]byte, error) {
	dim := d.sampler.Dim()
	if d.x == nil {
		d.x = make([]float32, dim*flow.Chunk)
	}
	x := d.x[:dim*n] // [dim × n]
	d.sampler.Noise(x, seed, chunk)
	err := arrived(d.sampler.Advance(x))
	d.text = appendCSV(d.text[:0], x, dim)
	return d.text, err
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

// header names the columns of points of d coordinates: x,y in the plane, and
// x1,x2,… elsewhere.
func header(d int) []byte {
	if d == 2 {
		return []byte("x,y\n")
	}
	line := []byte("x1")
	for i := 2; i <= d; i++ {
		line = fmt.Appendf(line, ",x%d", i)
	}
	return append(line, '\n')
}

// appendCSV adds the points x [d × n] to text, a line each, in the fewest
// digits that give each float32 back.
func appendCSV(text []byte, x []float32, d int) []byte {
	n := len(x) / d
	for j := range n {
		for i := range d {
			if i > 0 {
				text = append(text, ',')
			}
			text = strconv.AppendFloat(text, float64(x[i*n+j]), 'g', -1, 32)
		}
		text = append(text, '\n')
	}
	return text
}
