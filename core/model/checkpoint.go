package model

import (
	"hash/crc32"
	"math"
	"slices"
	"strconv"
	"strings"

	"inkflow/core/model/safetensors"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// A Checkpoint is a trained network with what is known of its training.
type Checkpoint struct {
	Net       *nn.Net
	Scheduler string // name of the path, as path.Parse takes it
	Seed      uint64 // of the training
	Step      int    // optimiser steps done, ≥ 0
	Target    string // what was learned, a label for people; UTF-8

	// Predict is what the network gives: the same as Net.Predict.
	Predict path.Prediction
	// Coupling is how batches were paired, as cfm.ParseCoupling takes it; an empty
	// one is "independent".
	Coupling string
	// Source is what the flow begins from, a label for people; empty for the noise
	// of the path, N(0, s0² I).
	Source string
	// Independent says that X0 was Gaussian and independent of X1: only then does the
	// network know the score of its path, and serve samplers that need it. It follows
	// from Coupling and Source; Read sets it, and Write does not look at it.
	Independent bool
	// Standard is the map between the coordinates that the network was trained in and
	// natural units; nil where they are the same.
	Standard *Affine
}

// An Affine map takes a point z of the network's coordinates to natural units:
// x = Shift + Spread z.
type Affine struct {
	Shift  []float64 // [Dim]
	Spread float64   // > 0
}

// label is a text in a checkpoint that is kept and not understood.
type label struct{ what, text string }

func (c *Checkpoint) labels() []label {
	return []label{{"target's label", c.Target}, {"source's label", c.Source}, {"coupling's name", c.Coupling}}
}

const (
	formatName    = "inkflow"
	formatVersion = 2 // the latest that is read; the least that will do is written
	checksumKey   = "crc32"
	maxLabel      = 4096 // bytes of Checkpoint.Target, and of Source and Coupling
	independent   = "independent"
)

// limits is what Read accepts and what Write keeps to: 16 million weights.
var limits = safetensors.Limits{Header: 1 << 20, Data: 64 << 20}

// shape is the shape of one dense layer.
type shape struct{ out, in int }

// shapes gives the layers of a valid configuration without making them. How
// many features the first layer sees is nn's affair; it follows from the
// number of weights, which nn tells.
func shapes(c nn.Config) []shape {
	list := make([]shape, 0, len(c.Hidden)+1)
	rest := c.NumParams()
	in := 0
	for _, out := range append(slices.Clone(c.Hidden), c.Dim) {
		list = append(list, shape{out, in})
		rest -= out * (in + 1)
		in = out
	}
	list[0].in = rest / list[0].out
	return list
}

// weightName and biasName name the tensors of layer k.
func weightName(k int) string { return "layers." + strconv.Itoa(k) + ".weight" }
func biasName(k int) string   { return "layers." + strconv.Itoa(k) + ".bias" }

// finite reports where values hold their first number that is not finite; -1
// if nowhere.
func finite(values []float32) (at int) {
	return slices.IndexFunc(values, func(v float32) bool {
		return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0)
	})
}

// checksum is the CRC-32 over the metadata and the tensors' data, these in the
// order of the network.
func checksum(metadata map[string]string, tensors []safetensors.Tensor) string {
	sum := crc32.NewIEEE()
	for _, key := range safetensors.Keys(metadata) {
		if key != checksumKey {
			sum.Write([]byte(key + "\x00" + metadata[key] + "\x00"))
		}
	}
	for _, t := range tensors {
		sum.Write(t.Data)
	}
	digits := strconv.FormatUint(uint64(sum.Sum32()), 16)
	return strings.Repeat("0", 8-len(digits)) + digits
}

func joinInts(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

// joinFloats writes each number with the fewest digits that give it back.
func joinFloats(list []float64) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = number(x)
	}
	return strings.Join(words, ",")
}
