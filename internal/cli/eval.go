package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"inkflow/core/density"
	"inkflow/core/flow"
	"inkflow/core/metric"
	"inkflow/core/model"
	"inkflow/core/ode"
)

// evaluation is what "inkflow eval" is told.
type evaluation struct {
	integration
	model  string
	target string
	n      int
	draws  int
	json   bool
}

const (
	minFloorDraws = 3   // fewer say too little of a floor
	projections   = 128 // of the sliced distance
)

func newEval(s Streams) *cobra.Command {
	var e evaluation
	cmd := &cobra.Command{
		Use:   "eval --model FILE [--target TARGET]",
		Short: "Say how close a network's samples come to a target",
		Long: `eval compares n samples of the network with n fresh points of the target by the
2-Wasserstein distance W2 (exact assignment) and its sliced form, and gives the
mean over several independent draws. Two sets of the target itself have a
distance too: that is the floor, which stands beside it. A ratio near 1 means
that the samples cannot be told from the target at this n.

Without --target it is the preset or word that the network was trained on.
"seconds" is the time of the whole evaluation, "sample_seconds" that of drawing
n samples once, on one core.`,
		Example: `  inkflow eval --model model.safetensors --target moons
  inkflow eval --model model.safetensors --target moons --n 10000 --draws 3 --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&e.model, "model", "", "`file` of the network, - for standard input")
	f.StringVar(&e.target, "target", "", "what to compare with: "+targetUsage+" (default: what the network was trained on, if that was no file)")
	f.IntVar(&e.n, "n", 2000, "points of a draw")
	f.IntVar(&e.draws, "draws", 8, "independent draws")
	e.integration.flags(cmd)
	f.BoolVar(&e.json, "json", false, "report as one JSON object")
	return cmd
}

// evalReport is what eval has to say, as --json prints it. Distances are in
// the target's own units, means over the draws.
type evalReport struct {
	Target        string   `json:"target"`
	W2            float64  `json:"w2"`
	W2Floor       float64  `json:"w2_floor"`
	W2OverFloor   *float64 `json:"w2_over_floor"` // nil where the floor is 0
	SlicedW2      float64  `json:"sliced_w2"`
	SlicedW2Floor float64  `json:"sliced_w2_floor"`
	N             int      `json:"n"`
	Draws         int      `json:"draws"`
	FloorDraws    int      `json:"floor_draws"`
	Seed          uint64   `json:"seed"`
	Solver        string   `json:"solver"`
	Steps         int      `json:"steps"`
	NFE           int      `json:"nfe"` // evaluations of the field for one point
	Seconds       float64  `json:"seconds"`
	SampleSeconds float64  `json:"sample_seconds"`
}

func (e *evaluation) run(ctx context.Context, s Streams) error {
	tab, err := e.tableau()
	if err != nil {
		return err
	}
	if err := between("n", e.n, 1, 20_000); err != nil {
		return err
	}
	if err := between("draws", e.draws, 1, 1000); err != nil {
		return err
	}
	if e.model == "-" && e.target == "-" {
		return usagef("--model and --target cannot both come from standard input")
	}
	c, err := loadModel(e.model, s.In)
	if err != nil {
		return err
	}
	switch {
	case e.target != "" || c.Target == "":
	case namesDensity(c.Target):
		e.target = c.Target
	default:
		return usagef("this model was trained on %.60q: name that file with --target", c.Target)
	}
	target, label, err := openTarget(e.target, s.In)
	if err != nil {
		return err
	}
	if d := c.Net.Config.Dim; d != target.Dim() {
		return fmt.Errorf("%s has %d coordinates, and the network was trained on points of %d", label, target.Dim(), d)
	}
	warnOfScale(s.Err, "eval", c.Net.Scale.Std)
	report := evalReport{
		Target: label, N: e.n, Draws: e.draws, FloorDraws: max(e.draws, minFloorDraws),
		Seed: e.seed, Solver: tab.Name, Steps: e.steps,
	}
	if err := e.measure(ctx, &report, c, target, tab, s.Err); err != nil {
		return err
	}
	return report.print(s.Out, e.json)
}

// a draw is one comparison of two clouds.
type draw struct {
	w2, sliced    float64
	sampleSeconds float64 // of the network's samples
	nfe           int
}

// measure fills in the figures. Every draw has generators of its own, derived
// from the seed and its number, so neither the cores nor the other draws
// matter to it.
func (e *evaluation) measure(ctx context.Context, r *evalReport, c *model.Checkpoint, target density.Target, tab ode.Tableau, stderr io.Writer) error {
	began := time.Now()
	draws := make([]draw, r.Draws+r.FloorDraws) // of the network, then of the floor
	comparers := make([]*comparer, min(runtime.GOMAXPROCS(0), len(draws)))
	for w := range comparers {
		comparers[w] = newComparer(e, c, target, tab)
	}
	bar := newProgress(stderr, len(draws), "comparing")
	defer bar.Clear()
	err := share(ctx, len(comparers), len(draws), func(w, k int) (err error) {
		draws[k], err = comparers[w].compare(ctx, e.seed, k, k < r.Draws)
		bar.Add(1)
		return err
	})
	if err != nil {
		return err
	}
	for k, d := range draws {
		if k < r.Draws {
			r.W2 += d.w2 / float64(r.Draws)
			r.SlicedW2 += d.sliced / float64(r.Draws)
			r.SampleSeconds += d.sampleSeconds / float64(r.Draws)
			r.NFE = d.nfe
		} else {
			r.W2Floor += d.w2 / float64(r.FloorDraws)
			r.SlicedW2Floor += d.sliced / float64(r.FloorDraws)
		}
	}
	if r.W2Floor > 0 { // a target of one single point has none
		ratio := r.W2 / r.W2Floor
		r.W2OverFloor = &ratio
	}
	r.Seconds = time.Since(began).Seconds()
	return nil
}

// comparer is the memory of one worker.
type comparer struct {
	sampler    *flow.Sampler
	target     density.Target
	assignment *metric.Assignment
	x, y       []float32 // [2 × n]
}

func newComparer(e *evaluation, c *model.Checkpoint, target density.Target, tab ode.Tableau) *comparer {
	return &comparer{
		sampler:    newSampler(c.Net, tab, e.steps),
		target:     target,
		assignment: metric.NewAssignment(e.n),
		x:          make([]float32, 2*e.n),
		y:          make([]float32, 2*e.n),
	}
}

// compare makes draw k: samples of the network, or of the target where the
// floor is measured, against fresh points of the target.
func (c *comparer) compare(ctx context.Context, seed uint64, k int, network bool) (draw, error) {
	rng := rand.New(rand.NewPCG(seed, evalStream+uint64(k)))
	var d draw
	if network {
		began := time.Now()
		result := c.sampler.Sample(c.x, rng.Uint64())
		if err := arrived(result); err != nil {
			return d, err
		}
		d.sampleSeconds, d.nfe = time.Since(began).Seconds(), result.Evaluations
	} else {
		c.target.Sample(rng, c.x)
	}
	c.target.Sample(rng, c.y)
	c.assignment.Start(c.x, c.y)
	if !c.assignment.Advance(func() bool { return ctx.Err() != nil }) {
		return d, ctx.Err()
	}
	d.w2 = c.assignment.W2()
	d.sliced = metric.Sliced(rng, c.x, c.y, 2, projections)
	return d, nil
}

// evalStream keeps the generators of an evaluation apart from those of a
// training with the same seed.
const evalStream = 0x6576616c << 32 // "eval"

func (r *evalReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	ratio := "no ratio: the floor is 0"
	if r.W2OverFloor != nil {
		ratio = fmt.Sprintf("ratio %.2f", *r.W2OverFloor)
	}
	_, err := fmt.Fprintf(w, `%s: W2 %.4f, floor %.4f, %s
sliced W2 %.4f, floor %.4f
%d points, %d draws, %s with %d steps (%d evaluations a point), seed %d, %.1f s
`,
		r.Target, r.W2, r.W2Floor, ratio, r.SlicedW2, r.SlicedW2Floor,
		r.N, r.Draws, r.Solver, r.Steps, r.NFE, r.Seed, r.Seconds)
	return err
}
