package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"inkflow/core/density"
)

// pngOf claims a size in its header and has one empty data chunk.
func pngOf(w, h uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		binary.Write(&b, binary.BigEndian, uint32(len(data)))
		body := append([]byte(kind), data...)
		b.Write(body)
		binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	header := binary.BigEndian.AppendUint32(nil, w)
	header = binary.BigEndian.AppendUint32(header, h)
	chunk("IHDR", append(header, 8, 0, 0, 0, 0)) // 8-bit grey
	chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	return b.Bytes()
}

func encoded(t testing.TB, img image.Image, as string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch as {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 95})
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filled is a picture of one colour with a rectangle of another.
func filled(w, h int, ground color.Color, r image.Rectangle, c color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

func TestGrid(t *testing.T) {
	half := color.NRGBA{0, 0, 0, 128}
	tests := []struct {
		name           string
		img            image.Image
		w, h           int
		x0, y0, x1, y1 float64 // where the ink is
	}{
		// Small pictures keep their pixels; y points up.
		{"small, ink at top left", filled(30, 20, color.White, image.Rect(0, 0, 10, 5), color.Black), 30, 20, -3, 1, -1, 2},
		{"one black pixel", filled(1, 1, color.Black, image.Rectangle{}, nil), 1, 1, -3, -3, 3, 3},
		{"all black", filled(64, 32, color.Black, image.Rectangle{}, nil), 64, 32, -3, -1.5, 3, 1.5},
		{"transparent paper", filled(30, 20, color.Transparent, image.Rect(20, 0, 30, 20), half), 30, 20, 1, -2, 3, 2},
		// Large ones are averaged; 384 → 192, and 1000 → 192 with a crooked step.
		{"twice as large", filled(384, 192, color.White, image.Rect(0, 96, 384, 192), color.Black), 192, 96, -3, -1.5, 3, 0},
		{"crooked", filled(500, 1000, color.White, image.Rect(0, 0, 500, 500), color.Black), 96, 192, -1.5, 0, 1.5, 3},
		{"a thin strip", filled(4000, 1, color.Black, image.Rectangle{}, nil), 192, 1, -3, -1.0 / 64, 3, 1.0 / 64},
		{"a tall thread", filled(1, 4000, color.Black, image.Rectangle{}, nil), 1, 192, -1.0 / 64, -3, 1.0 / 64, 3},
		{"a part of a picture", filled(90, 90, color.White, image.Rect(40, 40, 50, 50), color.Black).SubImage(image.Rect(30, 30, 60, 60)), 30, 30, -1, -1, 1, 1},
		{"colour", filled(10, 10, color.White, image.Rect(5, 0, 10, 10), color.NRGBA{200, 30, 30, 255}), 10, 10, 0, -3, 3, 3},
		{"grey", &image.Gray{Pix: []byte{255, 7}, Stride: 2, Rect: image.Rect(0, 0, 2, 1)}, 2, 1, 0, -1.5, 3, 1.5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g, err := Grid(test.img)
			if err != nil {
				t.Fatal(err)
			}
			if g.W != test.w || g.H != test.h {
				t.Errorf("%d × %d cells, want %d × %d", g.W, g.H, test.w, test.h)
			}
			x0, y0, x1, y1 := g.Bounds()
			// An edge between cells spreads over one of them.
			for _, d := range []float64{x0 - test.x0, y0 - test.y0, x1 - test.x1, y1 - test.y1} {
				if math.Abs(d) > g.Cell*1.01 {
					t.Errorf("ink in %v %v %v %v, want %v %v %v %v", x0, y0, x1, y1, test.x0, test.y0, test.x1, test.y1)
					break
				}
			}
		})
	}
}

func TestGridAverages(t *testing.T) {
	// A ramp of 1000 columns: dark in proportion to x. Averages of a line lie
	// on the line, up to the rounding to 8 bits, in and out.
	img := image.NewGray(image.Rect(0, 0, 1000, 10))
	for y := range 10 {
		for x := range 1000 {
			img.Pix[y*img.Stride+x] = uint8(255 - x*255/1000)
		}
	}
	g, err := Grid(img)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range g.Ink[:g.W] {
		if want := (float64(i) + 0.5) / 192; math.Abs(float64(v)-want) > 2.5/255 {
			t.Fatalf("cell %d has ink %v, want about %v", i, v, want)
		}
	}
}

func TestGridOfOneDensityIsUniform(t *testing.T) {
	// Sizes where cells and pixels do not line up: every whole cell is equal.
	for _, size := range []image.Point{{193, 193}, {1000, 700}, {2048, 2048}, {777, 3}} {
		g, err := Grid(filled(size.X, size.Y, color.Gray{100}, image.Rectangle{}, nil))
		if err != nil {
			t.Fatal(err)
		}
		for j := range g.H {
			for i, v := range g.Ink[j*g.W : (j+1)*g.W] {
				inner := (g.H < 3 || j > 0 && j < g.H-1) && i > 0 && i < g.W-1
				if inner && v != 1 {
					t.Fatalf("%v: cell (%d, %d) has ink %v", size, i, j, v)
				}
			}
		}
	}
}

func TestGridRefuses(t *testing.T) {
	tests := []struct {
		name  string
		img   image.Image
		empty bool
		want  string
	}{
		{"white", filled(20, 20, color.White, image.Rectangle{}, nil), true, "all white"},
		{"transparent", filled(20, 20, color.Transparent, image.Rectangle{}, nil), true, "transparent"},
		{"nearly white", filled(20, 20, color.Gray{254}, image.Rectangle{}, nil), true, "all white"},
		{"no pixels", image.NewGray(image.Rect(3, 3, 3, 9)), false, "no pixels"},
		{"huge", &image.Uniform{C: color.Black}, false, "4 megapixels"},
	}
	for _, test := range tests {
		g, err := Grid(test.img)
		if g != nil || err == nil || errors.Is(err, density.ErrEmpty) != test.empty || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want an error with %q", test.name, err, test.want)
		}
	}
}

func TestDecode(t *testing.T) {
	img := filled(400, 300, color.White, image.Rect(100, 75, 300, 225), color.Black)
	for _, as := range []string{"png", "jpeg"} {
		g, err := Decode(bytes.NewReader(encoded(t, img, as)))
		if err != nil {
			t.Fatal(err)
		}
		// The middle half of the page, 3 by 2.25: variance 9/12. The blur of a
		// cell and of JPEG counts for less than a percent.
		mean, cov := g.Moments()
		if math.Hypot(mean[0], mean[1]) > 0.02 || math.Abs(cov[0][0]-0.75) > 0.015 || g.W != 192 || g.H != 144 {
			t.Errorf("%s: %d × %d, mean %v, covariance %v", as, g.W, g.H, mean, cov)
		}
	}
}

func TestDecodeImageRefuses(t *testing.T) {
	bomb := pngOf(60_000, 60_000)
	if len(bomb) > 77 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	whole := encoded(t, filled(40, 40, color.White, image.Rect(0, 0, 20, 20), color.Black), "png")
	photo := encoded(t, filled(40, 40, color.White, image.Rect(0, 0, 20, 20), color.Black), "jpeg")
	giant := bytes.Clone(photo)
	frame := bytes.Index(giant, []byte{0xff, 0xc0}) // height and width follow five bytes later
	copy(giant[frame+5:], []byte{0xff, 0xff, 0xff, 0xff})
	tests := []struct {
		name string
		r    io.Reader
		want string
	}{
		{"a bomb", bytes.NewReader(bomb), "60000 × 60000 pixels"},
		{"a product of 2⁶², refused by the decoder's own check", bytes.NewReader(pngOf(1<<31-1, 1<<31-1)), "damaged"},
		{"just above the limit", bytes.NewReader(pngOf(2048, 2049)), "2048 × 2049 pixels"},
		{"a JPEG bomb", bytes.NewReader(giant), "65535 × 65535 pixels"},
		{"at the limit, but damaged", bytes.NewReader(pngOf(2048, 2048)), "damaged"},
		{"no width", bytes.NewReader(pngOf(0, 5)), "damaged"},
		{"nothing", strings.NewReader(""), "not a PNG or JPEG"},
		{"words", strings.NewReader("hello"), "not a PNG or JPEG"},
		{"a GIF", bytes.NewReader(encoded(t, filled(4, 4, color.White, image.Rect(0, 0, 2, 2), color.Black), "gif")), "not a PNG or JPEG"},
		{"signature only", bytes.NewReader(whole[:8]), "damaged"},
		{"half a PNG", bytes.NewReader(whole[:len(whole)/2]), "damaged"},
		{"half a JPEG", bytes.NewReader(photo[:len(photo)/2]), "damaged"},
		{"too long", io.LimitReader(endless{}, 1<<40), "4 MiB"},
		{"unreadable", iotest.ErrReader(errors.New("the disk is gone")), "the disk is gone"},
	}
	for _, test := range tests {
		g, err := Decode(test.r)
		if g != nil || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want an error with %q", test.name, err, test.want)
		}
	}
}

// endless is a reader of zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// FuzzDecode wants a drawing fit to sample from, or an error.
func FuzzDecode(f *testing.F) {
	small := filled(9, 7, color.White, image.Rect(1, 1, 5, 4), color.NRGBA{10, 80, 10, 200})
	f.Add(encoded(f, small, "png"))
	f.Add(encoded(f, small, "jpeg"))
	f.Add(pngOf(60_000, 60_000))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := Decode(bytes.NewReader(data))
		if err != nil {
			if g != nil || err.Error() == "" {
				t.Fatal("an error with a drawing, or without words")
			}
			return
		}
		if max(g.W, g.H) > cells {
			t.Fatalf("%d × %d cells", g.W, g.H)
		}
		s, err := density.NewSampler(g)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float32, 64)
		s.Sample(rand.New(rand.NewPCG(1, 1)), x)
		for _, v := range x {
			if !(math.Abs(float64(v)) <= 3+1e-6) {
				t.Fatalf("a sample at %v", v)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, filled(2000, 2000, color.White, image.Rect(500, 500, 1500, 1500), color.Black), "jpeg")
	for b.Loop() {
		if _, err := Decode(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
