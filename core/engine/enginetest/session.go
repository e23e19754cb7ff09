package enginetest

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"inkflow/core/engine"
)

// session is a client under test with what it has shown so far.
type session struct {
	t      *testing.T
	open   func(t *testing.T) engine.Client
	client engine.Client
	sent   uint32           // generation of the last command
	last   *engine.Snapshot // without its bulk
	cloud  map[int]paths    // by the first particle
	model  []byte
}

// paths are those of one slice, with the times they belong to.
type paths struct {
	count, frames int
	unit          float32
	xy            []int16
}

func begin(t *testing.T, open func(t *testing.T) engine.Client) *session {
	s := &session{t: t, open: open, client: open(t), last: new(engine.Snapshot), cloud: map[int]paths{}}
	t.Cleanup(func() { s.client.Close() }) // where a case has failed
	return s
}

func (s *session) close() {
	s.t.Helper()
	if err := s.client.Close(); err != nil {
		s.t.Errorf("Close: %v", err)
	}
}

// send sends a command that is well formed.
func (s *session) send(c engine.Command) uint32 {
	s.t.Helper()
	g, err := s.client.Send(c)
	if err != nil {
		s.t.Fatalf("Send(%v): %v", c.Op, err)
	}
	if g != s.sent+1 {
		s.t.Fatalf("Send(%v) gave generation %d after %d", c.Op, g, s.sent)
	}
	s.sent = g
	return g
}

// poll takes a snapshot, if there is one, and checks it.
func (s *session) poll() *engine.Snapshot {
	s.t.Helper()
	p := s.client.Poll()
	if p == nil {
		return nil
	}
	s.check(p)
	for first := range s.cloud {
		if first >= p.Cloud.Total {
			delete(s.cloud, first)
		}
	}
	for _, v := range p.Cloud.Slices {
		s.cloud[v.First] = paths{v.Count, len(p.Cloud.Times), p.Cloud.Unit, v.XY}
	}
	if p.Model != nil {
		s.model = p.Model
	}
	s.last = p
	return p
}

// until polls for a snapshot that fits.
func (s *session) until(what string, fits func(p *engine.Snapshot) bool) *engine.Snapshot {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if p := s.poll(); p != nil && fits(p) {
			return p
		}
	}
	s.t.Fatalf("waited in vain for %s; the last snapshot: %+v", what, s.figures())
	return nil
}

// answer polls until the last command was carried out.
func (s *session) answer() *engine.Snapshot {
	s.t.Helper()
	return s.until("the answer", func(p *engine.Snapshot) bool { return p.Generation == s.sent })
}

// hold stops training and returns what it stands at.
func (s *session) hold() *engine.Snapshot {
	s.t.Helper()
	s.send(engine.Command{Op: engine.OpTrain, On: false})
	return s.answer()
}

// learn waits for so many steps.
func (s *session) learn(steps int) *engine.Snapshot {
	s.t.Helper()
	return s.until("training steps", func(p *engine.Snapshot) bool { return p.Step >= steps && p.Generation == s.sent })
}

// whole forgets the cloud and waits for one that is complete for the settings
// at hand. The caller has just sent what makes it be integrated, or sent, anew.
func (s *session) whole() {
	s.t.Helper()
	clear(s.cloud)
	s.until("all particles", func(p *engine.Snapshot) bool { return p.Generation == s.sent && s.covers(p) })
}

// covers reports whether the slices at hand are all of the particles, on the
// frames at hand.
func (s *session) covers(p *engine.Snapshot) bool {
	for first := 0; first < p.Settings.Particles; first += engine.SliceLen {
		v := s.cloud[first]
		if v.frames != len(p.Cloud.Times) || v.count != min(engine.SliceLen, p.Settings.Particles-first) {
			return false
		}
	}
	return true
}

// sameCloud reports whether two sets of particles are the same in every bit.
func sameCloud(a, b map[int]paths) bool {
	if len(a) != len(b) {
		return false
	}
	for first, p := range a {
		q := b[first]
		if p.count != q.count || p.frames != q.frames || p.unit != q.unit || len(p.xy) != len(q.xy) {
			return false
		}
		for i := range p.xy {
			if p.xy[i] != q.xy[i] {
				return false
			}
		}
	}
	return true
}

// figures is the last snapshot without its bulk.
func (s *session) figures() engine.Snapshot {
	p := *s.last
	p.Cloud.Slices, p.Model = nil, nil
	return p
}

// check is what holds for every snapshot.
func (s *session) check(p *engine.Snapshot) {
	t := s.t
	t.Helper()
	if p.Generation > s.sent {
		t.Fatalf("a snapshot answers command %d, and %d were sent", p.Generation, s.sent)
	}
	if p.Generation < s.last.Generation {
		t.Fatalf("a snapshot of generation %d after one of %d", p.Generation, s.last.Generation)
	}
	if p.Status > engine.Refused {
		t.Errorf("status %d", p.Status)
	}
	for _, v := range []float64{p.Seconds, p.StepsPerSecond, p.Loss, p.LossFloor, p.W2, p.Floor} {
		if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
			t.Errorf("a figure is %g: %+v", v, p)
		}
	}
	if p.Step < 0 || p.Parameters < 1 || p.W2Draws < 0 || p.FloorDraws < 0 {
		t.Errorf("a count is out of range: step %d, %d parameters, %d and %d draws", p.Step, p.Parameters, p.W2Draws, p.FloorDraws)
	}
	if (p.W2Draws > 0 || p.FloorDraws > 0) && p.Points < 1 {
		t.Errorf("a distance between %d points", p.Points)
	}
	if err := p.Settings.Validate(); err != nil {
		t.Errorf("settings: %v", err)
	}
	if p.NFE < 0 {
		t.Errorf("%d evaluations", p.NFE)
	}
	if (p.Status == engine.Refused || p.Status == engine.Diverged) != (p.Message != "") {
		t.Errorf("status %v with the message %q", p.Status, p.Message)
	}
	if p.Message != "" && !sentence(p.Message) {
		t.Errorf("the message %q is no sentence", p.Message)
	}
	if p.Fresh < 0 || p.Fresh > p.Settings.Particles || p.Workers < 1 {
		t.Errorf("%d particles of %d are fresh, %d threads carry them", p.Fresh, p.Settings.Particles, p.Workers)
	}
	s.checkCloud(p)
}

func (s *session) checkCloud(p *engine.Snapshot) {
	t, c := s.t, &p.Cloud
	t.Helper()
	if c.Total != p.Settings.Particles {
		t.Errorf("a cloud of %d particles, and the settings ask for %d", c.Total, p.Settings.Particles)
	}
	// A path may begin a little later than 0, and takes one more step to 1 where
	// it ends earlier.
	if n := len(c.Times); n < 2 || n > engine.MaxFrames || c.Times[0] < 0 || c.Times[0] > 0.01 || c.Times[n-1] != 1 {
		t.Errorf("frames at %v for %d steps", c.Times, p.Settings.Steps)
	}
	for k := range c.Times[1:] {
		if c.Times[k+1] <= c.Times[k] {
			t.Errorf("the times do not rise: %v", c.Times)
		}
	}
	if !(c.Unit > 0) || math.IsInf(float64(c.Unit), 0) {
		t.Errorf("a unit of %g", c.Unit)
	}
	for _, v := range c.Slices {
		if v.First%engine.SliceLen != 0 || v.Count != min(engine.SliceLen, c.Total-v.First) ||
			len(v.XY) != len(c.Times)*2*v.Count {
			t.Errorf("slice %d + %d with %d numbers in a cloud of %d on %d frames",
				v.First, v.Count, len(v.XY), c.Total, len(c.Times))
		}
	}
}

// sentence reports whether a text can be shown to a person.
func sentence(text string) bool {
	return utf8.ValidString(text) && strings.Contains(text, " ") && !strings.ContainsAny(text, "\n\r\t") &&
		len(text) < 1000
}
