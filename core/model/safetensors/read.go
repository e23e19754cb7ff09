package safetensors

import (
	"io"
	"sort"
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
	sort.Stable(byPlace(entries))
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

// byPlace sorts entries by where their bytes lie. (Package sort and not slices:
// one instance of its code serves every type.)
type byPlace []entry

func (b byPlace) Len() int      { return len(b) }
func (b byPlace) Swap(i, j int) { b[i], b[j] = b[j], b[i] }
func (b byPlace) Less(i, j int) bool {
	return b[i].begin < b[j].begin || b[i].begin == b[j].begin && b[i].end < b[j].end
}

// Keys are the names of metadata in the order in which a file holds them.
func Keys(metadata map[string]string) []string {
	keys := make([]string, 0, len(metadata))
	for key := range metadata {
		keys = append(keys, key)
	}
	sort.Stable(sort.StringSlice(keys))
	return keys
}

// readHeader reads the length and the header's bytes.
func readHeader(r io.Reader, lim Limits) ([]byte, error) {
	var length [lengthBytes]byte
	switch n, err := io.ReadFull(r, length[:]); {
	case err == io.EOF:
		return nil, &FormatError{0, "the file is empty", "a file begins with the length of its header in 8 bytes"}
	case err == io.ErrUnexpectedEOF:
		return nil, &FormatError{int64(n), "the file ends after " + strconv.Itoa(n) + " bytes", "a file begins with the length of its header in 8 bytes"}
	case err != nil:
		return nil, &within{"reading the header: ", err}
	}
	n := uint64(uint32At(length[:])) | uint64(uint32At(length[4:]))<<32
	if n > uint64(lim.Header) {
		return nil, &LimitError{"header", n, uint64(lim.Header)}
	}
	header, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err != nil {
		return nil, &within{"reading the header: ", err}
	}
	if uint64(len(header)) < n {
		return nil, &FormatError{lengthBytes + int64(len(header)), "the file ends inside its header",
			decimal(n-uint64(len(header))) + " more bytes of header were announced"}
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
			return 0, &FormatError{dataAt, "the data of tensor " + strconv.Quote(e.name) + " " + problem + ": it begins at " +
				decimal(e.begin) + ", the others end at " + decimal(total), "the tensors' data must lie side by side"}
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
		return nil, &within{"reading the data: ", err}
	}
	at := dataAt + int64(len(data))
	switch got := uint64(len(data)); {
	case got < total:
		return nil, &FormatError{at, "the file ends inside its data", decimal(total-got) + " more bytes belong to it: it was cut short"}
	case got > total:
		return nil, &FormatError{dataAt + int64(total), "more follows the last tensor", "a file ends with its data"}
	}
	return data, nil
}
