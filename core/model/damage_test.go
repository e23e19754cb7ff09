package model

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"inkflow/core/model/safetensors"
)

// Damage to a whole checkpoint: what a bad disk, a cut download or a stranger
// may do to it.

// typed reports whether an error is one of those that Read promises.
func typed(err error) bool {
	var (
		format  *safetensors.FormatError
		limit   *safetensors.LimitError
		foreign *ForeignError
		version *VersionError
		content *ContentError
	)
	return errors.As(err, &format) || errors.As(err, &limit) || errors.As(err, &foreign) ||
		errors.As(err, &version) || errors.As(err, &content)
}

func TestCutAtEveryByte(t *testing.T) {
	file := written(t, sample(t))
	for cut := range file {
		if _, err := Read(bytes.NewReader(file[:cut])); !typed(err) {
			t.Fatalf("cut to %d of %d bytes: %v, want a typed error", cut, len(file), err)
		}
	}
	if _, err := Read(bytes.NewReader(append(slices.Clone(file), 0))); !typed(err) {
		t.Errorf("one byte more: %v, want a typed error", err)
	}
}

// Every single flipped bit is refused, or changes nothing of what is read (the
// name of the checksum, for one, is covered by no checksum).
func TestEveryFlippedBit(t *testing.T) {
	in := sample(t)
	file := written(t, in)
	harmless := 0
	for i := range file {
		for bit := range 8 {
			file[i] ^= 1 << bit
			switch out, err := Read(bytes.NewReader(file)); {
			case err == nil && same(in, out):
				harmless++
			case !typed(err):
				t.Fatalf("bit %d of byte %d: %v, want a typed error or the same checkpoint", bit, i, err)
			}
			file[i] ^= 1 << bit
		}
	}
	// The five letters of the key alone, and among them few keep the header
	// sound.
	if harmless > 40 {
		t.Errorf("%d of %d flips went unnoticed", harmless, 8*len(file))
	}
}

// Parts that are sound one by one and do not fit together. The checksum is
// taken out, so that it cannot hide whether the fault itself is seen.
func TestPartsThatDoNotFit(t *testing.T) {
	nan := float32(math.NaN())
	set := func(key, value string) func(*safetensors.File) {
		return func(f *safetensors.File) { f.Metadata[key] = value }
	}
	without := func(key string) func(*safetensors.File) {
		return func(f *safetensors.File) { delete(f.Metadata, key) }
	}
	for _, row := range []struct {
		name  string
		spoil func(*safetensors.File)
		want  string
	}{
		{"no version", without("version"), `"version" is missing`},
		{"version zero", set("version", "0"), "counted from 1"},
		{"odd version", set("version", "one"), `"version" is "one"`},
		{"no scheduler", without("scheduler"), `"scheduler" is missing`},
		{"unknown scheduler", set("scheduler", "warp"), "condot"},
		{"no target", without("target"), `"target" is missing`},
		{"long target", set("target", strings.Repeat("x", 4097)), "4096 are the most"},
		{"no seed", without("seed"), `"seed" is missing`},
		{"seed beyond 64 bits", set("seed", "18446744073709551616"), `"seed"`},
		{"negative step", set("step", "-1"), `"step" is "-1"`},
		{"step beyond 31 bits", set("step", "2147483648"), `"step"`},
		{"dim zero", set("dim", "0"), "Dim is 0"},
		{"other dim", set("dim", "3"), "means"},
		{"hidden in words", set("hidden", "8,many"), `"hidden" is "8,many"`},
		{"no hidden layer", set("hidden", ""), `"hidden" is ""`},
		{"negative width", set("hidden", "8,-5"), `"hidden"`},
		{"enormous", set("hidden", "8192,8192,8192"), "weights"},
		{"another width", set("hidden", "8,6"), "layers.1.weight has the shape [5 8]; in this network it is [6 8]"},
		{"a layer more", set("hidden", "8,5,5"), "layers.2.weight has the shape [2 5]; in this network it is [5 5]"},
		{"a layer fewer", set("hidden", "8"), "layers.1.weight has the shape [5 8]; in this network it is [2 8]"},
		{"octaves", set("octaves", "13"), "Octaves is 13"},
		{"other octaves", set("octaves", "2"), "layers.0.weight has the shape [8 9]; in this network it is [8 13]"},
		{"harmonics", set("harmonics", "-1"), `"harmonics" is "-1"`},
		{"mean in words", set("mean", "0,zero"), `"mean" is "0,zero"`},
		{"one mean", set("mean", "0"), "means"},
		{"infinite mean", set("mean", "0,inf"), "mean 1"},
		{"no std", without("std"), `"std" is missing`},
		{"std NaN", set("std", "NaN"), "standard deviation"},
		{"std zero", set("std", "0"), "standard deviation"},
		{"unknown prediction", set("predict", "everything"), "velocity, x1, epsilon, score"},
		{"plain in words", set("plain", "yes"), `"plain" is "yes"`},
		{"source mean in words", set("source_mean", "left"), "numbers between commas"},
		{"one source mean", set("source_mean", "1"), "source means"},
		{"source std negative", set("source_std", "-1"), "standard deviation"},
		{"source std NaN", set("source_std", "nan"), "standard deviation"},
		{"covariance too large", set("covariance", "1e3"), "covariance"},
		{"shift without spread", set("shift", "0,0"), `"spread" is missing`},
		{"spread without shift", set("spread", "1"), `"shift" is missing`},
		{"long source", set("source", strings.Repeat("x", 4097)), "source's label is 4097 bytes long"},
		{"long coupling", set("coupling", strings.Repeat("x", 4097)), "coupling's name"},
		{"one shift", func(f *safetensors.File) { f.Metadata["shift"], f.Metadata["spread"] = "0", "1" }, "1 shifts"},
		{"infinite shift", func(f *safetensors.File) { f.Metadata["shift"], f.Metadata["spread"] = "0,inf", "1" }, "shift 1"},
		{"spread zero", func(f *safetensors.File) { f.Metadata["shift"], f.Metadata["spread"] = "0,1", "0" }, "spread"},
		{"a tensor missing", func(f *safetensors.File) { f.Tensors = f.Tensors[1:] }, "layers.0.weight is missing"},
		{"a tensor more", func(f *safetensors.File) {
			f.Tensors = append(f.Tensors, safetensors.Float32("layers.3.bias", []int{1}, []float32{0}))
		}, `holds the tensor "layers.3.bias"`},
		{"another type", func(f *safetensors.File) { f.Tensors[2].Dtype = "I32" }, "layers.1.weight is of type I32"},
		{"turned shape", func(f *safetensors.File) { f.Tensors[2].Shape = []int{8, 5} }, "has the shape [8 5]"},
		{"flat shape", func(f *safetensors.File) { f.Tensors[2].Shape = []int{40} }, "has the shape [40]"},
		{"a NaN", func(f *safetensors.File) {
			binary.LittleEndian.PutUint32(f.Tensors[2].Data[8:], math.Float32bits(nan))
		}, "layers.1.weight holds NaN at place 2"},
		{"an infinity", func(f *safetensors.File) {
			binary.LittleEndian.PutUint32(f.Tensors[5].Data[4:], math.Float32bits(float32(math.Inf(-1))))
		}, "layers.2.bias holds -Inf at place 1"},
	} {
		f := parts(t, written(t, sample(t)))
		delete(f.Metadata, checksumKey)
		row.spoil(f)
		_, err := Read(bytes.NewReader(joined(t, f)))
		var content *ContentError
		if !errors.As(err, &content) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s:\n got %v\nwant a ContentError with %s", row.name, err, row.want)
		}
	}
}

func TestChecksum(t *testing.T) {
	in := sample(t)
	f := parts(t, written(t, in))
	delete(f.Metadata, checksumKey)
	if out, err := Read(bytes.NewReader(joined(t, f))); err != nil || !same(in, out) {
		t.Errorf("without a checksum: %v", err)
	}
	f = parts(t, written(t, in))
	slices.Reverse(f.Tensors)
	f.Metadata["note"] = "" // an entry of a name we do not know, yet covered
	if _, err := Read(bytes.NewReader(joined(t, f))); err == nil || !strings.Contains(err.Error(), "remove crc32 from its metadata") {
		t.Errorf("with an entry more: %v", err)
	}
	delete(f.Metadata, "note")
	if out, err := Read(bytes.NewReader(joined(t, f))); err != nil || !same(in, out) {
		t.Errorf("with the tensors in another order: %v", err)
	}
}

func TestNewerVersions(t *testing.T) {
	f := parts(t, written(t, sample(t)))
	f.Metadata["version"] = "3"
	delete(f.Metadata, "hidden") // who knows what a later version does without
	_, err := Read(bytes.NewReader(joined(t, f)))
	var version *VersionError
	if !errors.As(err, &version) || version.Version != 3 || !strings.Contains(err.Error(), "newer inkflow") {
		t.Errorf("%v, want a VersionError", err)
	}
}
