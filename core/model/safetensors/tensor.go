package safetensors

import (
	"math"
	"math/bits"
)

// A Tensor is one named array.
type Tensor struct {
	Name  string
	Dtype string // element type as the format spells it: "F32", "I64", …
	Shape []int  // outermost first; no axes means one number
	Data  []byte // little-endian, row-major
}

// A File is the content of one safetensors file.
type File struct {
	Metadata map[string]string
	Tensors  []Tensor // in the order of their bytes
}

// Limits bounds what Read accepts, in bytes.
type Limits struct {
	Header int64 // length of the JSON header
	Data   int64 // length of the arrays together
}

// elementBits is the size of one element of each type that the format names.
var elementBits = map[string]uint64{
	"BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
	"I16": 16, "U16": 16, "F16": 16, "BF16": 16,
	"I32": 32, "U32": 32, "F32": 32,
	"I64": 64, "U64": 64, "F64": 64, "C64": 64,
	"F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
}

// size is the number of bytes that an array of this type and shape takes; ok
// is false where the number does not fit or is not whole.
func size(elemBits uint64, shape []uint64) (n uint64, ok bool) {
	n = elemBits
	for _, s := range shape {
		hi, lo := bits.Mul64(n, s)
		if hi != 0 {
			return 0, false
		}
		n = lo
	}
	return n / 8, n%8 == 0 && n/8 <= math.MaxInt64
}

// Float32 makes an F32 tensor of values (row-major, their number the product
// of shape).
func Float32(name string, shape []int, values []float32) Tensor {
	n := 1
	for _, s := range shape {
		n *= s
	}
	if n != len(values) {
		panic("safetensors: shape and number of values differ")
	}
	data := make([]byte, 0, 4*n)
	for _, v := range values {
		data = appendUint32(data, math.Float32bits(v))
	}
	return Tensor{Name: name, Dtype: "F32", Shape: shape, Data: data}
}

// CopyFloat32 writes an F32 tensor's elements to dst [product of the shape],
// bit for bit.
func (t Tensor) CopyFloat32(dst []float32) {
	if t.Dtype != "F32" || len(t.Data) != 4*len(dst) {
		panic("safetensors: not an F32 tensor of this length")
	}
	for i := range dst {
		dst[i] = math.Float32frombits(uint32At(t.Data[4*i:]))
	}
}

// The two that are needed of encoding/binary, which would bring reflection along.

func uint32At(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func appendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
