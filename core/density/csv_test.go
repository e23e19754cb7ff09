package density

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadCSV(t *testing.T) {
	tests := []struct {
		name, text string
		want       []float32 // [2 × n]
	}{
		{"plain", "1,2\n3,4\n", []float32{1, 3, 2, 4}},
		{"no last line end", "1,2\n3,4", []float32{1, 3, 2, 4}},
		{"header", "x,y\n1,2\n", []float32{1, 2}},
		{"quoted header", "\"first, best\",\"y\"\n1,2\n", []float32{1, 2}},
		{"quoted numbers", "\"1\",\" 2 \"\n", []float32{1, 2}},
		{"Windows, with a mark", "\ufeffx,y\r\n1,2\r\n\r\n3,4\r\n", []float32{1, 3, 2, 4}},
		{"a mark before a number", "\ufeff1,2\n", []float32{1, 2}},
		{"blank lines", "\n \n1,2\n\n\t\n3,4\n\n", []float32{1, 3, 2, 4}},
		{"header after blank lines", "\n\nx y\n1 2\n", []float32{1, 2}},
		{"semicolons", "1;2\n-3.5; 4e-1\n", []float32{1, -3.5, 2, 0.4}},
		{"tabs", "1\t2\n3\t 4\n", []float32{1, 3, 2, 4}},
		{"blanks", "  1   2  \n3 4\n", []float32{1, 3, 2, 4}},
		{"blanks around commas", " 1 , 2 \n", []float32{1, 2}},
		{"the largest", "1e9,-1e9\n", []float32{1e9, -1e9}},
		{"too small for float32", "1e-300,0\n", []float32{0, 0}},
		{"one row", "0,0", []float32{0, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// A byte at a time: no line may depend on how the reads fall.
			p, err := ReadCSV(iotest.OneByteReader(strings.NewReader(test.text)))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.x, test.want) || p.Len() != len(test.want)/2 {
				t.Errorf("points %v, want %v", p.x, test.want)
			}
		})
	}
}

func TestReadCSVRefuses(t *testing.T) {
	tests := []struct {
		name, text string
		line       int // 0: the file as a whole
		want       string
	}{
		{"nothing", "", 0, "no rows"},
		{"only a header", "x,y\n", 0, "no rows"},
		{"only blank lines", "\n\r\n\n", 0, "no rows"},
		{"NaN", "1,2\nNaN,3\n", 2, "finite"},
		{"infinite", "1,2\n\n3,-Inf\n", 3, "finite"},
		{"NaN in the first line", "nan,1\n", 1, "finite"},
		{"beyond float64", "1,1e309\n", 1, "finite"},
		{"too large", "1.1e9,0\n", 1, "±1e9"},
		{"a word", "1,2\n3,four\n", 2, `"four" is not a number`},
		{"half a number first", "1,two\n", 1, `"two" is not a number`},
		{"two headers", "x,y\na,b\n1,2\n", 2, "not a number"},
		{"an empty field", "1,2\n,3\n", 2, `"" is not a number`},
		{"one column", "1,2\n3\n", 2, "one column"},
		{"one column first", "3\n", 1, "one column"},
		{"three columns", "x,y\n1,2,3\n", 2, "3 columns"},
		{"three columns of blanks", "1 2 3\n", 1, "3 columns"},
		{"decimal commas", "1,5;2,5\n1,0;2,0\n", 1, "written with a point"},
		{"decimal commas under a header", "x;y\n1;2\n1,5;-2,5\n", 3, "written with a point"},
		{"a decimal comma in one column", "1;2\n1;\"2,5\"\n", 2, "written with a point"},
		{"decimal commas between blanks", "1,5  2,5e3\n", 1, "written with a point"},
		{"decimal commas between tabs", "1,5\t2\n", 1, "written with a point"},
		{"words with commas", "1,2\na,b;c,d\n", 2, "not a number"},
		{"a comma too many", "1,2\n3, 4,\n", 2, "3 columns"},
		{"a long line", "1,2\n" + strings.Repeat("1,", 10_000) + "\n", 2, "4096 characters"},
		{"a long word", "1,2\n" + strings.Repeat("x", 4000) + ",1\n", 2, "not a number"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := ReadCSV(strings.NewReader(test.text))
			var line *LineError
			if p != nil || err == nil || !strings.Contains(err.Error(), test.want) || len(err.Error()) > 200 {
				t.Fatalf("%v; want an error with %q", err, test.want)
			}
			if errors.As(err, &line) != (test.line > 0) || test.line > 0 && line.Line != test.line {
				t.Errorf("%v; want line %d", err, test.line)
			}
		})
	}
	if _, err := ReadCSV(iotest.ErrReader(errors.New("the disk is gone"))); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("an unreadable file: %v", err)
	}
}

func TestReadCSVLimits(t *testing.T) {
	// Ten million columns arrive in one line: it is refused after 4 KiB, and
	// so is a line that never ends.
	if _, err := ReadCSV(endless{}); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a line without end: %v", err)
	}
	wide := &counted{Reader: io.LimitReader(&loop{text: "1,"}, 20_000_000)}
	if _, err := ReadCSV(wide); err == nil || wide.n > 64<<10 {
		t.Errorf("ten million columns: %v after %d bytes", err, wide.n)
	}
	if _, err := ReadCSV(&loop{text: strings.Repeat(" ", 4000) + "\n"}); err == nil || !strings.Contains(err.Error(), "128 MiB") {
		t.Errorf("blank lines without end: %v", err)
	}
	rows := strings.Repeat("0.25,-1.5\n", maxRows)
	p, err := ReadCSV(strings.NewReader("x,y\n" + rows))
	if err != nil || p.Len() != maxRows {
		t.Fatalf("a million rows: %v", err)
	}
	var line *LineError
	if _, err := ReadCSV(strings.NewReader(rows + "1,1\n")); !errors.As(err, &line) || line.Line != maxRows+1 {
		t.Errorf("a million rows and one: %v", err)
	}
}

// loop is a reader of the same bytes for ever.
type loop struct {
	text string
	at   int
}

func (l *loop) Read(p []byte) (int, error) {
	n := copy(p, l.text[l.at:])
	l.at = (l.at + n) % len(l.text)
	return n, nil
}

type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// FuzzReadCSV wants finite points, or an error; what is written out again
// reads back the same.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("x,y\r\n1,2\r\n"))
	f.Add([]byte("\ufeff1;2\n\n\"3\"\t4\n"))
	f.Add([]byte("nan 1e309\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadCSV(bytes.NewReader(data))
		if err != nil {
			if p != nil || err.Error() == "" {
				t.Fatal("an error with points, or without words")
			}
			return
		}
		n := p.Len()
		var b bytes.Buffer
		for j := range n {
			if !(math.Abs(float64(p.x[j])) <= maxCoordinate) || !(math.Abs(float64(p.x[n+j])) <= maxCoordinate) {
				t.Fatalf("point %d is (%v, %v)", j, p.x[j], p.x[n+j])
			}
			fmt.Fprintf(&b, "%v,%v\n", p.x[j], p.x[n+j])
		}
		again, err := ReadCSV(&b)
		if err != nil || !slices.Equal(again.x, p.x) || again.h != p.h {
			t.Fatalf("written and read again: %v", err)
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	var text bytes.Buffer
	rng := seeded(1)
	for range maxRows {
		fmt.Fprintf(&text, "%.6f,%.6f\n", rng.NormFloat64(), rng.NormFloat64())
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := ReadCSV(bytes.NewReader(text.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

// endless is a reader of zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }
