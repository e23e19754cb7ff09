package lab

import (
	"fmt"
	"strconv"

	"inkflow/core/density"
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
		return strconv.Itoa(l.settings.NFE())
	case controls.ReadStep:
		return Thousands(s.Step)
	case controls.ReadLoss:
		if s.Loss == 0 {
			return unknown
		}
		return fmt.Sprintf("%.3f", s.Loss)
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
		return fmt.Sprintf("%s · %d steps", l.settings.Solver, l.settings.Steps)
	}
	return ""
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
