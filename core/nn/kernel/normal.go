package kernel

// Normal is a source of independent standard normal numbers. Number i of a
// stream is a function of (Seed, Stream, i) alone: a counter goes through the
// block function Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw
// 2011), and its two words become two numbers by the transform of Box and Muller
// (1958). There is no state to fall out of step: a stream filled in one call or
// in many, on any machine, at any vector width, gives the same numbers, but for
// the rounding of the transform (less than [NormalError]).
//
// The largest number possible is √(2·32 ln 2) = 6.66; beyond lie 3e-11 of a
// normal distribution. Words are 31 and 32 bits fine, numbers near 0 those of a
// float32.
//
// The zero value is not ready; use [NewNormal]. Not safe for concurrent use:
// give every goroutine a stream of its own.
type Normal struct {
	state NormalState
	key   [2]uint32
}

// NormalState is where a [Normal] stands. It is all there is to keep.
type NormalState struct {
	Seed, Stream uint64
	Next         uint64 // index of the number that the next Fill begins with
}

// NormalError bounds the difference between a number of [Normal] and the exact
// transform of the same words, hence twice that between two machines.
const NormalError = 3e-6

// A block is what the transform makes in one go: 16 pairs, the cosines first.
const (
	blockPairs   = 16
	blockNumbers = 2 * blockPairs
)

// NewNormal returns the stream from its beginning. Two streams of one seed never
// share a key.
func NewNormal(seed, stream uint64) *Normal {
	n := new(Normal)
	n.SetState(NormalState{Seed: seed, Stream: stream})
	return n
}

// State returns where the stream stands.
func (n *Normal) State() NormalState { return n.state }

// SetState goes on from where a stream stood.
func (n *Normal) SetState(s NormalState) {
	n.state = s
	// For a given seed the block function is a permutation of streams.
	n.key[0], n.key[1] = threefry(uint32(s.Seed), uint32(s.Seed>>32), uint32(s.Stream), uint32(s.Stream>>32))
}

// Fill sets dst to the next numbers of the stream. Whole blocks of 32 are the
// fast case.
//
//	dst [any length]
func (n *Normal) Fill(dst []float32) {
	for len(dst) > 0 {
		block, skip := n.state.Next/blockNumbers, int(n.state.Next%blockNumbers)
		done := len(dst) / blockNumbers * blockNumbers
		if skip > 0 || done == 0 {
			var part [blockNumbers]float32
			normals(part[:], n.key, block)
			done = copy(dst, part[skip:])
		} else {
			normals(dst[:done], n.key, block)
		}
		n.state.Next += uint64(done)
		dst = dst[done:]
	}
}

// Coefficients of ln(1+f)/f on [√½ − 1, √2 − 1], minimax, relative error 1.7e-7.
const (
	log0 = 0.9999999453094688
	log1 = -0.5000036512349187
	log2 = 0.3333505894696794
	log3 = -0.24969909059847764
	log4 = 0.1990016541357814
	log5 = -0.17250829710475513
	log6 = 0.16222580916476997
	log7 = -0.101068960637401

	rootHalf = 0x3f3504f3 // the bits of √½
	ln4      = 1.3862943611198906
	// quarter turns a signed 32-bit word into an angle between −π/2 and π/2.
	quarter = 1.5707963267948966 / (1 << 31)
	halves  = 1. / (1 << 31)
)

// The rotations of Threefry-2x32, and the constant in its key schedule.
const (
	rot0, rot1, rot2, rot3 = 13, 15, 26, 6
	rot4, rot5, rot6, rot7 = 17, 29, 16, 24
	parity                 = 0x1bd11bda
)
