package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"inkflow/core/exact"
	"inkflow/core/flow"
	"inkflow/core/metric"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// solverBench is what "inkflow bench solvers" is told.
type solverBench struct {
	target string
	path   string
	n      int
	draws  int
	seed   uint64
	json   bool
}

func newBench(s Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure solvers against the exact field",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("there is no benchmark %q; there are: solvers", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBenchSolvers(s))
	return cmd
}

func newBenchSolvers(s Streams) *cobra.Command {
	var b solverBench
	cmd := &cobra.Command{
		Use:   "solvers",
		Short: "W2 of every solver at 1 to 32 evaluations, with the exact field and no network",
		Long: `solvers carries the same noise along the exact field of a target with every
solver, each on the time grid that it names, and prints W2 to fresh points of the
target: the mean over the draws, beside the floor, the same between two sets of
the target. The last columns compare 8 evaluations with 256 steps of the same
solver on the same noise. Paths that keep a trace of the data at t = 0 (vp, subvp,
ve) are started from exactly that.`,
		Example: `  inkflow bench solvers
  inkflow bench solvers --target 8gaussians --path vp --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return b.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&b.target, "target", "checkerboard", "a target with a closed form: "+targetUsage)
	f.StringVar(&b.path, "path", "condot", "`scheduler`: "+pathUsage)
	f.IntVar(&b.n, "n", 2000, "points of a draw")
	f.IntVar(&b.draws, "draws", 8, "independent draws")
	f.Uint64Var(&b.seed, "seed", 1, "seed of all that is random")
	f.BoolVar(&b.json, "json", false, "report as one JSON object")
	return cmd
}

// budgets are the columns of the table, in evaluations.
var budgets = []int{1, 2, 4, 8, 16, 32}

// tolerances are the rows of a solver that chooses its steps.
var tolerances = []float64{1e-1, 1e-2, 1e-3, 1e-4}

const referenceSteps = 256

// solverRun is a cell of the table: a plan, and what came of it draw by draw.
type solverRun struct {
	plan  flow.Plan
	w2    []float64 // [draws]
	taken []int     // [draws]
}

func (r *solverRun) mean() float64 {
	sum := 0.
	for _, v := range r.w2 {
		sum += v / float64(len(r.w2))
	}
	return sum
}

func (b *solverBench) run(ctx context.Context, s Streams) error {
	if err := between("n", b.n, 2, 20_000); err != nil {
		return err
	}
	if err := between("draws", b.draws, 1, 1000); err != nil {
		return err
	}
	scheduler, err := parsePath("path", b.path)
	if err != nil {
		return err
	}
	if b.target == "" {
		return usagef("--target is missing: %s", targetUsage)
	}
	target, err := closedForm("target", b.target, s.In)
	if err != nil {
		return err
	}
	r := solverReport{Target: filepath.Base(b.target), Closed: target.note, Path: scheduler.Name(), N: b.n, Draws: b.draws, Seed: b.seed}
	var runs []*solverRun
	plan := func(p flow.Plan) *solverRun {
		run := &solverRun{plan: p, w2: make([]float64, b.draws), taken: make([]int, b.draws)}
		runs = append(runs, run)
		return run
	}
	type fixed struct {
		cells     []*solverRun // [budgets], nil where there is no step
		reference *solverRun
	}
	finish := 0 // evaluations of the denoising step at the end
	if _, to := scheduler.Interval(); to < 1 {
		finish = 1
	}
	var table []fixed
	var adaptive []*solverRun
	for _, m := range ode.Methods() {
		if m.Adaptive() {
			for _, tol := range tolerances {
				adaptive = append(adaptive, plan(flow.Plan{Method: m, Steps: 1, Rtol: tol, Atol: tol}))
				r.Adaptive = append(r.Adaptive, adaptiveRow{Solver: m.Name, Tolerance: tol})
			}
			continue
		}
		row := fixed{reference: plan(flow.Plan{Method: m, Steps: referenceSteps})}
		for _, nfe := range budgets {
			var cell *solverRun
			if steps := m.Steps(nfe - finish); m.Evaluations(steps) <= nfe-finish {
				cell = plan(flow.Plan{Method: m, Steps: steps})
			}
			row.cells = append(row.cells, cell)
		}
		table = append(table, row)
		r.Fixed = append(r.Fixed, fixedRow{Solver: m.Name, Order: m.Order, Grid: m.Grid})
	}
	floors := make([]float64, b.draws)
	if err := b.measure(ctx, target, scheduler, runs, floors, s.Err); err != nil {
		return err
	}
	for _, f := range floors {
		r.Floor += f / float64(b.draws)
	}
	for i, row := range table {
		out := &r.Fixed[i]
		out.Reference = row.reference.mean()
		for k, cell := range row.cells {
			nfe, w2 := 0, 0.
			if cell != nil {
				nfe, w2 = slices.Max(cell.taken), cell.mean()
			}
			out.Evaluations, out.W2 = append(out.Evaluations, nfe), append(out.W2, w2)
			if budgets[k] == 8 {
				out.Ratio = w2 / out.Reference
			}
		}
	}
	for i, run := range adaptive {
		r.Adaptive[i].W2 = run.mean()
		for _, nfe := range run.taken {
			r.Adaptive[i].Evaluations += float64(nfe) / float64(b.draws)
		}
	}
	return r.print(s.Out, b.json)
}

// benchStream keeps these generators apart from those of trainings and
// evaluations with the same seed.
const benchStream = 0x62656e63 << 32 // "benc"

// measure does every run and draw on all cores. A draw has the same noise and the
// same target points in every run.
func (b *solverBench) measure(ctx context.Context, target *closedTarget, scheduler path.Scheduler, runs []*solverRun, floors []float64, stderr io.Writer) error {
	cells := (len(runs) + 1) * b.draws
	bar := newProgress(stderr, cells, "solving")
	defer bar.Clear()
	workers := make([]*solverWorker, min(runtime.GOMAXPROCS(0), cells))
	for w := range workers {
		field := exact.Field{Target: target.Target, Path: scheduler}
		workers[w] = &solverWorker{
			assignment: metric.NewAssignment(b.n), x: make([]float32, 2*b.n), y: make([]float32, 2*b.n),
			model: flow.Model{Field: field.Batch(), Dim: 2, Path: scheduler, HasScore: true, Source: beginning(target, scheduler)},
		}
	}
	return share(ctx, len(workers), cells, func(w, k int) error {
		defer bar.Add(1)
		draw, worker := k%b.draws, workers[w]
		rng := rand.New(rand.NewPCG(b.seed, benchStream+uint64(draw)))
		noise := rng.Uint64()
		target.Sample(rng, worker.y)
		if k < b.draws {
			target.Sample(rng, worker.x)
			return worker.compare(ctx, &floors[draw])
		}
		run := runs[k/b.draws-1]
		sampler, err := flow.New(worker.model, run.plan)
		if err != nil {
			return errors.New(bare(err))
		}
		result := sampler.Sample(worker.x, noise)
		if err := arrived(result); err != nil {
			return fmt.Errorf("%s with %d steps: %w", run.plan.Method.Name, run.plan.Steps, err)
		}
		run.taken[draw] = result.Evaluations
		return worker.compare(ctx, &run.w2[draw])
	})
}

// beginning draws what the path itself begins with, in units of its Source: noise,
// or, where a trace of the data is left at t = 0 (VP, VE), that mixture. So the
// table shows the solvers alone. It is nil for noise.
func beginning(target exact.Target, s path.Scheduler) func(rng *rand.Rand, x []float32) {
	alpha, sigma, _, _ := s.Coefficients(0)
	if alpha < 1e-9 {
		return nil
	}
	alpha, sigma = alpha/s.Source(), sigma/s.Source()
	return func(rng *rand.Rand, x []float32) {
		target.Sample(rng, x)
		for i, v := range x {
			x[i] = float32(alpha*float64(v) + sigma*rng.NormFloat64())
		}
	}
}

// solverWorker is the memory of one goroutine.
type solverWorker struct {
	model      flow.Model
	assignment *metric.Assignment
	x, y       []float32 // [2 × n]
}

func (w *solverWorker) compare(ctx context.Context, w2 *float64) error {
	w.assignment.Start(w.x, w.y)
	if !w.assignment.Advance(func() bool { return ctx.Err() != nil }) {
		return ctx.Err()
	}
	*w2 = w.assignment.W2()
	return nil
}
