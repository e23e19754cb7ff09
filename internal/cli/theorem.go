package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"inkflow/core/cfm"
	"inkflow/core/exact"
	"inkflow/core/theorem"
)

// proof is what "inkflow theorem" is told.
type proof struct {
	target string
	path   string
	steps  int
	json   bool
	config theorem.Config
	pairs  int // 2^pairs in the last row
}

func newTheorem(s Streams) *cobra.Command {
	p := proof{config: theorem.DefaultConfig()}
	cmd := &cobra.Command{
		Use:   "theorem --target TARGET",
		Short: "Measure the theorem that flow matching rests on",
		Long: `theorem takes the gradients of two losses at the same network, on the same draws:
FM, the regression on the exact velocity field, which for these targets is known,
and CFM, the regression on the velocity of single pairs, which is what one can
compute for any data. Lipman et al. (2023, theorem 2) say that the two gradients
are equal in expectation and the losses differ by a constant. So the distance of
the gradients must shrink like 1/√n, and CFM − FM must be that constant.

The network has been trained for --steps steps first: with 0 its last layer is
still zero. Below the rows stand two bounds of every network: the entropy of the
target, and the CFM loss of the exact field.`,
		Example: `  inkflow theorem --target checkerboard
  inkflow theorem --target word:hello --path cosine --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&p.target, "target", "", "a target with a closed form: "+targetUsage)
	f.StringVar(&p.path, "path", "condot", "`scheduler`: "+pathUsage)
	f.IntVar(&p.steps, "steps", 200, "training steps before the measurement")
	f.IntVar(&p.config.Gradients, "gradients", p.config.Gradients, "independent gradients a row")
	f.IntVar(&p.pairs, "pairs", p.config.To, "the last row has two to the power of this many `pairs` a gradient")
	f.Uint64Var(&p.config.Seed, "seed", 1, "seed of all that is random")
	f.BoolVar(&p.json, "json", false, "report as one JSON object")
	return cmd
}

// theoremReport is what theorem has to say, as --json prints it. Losses are means
// over pairs and coordinates.
type theoremReport struct {
	Target  string       `json:"target"`
	Closed  string       `json:"closed_form_of"`
	Path    string       `json:"path"`
	Steps   int          `json:"steps"`
	Seed    uint64       `json:"seed"`
	Slope   float64      `json:"slope"` // of log distance against log n: −1/2
	Rows    []theoremRow `json:"rows"`
	FM      float64      `json:"fm"`
	CFM     float64      `json:"cfm"`
	Gap     float64      `json:"gap"`      // CFM − FM
	Const   float64      `json:"constant"` // E‖u(X|Z) − u(X)‖², by itself
	Excess  float64      `json:"gap_minus_constant"`
	StdErr  float64      `json:"gap_minus_constant_stderr"`
	FromTo  [2]float64   `json:"times"`
	Network int          `json:"parameters"`
	Entropy bound        `json:"entropy"`    // nats: of the target, the best mean −log q
	Floor   bound        `json:"loss_floor"` // CFM of the exact field, over all times
}

// bound is a number that no network gets below, and how well it is known: 0 where
// that is exactly.
type bound struct {
	Value float64 `json:"value"`
	Error float64 `json:"stderr"`
}

// bound is the mean of a mean over points, each part of them with a generator of
// its own.
func (p *proof) bound(target *closedTarget, mean func(rng *rand.Rand, n int) (value, stderr float64)) (b bound) {
	var parts [16]bound
	n := boundPoints
	if target.few {
		n = boundPointsFew
	}
	_ = share(context.Background(), runtime.GOMAXPROCS(0), len(parts), func(_, k int) error {
		parts[k].Value, parts[k].Error = mean(rand.New(rand.NewPCG(p.config.Seed, boundStream+uint64(k))), n/len(parts))
		return nil
	})
	for _, part := range parts {
		b.Value += part.Value / float64(len(parts))
		b.Error = math.Hypot(b.Error, part.Error/float64(len(parts)))
	}
	return b
}

// MarshalJSON is null where there is no such number: points without width have no
// density.
func (b bound) MarshalJSON() ([]byte, error) {
	if math.IsNaN(b.Value) || math.IsInf(b.Value, 0) {
		return []byte("null"), nil
	}
	type plain bound
	return json.Marshal(plain(b))
}

func (b bound) String() string {
	if math.IsNaN(b.Value) || math.IsInf(b.Value, 0) {
		return "none: it has points without width"
	}
	if b.Error == 0 {
		return fmt.Sprintf("%.5f", b.Value)
	}
	return fmt.Sprintf("%.5f ± %.5f", b.Value, b.Error)
}

// The bounds are means over so many points, more where a point costs little.
// boundStream keeps their generators apart from the others.
const (
	boundPoints    = 1 << 16
	boundPointsFew = 1 << 19
	boundStream    = 0x626f756e << 32 // "boun"
)

type theoremRow struct {
	N              int     `json:"n"`
	Distance       float64 `json:"relative_distance"`
	DistanceStdErr float64 `json:"relative_distance_stderr"`
}

func (p *proof) run(ctx context.Context, s Streams) error {
	if err := between("steps", p.steps, 0, 1_000_000); err != nil {
		return err
	}
	if err := between("gradients", p.config.Gradients, 2, theorem.MaxGradients); err != nil {
		return err
	}
	if err := between("pairs", p.pairs, p.config.From+1, 20); err != nil {
		return err
	}
	p.config.To = p.pairs
	scheduler, err := parsePath("path", p.path)
	if err != nil {
		return err
	}
	if p.target == "" {
		return usagef("--target is missing: %s", targetUsage)
	}
	target, err := closedForm("target", p.target, s.In)
	if err != nil {
		return err
	}
	cfg := cfm.DefaultConfig()
	cfg.Seed = p.config.Seed
	trainer, err := newTrainer(target, scheduler, cfg)
	if err != nil {
		return err
	}
	if err := fit(ctx, trainer, p.steps, s.Err); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	from, to := scheduler.Interval()
	p.config.Net, p.config.Exact = trainer.Net(), &exact.Field{Target: target.Target, Path: scheduler}
	p.config.Draw = func(rng *rand.Rand, x0, x1, t []float32) {
		for i := range x0 {
			x0[i] = float32(rng.NormFloat64())
		}
		target.Sample(rng, x1)
		for j := range t {
			t[j] = float32(from + (to-from)*rng.Float64())
		}
	}
	m, err := theorem.New(p.config)
	if err != nil {
		return errors.New(bare(err))
	}
	bar := newProgress(s.Err, m.Total(), "measuring")
	for !m.Done() && ctx.Err() == nil {
		bar.Add(m.Advance(4096))
	}
	bar.Clear()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	last := m.Rows()[len(m.Rows())-1]
	r := theoremReport{
		Target: filepath.Base(p.target), Closed: target.note, Path: scheduler.Name(), Steps: p.steps, Seed: p.config.Seed,
		Slope: theorem.Slope(m.Rows()), FM: last.FM.Value, CFM: last.CFM.Value, Gap: last.Gap.Value,
		Const: last.Constant.Value, Excess: last.Excess.Value, StdErr: last.Excess.Error,
		FromTo: [2]float64{from, to}, Network: trainer.Net().NumParams(),
	}
	r.Entropy = p.bound(target, func(rng *rand.Rand, n int) (float64, float64) { return exact.Entropy(target.Target, rng, n) })
	field := exact.Field{Target: target.Target, Path: scheduler}
	r.Floor = p.bound(target, func(rng *rand.Rand, n int) (float64, float64) { return exact.LossFloor(field, rng, n) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, row := range m.Rows() {
		r.Rows = append(r.Rows, theoremRow{row.Pairs, row.Distance.Value, row.Distance.Error})
	}
	return r.print(s.Out, p.json)
}

func (r *theoremReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	fmt.Fprintf(w, "%s along %s, the exact field that of %s; a network of %d weights after %d steps\n\n", r.Target, r.Path, r.Closed, r.Network, r.Steps)
	fmt.Fprintln(w, "pairs n   ‖∇CFM − ∇FM‖ / ‖∇FM‖   times √n")
	for _, row := range r.Rows {
		fmt.Fprintf(w, "%7d   %12.4f ± %-9.4f %8.3g\n", row.N, row.Distance, row.DistanceStdErr, row.Distance*math.Sqrt(float64(row.N)))
	}
	_, err := fmt.Fprintf(w, `
slope of the logarithms   %.3f   (the theorem: −0.5)
CFM                       %.5f
FM                        %.5f
CFM − FM                  %.5f
E‖u(X|Z) − u(X)‖²         %.5f   (the theorem: the same; difference %.5f ± %.5f)

entropy of the target     %s nats, the least mean of −log q
floor of CFM              %s, its value at the exact field
`, r.Slope, r.CFM, r.FM, r.Gap, r.Const, r.Excess, r.StdErr, r.Entropy, r.Floor)
	return err
}
