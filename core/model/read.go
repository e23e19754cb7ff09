package model

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
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
				return nil, &ContentError{fmt.Sprintf("%s holds %g at place %d", tensors[2*k+i].Name, values[at], at), "weights are finite numbers"}
			}
		}
	}
	if written, ok := f.Metadata[checksumKey]; ok {
		if found := checksum(f.Metadata, tensors); found != written {
			return nil, &ContentError{fmt.Sprintf("its checksum is %.20q, and its content has %q", written, found),
				"get a fresh copy, or, where it was changed on purpose, remove " + checksumKey + " from its metadata"}
		}
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
			return &ContentError{fmt.Sprintf("the tensor %s is of type %s", name, t.Dtype), "weights are of type F32"}
		case !slices.Equal(t.Shape, shape):
			return &ContentError{fmt.Sprintf("the tensor %s has the shape %v", name, t.Shape), fmt.Sprintf("in this network it is %v", shape)}
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
			return nil, &ContentError{fmt.Sprintf("it holds the tensor %.60q, which is no part of its network", t.Name),
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
		return nil, &ContentError{fmt.Sprintf("its version is %d", version), "versions are counted from 1"}
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
	if m.err != nil {
		return nil, m.err
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
	if len(d.Target) > maxLabel {
		return nil, &ContentError{fmt.Sprintf("its target's label is %d bytes long", len(d.Target)), fmt.Sprintf("%d are the most", maxLabel)}
	}
	return d, nil
}

// damaged makes a ContentError of another package's complaint.
func damaged(err error) error {
	return &ContentError{strings.TrimPrefix(err.Error(), "nn: "), "its metadata do not describe a network that there is"}
}
