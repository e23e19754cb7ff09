package model

import (
	"errors"
	"fmt"
	"io"
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
		return fmt.Errorf("model: %w", err)
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
	return map[string]string{
		"format":    formatName,
		"version":   strconv.Itoa(formatVersion),
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
		return fmt.Errorf("the network has %d weights, and a checkpoint holds at most %d", n, limits.Data/4)
	}
	if at := finite(c.Net.Weights); at >= 0 {
		return fmt.Errorf("weight %d is %g, and a checkpoint holds finite weights only", at, c.Net.Weights[at])
	}
	if _, err := path.Parse(c.Scheduler); err != nil {
		return err
	}
	if c.Step < 0 {
		return fmt.Errorf("the step is %d, and steps are counted from 0", c.Step)
	}
	if len(c.Target) > maxLabel || !utf8.ValidString(c.Target) {
		return fmt.Errorf("the target's label must be UTF-8, at most %d bytes of it", maxLabel)
	}
	return nil
}
