package cli

import (
	"bytes"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"inkflow/core/cfm"
	"inkflow/core/model"
	"inkflow/core/path"
)

// What the help says a flag takes can be given to it, and nothing that there is
// is left out.
func TestUsageNamesWhatThereIs(t *testing.T) {
	words := func(usage string) (all []string) {
		for part := range strings.SplitSeq(usage, ", ") {
			word, _, _ := strings.Cut(part, ":")
			all = append(all, word)
		}
		return all
	}
	same := func(what string, usage []string, want []string) {
		if strings.Join(usage, " ") != strings.Join(want, " ") {
			t.Errorf("the usage of %s names %v, and there are %v", what, usage, want)
		}
	}
	var schedulers, weights, couplings []string
	for _, s := range path.Schedulers() {
		schedulers = append(schedulers, s.Name())
	}
	for _, w := range cfm.Weights() {
		weights = append(weights, w.String())
	}
	for _, c := range cfm.Couplings() {
		couplings = append(couplings, c.Name())
	}
	same("--path", words(pathUsage), schedulers)
	same("--weight", words(weightUsage), weights)
	same("--coupling", words(couplingUsage), couplings)
	// The parameters that stand there are the defaults: the name has none.
	for part := range strings.SplitSeq(pathUsage, ", ") {
		if s, err := path.Parse(part); err != nil || strings.Contains(s.Name(), ":") {
			t.Errorf("%s: %v, %v", part, s, err)
		}
	}
	for part := range strings.SplitSeq(weightUsage, ", ") {
		if w, err := cfm.ParseWeight(part); err != nil || strings.Contains(w.String(), ":") {
			t.Errorf("%s: %v, %v", part, w, err)
		}
	}
	for part := range strings.SplitSeq(couplingUsage, ", ") {
		if c, err := cfm.ParseCoupling(part); err != nil || strings.Contains(c.Name(), ":") {
			t.Errorf("%s: %v, %v", part, c, err)
		}
	}
}

// Every path with every prediction is trained, written, read and sampled.
func TestEveryPathAndPrediction(t *testing.T) {
	paths := []string{"condot", "polynomial:n=3", "cosine", "linearvp", "vp:min=0.2,max=15", "subvp", "ve:max=5", "targetcfm"}
	for _, text := range paths {
		for _, p := range path.Predictions() {
			file := filepath.Join(t.TempDir(), "m")
			m := report(t, must(t, "train", "--target", "moons", "--steps", "25", "--hidden", "8", "--path", text, "--predict", p.String(), "--json", "--out", file))
			if m["path"] != text || m["predict"] != p.String() || !(m["loss"].(float64) > 0) {
				t.Errorf("%s, %v: it reports %v", text, p, m)
			}
			c, err := model.Read(bytes.NewReader(read(t, file)))
			if err != nil {
				t.Fatalf("%s, %v: %v", text, p, err)
			}
			if c.Scheduler != text || c.Predict != p || !c.Independent || c.Coupling != "independent" || c.Standard != nil {
				t.Errorf("%s, %v: the file says %+v", text, p, c)
			}
			_, rows := table(t, must(t, "sample", "--model", file, "--n", "50", "--steps", "4"))
			size := 0.
			for _, row := range rows {
				size += math.Hypot(row[0], row[1]) / 50
			}
			// 25 steps learn the mean and the size of the data, by the parametrisation.
			if !(size > .3 && size < 6) {
				t.Errorf("%s, %v: samples are %.3g from the origin, moons 1.7", text, p, size)
			}
		}
	}
}

// Flags that change the training change the file; those left out say what they are.
func TestTrainingChoices(t *testing.T) {
	plain := read(t, trained(t))
	for _, row := range []struct{ flag, value, key, want string }{
		{"--weight", "snr", "weight", "snr"},
		{"--weight", "minsnr:gamma=5", "weight", "minsnr"},
		{"--weight", "natural", "weight", "natural"},
		{"--time", "uniform", "time", "uniform"},
		{"--time", "centred", "time", "centred"},
		{"--time", "beta", "time", "beta"},
		{"--time", "edm", "time", "edm"},
		{"--time", "lowdisc", "time", "lowdisc"},
		{"--coupling", "ot", "coupling", "ot"},
		{"--coupling", "ot:group=16", "coupling", "ot:group=16"},
		{"--coupling", "sinkhorn:eps=0.1", "coupling", "sinkhorn:eps=0.1"},
		{"--coupling", "sb:sigma=0.5", "coupling", "sb:sigma=0.5"},
		{"--predict", "x1", "predict", "x1"},
		{"--path", "polynomial:n=2", "path", "polynomial"},
		{"--source", "ring", "source", "ring"},
		{"--workers", "2", "", ""},
	} {
		file := filepath.Join(t.TempDir(), "m")
		args := []string{"train", "--target", "moons", "--steps", "40", "--hidden", "16,16", "--json", "--out", file, row.flag, row.value}
		m := report(t, must(t, args...))
		for key, want := range map[string]any{
			"path": "condot", "predict": "velocity", "weight": "uniform", "time": "logit-normal", "coupling": "independent", "source": nil, "standardized": false,
		} {
			if key == row.key {
				want = row.want
			}
			if m[key] != want {
				t.Errorf("%s %s: %s is %v, want %v", row.flag, row.value, key, m[key], want)
			}
		}
		a := read(t, file)
		must(t, args...)
		if !bytes.Equal(a, read(t, file)) {
			t.Errorf("%s %s: two trainings with one seed differ", row.flag, row.value)
		}
		if bytes.Equal(a, plain) {
			t.Errorf("%s %s makes no difference", row.flag, row.value)
		}
		must(t, "sample", "--model", file, "--n", "5")
	}
}

// A source takes the place of the noise, for the samples and for what is said of
// them.
func TestSources(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	m := report(t, must(t, "train", "--source", "moons7", "--target", "8gaussians12", "--coupling", "ot", "--steps", "150", "--hidden", "16,16", "--json", "--out", file))
	if m["source"] != "moons7" || m["target"] != "8gaussians12" || m["coupling"] != "ot" {
		t.Errorf("it reports %v", m)
	}
	c, err := model.Read(bytes.NewReader(read(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	if c.Source != "moons7" || c.Independent || c.Coupling != "ot" {
		t.Errorf("the file says source %q, independent %v, coupling %q", c.Source, c.Independent, c.Coupling)
	}
	e := report(t, must(t, "eval", "--model", file, "--n", "300", "--draws", "2", "--steps", "8", "--json"))
	// W2 between the two is about 5.5 (the square root of 30); from noise it would
	// be over 10.
	if w := e["source_w2"].(float64); !(w > 4.8 && w < 6.5) {
		t.Errorf("from source to target W2 is %g", w)
	}
	if npe := e["npe"].(float64); !(npe < .5) {
		t.Errorf("the normalised path energy is %g", npe)
	}

	// A file is asked for, and then taken.
	cloud := put(t, "cloud.csv", []byte("100,100\n101,100\n100,101\n"))
	must(t, "train", "--source", cloud, "--target", cloud, "--steps", "5", "--hidden", "4", "--out", file)
	_, rows := table(t, must(t, "sample", "--model", file, "--source", cloud, "--n", "20"))
	for _, row := range rows {
		if math.Hypot(row[0]-100, row[1]-100) > 30 {
			t.Fatalf("a point is %v", row)
		}
	}
	if code, out, errs := inkflow(t, "0,0\n1,1\n", "sample", "--model", file, "--source", "-", "--n", "3"); code != 0 || strings.Count(out, "\n") != 4 {
		t.Errorf("from a pipe: exit %d, %q", code, errs)
	}
	// Its likelihood begins with the density of the source.
	at := put(t, "p.csv", []byte("100.5,100.5\n"))
	_, near := table(t, must(t, "loglik", "--model", file, "--source", cloud, "--points", at))
	if l := near[0][2]; !(l > -8 && l < 3) {
		t.Errorf("log q between the points is %g", l)
	}
}

// --standardize learns data of any size as well as at size 1: the samples of one
// are those of the other, moved and stretched.
func TestStandardize(t *testing.T) {
	cloud := func(scale, shift float64) string {
		points := must(t, "sample", "--model", moonsLike(t), "--n", "4000", "--seed", "3")
		_, rows := table(t, points)
		var b []byte
		for _, row := range rows {
			b = appendNumbers(b, shift+scale*row[0], shift+scale*row[1])
		}
		return put(t, "cloud.csv", b)
	}
	args := []string{"--steps", "2500", "--hidden", "32,32", "--standardize"}
	ratio := func(scale, shift float64) float64 {
		data := cloud(scale, shift)
		file := filepath.Join(t.TempDir(), "m")
		train := report(t, must(t, append([]string{"train", "--target", data, "--json", "--out", file}, args...)...)) // without a warning
		c, err := model.Read(bytes.NewReader(read(t, file)))
		if err != nil || train["standardized"] != true || c.Standard == nil || !(math.Abs(c.Standard.Spread-1.4*scale) < .2*scale) {
			t.Fatalf("stretched by %g: %v, %v, %+v", scale, err, train["standardized"], c.Standard)
		}
		m := report(t, must(t, "eval", "--model", file, "--target", data, "--n", "500", "--draws", "4", "--json"))
		return m["w2_over_floor"].(float64)
	}
	one := ratio(1, 0)
	for _, row := range []struct{ scale, shift float64 }{{100, 7000}, {.007, .1}} {
		if r := ratio(row.scale, row.shift); !(math.Abs(r-one) < .15*one) {
			t.Errorf("stretched by %g: W2 is %.3f times its floor, and %.3f times at size 1", row.scale, r, one)
		}
	}
	if one > 1.6 {
		t.Errorf("at size 1 W2 is %.3f times its floor", one)
	}
}

// moonsLike trains a network of moons for a second or so.
func moonsLike(t *testing.T) string {
	t.Helper()
	return trained(t, "--steps", "1500", "--hidden", "32,32")
}
