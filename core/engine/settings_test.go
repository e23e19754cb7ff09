package engine

import (
	"strings"
	"testing"
)

// Every line of every menu can be chosen on its own from the opening, but for
// those that a word of the error explains.
func TestEveryLineCanBeChosen(t *testing.T) {
	for _, row := range []struct {
		menu Menu
		turn func(s *Settings, name string)
	}{
		{Schedulers(), func(s *Settings, name string) { s.Scheduler = name }},
		{Predictions(), func(s *Settings, name string) { s.Predict = name }},
		{Couplings(), func(s *Settings, name string) { s.Coupling = name }},
		{Weights(), func(s *Settings, name string) { s.Weight = name }},
		{Samplings(), func(s *Settings, name string) { s.Times = name }},
		{Solvers(), func(s *Settings, name string) { s.Solver = name }},
		{Schedulers(), func(s *Settings, name string) { s.Along = name }},
		{Grids()[1 : len(Grids())-1], func(s *Settings, name string) { s.Grid = name }},
	} {
		seen := map[string]bool{}
		for _, l := range row.menu {
			_, s := Opening()
			row.turn(&s, l.Name)
			if err := s.Validate(); err != nil {
				t.Errorf("%s: %v", l.Name, err)
			}
			if seen[l.Name] || l.Title == "" || l.Hint == "" || !strings.HasSuffix(l.Hint, ".") {
				t.Errorf("the line %+v is there twice, or has no title or sentence", l)
			}
			seen[l.Name] = true
		}
	}
}

func TestSettingsTogether(t *testing.T) {
	_, good := Opening()
	for _, row := range []struct {
		name  string
		turn  func(s *Settings)
		words []string
	}{
		{"noise", func(s *Settings) { s.Noise = 1 }, nil},
		{"most noise", func(s *Settings) { s.Noise = MaxNoise }, nil},
		{"the reverse diffusion", func(s *Settings) { s.Noise = Reverse }, nil},
		{"noise below none", func(s *Settings) { s.Noise = -0.5 }, []string{"-0.5", "0 to 4"}},
		{"too much noise", func(s *Settings) { s.Noise = 5 }, []string{"0 to 4"}},
		{"corrector", func(s *Settings) { s.Corrector = MaxCorrector }, nil},
		{"too much of it", func(s *Settings) { s.Corrector = MaxCorrector + 1 }, []string{"corrector", "0 to 4"}},
		{"no tolerance", func(s *Settings) { s.Tolerance = 0 }, []string{"tolerance", "1e-06 to 0.1"}},
		{"OT", func(s *Settings) { s.Coupling = "ot" }, nil},
		{"OT and noise", func(s *Settings) { s.Coupling, s.Noise = "ot", 1 }, []string{"score", "set the noise g to 0"}},
		{"OT and the reverse diffusion", func(s *Settings) { s.Coupling, s.Noise = "ot", Reverse }, []string{"score"}},
		{"OT and corrector", func(s *Settings) { s.Coupling, s.Corrector = "ot", 1 }, []string{"corrector"}},
		{"OT and DDIM", func(s *Settings) { s.Coupling, s.Solver = "ot", "ddim" }, []string{"midpoint"}},
		{"OT and the score", func(s *Settings) { s.Coupling, s.Predict = "sinkhorn:eps=2", "score" }, []string{"score"}},
		{"a drawn source", func(s *Settings) { s.Source = "moons" }, nil},
		{"a drawn source and noise", func(s *Settings) { s.Source, s.Noise = Kept, 0.5 }, []string{"Gaussian noise"}},
		{"a drawn source and VE", func(s *Settings) { s.Source, s.Scheduler = "moons", "ve:max=5" }, []string{"diffusion", "another path"}},
		{"a drawn source along VP", func(s *Settings) { s.Source, s.Along = "moons", "vp" }, []string{"sample along another"}},
		{"OT on VE", func(s *Settings) { s.Coupling, s.Scheduler = "ot", "ve" }, []string{"VE", "independent pairs"}},
		{"OT on VP", func(s *Settings) { s.Coupling, s.Scheduler = "ot", "vp" }, nil},
		{"a source like a book", func(s *Settings) { s.Source = strings.Repeat("x", 65) }, []string{"preset"}},
		{"a bridge", func(s *Settings) { s.Coupling = "sb:sigma=0.3" }, nil},
		{"a bridge on another path", func(s *Settings) { s.Coupling, s.Scheduler = "sb", "cosine" }, []string{"condot"}},
		{"a bridge's noise", func(s *Settings) { s.Coupling, s.Predict = "sb", "epsilon" }, []string{"velocity"}},
		{"a bridge along another path", func(s *Settings) { s.Coupling, s.Along = "sb", "vp" }, []string{"its own"}},
		{"noise and tolerance", func(s *Settings) { s.Noise, s.Solver = 1, "dopri5" }, []string{"fixed steps"}},
		{"corrector and tolerance", func(s *Settings) { s.Corrector, s.Solver = 1, "bs32" }, []string{"fixed steps"}},
		{"parameters", func(s *Settings) { s.Scheduler = "vp:min=0.2,max=12" }, nil},
		{"a parameter of another", func(s *Settings) { s.Scheduler = "condot:n=2" }, []string{"condot", `"n"`, "none"}},
		{"an unknown parameter", func(s *Settings) { s.Along = "vp:mean=2" }, []string{"vp", "min, max"}},
		{"no number", func(s *Settings) { s.Weight = "minsnr:gamma=much" }, []string{"gamma", `"much"`}},
		{"no finite number", func(s *Settings) { s.Coupling = "sinkhorn:eps=Inf" }, []string{"eps"}},
		{"an unknown coupling", func(s *Settings) { s.Coupling = "married" }, []string{"married", "independent, ot"}},
		{"a list of times", func(s *Settings) { s.Grid = "0, 0.25,1" }, nil},
		{"times that fall", func(s *Settings) { s.Grid = "0,0.5,0.4,1" }, []string{`"0.4"`, "rises"}},
		{"times that begin late", func(s *Settings) { s.Grid = "0.1,1" }, []string{`"0.1"`}},
		{"times that end early", func(s *Settings) { s.Grid = "0,0.5" }, []string{"0.5", "1"}},
		{"times beyond the end", func(s *Settings) { s.Grid = "0,1,2" }, []string{`"2"`}},
		{"a time that is none", func(s *Settings) { s.Grid = "0,NaN,1" }, []string{"NaN"}},
		{"too many times", func(s *Settings) {
			list := []string{"0"}
			for i := range 2 * MaxSteps {
				list = append(list, number(float64(i+1)/(2*MaxSteps)))
			}
			s.Grid = strings.Join(list, ",")
		}, []string{"129", "65"}},
		{"an unknown grid", func(s *Settings) { s.Grid = "own" }, []string{"uniform", "0,0.3,1"}},
	} {
		s := good
		row.turn(&s)
		expect(t, row.name, s.Validate(), row.words...)
	}
}

// What a menu writes it reads again, and a text is canonical once.
func TestMenuReadsWhatItWrites(t *testing.T) {
	for _, row := range []struct{ text, canonical string }{
		{"condot", "condot"}, {"vp", "vp"}, {"vp:", ""}, {"vp:min=0.1,max=20", "vp"},
		{"vp:max=30,min=0.1", "vp:max=30"}, {"polynomial:n=3", "polynomial:n=3"}, {"ve: min=0.5 , max=2", "ve:min=0.5,max=2"},
	} {
		l, values, err := Schedulers().Read("scheduler", row.text)
		if (err != nil) != (row.canonical == "") {
			t.Errorf("%q: %v", row.text, err)
		}
		if err == nil && l.Write(values) != row.canonical {
			t.Errorf("%q is written %q, want %q", row.text, l.Write(values), row.canonical)
		}
	}
}

func TestLessons(t *testing.T) {
	_, s := Opening()
	other := s
	other.Scheduler, other.Predict, other.Coupling, other.Source = "vp", "x1", "ot", "moons"
	if s.SameLesson(other) || !s.SameLesson(s) {
		t.Error("lessons are taken for each other")
	}
	if got := s.WithLesson(other); got != other {
		t.Errorf("with the other's lesson it is %+v", got)
	}
	same := s
	same.Particles, same.Seed, same.Weight, same.Times = 5000, 9, "snr", "uniform"
	if !s.SameSampling(same) {
		t.Error("their number changes how particles are carried")
	}
	same.Along = "vp"
	if s.SameSampling(same) {
		t.Error("another path is no other way of sampling")
	}
	if !s.Exact() || other.Exact() || other.Bridge() || s.Adaptive() {
		t.Error("what is known of the settings is wrong")
	}
}

func TestKinds(t *testing.T) {
	for _, k := range Kinds() {
		got, err := ParseKind(k.String())
		if err != nil || got != k {
			t.Errorf("%v comes back as %v, %v", k, got, err)
		}
	}
	if _, err := ParseKind("colour"); err == nil || !strings.Contains(err.Error(), "velocity") {
		t.Errorf("an unknown layer: %v", err)
	}
	if got := Kind(99).String(); got != "Kind(99)" || Kind(99).Numbers() != 0 {
		t.Errorf("layer 99 is called %q", got)
	}
}

func TestLayerValidate(t *testing.T) {
	good := Layer{Kind: Density, Time: 0.5, X0: -1, Y0: -1, Cell: 0.1, W: 20, H: 20}
	for _, row := range []struct {
		name  string
		turn  func(l *Layer)
		words []string
	}{
		{"good", func(*Layer) {}, nil},
		{"the theorem", func(l *Layer) { *l = Layer{Kind: Theorem} }, nil},
		{"no kind", func(l *Layer) { l.Kind = 0 }, []string{"no layer"}},
		{"after the end", func(l *Layer) { l.Time = 1.1 }, []string{"0 to 1"}},
		{"no points", func(l *Layer) { l.W = 0 }, []string{"0 × 20"}},
		{"too many points", func(l *Layer) { l.W, l.H = 1<<8, 1<<8 }, []string{"256 × 256"}},
		{"a product of 2⁶⁴", func(l *Layer) { l.W, l.H = 1<<32, 1<<32 }, []string{"out of range"}},
		{"no cell", func(l *Layer) { l.Cell = 0 }, []string{"positive"}},
		{"far away", func(l *Layer) { l.Y0 = 1e12 }, []string{"corner"}},
	} {
		l := good
		row.turn(&l)
		expect(t, row.name, l.Validate(), row.words...)
	}
}
