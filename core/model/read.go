package model

import (
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"inkflow/core/model/safetensors"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// Read reads a checkpoint up to the end of r: at most 64 MiB of weights. For
// its errors see the package's comment; one of r's own comes back wrapped.
func Read(r io.Reader) (*Checkpoint, error) {
	f, err := safetensors.Read(r, limits)
	if err != nil {
		return nil, err
	}
	d, err := describe(f.Metadata)
	if err != nil {
		return nil, err
	}
	tensors, err := arrange(f.Tensors, shapes(d.config))
	if err != nil {
		return nil, err
	}
	// Every array has the size that the configuration asks for, so the network
	// takes as much memory as the file gave.
	net, err := nn.New(d.config, d.scale, d.schedule, rand.New(rand.NewPCG(0, 0)))
	if err != nil {
		return nil, damaged(err)
	}
	for k, l := range net.Layers() {
		tensors[2*k].CopyFloat32(l.Weight)
		tensors[2*k+1].CopyFloat32(l.Bias)
		for i, values := range [][]float32{l.Weight, l.Bias} {
			if at := finite(values); at >= 0 {
				return nil, &ContentError{tensors[2*k+i].Name + " holds " + single(values[at]) + " at place " + strconv.Itoa(at), "weights are finite numbers"}
			}
		}
	}
	if written, ok := f.Metadata[checksumKey]; ok {
		if found := checksum(f.Metadata, tensors); found != written {
			return nil, &ContentError{"its checksum is " + quote(written, 20) + ", and its content has " + strconv.Quote(found),
				"get a fresh copy, or, where it was changed on purpose, remove " + checksumKey + " from its metadata"}
		}
	}
	if d.Predict != path.Velocity {
		net.Predict = d.Predict
	}
	d.Checkpoint.Net = net
	return &d.Checkpoint, nil
}

// arrange puts the tensors of a file in the order of the network, weight
// before bias, and checks that they are these, no more and no fewer, with the
// type and the shape they must have.
func arrange(found []safetensors.Tensor, layers []shape) ([]safetensors.Tensor, error) {
	byName := make(map[string]safetensors.Tensor, len(found))
	for _, t := range found {
		byName[t.Name] = t
	}
	list := make([]safetensors.Tensor, 0, 2*len(layers))
	take := func(name string, shape ...int) error {
		t, ok := byName[name]
		switch {
		case !ok:
			return &ContentError{"the tensor " + name + " is missing", "a network of this shape has it"}
		case t.Dtype != "F32":
			return &ContentError{"the tensor " + name + " is of type " + t.Dtype, "weights are of type F32"}
		case !slices.Equal(t.Shape, shape):
			return &ContentError{"the tensor " + name + " has the shape [" + spaced(t.Shape) + "]", "in this network it is [" + spaced(shape) + "]"}
		}
		delete(byName, name)
		list = append(list, t)
		return nil
	}
	for k, l := range layers {
		if err := take(weightName(k), l.out, l.in); err != nil {
			return nil, err
		}
		if err := take(biasName(k), l.out); err != nil {
			return nil, err
		}
	}
	for _, t := range found {
		if _, left := byName[t.Name]; left {
			return nil, &ContentError{"it holds the tensor " + quote(t.Name, 60) + ", which is no part of its network",
				"a checkpoint holds the layers that its metadata describe and nothing else"}
		}
	}
	return list, nil
}

// description is what the metadata say: a checkpoint but for its weights.
type description struct {
	Checkpoint
	config   nn.Config
	scale    nn.Scale
	schedule path.Scheduler
}

// describe reads the metadata.
func describe(metadata map[string]string) (*description, error) {
	m := fields{metadata: metadata}
	if name := metadata["format"]; name != formatName {
		return nil, &ForeignError{name}
	}
	switch version := m.integer("version"); {
	case m.err != nil:
		return nil, m.err
	case version > formatVersion:
		return nil, &VersionError{version}
	case version < 1:
		return nil, &ContentError{"its version is " + strconv.Itoa(version), "versions are counted from 1"}
	}
	d := &description{
		Checkpoint: Checkpoint{
			Scheduler: m.text("scheduler"),
			Seed:      m.unsigned("seed"),
			Step:      m.integer("step"),
			Target:    m.text("target"),
		},
		config: nn.Config{Dim: m.integer("dim"), Hidden: m.integers("hidden"), Octaves: m.integer("octaves"), Harmonics: m.integer("harmonics")},
		scale:  nn.Scale{Mean: m.numbers("mean"), Std: m.number("std")},
	}
	if err := d.later(&m); err != nil {
		return nil, err
	}
	if err := d.config.Validate(); err != nil {
		return nil, damaged(err)
	}
	if err := d.scale.Validate(d.config.Dim); err != nil {
		return nil, damaged(err)
	}
	var err error
	if d.schedule, err = path.Parse(d.Scheduler); err != nil {
		return nil, damaged(err)
	}
	// What Write would refuse is refused here too, so that what was read can
	// be written.
	for _, l := range d.labels() {
		if len(l.text) > maxLabel {
			return nil, &ContentError{"its " + l.what + " is " + strconv.Itoa(len(l.text)) + " bytes long", strconv.Itoa(maxLabel) + " are the most"}
		}
	}
	if d.Standard != nil {
		if err := d.Standard.validate(d.config.Dim); err != nil {
			return nil, damaged(err)
		}
	}
	return d, nil
}

// later reads the entries that came with version 2. Each may be missing.
func (d *description) later(m *fields) error {
	d.Coupling = independent
	if m.has("coupling") {
		d.Coupling = m.text("coupling")
	}
	if m.has("source") {
		d.Source = m.text("source")
	}
	if m.has("plain") {
		d.config.Plain = m.flag("plain")
	}
	if m.has("source_mean") {
		d.scale.SourceMean = m.numbers("source_mean")
	}
	if m.has("source_std") {
		d.scale.SourceStd = m.number("source_std")
	}
	if m.has("covariance") {
		d.scale.Covariance = m.number("covariance")
	}
	if m.has("shift") || m.has("spread") {
		d.Standard = &Affine{Shift: m.numbers("shift"), Spread: m.number("spread")}
	}
	if m.err == nil && m.has("predict") {
		var err error
		if d.Predict, err = path.ParsePrediction(m.text("predict")); err != nil {
			return damaged(err)
		}
	}
	if d.Coupling == "" {
		d.Coupling = independent
	}
	d.Independent = d.Coupling == independent && d.Source == ""
	return m.err
}

// spaced writes the axes of a shape.
func spaced(shape []int) string { return strings.ReplaceAll(joinInts(shape), ",", " ") }

// damaged makes a ContentError of another package's complaint.
func damaged(err error) error {
	return &ContentError{strings.TrimPrefix(err.Error(), "nn: "), "its metadata do not describe a network that there is"}
}
