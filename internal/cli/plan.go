package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"inkflow/core/flow"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// integration is how noise is carried to data: what sample and eval share.
type integration struct {
	solver     string
	steps      int
	grid       string
	rtol, atol float64
	noise      string
	corrector  int
	snr        float64
	along      string
	seed       uint64
}

func (i *integration) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&i.solver, "solver", "midpoint", "`method`: "+strings.Join(solverNames(), ", "))
	f.IntVar(&i.steps, "steps", 8, "steps of the solver from noise to data")
	f.StringVar(&i.grid, "grid", "", "`times` of the steps: "+strings.Join(flow.Grids(), ", ")+", or a list like 0,0.2,1 (default: the solver's own)")
	f.Float64Var(&i.rtol, "rtol", 1e-3, "relative tolerance of dopri5 and bs32")
	f.Float64Var(&i.atol, "atol", 1e-3, "absolute tolerance of dopri5 and bs32")
	f.StringVar(&i.noise, "sde", "0", "noise `level` g: 0 follows the ODE; a number, or \"reverse\", the SDE with the same marginals")
	f.IntVar(&i.corrector, "corrector", 0, "Langevin steps after every step")
	f.Float64Var(&i.snr, "corrector-snr", 0.16, "their signal-to-noise ratio")
	f.StringVar(&i.along, "along", "", "scheduler to sample along, as --path takes it (default: the one trained on)")
	f.Uint64Var(&i.seed, "seed", 1, "seed of all that is random")
}

func solverNames() []string {
	var names []string
	for _, m := range ode.Methods() {
		names = append(names, m.Name)
	}
	return names
}

// plan checks the flags, and names the one that is wrong. What does not go with
// a model, flow.New says.
func (i *integration) plan() (flow.Plan, error) {
	p := flow.Plan{Steps: i.steps, Grid: i.grid, Rtol: i.rtol, Atol: i.atol, Corrector: i.corrector, SNR: i.snr}
	if err := between("steps", i.steps, 1, 100_000); err != nil {
		return p, err
	}
	m, err := ode.ParseMethod(i.solver)
	if err != nil {
		known := solverNames()
		return p, usagef("--solver is %q%s: the methods are %s", i.solver, didYouMean(i.solver, known, ""), strings.Join(known, ", "))
	}
	p.Method = m
	if p.Noise, err = flow.ParseNoise(i.noise); err != nil {
		return p, usagef("--sde: %v", err)
	}
	if err := tolerance("rtol", i.rtol, 1e-6); err != nil {
		return p, err
	}
	if err := tolerance("atol", i.atol, 1e-6); err != nil {
		return p, err
	}
	if err := between("corrector", i.corrector, 0, 100); err != nil {
		return p, err
	}
	if !(i.snr > 0 && i.snr < 1) {
		return p, usagef("--corrector-snr is %g: it must lie between 0 and 1", i.snr)
	}
	if i.along != "" {
		if p.Along, err = parsePath("along", i.along); err != nil {
			return p, err
		}
	}
	if i.grid != "" {
		grid, err := flow.Grid(i.grid, i.steps, path.CondOT{})
		if err != nil {
			return p, usagef("--grid: %s", bare(err))
		}
		if grid[0] != 0 || grid[len(grid)-1] != 1 {
			return p, usagef("--grid %s leaves out a part of the way: it begins at noise, 0, and ends at data, 1, like 0,0.2,1", i.grid)
		}
	}
	return p, nil
}

// refuse words an error of flow.New: what of the plan does not go with the model,
// or with itself.
func (i *integration) refuse(p flow.Plan, err error) error {
	flag := "--grid " + i.grid
	switch {
	case p.Noise != 0:
		flag = "--sde " + i.noise
	case p.Corrector > 0:
		flag = "--corrector " + strconv.Itoa(i.corrector)
	case p.Method.Exponential():
		flag = "--solver " + i.solver
	case p.Along != nil:
		flag = "--along " + i.along
	}
	return usagef("%s: %s", flag, bare(err))
}

// tolerance makes sure that a flag's number is one.
func tolerance(flag string, v, least float64) error {
	if !(v >= least && v <= 1) {
		return usagef("--%s is %g: it must be from %g to 1", flag, v, least)
	}
	return nil
}

// parsePath reads a scheduler from a flag.
func parsePath(flag, text string) (path.Scheduler, error) {
	s, err := path.Parse(text)
	if err != nil {
		var known []string
		for _, s := range path.Schedulers() {
			known = append(known, s.Name())
		}
		name, _, _ := strings.Cut(text, ":")
		if slices.Contains(known, name) { // its parameters are what is wrong
			return nil, usagef("--%s: %v", flag, err)
		}
		return nil, usagef("--%s: %v%s", flag, err, didYouMean(name, known, ""))
	}
	return s, nil
}
