package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"inkflow/core/cfm"
	"inkflow/core/density"
	"inkflow/core/model"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// training is what "inkflow train" is told.
type training struct {
	target      string
	source      string
	path        string
	predict     string
	weight      string
	times       string
	coupling    string
	standardize bool
	out         string
	json        bool
	config      cfm.Config
}

// pathUsage describes what a flag for a scheduler takes, with the parameters at
// their defaults.
const pathUsage = "condot, polynomial:n=2, cosine, linearvp, vp:min=0.1,max=20, subvp, ve:min=0.01,max=10, targetcfm:min=0.01"

// What the flags for weights and couplings take, with the parameters at their
// defaults.
const (
	weightUsage   = "uniform, snr, minsnr:gamma=5, natural"
	couplingUsage = "independent, ot:group=1024, sinkhorn:eps=0.5, sb:sigma=1"
)

func newTrain(s Streams) *cobra.Command {
	t := training{config: cfm.DefaultConfig()}
	cmd := &cobra.Command{
		Use:   "train --target TARGET",
		Short: "Learn a density and keep the network",
		Long: `train fits a network to the velocity field that carries Gaussian noise into the
target, and writes it as a .safetensors file. The same seed gives the same file,
byte for byte. Ctrl-C ends early and keeps what has been learned.

The path, what is predicted, how losses are weighted, how times are drawn and how
noise is paired with data can all be chosen; with --source the points start from
another density than noise.

Presets: ` + strings.Join(presetNames(), ", "),
		Example: `  inkflow train --target moons
  inkflow train --target word:hello --out hello.safetensors
  inkflow train --target points.csv --steps 20000 --seed 7 --json
  inkflow train --target checkerboard --path vp --predict epsilon
  inkflow train --source moons7 --target 8gaussians12 --coupling ot`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return t.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&t.target, "target", "", "what to learn: "+targetUsage)
	f.StringVar(&t.source, "source", "", "what to start from in place of Gaussian noise, as --target takes it")
	f.StringVar(&t.path, "path", "condot", "`scheduler` α, σ: "+pathUsage)
	f.StringVar(&t.predict, "predict", "velocity", "what the loss is taken on: "+strings.Join(predictionNames(), ", "))
	f.StringVar(&t.weight, "weight", t.config.Weight.String(), "`weight` of the loss over time: "+weightUsage)
	f.StringVar(&t.times, "time", t.config.Times.Name, "how times are drawn: "+strings.Join(samplingNames(), ", "))
	f.StringVar(&t.coupling, "coupling", "independent", "how noise is `paired` with data in a batch: "+couplingUsage)
	f.BoolVar(&t.standardize, "standardize", false, "pose the problem in coordinates of mean 0 and deviation 1, for data of another scale than the noise")
	f.IntVar(&t.config.Workers, "workers", 1, "goroutines that share a batch; the file depends on how many there are")
	f.IntVar(&t.config.Steps, "steps", t.config.Steps, "optimiser steps")
	f.IntVar(&t.config.Batch, "batch", t.config.Batch, "points a step")
	f.IntSliceVar(&t.config.Net.Hidden, "hidden", t.config.Net.Hidden, "`widths` of the hidden layers")
	f.Float64Var(&t.config.Rate, "rate", t.config.Rate, "peak learning rate")
	f.Uint64Var(&t.config.Seed, "seed", t.config.Seed, "seed of all that is random")
	f.StringVar(&t.out, "out", "model.safetensors", "`file` to write, - for standard output")
	f.BoolVar(&t.json, "json", false, "report as one JSON object")
	return cmd
}

// trainReport is what train has to say, as --json prints it.
type trainReport struct {
	Target         string  `json:"target"`
	Source         string  `json:"source,omitempty"` // empty: Gaussian noise
	Path           string  `json:"path"`
	Predict        string  `json:"predict"`
	Weight         string  `json:"weight"`
	Time           string  `json:"time"`
	Coupling       string  `json:"coupling"`
	Standardized   bool    `json:"standardized"`
	Out            string  `json:"out"`
	Steps          int     `json:"steps"`
	Batch          int     `json:"batch"`
	Hidden         []int   `json:"hidden"`
	Parameters     int     `json:"parameters"`
	Seed           uint64  `json:"seed"`
	Loss           float64 `json:"loss"`
	Seconds        float64 `json:"seconds"`
	StepsPerSecond float64 `json:"steps_per_second"`
	Interrupted    bool    `json:"interrupted"`
}

func (t *training) run(ctx context.Context, s Streams) error {
	if err := t.check(); err != nil {
		return err
	}
	scheduler, err := t.choose()
	if err != nil {
		return err
	}
	if err := onceFromStdin("target", t.target, "source", t.source); err != nil {
		return err
	}
	target, label, err := openTarget("target", t.target, s.In)
	if err != nil {
		return err
	}
	var source density.Target
	sourceLabel := ""
	if t.source != "" {
		if source, sourceLabel, err = openTarget("source", t.source, s.In); err != nil {
			return err
		}
	}
	var standard *model.Affine
	if t.standardize {
		standard = standardOf(target, t.config.Seed)
		target = standardised{target, standard}
		if source != nil {
			source = standardised{source, standard}
		}
	}
	if source != nil {
		t.config.Source = source
	}
	trainer, err := newTrainer(target, scheduler, t.config)
	if err != nil {
		return err
	}
	if standard == nil {
		warnOfScale(s.Err, "train", trainer.Net().Scale.Std)
	}
	out, err := createOutput(t.out, s.Out)
	if err != nil {
		return err
	}
	defer out.Close()

	began := time.Now()
	if err := fit(ctx, trainer, t.config.Steps, s.Err); err != nil {
		return err
	}
	seconds := time.Since(began).Seconds()
	if trainer.Steps() == 0 {
		return context.Canceled // nothing learned, nothing to keep
	}
	net := trainer.Net()
	err = model.Write(out, &model.Checkpoint{
		Net: net, Scheduler: scheduler.Name(), Predict: t.config.Predict, Coupling: t.config.Coupling.Name(),
		Source: sourceLabel, Independent: t.config.Independent(), Standard: standard,
		Seed: t.config.Seed, Step: trainer.Steps(), Target: label,
	})
	if err != nil {
		return fmt.Errorf("%s could not be written: %w", out.name, err)
	}
	if err := out.Commit(); err != nil {
		return err
	}
	report := trainReport{
		Target: label, Source: sourceLabel, Path: scheduler.Name(), Predict: t.config.Predict.String(),
		Weight: t.config.Weight.String(), Time: t.config.Times.Name, Coupling: t.config.Coupling.Name(), Standardized: t.standardize,
		Out: t.out, Steps: trainer.Steps(), Batch: t.config.Batch, Hidden: net.Config.Hidden,
		Parameters: net.NumParams(), Seed: t.config.Seed, Loss: trainer.Loss(), Seconds: seconds,
		StepsPerSecond: float64(trainer.Steps()) / seconds, Interrupted: ctx.Err() != nil,
	}
	w := s.Out
	if t.out == "-" {
		w = s.Err // standard output carries the network
	}
	if err := report.print(w, t.json, out.name); err != nil {
		return err
	}
	return ctx.Err()
}

// newTrainer is cfm.New with the words of this package: what does not go together
// was called wrongly, what is wrong with the data was not.
func newTrainer(target density.Target, scheduler path.Scheduler, c cfm.Config) (*cfm.Trainer, error) {
	trainer, err := cfm.New(target, scheduler, c)
	switch {
	case err == nil:
		return trainer, nil
	case errors.Unwrap(err) != nil: // the data's own fault is wrapped
		return nil, errors.New(bare(err))
	}
	return nil, usagef("%s", bare(err))
}

// choose reads the choices that have names into the configuration, and returns
// the scheduler.
func (t *training) choose() (scheduler path.Scheduler, err error) {
	if scheduler, err = parsePath("path", t.path); err != nil {
		return nil, err
	}
	if t.config.Predict, err = path.ParsePrediction(t.predict); err != nil {
		return nil, usagef("--predict: %s", bare(err))
	}
	if t.config.Weight, err = cfm.ParseWeight(t.weight); err != nil {
		return nil, usagef("--weight: %s", bare(err))
	}
	if t.config.Times, err = cfm.ParseTimes(t.times); err != nil {
		return nil, usagef("--time: %s", bare(err))
	}
	if t.config.Coupling, err = cfm.ParseCoupling(t.coupling); err != nil {
		return nil, usagef("--coupling: %s", bare(err))
	}
	return scheduler, nil
}

func samplingNames() []string {
	var names []string
	for _, s := range cfm.Samplings() {
		names = append(names, s.Name)
	}
	return names
}

// check finds what is wrong with the flags, and names the flag.
func (t *training) check() error {
	if t.config.Steps < 1 {
		return usagef("--steps is %d: it must be at least 1", t.config.Steps)
	}
	if err := between("batch", t.config.Batch, 1, cfm.MaxBatch); err != nil {
		return err
	}
	if err := between("workers", t.config.Workers, 1, cfm.MaxWorkers); err != nil {
		return err
	}
	if rate := t.config.Rate; !(rate > 0) || math.IsInf(rate, 0) {
		return usagef("--rate is %g: it must be a positive number, %g for example", rate, cfm.DefaultConfig().Rate)
	}
	for _, width := range t.config.Net.Hidden {
		if err := between("hidden", width, 1, nn.MaxWidth); err != nil {
			return err
		}
	}
	if layers := len(t.config.Net.Hidden); layers > nn.MaxHidden {
		return usagef("--hidden names %d layers: %d are the most", layers, nn.MaxHidden)
	}
	if err := t.config.Validate(); err != nil { // each width will do, and all together are too many
		widths := strings.Trim(strings.ReplaceAll(fmt.Sprint(t.config.Net.Hidden), " ", ","), "[]")
		return usagef("--hidden %s: %s", widths, bare(err))
	}
	return nil
}

// fit trains until the planned length is reached or ctx ends.
func fit(ctx context.Context, trainer *cfm.Trainer, steps int, stderr io.Writer) error {
	bar := newProgress(stderr, steps, "training")
	defer bar.Clear()
	for trainer.Steps() < steps && ctx.Err() == nil {
		if err := trainer.Step(); err != nil {
			var diverged *cfm.Diverged
			if errors.As(err, &diverged) && !diverged.Target {
				return fmt.Errorf("%s: try --rate %.2g", bare(err), diverged.Lower())
			}
			return errors.New(bare(err))
		}
		bar.Add(1)
	}
	return nil
}

func (r *trainReport) print(w io.Writer, asJSON bool, out string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	_, err := fmt.Fprintf(w, "%s: %d steps in %.1f s (%.0f a second), loss %.4g\n%s: %d weights, seed %d\n",
		r.Target, r.Steps, r.Seconds, r.StepsPerSecond, r.Loss, out, r.Parameters, r.Seed)
	return err
}

// bare words an error of core without the name of its package in front.
func bare(err error) string {
	text := err.Error()
	for _, pkg := range []string{"cfm: ", "nn: ", "density: ", "ode: ", "theorem: "} {
		text = strings.TrimPrefix(text, pkg)
	}
	return text
}
