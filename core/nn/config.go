package nn

import (
	"errors"
	"strconv"
)

// Config is the shape of a network: data, no weights.
type Config struct {
	Dim       int   // d, coordinates of a point
	Hidden    []int // width of each hidden layer
	Octaves   int   // frequencies 1, 2, 4, … per axis, 0 for raw coordinates only
	Harmonics int   // sine and cosine pairs in t, 0 for raw time only

	// Plain leaves out the Gaussian's answer: the last layer gives the predicted
	// quantity itself, less its mean and in units of its own standard deviation.
	// Velocity, denoiser and noise are then three different things to learn;
	// otherwise they are one (see [Scale.Precondition]).
	Plain bool
}

// Limits that keep a shape read from a file from asking for all the memory.
const (
	MaxDim       = 4096
	MaxHidden    = 64   // layers
	MaxWidth     = 8192 // of one layer
	MaxOctaves   = 12
	MaxHarmonics = 32
	MaxParams    = 1 << 26
)

// DefaultConfig is the network of the page: three layers of 64 for points in the
// plane. Wider and deeper ones learn more slowly for the first ten seconds.
func DefaultConfig() Config {
	return Config{Dim: 2, Hidden: []int{64, 64, 64}, Octaves: 4, Harmonics: 2}
}

// Validate returns nil, or an error that says which number is out of range.
func (c Config) Validate() error {
	for _, f := range []struct {
		name      string
		v, lo, hi int
	}{
		{"Dim", c.Dim, 1, MaxDim},
		{"number of hidden layers", len(c.Hidden), 1, MaxHidden},
		{"Octaves", c.Octaves, 0, MaxOctaves},
		{"Harmonics", c.Harmonics, 0, MaxHarmonics},
	} {
		if f.v < f.lo || f.v > f.hi {
			return outside(f.name, f.v, f.lo, f.hi)
		}
	}
	for i, h := range c.Hidden {
		if h < 1 || h > MaxWidth {
			return errors.New("nn: hidden layer " + strconv.Itoa(i) + " is " + strconv.Itoa(h) + " wide, want 1 to " + strconv.Itoa(MaxWidth))
		}
	}
	if p := c.NumParams(); p > MaxParams {
		return errors.New("nn: the network would have " + strconv.Itoa(p) + " weights, want at most " + strconv.Itoa(MaxParams))
	}
	return nil
}

func outside(name string, v, lo, hi int) error {
	return errors.New("nn: " + name + " is " + strconv.Itoa(v) + ", want " + strconv.Itoa(lo) + " to " + strconv.Itoa(hi))
}

// NumParams is the number of weights and biases of a valid shape.
func (c Config) NumParams() int {
	sum, in := 0, c.features()
	for _, out := range c.widths() {
		sum += out*in + out
		in = out
	}
	return sum
}

// spatial is the number of input features made from x: itself, and a sine and a
// cosine per octave and axis.
func (c Config) spatial() int { return c.Dim * (1 + 2*c.Octaves) }

// temporal is the number of input features made from t.
func (c Config) temporal() int { return 1 + 2*c.Harmonics }

func (c Config) features() int { return c.spatial() + c.temporal() }

// widths are the output widths of all layers, the last being Dim.
func (c Config) widths() []int { return append(append([]int(nil), c.Hidden...), c.Dim) }

// equal reports whether the two have weights and buffers of the same sizes.
func (c Config) equal(d Config) bool {
	if c.Dim != d.Dim || c.Octaves != d.Octaves || c.Harmonics != d.Harmonics || len(c.Hidden) != len(d.Hidden) {
		return false
	}
	for i, h := range c.Hidden {
		if d.Hidden[i] != h {
			return false
		}
	}
	return true
}
