package controls

import (
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"inkflow/core/density"
	"inkflow/core/engine"
)

func TestIDsAreUniqueAndFound(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range All() {
		if c.ID == "" || seen[c.ID] || strings.Trim(c.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("row %d has the ID %q", i, c.ID)
		}
		seen[c.ID] = true
		if got := Find(c.ID); got == nil || got.ID != c.ID {
			t.Errorf("Find(%q) is %v", c.ID, got)
		}
	}
	for _, id := range []string{"", "no such control", "Tool"} {
		if c := Find(id); c != nil {
			t.Errorf("Find(%q) is %v", id, c)
		}
	}
}

func TestEveryKindHasWhatItNeeds(t *testing.T) {
	for _, c := range All() {
		if c.Label == "" {
			t.Errorf("%s has no label", c.ID)
		}
		ranged := c.Kind == Range || c.Kind == Number
		chosen := c.Kind == Select || c.Kind == Choice
		if c.Kind > Chart || c.Place > Panel {
			t.Errorf("%s has kind %d and place %d", c.ID, c.Kind, c.Place)
		}
		if (c.Step != 0) != ranged || (c.Min != 0 || c.Max != 0) && !ranged {
			t.Errorf("%s, of kind %d, has the range %g … %g by %g", c.ID, c.Kind, c.Min, c.Max, c.Step)
		}
		if ranged && (!(c.Min < c.Max) || !(c.Step > 0) || c.Step > c.Max-c.Min || math.IsInf(c.Max, 0)) {
			t.Errorf("%s has the range %g … %g by %g", c.ID, c.Min, c.Max, c.Step)
		}
		if n := (c.Max - c.Min) / max(c.Step, 1e-9); ranged && math.Abs(n-math.Round(n)) > 1e-6 {
			t.Errorf("%s: steps of %g do not lead from %g to %g", c.ID, c.Step, c.Min, c.Max)
		}
		if c.Log && (c.Kind != Range || !(c.Min > 0)) {
			t.Errorf("%s moves by ratios from %g", c.ID, c.Min)
		}
		if c.OnRelease && c.Kind != Range {
			t.Errorf("%s is taken on release and is no slider", c.ID)
		}
		if (len(c.Options) > 0) != chosen || len(c.Options) == 1 {
			t.Errorf("%s, of kind %d, has %d options", c.ID, c.Kind, len(c.Options))
		}
		values := map[string]bool{}
		for _, o := range c.Options {
			if o.Value == "" || o.Label == "" || values[o.Value] {
				t.Errorf("%s has the option %+v", c.ID, o)
			}
			values[o.Value] = true
			if !c.Has(o.Value) {
				t.Errorf("%s does not have its option %q", c.ID, o.Value)
			}
		}
		if c.Has("no such option") || c.Has("") {
			t.Errorf("%s has options that are none", c.ID)
		}
		if (c.Accept != "") != (c.Kind == File) {
			t.Errorf("%s, of kind %d, accepts %q", c.ID, c.Kind, c.Accept)
		}
	}
}

// A hint is read aloud: it is one sentence or a few, from a capital to a full
// stop.
func TestHintsAreSentences(t *testing.T) {
	for _, c := range All() {
		first, _ := utf8.DecodeRuneInString(c.Hint)
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) || !strings.HasSuffix(c.Hint, ".") ||
			!strings.Contains(c.Hint, " ") || strings.Contains(c.Hint, "  ") || utf8.RuneCountInString(c.Hint) > 160 {
			t.Errorf("%s has the hint %q", c.ID, c.Hint)
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	// The tools have theirs in render's input.
	seen := map[string]string{"b": Tool, "e": Tool}
	for _, c := range All() {
		if c.Key == "" {
			continue
		}
		if utf8.RuneCountInString(c.Key) != 1 || c.Key != strings.ToLower(c.Key) {
			t.Errorf("%s has the key %q", c.ID, c.Key)
		}
		if c.Kind != Button && c.Kind != Toggle {
			t.Errorf("%s has a key, and cannot be pressed", c.ID)
		}
		if other := seen[c.Key]; other != "" {
			t.Errorf("%s and %s have the key %q", c.ID, other, c.Key)
		}
		seen[c.Key] = c.ID
	}
}

func TestGroups(t *testing.T) {
	used := map[string]bool{}
	for _, c := range All() {
		used[c.Group] = true
		if (c.Group != "") != (c.Place == Panel) {
			t.Errorf("%s, at place %d, is in the group %q", c.ID, c.Place, c.Group)
		}
	}
	known := map[string]bool{"": true}
	for _, g := range Groups() {
		if known[g.ID] || !strings.HasSuffix(g.Question, "?") || !used[g.ID] {
			t.Errorf("the group %+v is there twice, asks nothing or is empty", g)
		}
		known[g.ID] = true
	}
	for g := range used {
		if !known[g] {
			t.Errorf("there is no group %q", g)
		}
	}
}

func TestClamp(t *testing.T) {
	c := &Control{Min: 2, Max: 5}
	for _, row := range [][2]float64{{1, 2}, {2, 2}, {3.5, 3.5}, {5, 5}, {6, 5}, {math.Inf(1), 5}, {math.Inf(-1), 2}, {math.NaN(), 2}} {
		if got := c.Clamp(row[0]); got != row[1] {
			t.Errorf("Clamp(%g) is %g, want %g", row[0], got, row[1])
		}
	}
}

// The ranges are those that the engine takes, and the menus are its own.
func TestRangesAreTheEngines(t *testing.T) {
	_, s := engine.Opening()
	for _, id := range []string{Steps, Particles} {
		c := Find(id)
		for _, v := range []float64{c.Min, c.Max} {
			s := s
			if id == Steps {
				s.Steps = int(v)
			} else {
				s.Particles = int(v)
			}
			if err := s.Validate(); err != nil {
				t.Errorf("%s at %g: %v", id, v, err)
			}
		}
	}
	for _, row := range []struct {
		id   string
		menu engine.Menu
		more int // lines that are the control's own
	}{
		{Scheduler, engine.Schedulers(), 0}, {Coupling, engine.Couplings(), 0}, {Predict, engine.Predictions(), 0},
		{Weight, engine.Weights(), 0}, {Times, engine.Samplings(), 0}, {Solver, engine.Solvers(), 0},
		{Grid, engine.Grids(), 0}, {Along, engine.Schedulers(), 1},
	} {
		c := Find(row.id)
		for _, l := range row.menu {
			if !c.Has(l.Name) {
				t.Errorf("%s does not offer %s", row.id, l.Name)
			}
			for i, p := range l.Parameters {
				of := 0
				for _, q := range All() {
					if q.Of == row.id && q.When == l.Name && q.Parameter == i+1 {
						of++
						if q.Min != p.Min || q.Max != p.Max || q.Symbol != p.Symbol || q.Kind != Range {
							t.Errorf("the row %s is not the parameter %s of %s", q.ID, p.Key, l.Name)
						}
					}
				}
				if of != 1 {
					t.Errorf("%d rows for the parameter %s of %s in %s", of, p.Key, l.Name, row.id)
				}
			}
		}
		if n := len(c.Options); n != len(row.menu)+row.more {
			t.Errorf("%s has %d options, the engine %d", row.id, n, len(row.menu))
		}
	}
	for _, o := range Find(Preset).Options {
		if p, err := density.Lookup(o.Value); err != nil || p.Table || p.Title != o.Label {
			t.Errorf("the preset %+v: %v", o, err)
		}
	}
	for _, p := range density.Presets() {
		if Find(Preset).Has(p.Name) == p.Table {
			t.Errorf("preset %q: offered %v, wanted for tables only %v", p.Name, Find(Preset).Has(p.Name), p.Table)
		}
	}
	target, _ := engine.Opening()
	if !Find(Preset).Has(target.Preset) {
		t.Errorf("the opening %q is not on the menu", target.Preset)
	}
}

func TestIcons(t *testing.T) {
	for _, c := range All() {
		if c.ID == Preset {
			continue // presets are drawn by what they are
		}
		for _, o := range c.Options {
			if o.Icon != "" && Icon(o.Icon) == "" {
				t.Errorf("%s: there is no icon %q", c.ID, o.Icon)
			}
		}
	}
	for _, name := range []string{Undo, Redo, Clear, "play", "pause"} {
		if Icon(name) == "" {
			t.Errorf("there is no icon %q", name)
		}
	}
	if Icon("no such icon") != "" {
		t.Error("there is an icon for everything")
	}
	for name, path := range icons {
		if path[0] != 'M' || strings.Trim(path, "MLHVCSQTAZmlhvcsqtaz0123456789.,- ") != "" {
			t.Errorf("the icon %q is no path: %q", name, path)
		}
	}
}

// A row that comes and goes belongs to a menu that is there and has the line.
func TestRowsBelongToMenus(t *testing.T) {
	for _, c := range All() {
		if (c.Of == "") != (c.When == "") || c.Parameter > 0 && c.Of == "" {
			t.Errorf("%s belongs to %q at %q", c.ID, c.Of, c.When)
		}
		if c.Of == "" {
			continue
		}
		of := Find(c.Of)
		if of == nil || of.Kind != Select || !of.Has(c.When) || of.Group != c.Group {
			t.Errorf("%s belongs to %q at %q, which is not there", c.ID, c.Of, c.When)
		}
	}
}
