package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"inkflow/core/density"
	"inkflow/core/flow"
	"inkflow/core/metric"
)

// evaluation is what "inkflow eval" is told.
type evaluation struct {
	integration
	model  string
	source string
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
	f.StringVar(&e.source, "source", "", "`file` of the points to start from, for a network that was trained with one")
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
	Noise         string   `json:"sde"` // noise level of the SDE, "0" the ODE
	Steps         int      `json:"steps"`
	NFE           int      `json:"nfe"` // evaluations of the field for one point
	// How much the flow moves the points about; nil with noise.
	PathEnergy    *float64 `json:"path_energy"`  // E∫‖u‖² dt
	SourceW2      *float64 `json:"source_w2"`    // W2 between the source and the target, mean over the draws
	NPE           *float64 `json:"npe"`          // |path energy − W2²| / W2², of those two
	Straightness  *float64 `json:"straightness"` // E∫‖u − (x1 − x0)‖² dt, 0 for straight paths
	Seconds       float64  `json:"seconds"`
	SampleSeconds float64  `json:"sample_seconds"`
}

func (e *evaluation) run(ctx context.Context, s Streams) error {
	plan, err := e.plan()
	if err != nil {
		return err
	}
	if err := between("n", e.n, 1, 20_000); err != nil {
		return err
	}
	if err := between("draws", e.draws, 1, 1000); err != nil {
		return err
	}
	if err := onceFromStdin("model", e.model, "source", e.source, "target", e.target); err != nil {
		return err
	}
	c, err := learn(e.model, e.source, s.In)
	if err != nil {
		return err
	}
	if _, err := c.generator(plan); err != nil {
		return e.refuse(plan, err)
	}
	switch {
	case e.target != "" || c.Target == "":
	case namesDensity(c.Target):
		e.target = c.Target
	default:
		return usagef("this model was trained on %.60q: name that file with --target", c.Target)
	}
	target, label, err := openTarget("target", e.target, s.In)
	if err != nil {
		return err
	}
	if d := c.Net.Config.Dim; d != target.Dim() {
		return fmt.Errorf("%s has %d coordinates, and the network was trained on points of %d", label, target.Dim(), d)
	}
	c.warnOfScale(s.Err, "eval")
	report := evalReport{
		Target: label, N: e.n, Draws: e.draws, FloorDraws: max(e.draws, minFloorDraws),
		Seed: e.seed, Solver: e.solver, Steps: e.steps, Noise: e.noise,
	}
	if err := e.measure(ctx, &report, c, target, plan, s.Err); err != nil {
		return err
	}
	return report.print(s.Out, e.json)
}

// a draw is one comparison of two clouds.
type draw struct {
	w2, sliced    float64
	sampleSeconds float64 // of the network's samples
	nfe           int

	// Of the network's flow, unless it has noise.
	energy, straightness float64
	source               float64 // W2 between where it starts and the target
}

// measure fills in the figures. Every draw has generators of its own, derived
// from the seed and its number, so neither the cores nor the other draws
// matter to it.
func (e *evaluation) measure(ctx context.Context, r *evalReport, c *learned, target density.Target, plan flow.Plan, stderr io.Writer) error {
	began := time.Now()
	draws := make([]draw, r.Draws+r.FloorDraws) // of the network, then of the floor
	comparers := make([]*comparer, min(runtime.GOMAXPROCS(0), len(draws)))
	for w := range comparers {
		var err error
		if comparers[w], err = newComparer(e, c, target, plan); err != nil {
			return err
		}
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
			r.NFE = max(r.NFE, d.nfe)
		} else {
			r.W2Floor += d.w2 / float64(r.FloorDraws)
			r.SlicedW2Floor += d.sliced / float64(r.FloorDraws)
		}
	}
	if r.W2Floor > 0 { // a target of one single point has none
		ratio := r.W2 / r.W2Floor
		r.W2OverFloor = &ratio
	}
	if comparers[0].paths {
		r.addPaths(draws[:r.Draws])
	}
	r.Seconds = time.Since(began).Seconds()
	return nil
}

// addPaths fills in what the draws say of the way that the points take.
func (r *evalReport) addPaths(draws []draw) {
	var energy, straightness, squared float64
	for _, d := range draws {
		energy += d.energy / float64(len(draws))
		straightness += d.straightness / float64(len(draws))
		squared += d.source * d.source / float64(len(draws))
	}
	distance := math.Sqrt(squared)
	r.PathEnergy, r.Straightness, r.SourceW2 = &energy, &straightness, &distance
	if squared > 0 {
		npe := metric.PathEnergy(energy, distance)
		r.NPE = &npe
	}
}

// comparer is the memory of one worker.
type comparer struct {
	generator  *generator
	paths      bool // the points move along a field, not by chance
	target     density.Target
	assignment *metric.Assignment
	x, y       []float32 // [2 × n]
}

func newComparer(e *evaluation, c *learned, target density.Target, plan flow.Plan) (*comparer, error) {
	g, err := c.generator(plan)
	if err != nil {
		return nil, err
	}
	return &comparer{
		generator: g, paths: plan.Noise == 0 && plan.Corrector == 0,
		target:     target,
		assignment: metric.NewAssignment(e.n),
		x:          make([]float32, 2*e.n),
		y:          make([]float32, 2*e.n),
	}, nil
}

// compare makes draw k: samples of the network, or of the target where the
// floor is measured, against fresh points of the target.
func (c *comparer) compare(ctx context.Context, seed uint64, k int, network bool) (draw, error) {
	rng := rand.New(rand.NewPCG(seed, evalStream+uint64(k)))
	var d draw
	if network {
		began := time.Now()
		noise := rng.Uint64()
		result := c.generator.Sample(c.x, noise)
		if err := arrived(result); err != nil {
			return d, err
		}
		d.sampleSeconds, d.nfe = time.Since(began).Seconds(), result.Evaluations
		if c.paths {
			d.energy, d.straightness = c.generator.energy(len(c.x)/c.generator.Dim(), noise)
		}
	} else {
		c.target.Sample(rng, c.x)
	}
	c.target.Sample(rng, c.y)
	if err := c.assign(ctx, &d.w2); err != nil {
		return d, err
	}
	d.sliced = metric.Sliced(rng, c.x, c.y, 2, projections)
	if network && c.paths {
		c.generator.start(c.x, rng.Uint64())
		return d, c.assign(ctx, &d.source)
	}
	return d, nil
}

// assign sets w2 to the distance between x and y.
func (c *comparer) assign(ctx context.Context, w2 *float64) error {
	c.assignment.Start(c.x, c.y)
	if !c.assignment.Advance(func() bool { return ctx.Err() != nil }) {
		return ctx.Err()
	}
	*w2 = c.assignment.W2()
	return nil
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
%s%d points, %d draws, %s with %d steps (%d evaluations a point), seed %d, %.1f s
`,
		r.Target, r.W2, r.W2Floor, ratio, r.SlicedW2, r.SlicedW2Floor,
		r.way(), r.N, r.Draws, r.Solver, r.Steps, r.NFE, r.Seed, r.Seconds)
	return err
}

// way is the line about the paths, or nothing.
func (r *evalReport) way() string {
	if r.NPE == nil {
		return ""
	}
	return fmt.Sprintf("path energy %.3f, W2 from the source %.3f, NPE %.3f, straightness %.3f\n", *r.PathEnergy, *r.SourceW2, *r.NPE, *r.Straightness)
}
