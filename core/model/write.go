package model

import (
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"inkflow/core/model/safetensors"
	"inkflow/core/path"
)

// Write writes a checkpoint. The same checkpoint gives the same bytes. It
// refuses what Read would refuse: a network that is not valid, weights that
// are not finite, a label that is not UTF-8 or longer than 4096 bytes.
func Write(w io.Writer, c *Checkpoint) error {
	if err := c.validate(); err != nil {
		return &refusal{err}
	}
	f := safetensors.File{Metadata: metadata(c)}
	for k, l := range c.Net.Layers() {
		f.Tensors = append(f.Tensors,
			safetensors.Float32(weightName(k), []int{l.Out, l.In}, l.Weight),
			safetensors.Float32(biasName(k), []int{l.Out}, l.Bias))
	}
	f.Metadata[checksumKey] = checksum(f.Metadata, f.Tensors)
	return safetensors.Write(w, &f)
}

func metadata(c *Checkpoint) map[string]string {
	cfg, scale := c.Net.Config, c.Net.Scale
	m := map[string]string{
		"format":    formatName,
		"version":   "1",
		"scheduler": c.Scheduler,
		"dim":       strconv.Itoa(cfg.Dim),
		"hidden":    joinInts(cfg.Hidden),
		"octaves":   strconv.Itoa(cfg.Octaves),
		"harmonics": strconv.Itoa(cfg.Harmonics),
		"mean":      joinFloats(scale.Mean),
		"std":       joinFloats([]float64{scale.Std}),
		"seed":      strconv.FormatUint(c.Seed, 10),
		"step":      strconv.Itoa(c.Step),
		"target":    c.Target,
	}
	// What follows came later and is left out where it says what was always so. The
	// two labels change nothing about the field; the rest does, so a program that knows
	// version 1 alone must not take such a file for one of its own.
	if c.Coupling != "" && c.Coupling != independent {
		m["coupling"] = c.Coupling
	}
	if c.Source != "" {
		m["source"] = c.Source
	}
	labels := len(m)
	if p, _ := c.predicts(); p != path.Velocity {
		m["predict"] = p.String()
	}
	if cfg.Plain {
		m["plain"] = "true"
	}
	if scale.SourceMean != nil {
		m["source_mean"] = joinFloats(scale.SourceMean)
	}
	if scale.SourceStd != 0 {
		m["source_std"] = number(scale.SourceStd)
	}
	if scale.Covariance != 0 {
		m["covariance"] = number(scale.Covariance)
	}
	if a := c.Standard; a != nil {
		m["shift"], m["spread"] = joinFloats(a.Shift), number(a.Spread)
	}
	if len(m) > labels {
		m["version"] = "2"
	}
	return m
}

// predicts is what the network predicts, which must be what Predict says.
func (c *Checkpoint) predicts() (path.Prediction, error) {
	p := path.Velocity
	if c.Net.Predict != nil {
		var ok bool
		if p, ok = c.Net.Predict.(path.Prediction); !ok || p > path.Score {
			return 0, errors.New("the network predicts a quantity of its own, and a checkpoint knows velocity, x1, epsilon and score")
		}
	}
	if c.Predict != p && c.Predict != path.Velocity {
		return 0, errors.New("Predict is not what the network predicts, which is " + p.String())
	}
	return p, nil
}

// validate returns nil, or an error that says what is wrong with the map of a
// d-dimensional checkpoint.
func (a *Affine) validate(d int) error {
	if len(a.Shift) != d {
		return errors.New("the map to natural units has " + strconv.Itoa(len(a.Shift)) + " shifts, and one is wanted for each of " +
			strconv.Itoa(d) + " coordinates")
	}
	for i, s := range a.Shift {
		if !(math.Abs(s) <= 1e9) {
			return errors.New("shift " + strconv.Itoa(i) + " of the map to natural units is " + number(s) + ", and a number of size at most 1e9 is wanted")
		}
	}
	if !(a.Spread >= 1e-9 && a.Spread <= 1e9) {
		return errors.New("the spread of the map to natural units is " + number(a.Spread) + ", and 1e-9 to 1e9 is wanted")
	}
	return nil
}

func (c *Checkpoint) validate() error {
	if c.Net == nil {
		return errors.New("a checkpoint needs a network")
	}
	if err := c.Net.Config.Validate(); err != nil {
		return err
	}
	if err := c.Net.Scale.Validate(c.Net.Config.Dim); err != nil {
		return err
	}
	if n := int64(c.Net.NumParams()); 4*n > limits.Data {
		return errors.New("the network has " + strconv.FormatInt(n, 10) + " weights, and a checkpoint holds at most " + strconv.FormatInt(limits.Data/4, 10))
	}
	if at := finite(c.Net.Weights); at >= 0 {
		return errors.New("weight " + strconv.Itoa(at) + " is " + single(c.Net.Weights[at]) + ", and a checkpoint holds finite weights only")
	}
	if _, err := path.Parse(c.Scheduler); err != nil {
		return err
	}
	if c.Step < 0 {
		return errors.New("the step is " + strconv.Itoa(c.Step) + ", and steps are counted from 0")
	}
	for _, l := range c.labels() {
		if len(l.text) > maxLabel || !utf8.ValidString(l.text) {
			return errors.New("the " + l.what + " must be UTF-8, at most " + strconv.Itoa(maxLabel) + " bytes of it")
		}
	}
	if c.Standard != nil {
		if err := c.Standard.validate(c.Net.Config.Dim); err != nil {
			return err
		}
	}
	if _, err := c.predicts(); err != nil {
		return err
	}
	return nil
}
