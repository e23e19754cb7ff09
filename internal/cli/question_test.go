package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// table reads what a command printed: the header and the numbers below.
func table(t *testing.T, out string) (header string, rows [][]float64) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%v in %q", err, out)
	}
	for _, line := range lines[1:] {
		var row []float64
		for _, field := range line {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	return strings.Join(lines[0], ","), rows
}

// closedRows are the rows of testdata/exact.tsv under one target, path and time.
type closedRows struct {
	target, path, t string
	points          string
	u               [][2]float64
	loglik          []float64
}

func closedAnswers(t *testing.T) (groups []*closedRows) {
	r := csv.NewReader(bytes.NewReader(read(t, filepath.Join("testdata", "exact.tsv"))))
	r.Comma, r.Comment = '\t', '#'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		last := len(groups) - 1
		if last < 0 || groups[last].target != l[0] || groups[last].path != l[1] || groups[last].t != l[2] {
			groups = append(groups, &closedRows{target: l[0], path: l[1], t: l[2], points: "x,y\n"})
			last++
		}
		g := groups[last]
		g.points += l[3] + "," + l[4] + "\n"
		var v [3]float64
		for i := range v {
			if v[i], err = strconv.ParseFloat(l[5+i], 64); err != nil {
				t.Fatal(err)
			}
		}
		g.u = append(g.u, [2]float64{v[0], v[1]})
		g.loglik = append(g.loglik, v[2])
	}
	return groups
}

// The closed forms against another implementation, in 40 digits
// (testdata/exact.py).
func TestExactAnswers(t *testing.T) {
	square := put(t, "square.png", squarePNG(t))
	for _, g := range closedAnswers(t) {
		// Closed forms keep nearly all digits of a float64; the curve of moons is
		// 2048 Gaussians, whose ends are a hundredth of their width off.
		tolerance := 1e-11
		target := g.target
		switch target {
		case "square.png":
			target = square
		case "moons":
			tolerance = 1e-4
		}
		code, out, errs := inkflow(t, g.points, "field", "--exact", "--target", target, "--path", g.path, "--t", g.t, "--points", "-")
		if code != 0 || errs != "" {
			t.Fatalf("%s along %s: exit %d, %s", g.target, g.path, code, errs)
		}
		header, rows := table(t, out)
		if header != "x,y,ux,uy" || len(rows) != len(g.u) {
			t.Fatalf("%s along %s: %d rows under %s", g.target, g.path, len(rows), header)
		}
		for j, row := range rows {
			// Deep inside a square all pulls cancel: 1e-3 is a small velocity here.
			size := math.Hypot(g.u[j][0], g.u[j][1]) + 1e-3
			if e := math.Hypot(row[2]-g.u[j][0], row[3]-g.u[j][1]) / size; !(e <= tolerance) {
				t.Errorf("%s along %s at %s: the velocity at %v is %v, want %v (relative error %.2g)", g.target, g.path, g.t, row[:2], row[2:], g.u[j], e)
			}
		}
		code, out, errs = inkflow(t, g.points, "loglik", "--exact", "--target", target, "--points", "-")
		if code != 0 || errs != "" {
			t.Fatalf("%s: exit %d, %s", g.target, code, errs)
		}
		header, rows = table(t, out)
		if header != "x,y,loglik" {
			t.Fatalf("%s: the header is %s", g.target, header)
		}
		for j, row := range rows {
			if want := g.loglik[j]; row[2] != want && !(math.Abs(row[2]-want) <= tolerance*math.Abs(want)) {
				t.Errorf("%s: log q%v is %v, want %v", g.target, row[:2], row[2], want)
			}
		}
	}
}

// All four faces of a field belong together: x = αD + σε, u = α̇D + σ̇ε, s = −ε/σ.
func TestQuantities(t *testing.T) {
	points := put(t, "p.csv", []byte("0.5,1\n-3,2\n"))
	model := trained(t, "--path", "cosine")
	for name, source := range map[string]struct {
		args      []string
		tolerance float64
	}{
		"exact": {[]string{"--exact", "--target", "8gaussians", "--path", "cosine"}, 1e-13}, // a few roundings
		"model": {[]string{"--model", model}, 1e-5},                                         // single precision
	} {
		value := map[string][][]float64{}
		for q, want := range map[string]string{"velocity": "x,y,ux,uy", "x1": "x,y,dx,dy", "epsilon": "x,y,ex,ey", "score": "x,y,sx,sy"} {
			header, rows := table(t, must(t, append([]string{"field", "--t", "0.25", "--points", points, "--quantity", q}, source.args...)...))
			if header != want {
				t.Errorf("%s: the header of %s is %s, want %s", name, q, header, want)
			}
			value[q] = rows
		}
		alpha, sigma := math.Sin(math.Pi/8), math.Cos(math.Pi/8)
		dAlpha, dSigma := math.Pi/2*sigma, -math.Pi/2*alpha
		for j, row := range value["velocity"] {
			for i := range 2 {
				d, e := value["x1"][j][2+i], value["epsilon"][j][2+i]
				for what, pair := range map[string][2]float64{
					"x": {row[i], alpha*d + sigma*e}, "u": {row[2+i], dAlpha*d + dSigma*e}, "s": {value["score"][j][2+i], -e / sigma},
				} {
					if !(math.Abs(pair[0]-pair[1]) <= source.tolerance*8) {
						t.Errorf("%s: %s is %v, and %v by the others", name, what, pair[0], pair[1])
					}
				}
			}
		}
	}
}

// Every kind of target has a closed form, and where it is a mixture of few parts
// it is right: two points far apart, each a Gaussian about itself.
func TestClosedFormsOfAllTargets(t *testing.T) {
	points := put(t, "p.csv", []byte("1,2\n"))
	for _, name := range append(presetNames(), "word:hi", put(t, "s.png", squarePNG(t))) {
		_, rows := table(t, must(t, "field", "--exact", "--target", name, "--t", "0.5", "--points", points))
		if v := rows[0][2] + rows[0][3]; math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%s: %v", name, rows)
		}
	}
	target := put(t, "t.csv", []byte("0,0\n0,40\n40,0\n40,40\n")) // the noise is a quarter of 40
	_, rows := table(t, must(t, "loglik", "--exact", "--target", target, "--points", points))
	want := -math.Log(4*2*math.Pi*100) - 5./200
	if got := rows[0][2]; !(math.Abs(got-want) < .01) { // the others are 4 deviations away
		t.Errorf("log q is %g, want %g", got, want)
	}
	for name, stdin := range map[string]string{"points": "0,0\n1,1\n2,0\n", "a picture": string(squarePNG(t))} {
		if code, out, errs := inkflow(t, stdin, "loglik", "--exact", "--target", "-", "--points", points); code != 0 || !strings.HasPrefix(out, "x,y,loglik\n1,2,") {
			t.Errorf("%s from a pipe: exit %d, %q, %q", name, code, out, errs)
		}
	}
}

// More points than fit a chunk are answered like few, in all their digits and in
// their order, with --out as without.
func TestManyQuestions(t *testing.T) {
	var all strings.Builder
	for k := range 2500 {
		fmt.Fprintf(&all, "%.17g %.17g\r\n", math.Sin(float64(k)), 1/float64(k+3))
	}
	points := put(t, "p.csv", []byte(all.String()))
	one := put(t, "q.csv", []byte(strings.Split(all.String(), "\n")[2100]))
	model := trained(t)
	for _, command := range [][]string{
		{"field", "--exact", "--target", "moons", "--t", "0.7"}, {"loglik", "--exact", "--target", "8gaussians"},
		{"field", "--model", model}, {"loglik", "--model", model, "--tolerance", "1e-3"},
	} {
		file := filepath.Join(t.TempDir(), "out.csv")
		if out := must(t, append(command, "--points", points, "--out", file)...); out != "" {
			t.Errorf("%v: with --out it also prints %q", command, out)
		}
		_, rows := table(t, string(read(t, file)))
		if len(rows) != 2500 || rows[2100][0] != math.Sin(2100) || rows[2100][1] != 1./2103 {
			t.Fatalf("%v: %d rows, and number 2100 is %v", command, len(rows), rows[2100])
		}
		_, single := table(t, must(t, append(command, "--points", one)...))
		for i, v := range single[0] {
			// A model's own chunk has its own steps, within the tolerance.
			if d := math.Abs(v - rows[2100][i]); !(d <= 2e-2) || command[1] == "--exact" && d != 0 {
				t.Errorf("%v: alone it is %v, among many %v", command, single[0], rows[2100])
			}
		}
	}
}

// The density of a network is one: it integrates to 1, and estimates of it agree
// with the exact one.
func TestLikelihood(t *testing.T) {
	model := trained(t, "--steps", "300")
	const side, step = 10., .0625
	var grid strings.Builder
	for y := -side/2 + step/2; y < side/2; y += step {
		for x := -side/2 + step/2; x < side/2; x += step {
			fmt.Fprintf(&grid, "%g,%g\n", x, y)
		}
	}
	points := put(t, "grid.csv", []byte(grid.String()))
	header, rows := table(t, must(t, "loglik", "--model", model, "--points", points, "--tolerance", "1e-2"))
	mass := 0.
	for _, row := range rows {
		mass += math.Exp(row[2]) * step * step
	}
	// What is left is the grid's: with twice the step it is up to 0.04.
	if header != "x,y,loglik" || math.Abs(mass-1) > .005 {
		t.Errorf("under %s, its mass is %g", header, mass)
	}

	few := put(t, "few.csv", []byte("1,0.3\n-1,0.5\n0,0\n"))
	_, exactly := table(t, must(t, "loglik", "--model", model, "--points", few))
	for _, probes := range []string{"rademacher", "gaussian"} {
		args := []string{"loglik", "--model", model, "--points", few, "--divergence", probes, "--probes", "64", "--seed", "3"}
		out := must(t, args...)
		header, rows := table(t, out)
		if header != "x,y,loglik,stderr" {
			t.Errorf("%s: the header is %s", probes, header)
		}
		for j, row := range rows {
			if e := math.Abs(row[2] - exactly[j][2]); !(row[3] > 0 && e < 4*row[3]+1e-4) {
				t.Errorf("%s: %v, exactly %v", probes, row, exactly[j])
			}
		}
		if again := must(t, args...); again != out {
			t.Errorf("%s: the same seed gives other numbers", probes)
		}
	}
}

// A standardised model answers in natural units all the same: with data moved and
// stretched, the density at the stretched points is that over the square of it.
func TestStandardisedAnswers(t *testing.T) {
	data := func(scale, shift float64) string {
		var b strings.Builder
		for k := range 400 {
			s, c := math.Sincos(float64(k))
			fmt.Fprintf(&b, "%.9g,%.9g\n", shift+scale*c, shift+scale*2*s)
		}
		return put(t, "d.csv", []byte(b.String()))
	}
	plain := trained(t, "--target", data(1, 0), "--standardize")
	far := trained(t, "--target", data(512, 1024), "--standardize") // a power of two: the same roundings, nearly
	at := put(t, "p.csv", []byte("1,0.5\n"))
	stretched := put(t, "q.csv", []byte("1536,1280\n"))
	_, a := table(t, must(t, "loglik", "--model", plain, "--points", at))
	_, b := table(t, must(t, "loglik", "--model", far, "--points", stretched))
	if want := a[0][2] - 2*math.Log(512); math.Abs(b[0][2]-want) > .01 {
		t.Errorf("log q is %g, want %g", b[0][2], want)
	}
	for q, factor := range map[string]float64{"velocity": 512, "score": 1. / 512, "epsilon": 1} {
		_, a := table(t, must(t, "field", "--model", plain, "--points", at, "--quantity", q))
		_, b := table(t, must(t, "field", "--model", far, "--points", stretched, "--quantity", q))
		for i := 2; i < 4; i++ {
			if math.Abs(a[0][i]*factor-b[0][i]) > .01*factor {
				t.Errorf("%s: %v, want %g times %v", q, b[0], factor, a[0])
			}
		}
	}
	_, x1 := table(t, must(t, "field", "--model", far, "--points", stretched, "--quantity", "x1"))
	if x, y := x1[0][2], x1[0][3]; math.Abs(x-1024) > 1024 || math.Abs(y-1024) > 2048 {
		t.Errorf("the data expected are at %v", x1[0])
	}
}
