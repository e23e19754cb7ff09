package safetensors

import (
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// metadataKey is the header's one reserved name.
const metadataKey = "__metadata__"

// Write writes f: metadata sorted by key, tensors in the order given, no
// space but the padding, so that equal files are equal bytes. It refuses
// names that are empty, reserved, repeated or not UTF-8, and data whose length
// is not that of its type and shape.
func Write(w io.Writer, f *File) error {
	header, err := appendHeader(nil, f)
	if err != nil {
		return &within{"", err}
	}
	for len(header)%8 != 0 {
		header = append(header, ' ')
	}
	length := appendUint32(appendUint32(nil, uint32(len(header))), uint32(uint64(len(header))>>32))
	if _, err := w.Write(length); err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	for _, t := range f.Tensors {
		if _, err := w.Write(t.Data); err != nil {
			return err
		}
	}
	return nil
}

// appendHeader appends f's header, without its padding, to b.
func appendHeader(b []byte, f *File) ([]byte, error) {
	b = append(b, '{')
	var err error
	if len(f.Metadata) > 0 {
		if b, err = appendMetadata(b, f.Metadata); err != nil {
			return nil, err
		}
	}
	seen := map[string]bool{"": true, metadataKey: true}
	begin := 0
	for i, t := range f.Tensors {
		if seen[t.Name] {
			return nil, errors.New("a tensor is named " + strconv.Quote(t.Name) + ", and a name must be there, be its own and not be " + strconv.Quote(metadataKey))
		}
		seen[t.Name] = true
		if err := t.check(); err != nil {
			return nil, err
		}
		if i > 0 || len(f.Metadata) > 0 {
			b = append(b, ',')
		}
		if !utf8.ValidString(t.Name) {
			return nil, errors.New("a tensor's name is not UTF-8: " + strconv.Quote(t.Name))
		}
		b = appendQuoted(b, t.Name)
		b = append(b, `:{"dtype":"`+t.Dtype+`","shape":[`...)
		for k, s := range t.Shape {
			if k > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(s), 10)
		}
		b = append(b, `],"data_offsets":[`...)
		b = strconv.AppendInt(b, int64(begin), 10)
		b = append(b, ',')
		begin += len(t.Data)
		b = strconv.AppendInt(b, int64(begin), 10)
		b = append(b, "]}"...)
	}
	return append(b, '}'), nil
}

func appendMetadata(b []byte, metadata map[string]string) ([]byte, error) {
	b = append(b, `"`+metadataKey+`":{`...)
	for i, key := range Keys(metadata) {
		if i > 0 {
			b = append(b, ',')
		}
		if !utf8.ValidString(key) || !utf8.ValidString(metadata[key]) {
			return nil, errors.New("metadata " + strconv.Quote(key) + " is not UTF-8: " + strconv.Quote(metadata[key]))
		}
		b = appendQuoted(b, key)
		b = append(b, ':')
		b = appendQuoted(b, metadata[key])
	}
	return append(b, '}'), nil
}

// appendQuoted writes s, which is UTF-8, as a JSON string.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// check reports whether t's data has the length that its type and shape ask.
func (t Tensor) check() error {
	elem, known := elementBits[t.Dtype]
	if !known {
		return errors.New("tensor " + strconv.Quote(t.Name) + " has the unknown element type " + strconv.Quote(t.Dtype))
	}
	shape := make([]uint64, len(t.Shape))
	for i, s := range t.Shape {
		if s < 0 {
			return errors.New("tensor " + strconv.Quote(t.Name) + " has a negative axis in its shape " + list(t.Shape))
		}
		shape[i] = uint64(s)
	}
	if n, ok := size(elem, shape); !ok || n != uint64(len(t.Data)) {
		return errors.New("tensor " + strconv.Quote(t.Name) + " of type " + t.Dtype + " and shape " + list(t.Shape) + " does not take " + strconv.Itoa(len(t.Data)) + " bytes")
	}
	return nil
}
