package path

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want Scheduler
		name string
	}{
		{"condot", CondOT{}, "condot"},
		{"polynomial", Polynomial{2}, "polynomial"},
		{"polynomial:n=2", Polynomial{2}, "polynomial"},
		{"polynomial:n=3", Polynomial{3}, "polynomial:n=3"},
		{"polynomial:n=1.5", Polynomial{1.5}, "polynomial:n=1.5"},
		{"cosine", Cosine{}, "cosine"},
		{"linearvp", LinearVP{}, "linearvp"},
		{"vp:min=0.1,max=20", VP{0.1, 20}, "vp"},
		{"vp:max=30", VP{0.1, 30}, "vp:max=30"},
		{"vp:max=30,min=0.2", VP{0.2, 30}, "vp:min=0.2,max=30"},
		{"subvp:min=1,max=1", SubVP{1, 1}, "subvp:min=1,max=1"},
		{"ve", VE{0.01, 10}, "ve"},
		{"ve:min=0.002,max=80", VE{0.002, 80}, "ve:min=0.002,max=80"},
		{"targetcfm:min=1e-4", TargetCFM{1e-4}, "targetcfm:min=0.0001"},
	}
	for _, test := range tests {
		s, err := Parse(test.text)
		if err != nil || s != test.want || s.Name() != test.name {
			t.Errorf("Parse(%q) = %v, %v; want %v", test.text, s, err, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ text, word string }{
		{"", "condot"},
		{"CondOT", "condot, polynomial"},
		{"cosine ", "cosine"},
		{strings.Repeat("ж", 1<<20), "targetcfm"},
		{"condot:n=3", "takes no parameters"},
		{"condot:", "takes no parameters"},
		{"polynomial:", "polynomial:n=2"},
		{"polynomial:3", "polynomial:n=2"},
		{"polynomial:n", "number"},
		{"polynomial:n=", "number"},
		{"polynomial:n=three", "number"},
		{"polynomial:n=NaN", "number"},
		{"polynomial:n=1e999", "number"},
		{"polynomial:n=0.5", "between 1 and 20"},
		{"polynomial:n=21", "between 1 and 20"},
		{"polynomial:n=2,n=3", "twice"},
		{"vp:min=0", "0.001"},
		{"vp:min=5,max=4", "at most max"},
		{"vp:max=0.5", "between 1 and 200"},
		{"vp:mid=3", "vp:min=0.1,max=20"},
		{"subvp:max=201", "200"},
		{"ve:min=3,max=2", "less than max"},
		{"ve:min=0", "1e-6"},
		{"targetcfm:min=1", "below 1"},
		{"targetcfm:min=" + strings.Repeat("9", 5000), "number"},
	}
	for _, test := range tests {
		s, err := Parse(test.text)
		if s != nil || err == nil || !strings.Contains(err.Error(), test.word) || len(err.Error()) > 300 {
			t.Errorf("Parse(%.40q) = %v, %v; want a short error with %q", test.text, s, err, test.word)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range kit() {
		f.Add(s.Name())
	}
	f.Add("vp:min=,max==,")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if (s == nil) == (err == nil) {
			t.Fatalf("Parse(%q) = %v, %v", text, s, err)
		}
		if err != nil {
			return
		}
		if again, err := Parse(s.Name()); err != nil || again != s {
			t.Fatalf("%q reads as %v, whose name %q reads as %v, %v", text, s, s.Name(), again, err)
		}
		for _, at := range []float64{0, 0.5, 1} {
			if a, b, c, d := s.Coefficients(at); a-a+b-b+c-c+d-d != 0 {
				t.Fatalf("%q at t = %v: %v %v %v %v", text, at, a, b, c, d)
			}
		}
	})
}
