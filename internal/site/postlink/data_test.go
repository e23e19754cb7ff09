package postlink

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// piece is a data segment.
type piece struct {
	at   int64
	data []byte
}

// withData is a module with these segments between two other sections.
func withData(pieces []piece) []byte {
	body := binary.AppendUvarint(nil, uint64(len(pieces)))
	for _, p := range pieces {
		body = append(body, 0, i32Const)
		body = append(appendSigned(body, p.at), end)
		body = append(binary.AppendUvarint(body, uint64(len(p.data))), p.data...)
	}
	m := []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00")
	m = binary.AppendUvarint(append(m, dataSection), uint64(len(body)))
	return slices.Concat(m, body, []byte("\x00\x03abc"))
}

// segments reads a module's data back.
func segments(t *testing.T, module []byte) (memory []byte) {
	t.Helper()
	e, err := section(module, dataSection)
	if err != nil {
		t.Fatal(err)
	}
	if memory, err = layOut(module[e.body:e.end]); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(module, []byte("\x00\x03abc")) || e.end != len(module)-5 {
		t.Errorf("what follows the data has changed: %x", module[e.end:])
	}
	return memory
}

func TestMergeDataKeepsTheMemory(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var many []piece
	for at := int64(70); len(many) < 500; {
		data := make([]byte, 1+rng.IntN(40))
		for i := range data {
			data[i] = byte(rng.IntN(3)) // zeros too
		}
		many = append(many, piece{at, data})
		at += int64(len(data)) + int64(rng.IntN(2*gap))
	}
	for name, row := range map[string]struct {
		pieces []piece
		want   int
	}{
		"none":             {nil, 0},
		"only zeros":       {[]piece{{100, make([]byte, 10)}}, 0},
		"one":              {[]piece{{65536, []byte("hello")}}, 1},
		"close":            {[]piece{{0, []byte("ab")}, {10, []byte("cd")}, {13, []byte("e")}}, 1},
		"just close":       {[]piece{{64, []byte("a")}, {64 + gap, []byte("b")}}, 1},
		"just far":         {[]piece{{64, []byte("a")}, {65 + gap, []byte("b")}}, 2},
		"out of order":     {[]piece{{5000, []byte("b")}, {64, []byte("a")}}, 2},
		"one over another": {[]piece{{64, []byte("abcd")}, {65, []byte("xy")}}, 1},
		"many":             {many, -1},
	} {
		in := withData(row.pieces)
		kept := bytes.Clone(in)
		out, n, err := MergeData(in)
		if err != nil || row.want >= 0 && n != row.want {
			t.Errorf("%s: %d segments, %v; want %d", name, n, err, row.want)
			continue
		}
		if n > len(row.pieces) {
			t.Errorf("%s: %d segments have become %d", name, len(row.pieces), n)
		}
		got, want := segments(t, out), segments(t, in)
		if !bytes.Equal(bytes.TrimRight(got, "\x00"), bytes.TrimRight(want, "\x00")) {
			t.Errorf("%s: the memory has changed", name)
		}
		if !bytes.Equal(in, kept) {
			t.Errorf("%s: the program handed in has changed", name)
		}
		if again, _, err := MergeData(out); err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: merging twice is not merging once (%v)", name, err)
		}
	}
}

func TestMergeDataRefusesWhatItDoesNotKnow(t *testing.T) {
	good := withData([]piece{{64, []byte("abc")}})
	e, err := section(good, dataSection)
	if err != nil {
		t.Fatal(err)
	}
	change := func(at int, to byte) []byte {
		b := bytes.Clone(good)
		b[e.body+at] = to
		return b
	}
	for name, b := range map[string][]byte{
		"empty":             nil,
		"no data":           good[:e.start],
		"passive":           change(1, 1),
		"address elsewhere": change(2, 0x23),
		"no end":            change(5, 0x0c),
		"too long":          change(6, 100),
		"one too many":      change(0, 2),
		"no count":          {0, 'a', 's', 'm', 1, 0, 0, 0, dataSection, 1, 0x80},
		"negative":          withData([]piece{{-64, []byte("abc")}}),
		"far beyond":        withData([]piece{{1 << 31, []byte("abc")}}),
	} {
		if out, _, err := MergeData(b); err == nil {
			t.Errorf("%s became %x", name, out)
		}
	}
}

func TestSignedNumbers(t *testing.T) {
	for _, v := range []int64{0, 1, 63, 64, -1, -64, -65, 127, 128, 8191, 8192, 1 << 30, -1 << 40, 1<<63 - 1, -1 << 63} {
		if got, n := signed(append(appendSigned(nil, v), 0xff)); got != v || n != len(appendSigned(nil, v)) {
			t.Errorf("%d is read as %d, of %d bytes", v, got, n)
		}
	}
	for _, b := range [][]byte{nil, {0x80}, bytes.Repeat([]byte{0x80}, 12)} {
		if v, n := signed(b); n != 0 {
			t.Errorf("%x is read as %d", b, v)
		}
	}
}
