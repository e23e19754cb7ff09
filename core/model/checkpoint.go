package model

import (
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"inkflow/core/model/safetensors"
	"inkflow/core/nn"
)

// A Checkpoint is a trained network with what is known of its training.
type Checkpoint struct {
	Net       *nn.Net
	Scheduler string // name of the path, as path.Parse takes it
	Seed      uint64 // of the training
	Step      int    // optimiser steps done, ≥ 0
	Target    string // what was learned, a label for people; UTF-8
}

const (
	formatName    = "inkflow"
	formatVersion = 1
	checksumKey   = "crc32"
	maxLabel      = 4096 // bytes of Checkpoint.Target
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
func weightName(k int) string { return fmt.Sprintf("layers.%d.weight", k) }
func biasName(k int) string   { return fmt.Sprintf("layers.%d.bias", k) }

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
	for _, key := range slices.Sorted(maps.Keys(metadata)) {
		if key != checksumKey {
			sum.Write([]byte(key + "\x00" + metadata[key] + "\x00"))
		}
	}
	for _, t := range tensors {
		sum.Write(t.Data)
	}
	return fmt.Sprintf("%08x", sum.Sum32())
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
		words[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strings.Join(words, ",")
}
