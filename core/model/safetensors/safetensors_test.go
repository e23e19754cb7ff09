package safetensors

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

var wide = Limits{Header: 1 << 16, Data: 1 << 16}

// raw puts a header and data together as they are.
func raw(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

func TestRoundTripKeepsEveryBit(t *testing.T) {
	nan := math.Float32frombits(0x7fc12345) // a payload that arithmetic would lose
	in := &File{
		Metadata: map[string]string{"b": "2", "a": "\"quoted\"\n墨", "": ""},
		Tensors: []Tensor{
			Float32("second", []int{2, 3}, []float32{1, float32(math.Copysign(0, -1)), 3, nan, float32(math.Inf(1)), math.SmallestNonzeroFloat32}),
			Float32("empty", []int{0, 7}, nil),
			Float32("one number", []int{}, []float32{7}),
			{Name: "half", Dtype: "BF16", Shape: []int{3}, Data: []byte{1, 2, 3, 4, 5, 6}},
		},
	}
	var first, second bytes.Buffer
	if err := Write(&first, in); err != nil {
		t.Fatal(err)
	}
	if n := binary.LittleEndian.Uint64(first.Bytes()); n%8 != 0 {
		t.Errorf("the data begins at byte %d, no multiple of 8", 8+n)
	}
	out, err := Read(iotest.OneByteReader(bytes.NewReader(first.Bytes())), wide)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(out.Metadata, in.Metadata) || len(out.Tensors) != len(in.Tensors) {
		t.Fatalf("got %v", out)
	}
	for i, want := range in.Tensors {
		got := out.Tensors[i]
		if got.Name != want.Name || got.Dtype != want.Dtype || !reflect.DeepEqual(got.Shape, want.Shape) || !bytes.Equal(got.Data, want.Data) {
			t.Errorf("tensor %d: got %v, want %v", i, got, want)
		}
	}
	values := make([]float32, 6)
	out.Tensors[0].CopyFloat32(values)
	if math.Float32bits(values[3]) != math.Float32bits(nan) || values[2] != 3 {
		t.Errorf("values %v", values)
	}
	if err := Write(&second, out); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("written again it differs: %v", err)
	}
}

func TestTensorsMayStandInAnyOrder(t *testing.T) {
	f, err := Read(bytes.NewReader(raw(`{"b":{"data_offsets":[4,8],"shape":[1],"dtype":"F32"},"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4],"more":{"x":[1]}}}   `, 8)), wide)
	if err != nil || f.Tensors[0].Name != "a" || f.Tensors[1].Name != "b" || f.Metadata != nil {
		t.Errorf("%v, %v", f, err)
	}
	if f, err := Read(bytes.NewReader(raw(`{}`, 0)), wide); err != nil || len(f.Tensors) != 0 {
		t.Errorf("an empty file: %v, %v", f, err)
	}
}

// Each file is wrong in one way, and its error must say in which.
func TestBrokenFiles(t *testing.T) {
	one := func(dtype, shape, offsets string) string {
		return fmt.Sprintf(`{"w":{"dtype":%s,"shape":%s,"data_offsets":%s}}`, dtype, shape, offsets)
	}
	for _, row := range []struct {
		file []byte
		want string
	}{
		{nil, "the file is empty"},
		{[]byte("PK"), "ends after 2 bytes"},
		{raw(`{"a`, 0)[:10], "inside its header"},
		{raw(``, 0), "does not begin with {"},
		{raw(` {}`, 0), "does not begin with {"},
		{raw(`{"w"`, 0), "the header ends in the middle"},
		{raw(`{"w":`, 0), "the header ends in the middle"},
		{raw(`{"w":{"extra":[`, 0), "the header ends in the middle"},
		{raw(`{"w":7}`, 0), "an object is missing"},
		{raw(`{"w" 7}`, 0), "not JSON"},
		{raw("{\"\xff\":{}}", 0), "not JSON"},
		{raw(`{} x`, 0), "more follows the header"},
		{raw("{}\n", 0), "more follows the header"},
		{raw(`{"__metadata__":{"a":1}}`, 0), `metadata "a" is not a string`},
		{raw(`{"__metadata__":[]}`, 0), "an object is missing"},
		{raw(`{"__metadata__":{"a":"1","a":"2"}}`, 0), "not JSON"},
		{raw(`{"__metadata__":{"a":`, 0), "ends in the middle"},
		{raw(`{"w":{}}`, 0), "not fully described"},
		{raw(`{"w":{"dtype":"F32","shape":[1]}}`, 4), "not fully described"},
		{raw(`{"w":{"dtype":"F32","dtype":"F32"}}`, 4), "not JSON"},
		{raw(one(`"F31"`, `[1]`, `[0,4]`), 4), `unknown dtype "F31"`},
		{raw(one(`4`, `[1]`, `[0,4]`), 4), "dtype is not a string"},
		{raw(one(`"F32"`, `1`, `[0,4]`), 4), "shape is not a list"},
		{raw(one(`"F32"`, `[-1]`, `[0,4]`), 4), "shape holds -1"},
		{raw(one(`"F32"`, `[1.5]`, `[0,4]`), 4), "shape holds 1.5"},
		{raw(one(`"F32"`, `["1"]`, `[0,4]`), 4), `shape holds "1"`},
		{raw(one(`"F32"`, `[1e0]`, `[0,4]`), 4), "shape holds 1e0"},
		{raw(one(`"F32"`, `[[1]]`, `[0,4]`), 4), "shape holds ["},
		{raw(one(`"F32"`, `[1`, `[0,4]`), 4), `shape holds "data_offsets"`},
		{raw(one(`"F32"`, `[18446744073709551616]`, `[0,4]`), 4), "shape holds 18446744073709551616"},
		{raw(one(`"F32"`, `[9223372036854775808]`, `[0,4]`), 4), "shape holds 9223372036854775808"},
		{raw(one(`"F32"`, `[4611686018427387904,4]`, `[0,0]`), 0), "owns 0 bytes"}, // 2⁶⁴ elements wrap round to none
		{raw(one(`"F32"`, `[2]`, `[0,4]`), 4), "owns 4 bytes"},
		{raw(one(`"F4"`, `[1]`, `[0,0]`), 0), "owns 0 bytes"}, // half a byte
		{raw(one(`"F32"`, `[0,4294967296]`, `[0,0]`), 0), "at most 2147483647"},
		{raw(one(`"F32"`, `[1]`, `[4,0]`), 4), "the second not below the first"},
		{raw(one(`"F32"`, `[1]`, `[0,4,8]`), 4), "two numbers"},
		{raw(one(`"F32"`, `[1]`, `[4,8]`), 8), "leaves a hole"},
		{raw(one(`"F32"`, `[1]`, `[0,4]`), 3), "ends inside its data"},
		{raw(one(`"F32"`, `[1]`, `[0,4]`), 5), "more follows the last tensor"},
		{raw(`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}`, 7), "overlaps"},
		{raw(`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[5,9]}}`, 9), "hole"},
		{raw(`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}`, 8), "not JSON"},
	} {
		_, err := Read(bytes.NewReader(row.file), wide)
		var format *FormatError
		if !errors.As(err, &format) {
			t.Errorf("%q: %v, want a FormatError", row.file, err)
			continue
		}
		if !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q:\n got %v\nwant %s", row.file, err, row.want)
		}
		if format.Offset < 0 || format.Offset > int64(len(row.file))+1 || format.Want == "" {
			t.Errorf("%q: at byte %d of %d, wants %q", row.file, format.Offset, len(row.file), format.Want)
		}
	}
}

// Sizes that are only announced must not be believed: reading them must cost
// nothing.
func TestAnnouncedSizesCostNothing(t *testing.T) {
	for _, row := range []struct {
		file []byte
		what string
	}{
		{[]byte("\x89PNG\r\n\x1a\n and so on"), "header"},
		{binary.LittleEndian.AppendUint64(nil, 1<<63), "header"},
		{binary.LittleEndian.AppendUint64(nil, math.MaxUint64), "header"},
		{binary.LittleEndian.AppendUint64(nil, 1<<16+1), "header"},
		{raw(`{"w":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4294967296]}}`, 0), "data"},
		{raw(`{"w":{"dtype":"U8","shape":[65537],"data_offsets":[0,65537]}}`, 0), "data"},
	} {
		_, err := Read(bytes.NewReader(row.file), wide)
		var limit *LimitError
		if !errors.As(err, &limit) || limit.What != row.what {
			t.Errorf("%.20q: %v, want a LimitError for the %s", row.file, err, row.what)
		}
	}
	announced := raw(`{"w":{"dtype":"F32","shape":[250000000],"data_offsets":[0,1000000000]}}`, 0)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Read(bytes.NewReader(announced), Limits{Header: 1 << 16, Data: 1 << 40})
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	if allocated > 64<<10 {
		t.Errorf("a file of %d bytes that announces 1 GB makes the reader allocate %d bytes", len(announced), allocated)
	}
}

func TestReadersErrorsComeBack(t *testing.T) {
	broken := errors.New("the disk is gone")
	whole := raw(`{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}`, 4)
	for cut := range whole {
		r := io.MultiReader(bytes.NewReader(whole[:cut]), iotest.ErrReader(broken))
		if _, err := Read(r, wide); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v, want the reader's own error", cut, err)
		}
	}
}

func TestWriteRefusesWhatReadWould(t *testing.T) {
	good := Float32("w", []int{1}, []float32{1})
	for _, row := range []struct {
		file File
		want string
	}{
		{File{Tensors: []Tensor{good, good}}, "name"},
		{File{Tensors: []Tensor{Float32("", []int{1}, []float32{1})}}, "name"},
		{File{Tensors: []Tensor{Float32(metadataKey, []int{1}, []float32{1})}}, "name"},
		{File{Tensors: []Tensor{Float32("\xff", []int{1}, []float32{1})}}, "UTF-8"},
		{File{Tensors: []Tensor{{Name: "w", Dtype: "F31", Shape: []int{1}, Data: make([]byte, 4)}}}, "unknown element type"},
		{File{Tensors: []Tensor{{Name: "w", Dtype: "F32", Shape: []int{-1}, Data: make([]byte, 4)}}}, "negative"},
		{File{Tensors: []Tensor{{Name: "w", Dtype: "F32", Shape: []int{2}, Data: make([]byte, 4)}}}, "does not take 4 bytes"},
		{File{Metadata: map[string]string{"a": "\xff"}}, "UTF-8"},
		{File{Metadata: map[string]string{"\xff": "a"}}, "UTF-8"},
	} {
		var b bytes.Buffer
		if err := Write(&b, &row.file); err == nil || !strings.Contains(err.Error(), row.want) || b.Len() > 0 {
			t.Errorf("%v: %v after %d bytes, want %q", row.file, err, b.Len(), row.want)
		}
	}
}

// short takes n bytes and no more.
type short struct{ n int }

func (w *short) Write(p []byte) (int, error) {
	if len(p) > w.n {
		return w.n, io.ErrShortWrite
	}
	w.n -= len(p)
	return len(p), nil
}

func TestWriteReportsTheWritersErrors(t *testing.T) {
	f := &File{Tensors: []Tensor{Float32("w", []int{1}, []float32{1})}}
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	for n := range b.Len() {
		if err := Write(&short{n}, f); err != io.ErrShortWrite {
			t.Errorf("a disk with room for %d of %d bytes: %v", n, b.Len(), err)
		}
	}
}

func TestMisuse(t *testing.T) {
	for name, f := range map[string]func(){
		"shape and values": func() { Float32("w", []int{2}, []float32{1}) },
		"length":           func() { Float32("w", []int{1}, []float32{1}).CopyFloat32(make([]float32, 2)) },
		"type":             func() { Tensor{Dtype: "I32", Data: make([]byte, 4)}.CopyFloat32(make([]float32, 1)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
