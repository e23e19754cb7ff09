package model

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"inkflow/core/model/safetensors"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// sample is a small checkpoint with no two numbers alike.
func sample(t testing.TB) *Checkpoint {
	t.Helper()
	cfg := nn.Config{Dim: 2, Hidden: []int{8, 5}, Octaves: 1, Harmonics: 1}
	scale := nn.Scale{Mean: []float64{1. / 3, -0.1}, Std: math.Pi}
	rng := rand.New(rand.NewPCG(1, 2))
	net, err := nn.New(cfg, scale, path.CondOT{}, rng)
	if err != nil {
		t.Fatal(err)
	}
	for i := range net.Weights {
		net.Weights[i] = float32(rng.NormFloat64())
	}
	return &Checkpoint{Net: net, Scheduler: "condot", Seed: math.MaxUint64, Step: 6000, Target: `word:"墨"`}
}

func written(t testing.TB, c *Checkpoint) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts is a checkpoint taken apart, for tests that spoil one of the parts.
func parts(t testing.TB, file []byte) *safetensors.File {
	t.Helper()
	f, err := safetensors.Read(bytes.NewReader(file), limits)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func joined(t testing.TB, f *safetensors.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := safetensors.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same reports whether two checkpoints are equal to the bit.
func same(a, b *Checkpoint) bool {
	couplings := func(c *Checkpoint) string { return strings.Replace(c.Coupling, independent, "", 1) }
	if a.Scheduler != b.Scheduler || a.Seed != b.Seed || a.Step != b.Step || a.Target != b.Target ||
		a.Source != b.Source || couplings(a) != couplings(b) || !reflect.DeepEqual(a.Standard, b.Standard) || a.Net.Predict != b.Net.Predict ||
		!reflect.DeepEqual(a.Net.Config, b.Net.Config) || !reflect.DeepEqual(a.Net.Scale, b.Net.Scale) ||
		len(a.Net.Weights) != len(b.Net.Weights) {
		return false
	}
	for i, w := range a.Net.Weights {
		if math.Float32bits(w) != math.Float32bits(b.Net.Weights[i]) {
			return false
		}
	}
	return true
}

// full is a checkpoint that has something to say in every entry.
func full(t testing.TB) *Checkpoint {
	c := sample(t)
	c.Net.Config.Plain, c.Net.Predict = true, path.Noise
	c.Net.Scale.SourceMean, c.Net.Scale.SourceStd, c.Net.Scale.Covariance = []float64{-1. / 3, 7}, math.Sqrt2, -1./7
	c.Predict, c.Coupling, c.Source = path.Noise, "ot:group=64", "moons7 \"墨\""
	c.Standard = &Affine{Shift: []float64{1e-3, -5}, Spread: 1. / 9}
	return c
}

func TestRoundTripKeepsEveryBit(t *testing.T) {
	for name, make := range map[string]func(testing.TB) *Checkpoint{"as ever": sample, "all new": full} {
		t.Run(name, func(t *testing.T) { roundTrip(t, make(t)) })
	}
}

func roundTrip(t *testing.T, in *Checkpoint) {
	in.Net.Weights[0] = float32(math.Copysign(0, -1))
	in.Net.Weights[1] = math.SmallestNonzeroFloat32
	file := written(t, in)
	out, err := Read(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if !same(in, out) {
		t.Errorf("got %+v %+v, want %+v %+v", out, out.Net, in, in.Net)
	}
	if again := written(t, out); !bytes.Equal(file, again) {
		t.Error("written again it differs")
	}
	if _, ok := out.Net.Schedule.(path.CondOT); !ok {
		t.Errorf("the network's path is %v", out.Net.Schedule)
	}
}

// The network that was read is the same field as the one that was written.
func TestWhatWasReadComputesTheSame(t *testing.T) {
	in := sample(t)
	out, err := Read(bytes.NewReader(written(t, in)))
	if err != nil {
		t.Fatal(err)
	}
	x := []float32{-2, 0, 0.5, 1, -1, 0.25} // [2 × 3]
	a, b := make([]float32, 6), make([]float32, 6)
	in.Net.Velocity(nn.NewWorkspace(in.Net, 3), a, x, 0.3)
	out.Net.Velocity(nn.NewWorkspace(out.Net, 3), b, x, 0.3)
	if !reflect.DeepEqual(a, b) {
		t.Errorf("velocities %v, want %v", b, a)
	}
}

// Whether a network knows the score follows from how it was trained.
func TestIndependent(t *testing.T) {
	for _, r := range []struct {
		coupling, source string
		read             string
		independent      bool
	}{
		{"", "", "independent", true}, {"independent", "", "independent", true},
		{"ot", "", "ot", false}, {"", "moons7", "independent", false}, {"sb:sigma=0.5", "moons7", "sb:sigma=0.5", false},
	} {
		in := sample(t)
		in.Coupling, in.Source = r.coupling, r.source
		out, err := Read(bytes.NewReader(written(t, in)))
		if err != nil {
			t.Fatal(err)
		}
		if out.Independent != r.independent || out.Coupling != r.read {
			t.Errorf("%q from %q: read as %q, independent %v", r.coupling, r.source, out.Coupling, out.Independent)
		}
	}
}

// A file says version 1 as long as a program that knows only that reads it rightly.
func TestVersionIsTheLeastThatWillDo(t *testing.T) {
	for want, changes := range map[string][]func(*Checkpoint){
		"1": {
			func(c *Checkpoint) {},
			func(c *Checkpoint) { c.Coupling, c.Source = "ot", "moons" },
			func(c *Checkpoint) { c.Scheduler = "polynomial:n=3" },
		},
		"2": {
			func(c *Checkpoint) { c.Net.Predict = path.Data },
			func(c *Checkpoint) { c.Net.Config.Plain = true },
			func(c *Checkpoint) { c.Net.Scale.SourceMean = []float64{0, 0} },
			func(c *Checkpoint) { c.Net.Scale.SourceStd = 1 },
			func(c *Checkpoint) { c.Net.Scale.Covariance = .5 },
			func(c *Checkpoint) { c.Standard = &Affine{Shift: []float64{0, 0}, Spread: 2} },
		},
	} {
		for k, change := range changes {
			c := sample(t)
			change(c)
			if got := parts(t, written(t, c)).Metadata["version"]; got != want {
				t.Errorf("case %d: version %s, want %s", k, got, want)
			}
		}
	}
}

// testdata/version1.safetensors was written by inkflow before there was a version
// 2: a small network after 300 steps on two moons. It is the same field still: the
// velocities below are what that inkflow computed.
func TestReadsVersion1(t *testing.T) {
	f, err := os.Open("testdata/version1.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if c.Scheduler != "condot" || c.Step != 300 || c.Target != "moons" || c.Predict != path.Velocity || !c.Independent || c.Source != "" || c.Standard != nil {
		t.Errorf("got %+v", c)
	}
	x := []float32{-2, 0, 0.5, 1, -1, 0.25} // [2 × 3]
	v := make([]float32, 6)
	for at, want := range map[float64][]float32{
		0:   {1.6551049, 0.27964705, -0.5327512, -1.9833897, 0.5589712, -0.8281186},
		0.3: {0.16629934, 0.35911205, -0.20617633, -1.7605042, -0.28406367, -0.89411676},
		1:   {-2.196376, 0.12257226, 0.46768183, 0.84496725, -1.0262908, 0.16969074},
	} {
		c.Net.Velocity(nn.NewWorkspace(c.Net, 3), v, x, at)
		for i := range v {
			if math.Abs(float64(v[i]-want[i])) > 1e-4 { // kernels round differently, and SiLU may be a faster one
				t.Errorf("t = %g: velocity %v, want %v", at, v, want)
				break
			}
		}
	}
}

// testdata/python.safetensors was written by testdata/make_python.py with the
// Python package safetensors, not by this package; the numbers below are those
// of the script.
func TestReadsWhatPythonWrote(t *testing.T) {
	f, err := os.Open("testdata/python.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if c.Scheduler != "condot" || c.Seed != math.MaxUint64 || c.Step != 6000 || c.Target != "written in Python, 墨" {
		t.Errorf("got %+v", c)
	}
	if want := (nn.Config{Dim: 2, Hidden: []int{8, 5}, Octaves: 1, Harmonics: 1}); !reflect.DeepEqual(c.Net.Config, want) {
		t.Errorf("config %+v, want %+v", c.Net.Config, want)
	}
	if want := (nn.Scale{Mean: []float64{0.5, -0.25}, Std: 1.75}); !reflect.DeepEqual(c.Net.Scale, want) {
		t.Errorf("scale %+v, want %+v", c.Net.Scale, want)
	}
	for i, w := range c.Net.Weights {
		if want := float32(i*37%101-50) / 64; w != want {
			t.Fatalf("weight %d is %g, want %g", i, w, want)
		}
	}
}

func TestReadsVersion2OfPython(t *testing.T) {
	f, err := os.Open("testdata/python2.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if c.Scheduler != "polynomial:n=3" || c.Coupling != "ot" || c.Source != "moons7" || c.Independent ||
		c.Predict != path.Data || c.Net.Predict != path.Data || !c.Net.Config.Plain {
		t.Errorf("got %+v", c)
	}
	want := nn.Scale{Mean: []float64{0.5, -0.25}, Std: 1.75, SourceMean: []float64{-1, .125}, SourceStd: 7, Covariance: -.5}
	if !reflect.DeepEqual(c.Net.Scale, want) {
		t.Errorf("scale %+v, want %+v", c.Net.Scale, want)
	}
	if want := (&Affine{Shift: []float64{10, 20}, Spread: .25}); !reflect.DeepEqual(c.Standard, want) {
		t.Errorf("map to natural units %+v, want %+v", c.Standard, want)
	}
}

// An independent reader, as short as the format allows, finds in our file what
// we put there. (The Python package reads it too.)
func TestOthersReadWhatWeWrite(t *testing.T) {
	c := sample(t)
	file := written(t, c)
	n := binary.LittleEndian.Uint64(file)
	var header map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+n], &header); err != nil {
		t.Fatal(err)
	}
	data := file[8+n:]
	if (8+n)%8 != 0 {
		t.Errorf("the data begins at byte %d, no multiple of 8", 8+n)
	}
	var metadata map[string]string
	if err := json.Unmarshal(header["__metadata__"], &metadata); err != nil {
		t.Fatal(err)
	}
	delete(metadata, "crc32")
	if want := map[string]string{
		"format": "inkflow", "version": "1", "scheduler": "condot", "dim": "2", "hidden": "8,5", "octaves": "1", "harmonics": "1",
		"mean": "0.3333333333333333,-0.1", "std": "3.141592653589793", "seed": "18446744073709551615", "step": "6000", "target": `word:"墨"`,
	}; !reflect.DeepEqual(metadata, want) {
		t.Errorf("metadata %v, want %v", metadata, want)
	}
	delete(header, "__metadata__")
	if len(header) != 6 {
		t.Errorf("%d tensors, want 6", len(header))
	}
	for k, l := range c.Net.Layers() {
		for kind, want := range map[string][]float32{"weight": l.Weight, "bias": l.Bias} {
			var info struct {
				Dtype   string
				Shape   []int
				Offsets [2]int `json:"data_offsets"`
			}
			name := fmt.Sprintf("layers.%d.%s", k, kind)
			if err := json.Unmarshal(header[name], &info); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			shape := []int{l.Out, l.In}
			if kind == "bias" {
				shape = shape[:1]
			}
			if info.Dtype != "F32" || !reflect.DeepEqual(info.Shape, shape) {
				t.Errorf("%s is %s %v, want F32 %v", name, info.Dtype, info.Shape, shape)
			}
			got := make([]float32, len(want))
			if err := binary.Read(bytes.NewReader(data[info.Offsets[0]:info.Offsets[1]]), binary.LittleEndian, got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s holds other numbers", name)
			}
		}
	}
}

func TestDefaultNetworkFits(t *testing.T) {
	net, err := nn.New(nn.DefaultConfig(), nn.Scale{Mean: []float64{0, 0}, Std: 1}, path.CondOT{}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	in := &Checkpoint{Net: net, Scheduler: "condot"}
	out, err := Read(bytes.NewReader(written(t, in)))
	if err != nil || !same(in, out) {
		t.Errorf("%v, %v", out, err)
	}
}

func TestWriteRefusesWhatReadWould(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(c *Checkpoint)
		want  string
	}{
		"no network": {func(c *Checkpoint) { c.Net = nil }, "needs a network"},
		"NaN":        {func(c *Checkpoint) { c.Net.Weights[7] = float32(math.NaN()) }, "weight 7 is NaN"},
		"infinity":   {func(c *Checkpoint) { c.Net.Weights[7] = float32(math.Inf(-1)) }, "weight 7 is -Inf"},
		"scheduler":  {func(c *Checkpoint) { c.Scheduler = "warp" }, "warp"},
		"step":       {func(c *Checkpoint) { c.Step = -1 }, "the step is -1"},
		"label":      {func(c *Checkpoint) { c.Target = "\xff" }, "UTF-8"},
		"long label": {func(c *Checkpoint) { c.Target = strings.Repeat("a", 4097) }, "at most 4096"},
		"source":     {func(c *Checkpoint) { c.Source = "\xff" }, "source's label"},
		"coupling":   {func(c *Checkpoint) { c.Coupling = "\xff" }, "coupling's name"},
		"predict":    {func(c *Checkpoint) { c.Predict = path.Data }, "predicts, which is velocity"},
		"quantity":   {func(c *Checkpoint) { c.Net.Predict = path.Prediction(9) }, "a quantity of its own"},
		"shifts":     {func(c *Checkpoint) { c.Standard = &Affine{Spread: 1} }, "0 shifts"},
		"covariance": {func(c *Checkpoint) { c.Net.Scale.Covariance = math.NaN() }, "covariance"},
		"shape":      {func(c *Checkpoint) { c.Net.Config.Octaves = 13 }, "Octaves"},
		"scale":      {func(c *Checkpoint) { c.Net.Scale.Std = 0 }, "standard deviation"},
		"large": {func(c *Checkpoint) {
			c.Net = &nn.Net{Config: c.Net.Config, Scale: c.Net.Scale, Weights: make([]float32, 16<<20+1)}
		}, "at most 16777216"},
		"large fails": {func(c *Checkpoint) { c.Net.Scale.Mean = nil }, "means"},
	} {
		c := sample(t)
		row.spoil(c)
		var b bytes.Buffer
		if err := Write(&b, c); err == nil || !strings.Contains(err.Error(), row.want) || b.Len() > 0 {
			t.Errorf("%s: %v after %d bytes, want %q", name, err, b.Len(), row.want)
		}
	}
}

func TestForeignFilesAreNamed(t *testing.T) {
	torch := joined(t, &safetensors.File{Metadata: map[string]string{"format": "pt"},
		Tensors: []safetensors.Tensor{safetensors.Float32("encoder.weight", []int{2}, []float32{1, 2})}})
	bare := joined(t, &safetensors.File{})
	for file, want := range map[string]string{
		string(torch): `the "format" in its metadata is "pt"`,
		string(bare):  `holds no inkflow network (no "format" in its metadata`,
	} {
		_, err := Read(strings.NewReader(file))
		var foreign *ForeignError
		if !errors.As(err, &foreign) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want a ForeignError with %s", err, want)
		}
	}
	var limit *safetensors.LimitError
	if _, err := Read(strings.NewReader("\x89PNG\r\n\x1a\nIHDR")); !errors.As(err, &limit) {
		t.Errorf("a picture: %v, want a LimitError", err)
	}
	var format *safetensors.FormatError
	if _, err := Read(strings.NewReader("")); !errors.As(err, &format) {
		t.Errorf("an empty file: %v, want a FormatError", err)
	}
}
