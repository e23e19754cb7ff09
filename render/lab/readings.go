package lab

import (
	"fmt"
	"strconv"
	"strings"

	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/render/controls"
)

// unknown stands for a figure that is not known yet.
const unknown = "–"

// Reading returns a figure as text.
func (l *Lab) Reading(id string) string {
	s := &l.snap
	if l.Empty() && id != controls.ReadNFE && id != controls.ReadParameters {
		return unknown // what was learned is not of this paper
	}
	switch id {
	case controls.ReadTrained:
		return Seconds(s.Seconds)
	case controls.ReadRatio:
		if s.W2Draws == 0 || s.FloorDraws == 0 || s.Floor == 0 {
			return unknown
		}
		return fmt.Sprintf("%.2f ×", s.W2/s.Floor)
	case controls.ReadRate:
		if !s.Training {
			return unknown
		}
		return Thousands(int(s.StepsPerSecond + 0.5))
	case controls.ReadNFE:
		if s.NFE == 0 {
			return unknown
		}
		return strconv.Itoa(s.NFE)
	case controls.ReadStep:
		return Thousands(s.Step)
	case controls.ReadLoss:
		if s.Loss == 0 {
			return unknown
		}
		return fmt.Sprintf("%.3f", s.Loss)
	case controls.ReadLossFloor:
		if s.LossFloor == 0 {
			return unknown
		}
		return fmt.Sprintf("%.3f", s.LossFloor)
	case controls.ReadNLL:
		if s.NLLPoints == 0 {
			return unknown
		}
		return fmt.Sprintf("%.3f (%s)", s.NLL, Thousands(s.NLLPoints))
	case controls.ReadEntropy:
		if !s.EntropyKnown {
			return unknown
		}
		return fmt.Sprintf("%.3f", s.Entropy)
	case controls.ReadW2:
		return distance(s.W2, s.W2Draws, s.Points)
	case controls.ReadFloor:
		return distance(s.Floor, s.FloorDraws, s.Points)
	case controls.ReadParameters:
		return Thousands(s.Parameters)
	}
	return unknown
}

func distance(v float64, draws, points int) string {
	if draws == 0 {
		return unknown
	}
	return fmt.Sprintf("%.3f (%d × %s)", v, draws, Thousands(points))
}

// Value returns what a control stands at, with its unit, as a panel shows it.
func (l *Lab) Value(id string) string {
	c := controls.Find(id)
	if c == nil {
		return ""
	}
	v := l.Number(id)
	switch id {
	case controls.Particles:
		if v >= 10_000 {
			return fmt.Sprintf("%.0f k", v/1000)
		}
		return Thousands(int(v))
	case controls.Time, controls.Softness:
		return fmt.Sprintf("%.2f", v)
	case controls.Noisiness:
		switch l.settings.Noise {
		case 0:
			return "0 · ODE"
		case engine.Reverse:
			return "its own"
		}
		return fmt.Sprintf("%.2f", v)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if c.Unit != "" {
		s += " " + c.Unit
	}
	return s
}

// Summary is a group of the panel in a few words, for when it is folded.
func (l *Lab) Summary(group string) string {
	switch group {
	case "target":
		s := l.drawing.current
		switch {
		case s.empty():
			return "nothing yet"
		case s.own:
			return "your drawing"
		case s.word != "":
			return "“" + s.word + "”"
		case s.file != "":
			return s.file
		}
		if p, err := density.Lookup(s.preset); err == nil {
			return p.Title
		}
	case "training":
		return l.Doing()
	case "learned":
		return l.Reading(controls.ReadRatio)
	case "sampling":
		if n := l.cloud.Count; n > 0 && n < l.settings.Particles {
			return fmt.Sprintf("%s of %s particles so far", Thousands(n), Thousands(l.settings.Particles))
		}
		return l.how()
	case "path":
		var names []string
		for _, id := range []string{controls.Scheduler, controls.Coupling} {
			if line := l.line(id); line != nil && line.Name != "independent" {
				names = append(names, line.Title)
			}
		}
		return strings.Join(names, " · ")
	case "layers":
		return l.shows()
	}
	return ""
}

// how says in a few words how particles are sampled.
func (l *Lab) how() string {
	s := l.settings
	text := s.Solver
	if !s.Adaptive() {
		steps := s.Steps
		if n := strings.Count(s.Grid, ","); n > 0 {
			steps = n
		}
		text += fmt.Sprintf(" · %d steps", steps)
	}
	switch {
	case s.Noise > 0:
		text += fmt.Sprintf(" · g = %g", s.Noise)
	case s.Noise == engine.Reverse:
		text += " · reverse diffusion"
	}
	return text
}

// shows lists the layers that are on.
func (l *Lab) shows() string {
	var names []string
	for _, c := range controls.All() {
		if c.Group == "layers" && c.Kind == controls.Check && l.showing(c.ID) {
			names = append(names, strings.ToLower(c.Label))
		}
	}
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// Start names what the flow starts from, for the beginning of the time line.
func (l *Lab) Start() string {
	if l.settings.Source == "" {
		return "noise"
	}
	return "source"
}

// Doing says in a few words what the engine is about.
func (l *Lab) Doing() string {
	switch {
	case l.drawing.current.empty():
		return "waiting for ink"
	case l.snap.Generation == 0 && l.snap.Step == 0:
		return "starting"
	case l.snap.Training:
		return "training"
	}
	return "paused"
}

// Invitation is the sentence over the stage, or empty once it is not needed.
func (l *Lab) Invitation() string {
	s := l.drawing.current
	switch {
	case l.pen.canvas != nil:
		return ""
	case s.empty():
		return "An empty paper. Draw anything here."
	case s.own:
		return ""
	}
	return "Draw anything here. The flow learns it as you draw."
}

// Seconds is a time span with a unit.
func Seconds(s float64) string {
	switch {
	case s < 59.95: // what would round to 60.0
		return fmt.Sprintf("%.1f s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %02d s", int(s)/60, int(s)%60)
	}
	return fmt.Sprintf("%d h %02d min", int(s)/3600, int(s)/60%60)
}

// Thousands is a whole number with its thousands apart.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
