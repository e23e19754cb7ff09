package safetensors

import (
	"bytes"
	"math"
	"strconv"
)

// entry is what the header says of one tensor, checked for sense by itself
// but not yet against its neighbours or the data.
type entry struct {
	name       string
	dtype      string
	shape      []int
	begin, end uint64 // half-open range of data bytes
}

// lengthBytes is what stands before the header.
const lengthBytes = 8

// parseHeader reads the whole header: its metadata and its entries in the
// order in which they are written.
func parseHeader(header []byte) (metadata map[string]string, entries []entry, err error) {
	if len(header) == 0 || header[0] != '{' {
		return nil, nil, &FormatError{lengthBytes, "the header does not begin with {", "a header is one JSON object"}
	}
	p := parser{b: header}
	err = p.object(func(name string) error {
		if name == metadataKey {
			metadata = map[string]string{}
			return p.object(func(key string) (err error) {
				metadata[key], err = p.text("metadata " + strconv.Quote(key))
				return err
			})
		}
		e, err := p.entry(name)
		entries = append(entries, e)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if rest := bytes.TrimRight(header[p.at:], " "); len(rest) > 0 {
		return nil, nil, p.fail("more follows the header's closing }", "only spaces may pad a header")
	}
	return metadata, entries, nil
}

// entry reads the object that describes the tensor name.
func (p *parser) entry(name string) (entry, error) {
	e := entry{name: name}
	tensor := "tensor " + strconv.Quote(name)
	var shape, offsets []uint64
	var hasShape, hasOffsets bool
	err := p.object(func(key string) (err error) {
		switch key {
		case "dtype":
			e.dtype, err = p.text(tensor + "'s dtype")
		case "shape":
			hasShape = true
			shape, err = p.numbers(tensor + "'s shape")
		case "data_offsets":
			hasOffsets = true
			offsets, err = p.numbers(tensor + "'s data_offsets")
		default:
			err = p.skip(0)
		}
		return err
	})
	if err != nil {
		return e, err
	}
	if e.dtype == "" || !hasShape || !hasOffsets {
		return e, p.fail(tensor+" is not fully described", "each tensor has a dtype, a shape and data_offsets")
	}
	elem, known := elementBits[e.dtype]
	if !known {
		return e, p.fail(tensor+" has the unknown dtype "+strconv.Quote(e.dtype), "the format's types are F32, F64, F16, BF16, I64 and the like")
	}
	if len(offsets) != 2 || offsets[0] > offsets[1] {
		return e, p.fail(tensor+" has the data_offsets "+list(offsets), "data_offsets are two numbers, the second not below the first")
	}
	e.begin, e.end = offsets[0], offsets[1]
	if n, ok := size(elem, shape); !ok || n != e.end-e.begin {
		return e, p.fail(tensor+" of shape "+list(shape)+" owns "+decimal(e.end-e.begin)+" bytes",
			"the bytes owned must be as many as "+e.dtype+" elements of that shape take")
	}
	e.shape = make([]int, len(shape))
	for i, s := range shape {
		if s > math.MaxInt32 {
			return e, p.fail(tensor+" has the shape "+list(shape), "an axis is at most 2147483647 long")
		}
		e.shape[i] = int(s)
	}
	return e, nil
}
