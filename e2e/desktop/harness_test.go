//go:build e2e

package desktop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The window's measures in pixels; the display has a scale of 1.
const (
	width, height = 1440, 900
	bar, timeline = 48, 68
	panelWidth    = 364
	stageW        = width - panelWidth
	centerX       = stageW / 2
	centerY       = (bar + height - timeline) / 2
)

// state is what the tests read of a line of the report.
type state struct {
	Step       int     `json:"step"`
	Seconds    float64 `json:"seconds"`
	W2         float64 `json:"w2"`
	W2Draws    int     `json:"w2_draws"`
	Floor      float64 `json:"floor"`
	FloorDraws int     `json:"floor_draws"`
	Points     int     `json:"points"`
	Particles  int     `json:"particles"`
	Training   bool    `json:"training"`
	Time       float64 `json:"t"`
	Playing    bool    `json:"playing"`
	Preset     string  `json:"preset"`
	Seed       int     `json:"seed"`
	Solver     string  `json:"solver"`
	Steps      int     `json:"solver_steps"`
	Tool       string  `json:"tool"`
	Theme      string  `json:"theme"`
	Notice     string  `json:"notice"`
	Frames     int     `json:"frames"`
	Unit       float64 `json:"pixels_per_unit"`
}

// window is a program that runs on a display of its own.
type window struct {
	t       *testing.T
	display string
	dir     string // its working directory
	report  string
	stderr  bytes.Buffer
	ended   chan error
	fps     float64 // frames a second, measured
}

// program is built once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "inkflow-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "inkflow")
	c := exec.Command("go", "build", "-o", path, "inkflow/desktop")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the program does not build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// open starts the program and waits until it draws.
func open(t *testing.T, flags ...string) *window {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%v; on Debian: apt-get install xvfb xdotool imagemagick libgl1-mesa-dri", err)
		}
	}
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	w := &window{t: t, display: xvfb(t), dir: t.TempDir(), ended: make(chan error, 1)}
	w.report = filepath.Join(w.dir, "report.jsonl")
	args := append([]string{"--size", fmt.Sprintf("%dx%d", width, height), "--report", w.report}, flags...)
	c := exec.Command(path, args...)
	c.Dir, c.Env, c.Stderr = w.dir, append(os.Environ(), "DISPLAY="+w.display), &w.stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { w.ended <- c.Wait() }()
	t.Cleanup(func() {
		if t.Failed() {
			w.shot("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
		c.Process.Kill()
		<-w.ended
		if s := w.stderr.String(); s != "" {
			t.Logf("standard error: %s", s)
		}
	})
	w.await("the first particles", time.Minute, func(s state) bool { return s.Particles > 0 && s.Step > 0 })
	return w
}

// xvfb starts a display in memory and returns its name; the server chooses
// one that is free.
func xvfb(t *testing.T) string {
	t.Helper()
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{pipe}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	pipe.Close()
	t.Cleanup(func() {
		c.Process.Signal(os.Interrupt)
		c.Wait()
	})
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

// state is the newest line of the report, if there is one.
func (w *window) state() (s state, ok bool) {
	b, err := os.ReadFile(w.report)
	lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
	if err != nil || len(lines[0]) == 0 {
		return s, false
	}
	return s, json.Unmarshal(lines[len(lines)-1], &s) == nil
}

// await waits until the report says so, and returns what it says.
func (w *window) await(what string, limit time.Duration, ok func(state) bool) state {
	w.t.Helper()
	var s state
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		select {
		case err := <-w.ended:
			w.ended <- err
			w.t.Fatalf("the program has ended while %s was awaited: %v", what, err)
		default:
		}
		var there bool
		if s, there = w.state(); there && ok(s) {
			return s
		}
	}
	w.t.Fatalf("%s: not within %v; the state is %+v", what, limit, s)
	return s
}

// settle waits for a line of the report made from now on: two lines ahead, as
// one may just be written.
func (w *window) settle() state {
	w.t.Helper()
	count := func() int {
		b, _ := os.ReadFile(w.report)
		return bytes.Count(b, []byte("\n"))
	}
	n := count()
	return w.await("a new line of the report", 30*time.Second, func(state) bool { return count() >= n+2 })
}

// do lets xdotool act.
func (w *window) do(args ...string) {
	w.t.Helper()
	c := exec.Command("xdotool", args...)
	c.Env = append(os.Environ(), "DISPLAY="+w.display)
	if out, err := c.CombinedOutput(); err != nil {
		w.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// look waits until the window has looked at its input for sure: a few frames,
// of which a busy machine without a graphics card draws a handful a second.
func (w *window) look() {
	w.t.Helper()
	frames := func() int { s, _ := w.state(); return s.Frames }
	if w.fps == 0 {
		n, start := frames(), time.Now()
		w.await("frames", time.Minute, func(s state) bool { return s.Frames > n })
		n, start = frames(), time.Now()
		w.await("frames", time.Minute, func(s state) bool { return s.Frames > n && time.Since(start) > 2*time.Second })
		w.fps = float64(frames()-n) / time.Since(start).Seconds()
		w.t.Logf("%.1f frames a second", w.fps)
	}
	time.Sleep(time.Duration(3/min(w.fps, 30)*float64(time.Second)) + 50*time.Millisecond)
}

func (w *window) click(x, y int) {
	w.t.Helper()
	w.do("mousemove", fmt.Sprint(x), fmt.Sprint(y))
	w.look()
	w.do("mousedown", "1")
	w.look()
	w.do("mouseup", "1")
	w.look()
}

func (w *window) key(name string) {
	w.t.Helper()
	w.do("keydown", name)
	w.look()
	w.do("keyup", name)
	w.look()
}

func (w *window) typed(s string) {
	w.t.Helper()
	for _, r := range s {
		w.do("type", string(r))
		w.look()
	}
}

// drag presses at the first point, goes through the others and lets go.
func (w *window) drag(points ...image.Point) {
	w.t.Helper()
	w.do("mousemove", fmt.Sprint(points[0].X), fmt.Sprint(points[0].Y))
	w.look()
	w.do("mousedown", "1")
	w.look()
	for _, p := range points[1:] {
		w.do("mousemove", fmt.Sprint(p.X), fmt.Sprint(p.Y))
		time.Sleep(time.Duration(1.2 / min(w.fps, 30) * float64(time.Second))) // a frame
	}
	w.look()
	w.do("mouseup", "1")
	w.look()
}

// scrub drags the time slider to an end.
func (w *window) scrub(t float64) {
	w.t.Helper()
	const left, right, y = 82, 911, 856 // the knob's way
	x := int(left + t*(right-left))
	w.drag(image.Pt((left+right)/2, y), image.Pt((x+(left+right)/2)/2, y), image.Pt(x+int(math.Copysign(8, t-0.5)), y))
	w.await(fmt.Sprintf("t = %g", t), 20*time.Second, func(s state) bool { return s.Time == t && !s.Playing })
}

// screen takes a picture of the screen.
func (w *window) screen() image.Image {
	w.t.Helper()
	w.look()
	w.look()
	c := exec.Command("import", "-silent", "-window", "root", "png:-")
	c.Env = append(os.Environ(), "DISPLAY="+w.display)
	out, err := c.Output()
	if err != nil {
		w.t.Fatalf("import: %v", err)
	}
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// shot leaves a picture of the screen in build/e2e, for people to look at.
func (w *window) shot(name string) {
	w.t.Helper()
	folder := filepath.Join("..", "..", "build", "e2e")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		w.t.Error(err)
		return
	}
	name = filepath.Join(folder, "desktop-"+name+".png")
	c := exec.Command("import", "-silent", "-window", "root", name)
	c.Env = append(os.Environ(), "DISPLAY="+w.display)
	if err := c.Run(); err != nil {
		w.t.Errorf("no picture of the screen: %v", err)
		return
	}
	w.t.Logf("the screen is kept in %s", name)
}

// rgb is a pixel's colour in 8 bits.
func rgb(m image.Image, x, y int) (r, g, b int) {
	cr, cg, cb, _ := m.At(x, y).RGBA()
	return int(cr >> 8), int(cg >> 8), int(cb >> 8)
}

// lit reports whether a particle of the night paper is on a pixel: its own
// light, not the glow of its neighbours nor the wash of the target.
func lit(m image.Image, x, y int) bool {
	_, g, b := rgb(m, x, y)
	return g > 160 && b > 130
}
