package engine

import (
	"encoding/binary"
	"unsafe"
)

// Particles and ink are by far the most of what crosses. Where this machine
// keeps numbers in the order of the wire, and all that browsers run on do, they
// are copied as they lie in memory: a snapshot of a megabyte then costs the
// page a third of a millisecond and not six.

// inOrder reports whether numbers lie in memory as they do on the wire.
func inOrder() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

func (w *writer) run16(v []int16) {
	if inOrder() {
		w.b = append(w.b, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 2*len(v))...)
		return
	}
	for _, x := range v {
		w.b = binary.LittleEndian.AppendUint16(w.b, uint16(x))
	}
}

// run16 reads as many numbers as v has room for from p.
func run16(v []int16, p []byte) {
	if inOrder() {
		copy(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 2*len(v)), p)
		return
	}
	for i := range v {
		v[i] = int16(binary.LittleEndian.Uint16(p[2*i:]))
	}
}
