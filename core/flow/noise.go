package flow

import "math/rand/v2"

// Chunk is the number of points that travel together. At two dimensions the
// state, the stages and the activations of a 64-wide network fit in a
// second-level cache; all points but those of the last chunk come in chunks of
// exactly this size, so it is part of what a seed means.
const Chunk = 1024

// Chunks is the number of chunks that n points are cut into.
func Chunks(n int) int { return (n + Chunk - 1) / Chunk }

// A Noise draws the standard normal start of a flow. The zero value is not
// usable; it is not safe for concurrent use.
type Noise struct {
	source rand.PCG
	rng    *rand.Rand
}

// NewNoise returns a source of noise. It holds no seed: every draw names its own.
func NewNoise() *Noise {
	z := new(Noise)
	z.rng = rand.New(&z.source)
	return z
}

// Fill sets dst, [dim × n] with n ≤ Chunk, to draws of N(0, I). They depend only
// on (seed, chunk): point j is the same for every n > j.
func (z *Noise) Fill(dst []float32, dim int, seed uint64, chunk int) {
	n := points(len(dst), dim)
	z.at(seed, chunk)
	z.fill(dst, dim, n, 1)
}

// at moves to the beginning of what (seed, chunk) has.
func (z *Noise) at(seed uint64, chunk int) { z.source.Seed(seed, scramble(uint64(chunk))) }

// kick is the k-th noise that a chunk meets on its way: a stream of its own, so
// that it depends on (seed, chunk, k) alone.
func (z *Noise) kick(seed uint64, chunk, k int) *rand.Rand {
	z.source.Seed(scramble(seed^0x6b69636b), scramble(scramble(uint64(chunk))+uint64(k)))
	return z.rng
}

// fill draws N(0, s²I) point by point.
func (z *Noise) fill(dst []float32, dim, n int, s float64) {
	for j := range n {
		for i := range dim {
			dst[i*n+j] = float32(s * z.rng.NormFloat64())
		}
	}
}

// scramble is the finaliser of SplitMix64 (Steele, Lea and Flood 2014). It moves
// the streams of neighbouring chunks far apart in the generator's period.
func scramble(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// points is the number of points of dim coordinates in a buffer of size numbers.
func points(size, dim int) int {
	if dim < 1 || size%dim != 0 {
		panic("flow: buffer is not [dim × n]")
	}
	n := size / dim
	if n > Chunk {
		panic("flow: more points than one chunk holds")
	}
	return n
}
