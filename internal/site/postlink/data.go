package postlink

import (
	"encoding/binary"
	"errors"
	"slices"
)

// gap is the shortest run of zeros that is worth a new segment: its address
// takes some eight bytes of the file, and a compressor needs fewer for a short run
// of zeros.
const gap = 1024

// most bounds the memory that MergeData lays out: the file says how much.
const most = 1 << 30

// MergeData returns the program with its data segments merged across short runs
// of zeros, and how many are left. The initial memory is the same, and the
// argument is left alone. The error says that the program is no module, or that
// its data is not what Go's linker writes: active segments at fixed addresses.
func MergeData(program []byte) (merged []byte, segments int, err error) {
	data, err := section(program, dataSection)
	if err != nil {
		return nil, 0, err
	}
	memory, err := layOut(program[data.body:data.end])
	if err != nil {
		return nil, 0, err
	}
	var body []byte
	for at := 0; at < len(memory); segments++ {
		from, to := next(memory, at)
		if from == to {
			break
		}
		body = append(body, 0, i32Const)
		body = appendSigned(body, int64(from))
		body = append(body, end)
		body = binary.AppendUvarint(body, uint64(to-from))
		body = append(body, memory[from:to]...)
		at = to
	}
	count := binary.AppendUvarint(nil, uint64(segments))
	merged = append(merged, program[:data.start]...)
	merged = append(merged, dataSection)
	merged = binary.AppendUvarint(merged, uint64(len(count)+len(body)))
	return slices.Concat(merged, count, body, program[data.end:]), segments, nil
}

const i32Const, end = 0x41, 0x0b

var errData = errors.New("postlink: the data of this module is not at fixed addresses of its one memory")

// layOut reads the segments into the memory that they make, one after the other
// as a browser does.
func layOut(body []byte) ([]byte, error) {
	count, n := binary.Uvarint(body)
	if n <= 0 {
		return nil, errModule
	}
	body = body[n:]
	var memory []byte
	for ; count > 0; count-- {
		if len(body) < 2 || body[0] != 0 || body[1] != i32Const {
			return nil, errData
		}
		at, n := signed(body[2:])
		if n == 0 || at < 0 || len(body) < 3+n || body[2+n] != end {
			return nil, errData
		}
		body = body[3+n:]
		size, n := binary.Uvarint(body)
		if n <= 0 || size > uint64(len(body)-n) || at+int64(size) > most {
			return nil, errModule
		}
		if grow := int(at) + int(size) - len(memory); grow > 0 {
			memory = append(memory, make([]byte, grow)...)
		}
		copy(memory[at:], body[n:n+int(size)])
		body = body[n+int(size):]
	}
	return memory, nil
}

// next is the first stretch of memory from at on that begins and ends with
// something else than zero and has no gap in it; empty where all is zero.
func next(memory []byte, at int) (from, to int) {
	for from = at; from < len(memory) && memory[from] == 0; from++ {
	}
	to = from
	for k := from; k < len(memory) && k-to < gap; k++ {
		if memory[k] != 0 {
			to = k + 1
		}
	}
	return from, to
}

// signed reads a signed LEB128 number of at most 64 bits and how many bytes it
// takes, 0 where there is none.
func signed(b []byte) (v int64, n int) {
	for shift := 0; n < len(b) && shift < 64; shift += 7 {
		c := b[n]
		n++
		v |= int64(c&0x7f) << shift
		if c < 0x80 {
			if c&0x40 != 0 && shift < 57 {
				v |= -1 << (shift + 7)
			}
			return v, n
		}
	}
	return 0, 0
}

func appendSigned(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
