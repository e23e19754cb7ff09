package safetensors

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Read reads one file up to the end of r. The file's tensors share one buffer
// that belongs to the caller.
//
// An error is a *[FormatError], a *[LimitError] or, wrapped, one of r's own.
func Read(r io.Reader, lim Limits) (*File, error) {
	header, err := readHeader(r, lim)
	if err != nil {
		return nil, err
	}
	metadata, entries, err := parseHeader(header)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	dataAt := lengthBytes + int64(len(header))
	total, err := tile(entries, dataAt)
	if err != nil {
		return nil, err
	}
	data, err := readData(r, dataAt, total, lim)
	if err != nil {
		return nil, err
	}
	f := &File{Metadata: metadata, Tensors: make([]Tensor, len(entries))}
	for i, e := range entries {
		f.Tensors[i] = Tensor{e.name, e.dtype, e.shape, data[e.begin:e.end:e.end]}
	}
	return f, nil
}

// readHeader reads the length and the header's bytes.
func readHeader(r io.Reader, lim Limits) ([]byte, error) {
	var length [lengthBytes]byte
	switch n, err := io.ReadFull(r, length[:]); {
	case err == io.EOF:
		return nil, &FormatError{0, "the file is empty", "a file begins with the length of its header in 8 bytes"}
	case err == io.ErrUnexpectedEOF:
		return nil, &FormatError{int64(n), fmt.Sprintf("the file ends after %d bytes", n), "a file begins with the length of its header in 8 bytes"}
	case err != nil:
		return nil, fmt.Errorf("safetensors: reading the header: %w", err)
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > uint64(lim.Header) {
		return nil, &LimitError{"header", n, uint64(lim.Header)}
	}
	header, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err != nil {
		return nil, fmt.Errorf("safetensors: reading the header: %w", err)
	}
	if uint64(len(header)) < n {
		return nil, &FormatError{lengthBytes + int64(len(header)), "the file ends inside its header",
			fmt.Sprintf("%d more bytes of header were announced", n-uint64(len(header)))}
	}
	return header, nil
}

// tile checks that the entries, sorted by where they begin, cover the data
// from its first byte without a hole or an overlap, and returns its length.
func tile(entries []entry, dataAt int64) (total uint64, err error) {
	for _, e := range entries {
		if e.begin != total {
			problem := "leaves a hole before it"
			if e.begin < total {
				problem = "overlaps the one before it"
			}
			return 0, &FormatError{dataAt, fmt.Sprintf("the data of tensor %s %s: it begins at %d, the others end at %d",
				strconv.Quote(e.name), problem, e.begin, total), "the tensors' data must lie side by side"}
		}
		total = e.end
	}
	return total, nil
}

// readData reads the data, exactly total bytes of it, and asks for the end.
func readData(r io.Reader, dataAt int64, total uint64, lim Limits) ([]byte, error) {
	if total > uint64(lim.Data) {
		return nil, &LimitError{"data", total, uint64(lim.Data)}
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(total)+1))
	if err != nil {
		return nil, fmt.Errorf("safetensors: reading the data: %w", err)
	}
	at := dataAt + int64(len(data))
	switch got := uint64(len(data)); {
	case got < total:
		return nil, &FormatError{at, "the file ends inside its data", fmt.Sprintf("%d more bytes belong to it: it was cut short", total-got)}
	case got > total:
		return nil, &FormatError{dataAt + int64(total), "more follows the last tensor", "a file ends with its data"}
	}
	return data, nil
}
