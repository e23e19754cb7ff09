package engine

import (
	"encoding/binary"
	"math"
	"strconv"
)

// The wire is a flat little-endian layout: a letter and a version, then the
// fields in the order of the struct, slices and strings behind a 32-bit
// length. Both ends are the same build, so the version only guards against a
// page and a worker of different releases meeting in a cache.
const (
	wireVersion  = 2
	wireCommand  = 'C'
	wireSnapshot = 'S'
)

// WireError says that bytes are no message of this build.
type WireError struct{ What string }

func (e *WireError) Error() string { return "engine: message " + e.What }

// AppendCommand appends the wire form of the command.
func AppendCommand(b []byte, c *Command) []byte {
	w := writer{append(b, wireCommand, wireVersion)}
	w.u8(uint8(c.Op))
	w.u32(c.Generation)
	w.bool(c.On)
	w.target(&c.Target)
	w.settings(c.Settings)
	w.bytes(c.Model)
	w.u32(uint32(len(c.Layers)))
	for _, l := range c.Layers {
		w.layer(l)
	}
	return w.b
}

// DecodeCommand reads what AppendCommand wrote. The command shares no memory
// with b.
func DecodeCommand(b []byte) (*Command, error) {
	r := reader{b: b}
	r.head(wireCommand)
	c := &Command{Op: Op(r.u8()), Generation: r.u32(), On: r.bool(),
		Target: r.target(), Settings: r.settings(), Model: r.bytes(), Layers: r.layers()}
	return c, r.end()
}

// AppendSnapshot appends the wire form of the snapshot.
func AppendSnapshot(b []byte, s *Snapshot) []byte {
	w := writer{append(b, wireSnapshot, wireVersion)}
	w.u32(s.Generation)
	w.u8(uint8(s.Status))
	w.bool(s.Training)
	w.text(s.Message)
	w.int(s.Step)
	w.f64(s.Seconds)
	w.f64(s.StepsPerSecond)
	w.f64(s.Loss)
	w.f64(s.LossFloor)
	w.int(s.Parameters)
	w.int(s.NFE)
	w.f64(s.NLL)
	w.int(s.NLLPoints)
	w.f64(s.Entropy)
	w.bool(s.EntropyKnown)
	w.f64(s.W2)
	w.f64(s.Floor)
	w.int(s.W2Draws)
	w.int(s.FloorDraws)
	w.int(s.Points)
	w.settings(s.Settings)
	w.curves(&s.Curves)
	w.int(s.Fresh)
	w.int(s.Workers)
	w.int(s.Cloud.Total)
	w.f32s(s.Cloud.Times)
	w.u32(math.Float32bits(s.Cloud.Unit))
	w.u32(uint32(len(s.Cloud.Slices)))
	for i := range s.Cloud.Slices {
		p := &s.Cloud.Slices[i]
		w.u32(uint32(p.First))
		w.u32(uint32(p.Count))
		w.i16s(p.XY)
	}
	w.fields(s.Fields)
	w.proof(&s.Proof)
	w.bytes(s.Model)
	return w.b
}

// DecodeSnapshot reads what AppendSnapshot wrote. The snapshot shares no
// memory with b.
func DecodeSnapshot(b []byte) (*Snapshot, error) {
	r := reader{b: b}
	r.head(wireSnapshot)
	s := &Snapshot{Generation: r.u32(), Status: Status(r.u8()), Training: r.bool(),
		Message: r.text(), Step: r.int(), Seconds: r.f64(), StepsPerSecond: r.f64(),
		Loss: r.f64(), LossFloor: r.f64(), Parameters: r.int(), NFE: r.int(),
		NLL: r.f64(), NLLPoints: r.int(), Entropy: r.f64(), EntropyKnown: r.bool(), W2: r.f64(), Floor: r.f64(),
		W2Draws: r.int(), FloorDraws: r.int(), Points: r.int(), Settings: r.settings(), Curves: r.curves(),
		Fresh: r.int(), Workers: r.int()}
	s.Cloud = r.cloud()
	s.Fields = r.fields()
	s.Proof = r.proof()
	s.Model = r.bytes()
	return s, r.end()
}

type writer struct{ b []byte }

// A field is a call, and not the call's body once more: a snapshot has dozens
// of them, and a browser downloads them all.

//go:noinline
func (w *writer) u8(v uint8) { w.b = append(w.b, v) }

//go:noinline
func (w *writer) u32(v uint32) { w.b = binary.LittleEndian.AppendUint32(w.b, v) }

//go:noinline
func (w *writer) u64(v uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, v) }

func (w *writer) int(v int)     { w.u64(uint64(int64(v))) }
func (w *writer) f64(v float64) { w.u64(math.Float64bits(v)) }
func (w *writer) bool(v bool) {
	if v {
		w.u8(1)
	} else {
		w.u8(0)
	}
}

func (w *writer) bytes(v []byte) {
	w.u32(uint32(len(v)))
	w.b = append(w.b, v...)
}

//go:noinline
func (w *writer) text(s string) {
	w.u32(uint32(len(s)))
	w.b = append(w.b, s...)
}

func (w *writer) f32s(v []float32) {
	w.u32(uint32(len(v)))
	for _, x := range v {
		w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(x))
	}
}

func (w *writer) i16s(v []int16) {
	w.u32(uint32(len(v)))
	w.run16(v)
}

// reader keeps the first fault and answers zeros from then on, so that the
// decoders read as a list of fields.
type reader struct {
	b   []byte
	err error
}

func (r *reader) take(n int) []byte {
	if r.err == nil && n > len(r.b) {
		r.err = &WireError{"is cut short"}
	}
	if r.err != nil {
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) u8() uint8 {
	if p := r.take(1); p != nil {
		return p[0]
	}
	return 0
}

func (r *reader) u32() uint32 {
	if p := r.take(4); p != nil {
		return binary.LittleEndian.Uint32(p)
	}
	return 0
}

func (r *reader) u64() uint64 {
	if p := r.take(8); p != nil {
		return binary.LittleEndian.Uint64(p)
	}
	return 0
}

func (r *reader) int() int     { return int(int64(r.u64())) }
func (r *reader) f64() float64 { return math.Float64frombits(r.u64()) }
func (r *reader) bool() bool   { return r.u8() != 0 }

// run returns the bytes of a slice whose elements take size bytes. The length
// is checked against what is there before anything is allocated for it.
func (r *reader) run(size int) []byte {
	n := uint64(r.u32()) * uint64(size)
	if r.err == nil && n > uint64(len(r.b)) {
		r.err = &WireError{"is cut short"}
	}
	if r.err != nil {
		return nil
	}
	return r.take(int(n))
}

func (r *reader) bytes() []byte {
	if p := r.run(1); len(p) > 0 {
		return append([]byte(nil), p...)
	}
	return nil
}

func (r *reader) text() string { return string(r.run(1)) }

func (r *reader) f32s() []float32 {
	p := r.run(4)
	if len(p) == 0 {
		return nil
	}
	v := make([]float32, len(p)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(p[4*i:]))
	}
	return v
}

func (r *reader) i16s() []int16 {
	p := r.run(2)
	if len(p) == 0 {
		return nil
	}
	v := make([]int16, len(p)/2)
	run16(v, p)
	return v
}

// cloud reads the particles and refuses slices that do not fit together: what
// it returns can be drawn without another check.
func (r *reader) cloud() Cloud {
	c := Cloud{Total: r.int(), Times: r.f32s(), Unit: math.Float32frombits(r.u32())}
	n := int(r.u32())
	if r.err == nil && (c.Total < 0 || c.Total > MaxParticles || n > MaxParticles/SliceLen+1 ||
		len(c.Times) > MaxFrames || n > 0 && !c.moves()) {
		r.err = &WireError{"holds a cloud out of range"}
	}
	for i := 0; i < n && r.err == nil; i++ {
		s := Slice{First: int(r.u32()), Count: int(r.u32()), XY: r.i16s()}
		if r.err == nil && (s.First%SliceLen != 0 || s.Count < 1 || s.Count > SliceLen ||
			s.First+s.Count > c.Total || len(s.XY) != 2*s.Count*len(c.Times)) {
			r.err = &WireError{"holds a slice that fits no cloud"}
			break
		}
		c.Slices = append(c.Slices, s)
	}
	return c
}

// moves reports whether paths can be drawn on the cloud's times: two at least,
// rising, and a unit that is a length.
func (c *Cloud) moves() bool {
	for k := 1; k < len(c.Times); k++ {
		if !(c.Times[k] > c.Times[k-1]) || !finite(float64(c.Times[k]-c.Times[k-1])) {
			return false
		}
	}
	return len(c.Times) >= 2 && c.Unit > 0 && finite(float64(c.Unit))
}

func (r *reader) head(kind byte) {
	if p := r.take(2); p != nil && (p[0] != kind || p[1] != wireVersion) {
		r.err = &WireError{"is of another kind or release (" + strconv.QuoteRune(rune(p[0])) + " " + strconv.Itoa(int(p[1])) + ")"}
	}
}

func (r *reader) end() error {
	if r.err == nil && len(r.b) > 0 {
		r.err = &WireError{"is followed by bytes that belong to nothing"}
	}
	return r.err
}
