package render

import (
	"math"
	"testing"

	"inkflow/render/lab"
)

// one is a cloud of a single particle that goes from one point to another, in
// units of a thousandth.
func one(x0, y0, x1, y1 int16) *lab.Cloud {
	return &lab.Cloud{Count: 1, Slices: []lab.Paths{{Count: 1, Times: []float32{0, 1}, Unit: 0.001, XY: []int16{x0, y0, x1, y1}}}}
}

func TestCountPutsParticlesWhereTheyAre(t *testing.T) {
	const w, h, scale, cx, cy = 64, 48, 10.0, 32.0, 24.0
	for _, c := range []struct {
		x0, y0, x1, y1 int16
		t              float64
	}{
		{0, 0, 0, 0, 0}, {1000, 1000, -1000, -1000, 0}, {1000, 1000, -1000, -1000, 1},
		{2050, -1050, 550, 450, 0.5}, {-3150, 2350, 0, 0, 0.25}, {3140, -2340, 3140, -2340, 1},
	} {
		p := &particles{counts: make([]uint32, w*h), w: w, h: h}
		p.count(one(c.x0, c.y0, c.x1, c.y1), c.t, scale, cx, cy, 1)
		x := cx + scale*0.001*(float64(c.x0)*(1-c.t)+float64(c.x1)*c.t)
		y := cy - scale*0.001*(float64(c.y0)*(1-c.t)+float64(c.y1)*c.t)
		found := 0
		for i, n := range p.counts {
			if n == 0 {
				continue
			}
			found += int(n)
			// A texel is 1 wide, and the rounding of the fixed point is far below.
			if math.Abs(float64(i%w)+0.5-x) > 0.51 || math.Abs(float64(i/w)+0.5-y) > 0.51 {
				t.Errorf("%+v: counted in texel (%d, %d), the particle is at (%.2f, %.2f)", c, i%w, i/w, x, y)
			}
		}
		if found != 1 {
			t.Errorf("%+v: %d particles counted", c, found)
		}
	}
}

// What lies outside the stage is not counted, and above all not elsewhere.
func TestCountLeavesOutWhatIsOutside(t *testing.T) {
	const w, h = 64, 48
	for _, at := range [][2]int16{{-3300, 0}, {3300, 0}, {0, 2500}, {0, -2500}, {math.MaxInt16, math.MaxInt16}, {-math.MaxInt16, -math.MaxInt16}} {
		for _, dot := range []int{1, 2, 3} {
			p := &particles{counts: make([]uint32, w*h), w: w, h: h}
			p.count(one(at[0], at[1], at[0], at[1]), 0, 10, 32, 24, dot)
			for i, n := range p.counts {
				if n != 0 {
					t.Errorf("a particle at %v with dot %d is counted at (%d, %d)", at, dot, i%w, i/w)
				}
			}
		}
	}
}

func TestCountDots(t *testing.T) {
	const w, h = 64, 48
	for _, dot := range []int{2, 3} {
		p := &particles{counts: make([]uint32, w*h), w: w, h: h}
		p.count(one(0, 0, 0, 0), 0, 10, 32.5, 24.5, dot)
		n, sx, sy := 0, 0.0, 0.0
		for i, v := range p.counts {
			n += int(v)
			sx += float64(v) * (float64(i%w) + 0.5)
			sy += float64(v) * (float64(i/w) + 0.5)
		}
		if n != dot*dot || math.Abs(sx/float64(n)-32.5) > 0.51 || math.Abs(sy/float64(n)-24.5) > 0.51 {
			t.Errorf("a dot of %d takes %d texels about (%.1f, %.1f)", dot, n, sx/float64(n), sy/float64(n))
		}
	}
}

func TestExposureFallsWithTheCrowd(t *testing.T) {
	last := math.Inf(1)
	for _, n := range []int{1000, 20_000, 100_000, 500_000} {
		g := exposure(n, 100, 1)
		if !(g > 0) || g > last {
			t.Errorf("%d particles have the gain %g, fewer had %g", n, g, last)
		}
		last = g
	}
}

func TestNoiseIsGreyAndTheFlowIsNot(t *testing.T) {
	for _, th := range []*Theme{&Night, &Day} {
		for i := range th.Noise {
			for j := range th.Noise[i] {
				if math.Abs(float64(th.at(0)[i][j]-th.Noise[i][j])) > 1e-6 || math.Abs(float64(th.at(1)[i][j]-th.Flow[i][j])) > 1e-6 {
					t.Fatal("the ramp does not run from the noise's to the flow's")
				}
			}
		}
		for _, c := range th.Noise {
			if lo, hi := min(c[0], c[1], c[2]), max(c[0], c[1], c[2]); hi-lo > 0.15 {
				t.Errorf("%v is no grey", c)
			}
		}
	}
}

func BenchmarkCount(b *testing.B) {
	c := &lab.Cloud{Count: 100_000}
	for len(c.Slices) < 98 {
		p := lab.Paths{Count: 1024, Times: []float32{0, 1}, Unit: 0.0005, XY: make([]int16, 4*1024)}
		for i := range p.XY {
			p.XY[i] = int16(i*7919%8000 - 4000)
		}
		c.Slices = append(c.Slices, p)
	}
	p := &particles{counts: make([]uint32, 1040*750), w: 1040, h: 750}
	for b.Loop() {
		p.count(c, 0.5, 100, 520, 375, 1)
	}
}
