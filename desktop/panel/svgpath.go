package panel

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// polyline is a stroke of an icon, on the icon's grid.
type polyline struct {
	points [][2]float64
	closed bool
}

// parsePath reads the part of SVG's path notation that icons use: M, L, H, V,
// A and Z, absolute and relative, with repeated arguments and numbers that run
// into each other. Arcs become short lines.
func parsePath(d string) ([]polyline, error) {
	p := pathReader{rest: d}
	command := byte(0)
	for p.skip(); p.rest != ""; p.skip() {
		if c := p.rest[0]; strings.IndexByte("MmLlHhVvAaZz", c) >= 0 {
			command = c
			p.rest = p.rest[1:]
		} else if command == 0 || command == 'z' || command == 'Z' {
			return nil, fmt.Errorf("an icon's path has %q where a command belongs", p.rest)
		}
		p.draw(&command)
		if p.err != nil {
			return nil, p.err
		}
	}
	return p.lines, nil
}

type pathReader struct {
	rest  string
	lines []polyline
	x, y  float64
	err   error
}

func (p *pathReader) skip() { p.rest = strings.TrimLeft(p.rest, " ,\n\t") }

// number reads one number.
func (p *pathReader) number() float64 {
	p.skip()
	n, dot := 0, false
	for n < len(p.rest) {
		c := p.rest[n]
		if !(c >= '0' && c <= '9' || c == '-' && n == 0 || c == '.' && !dot) {
			break
		}
		dot = dot || c == '.'
		n++
	}
	v, err := strconv.ParseFloat(p.rest[:n], 64)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("an icon's path has %q where a number belongs", p.rest)
	}
	p.rest = p.rest[n:]
	return v
}

func (p *pathReader) draw(command *byte) {
	relative := *command >= 'a'
	ox, oy := 0.0, 0.0
	if relative {
		ox, oy = p.x, p.y
	}
	switch *command {
	case 'M', 'm':
		p.x, p.y = ox+p.number(), oy+p.number()
		p.lines = append(p.lines, polyline{points: [][2]float64{{p.x, p.y}}})
		*command -= 'M' - 'L' // what follows are lines
	case 'L', 'l':
		p.to(ox+p.number(), oy+p.number())
	case 'H', 'h':
		p.to(ox+p.number(), p.y)
	case 'V', 'v':
		p.to(p.x, oy+p.number())
	case 'A', 'a':
		rx, _, _, large, sweep := p.number(), p.number(), p.number(), p.number() != 0, p.number() != 0
		p.arc(rx, large, sweep, ox+p.number(), oy+p.number())
	case 'Z', 'z':
		if n := len(p.lines); n > 0 {
			p.lines[n-1].closed = true
			p.x, p.y = p.lines[n-1].points[0][0], p.lines[n-1].points[0][1]
		}
	}
}

func (p *pathReader) to(x, y float64) {
	p.x, p.y = x, y
	if n := len(p.lines); n > 0 {
		p.lines[n-1].points = append(p.lines[n-1].points, [2]float64{x, y})
	}
}

// arc draws part of a circle to (x, y): the centre follows from the two ends
// and the radius (SVG 1.1, appendix F.6.5, with rx = ry).
func (p *pathReader) arc(r float64, large, sweep bool, x, y float64) {
	x0, y0 := p.x, p.y
	dx, dy := (x-x0)/2, (y-y0)/2
	h := math.Hypot(dx, dy)
	if h == 0 {
		return
	}
	r = max(r, h)
	k := math.Sqrt(r*r-h*h) / h
	if large == sweep {
		k = -k
	}
	cx, cy := x0+dx-k*dy, y0+dy+k*dx
	a, b := math.Atan2(y0-cy, x0-cx), math.Atan2(y-cy, x-cx)
	if sweep && b < a {
		b += 2 * math.Pi
	} else if !sweep && b > a {
		b -= 2 * math.Pi
	}
	steps := max(int(math.Ceil(math.Abs(b-a)/(math.Pi/16))), 1)
	for i := 1; i < steps; i++ {
		t := a + (b-a)*float64(i)/float64(steps)
		p.to(cx+r*math.Cos(t), cy+r*math.Sin(t))
	}
	p.to(x, y)
}
