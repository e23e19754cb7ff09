package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"inkflow/core/flow"
)

// maxPoints is the most points that one run draws: a file of about a gigabyte.
const maxPoints = 50_000_000

// sampling is what "inkflow sample" is told.
type sampling struct {
	integration
	model  string
	source string
	out    string
	n      int
}

func newSample(s Streams) *cobra.Command {
	var p sampling
	cmd := &cobra.Command{
		Use:   "sample --model FILE",
		Short: "Draw points from a network",
		Long: `sample carries noise along the learned flow and writes where it arrives, a point a
line, as CSV. The noise is Gaussian, or drawn from what the network was trained to
start from. The same seed gives the same points, and fewer of them are the first
of more. They are written as they are drawn.`,
		Example: `  inkflow sample --model model.safetensors --n 10000 --out samples.csv
  inkflow sample --model model.safetensors --solver rk4 --steps 4 | head
  inkflow sample --model model.safetensors --solver heun --steps 64 --sde 1`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&p.model, "model", "", "`file` of the network, - for standard input")
	f.StringVar(&p.source, "source", "", "`file` of the points to start from, for a network that was trained with one")
	f.IntVar(&p.n, "n", 1000, "number of points")
	p.integration.flags(cmd)
	f.StringVar(&p.out, "out", "-", "`file` to write, - for standard output")
	return cmd
}

func (p *sampling) run(ctx context.Context, s Streams) error {
	plan, err := p.plan()
	if err != nil {
		return err
	}
	if err := between("n", p.n, 1, maxPoints); err != nil {
		return err
	}
	m, err := learn(p.model, p.source, s.In)
	if err != nil {
		return err
	}
	if _, err := m.generator(plan); err != nil {
		return p.refuse(plan, err) // before a file is touched
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
	if err := p.stream(ctx, out, m, plan, stderr); err != nil {
		return err
	}
	return out.Commit()
}

// stream draws the points of the network's flow on all cores and writes them,
// a chunk as soon as it and those before it are there. Their values do not
// depend on how many there are.
func (p *sampling) stream(ctx context.Context, out *output, m *learned, plan flow.Plan, stderr io.Writer) error {
	if _, err := out.Write([]byte(columns(m.Net.Config.Dim) + "\n")); err != nil {
		return fmt.Errorf("%s could not be written: %w", out.name, err)
	}
	workers := make([]*drawer, runtime.GOMAXPROCS(0))
	for w := range workers {
		g, err := m.generator(plan)
		if err != nil {
			return err
		}
		workers[w] = &drawer{generator: g}
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
	generator *generator
	x         []float32 // [dim × flow.Chunk]
	text      []byte
}

// draw makes the first n points of a chunk and returns them as CSV; the bytes
// are good until the next call.
func (d *drawer) draw(seed uint64, chunk, n int) ([]byte, error) {
	dim := d.generator.Dim()
	if d.x == nil {
		d.x = make([]float32, dim*flow.Chunk)
	}
	x := d.x[:dim*n] // [dim × n]
	err := arrived(d.generator.chunk(x, seed, chunk))
	d.text = appendCSV(d.text[:0], x, dim)
	return d.text, err
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
