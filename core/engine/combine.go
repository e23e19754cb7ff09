package engine

import "errors"

// together says which of the settings cannot be together, and why. Each
// sentence is also the reason a panel gives for a control that is off, so it
// names what to change.
func (s Settings) together() error {
	why := ""
	bridge := name(s.Coupling) == "sb"
	data := s.Solver == "ddim" || s.Solver == "dpmpp2m"
	noisy := s.Noise != 0 || s.Corrector > 0
	switch {
	case bridge && name(s.Scheduler) != "condot":
		why = "the Schrödinger bridge is built on the straight path; choose the scheduler condot, or another coupling"
	case bridge && s.Predict != "velocity":
		why = "a Schrödinger bridge shakes on its way, so only its velocity can be learned; predict the velocity, or choose another coupling"
	case bridge && s.Along != "":
		why = "a Schrödinger bridge cannot be sampled along another path; sample along its own, or choose another coupling"
	case s.Source != "" && diffusion(s.Scheduler):
		why = "a diffusion's path does not begin at its source alone; choose Gaussian noise as the source, or another path such as condot"
	case s.Coupling != "independent" && name(s.Scheduler) == "ve":
		why = "the VE path has the data in it from the beginning, so that pairs cannot be chosen; choose independent pairs, or another path"
	case s.Source != "" && diffusion(s.Along):
		why = "a diffusion's path does not begin at its source alone; sample along another one, or learn from Gaussian noise"
	case s.Predict == "score" && !s.Scored():
		why = "the score is known for Gaussian noise in independent pairs only; predict something else, or choose those"
	case data && !s.Scored():
		why = "this solver needs the noise that is expected at a point, which is known for Gaussian noise in independent pairs only; choose a solver such as midpoint, or those"
	case s.Noise != 0 && !s.Scored():
		why = "adding noise needs the score, which is known for Gaussian noise in independent pairs only; set the noise g to 0, or choose those"
	case s.Corrector > 0 && !s.Scored():
		why = "the corrector needs the score, which is known for Gaussian noise in independent pairs only; set it to 0, or choose those"
	case noisy && s.Adaptive():
		why = "a solver that chooses its own steps does so for a flow without noise; choose one with fixed steps such as midpoint, or set noise and corrector to 0"
	}
	if why != "" {
		return errors.New(why)
	}
	return nil
}

// diffusion reports whether a path keeps a trace of the data at t = 0, or begins
// with noise of another spread than 1.
func diffusion(scheduler string) bool {
	switch name(scheduler) {
	case "vp", "subvp", "ve":
		return true
	}
	return false
}

// name is a setting's text without its parameters.
func name(text string) string {
	for i := range len(text) {
		if text[i] == ':' {
			return text[:i]
		}
	}
	return text
}
