package engine

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"runtime"
	"testing"
)

// fill gives every field below v a value that is neither zero nor that of
// another field, whatever fields there are: one that the wire forgets, or puts
// where another belongs, does not come back.
func fill(v reflect.Value, next *int) {
	*next++
	n := *next
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int16:
		v.SetInt(int64(n) - 20) // signs too
		if n == 20 {
			v.SetInt(1 << 10)
		}
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(n) + 0.25)
	case reflect.String:
		v.SetString("täxt" + string(rune('a'+n%26)))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range v.Len() {
			fill(v.Index(i), next)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), next)
		}
	default:
		panic("fill does not know " + v.Kind().String())
	}
}

func fullCommand() *Command {
	c, n := new(Command), 0
	fill(reflect.ValueOf(c).Elem(), &n)
	return c
}

// fullSnapshot is full, and its cloud is one that can be drawn.
func fullSnapshot() *Snapshot {
	s, n := new(Snapshot), 0
	fill(reflect.ValueOf(s).Elem(), &n)
	s.Cloud.Total = 2*SliceLen + 5
	s.Cloud.Times = []float32{0, 0.5, 1}
	for i := range s.Cloud.Slices {
		p := &s.Cloud.Slices[i]
		p.First, p.Count = i*SliceLen, i+1
		p.XY = make([]int16, 2*p.Count*len(s.Cloud.Times))
		for k := range p.XY {
			p.XY[k] = int16(1000*i - 7*k - 1)
		}
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Layer = Layer{Kind: Kind(i + 1), Time: 0.25 * float64(i), X0: -1, Y0: 2, Cell: 0.5, W: 2 + i, H: 3}
		f.Data = make([]float32, f.Kind.Numbers()*f.W*f.H)
		for k := range f.Data {
			f.Data[k] = float32(k) - 0.5
		}
	}
	s.Proof.Draws = []int{7, 9, 30}
	return s
}

func TestEveryFieldCrosses(t *testing.T) {
	c := fullCommand()
	if got, err := DecodeCommand(AppendCommand(nil, c)); err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("the command came back as\n%+v (%v), not\n%+v", got, err, c)
	}
	s := fullSnapshot()
	if got, err := DecodeSnapshot(AppendSnapshot(nil, s)); err != nil || !reflect.DeepEqual(got, s) {
		t.Errorf("the snapshot came back as\n%+v (%v), not\n%+v", got, err, s)
	}
}

func TestZeroCrosses(t *testing.T) {
	if got, err := DecodeCommand(AppendCommand(nil, new(Command))); err != nil || !reflect.DeepEqual(got, new(Command)) {
		t.Errorf("a zero command came back as %+v, %v", got, err)
	}
	if got, err := DecodeSnapshot(AppendSnapshot(nil, new(Snapshot))); err != nil || !reflect.DeepEqual(got, new(Snapshot)) {
		t.Errorf("a zero snapshot came back as %+v, %v", got, err)
	}
}

func TestOddNumbersCross(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(-1), math.Copysign(0, -1), math.MaxFloat64, 5e-324} {
		c, err := DecodeCommand(AppendCommand(nil, &Command{Target: Target{X0: v, W: math.MinInt, H: math.MaxInt}}))
		if err != nil || math.Float64bits(c.Target.X0) != math.Float64bits(v) || c.Target.W != math.MinInt || c.Target.H != math.MaxInt {
			t.Errorf("%g came back as %+v, %v", v, c.Target, err)
		}
	}
}

func TestAppends(t *testing.T) {
	b := AppendCommand([]byte("before"), fullCommand())
	if string(b[:6]) != "before" {
		t.Errorf("AppendCommand changed what was there: %q", b[:6])
	}
	b = AppendSnapshot([]byte("before"), fullSnapshot())
	if string(b[:6]) != "before" {
		t.Errorf("AppendSnapshot changed what was there: %q", b[:6])
	}
}

func TestDecodedSharesNothing(t *testing.T) {
	b := AppendCommand(nil, fullCommand())
	c, err := DecodeCommand(b)
	if err != nil {
		t.Fatal(err)
	}
	p := AppendSnapshot(nil, fullSnapshot())
	s, err := DecodeSnapshot(p)
	if err != nil {
		t.Fatal(err)
	}
	clear(b)
	clear(p)
	if !reflect.DeepEqual(c, fullCommand()) || !reflect.DeepEqual(s, fullSnapshot()) {
		t.Error("what was decoded changes with the bytes it came from")
	}
}

// decoders are both decoders, alike: decode and encode again.
var decoders = []struct {
	name  string
	whole func() []byte
	again func(b []byte) ([]byte, error)
}{
	{"command", func() []byte { return AppendCommand(nil, fullCommand()) }, commandAgain},
	{"snapshot", func() []byte { return AppendSnapshot(nil, fullSnapshot()) }, snapshotAgain},
}

func commandAgain(b []byte) ([]byte, error) {
	c, err := DecodeCommand(b)
	if err != nil {
		return nil, err
	}
	return AppendCommand(nil, c), nil
}

func snapshotAgain(b []byte) ([]byte, error) {
	s, err := DecodeSnapshot(b)
	if err != nil {
		return nil, err
	}
	if err := drawable(&s.Cloud); err != nil {
		return nil, err
	}
	if err := paintable(s); err != nil {
		return nil, err
	}
	return AppendSnapshot(nil, s), nil
}

// drawable says what would make a stage stumble over a decoded cloud.
func drawable(c *Cloud) error {
	if c.Total < 0 || c.Total > MaxParticles || len(c.Times) > MaxFrames {
		return errors.New("a cloud out of range was let through")
	}
	for _, s := range c.Slices {
		if s.First < 0 || s.Count < 1 || s.First+s.Count > c.Total || s.First%SliceLen != 0 || s.Count > SliceLen {
			return errors.New("a slice outside the cloud was let through")
		}
		if len(c.Times) < 2 || len(s.XY) != len(c.Times)*2*s.Count {
			return errors.New("a slice without paths was let through")
		}
		if !(c.Unit > 0) || math.IsInf(float64(c.Unit), 0) {
			return errors.New("a unit that is no length was let through")
		}
		for k := range c.Times[1:] {
			if !(c.Times[k+1] > c.Times[k]) {
				return errors.New("times that do not rise were let through")
			}
		}
	}
	return nil
}

// paintable says what would make a stage stumble over decoded layers.
func paintable(s *Snapshot) error {
	for _, f := range s.Fields {
		if f.Kind < Velocity || f.Kind >= Theorem || f.W < 1 || f.H < 1 || len(f.Data) != f.Kind.Numbers()*f.W*f.H {
			return errors.New("a layer without its numbers was let through")
		}
		for _, v := range f.Data {
			if !finite(float64(v)) {
				return errors.New("a number that is none was let through")
			}
		}
	}
	if len(s.Curves.Alpha) != len(s.Curves.Sigma) || len(s.Curves.AlongAlpha) != len(s.Curves.AlongSigma) {
		return errors.New("half a pair of curves was let through")
	}
	if len(s.Proof.Draws) != len(s.Proof.Distance) {
		return errors.New("half a proof was let through")
	}
	return nil
}

func isWire(err error) bool {
	var w *WireError
	return errors.As(err, &w)
}

func TestCutAtEveryByte(t *testing.T) {
	for _, d := range decoders {
		b := d.whole()
		for cut := range b {
			if _, err := d.again(b[:cut]); !isWire(err) {
				t.Fatalf("%s cut to %d of %d bytes: %v, want a WireError", d.name, cut, len(b), err)
			}
		}
		if _, err := d.again(append(b, 0)); !isWire(err) {
			t.Errorf("%s with a byte more: %v, want a WireError", d.name, err)
		}
	}
}

// A flipped bit is refused, or gives a message that is sound: it crosses the
// wire again unchanged.
func TestEveryFlippedBit(t *testing.T) {
	for _, d := range decoders {
		b := d.whole()
		for i := range b {
			for bit := range 8 {
				b[i] ^= 1 << bit
				once, err := d.again(b)
				if err == nil {
					twice, err := d.again(once)
					if err != nil || string(twice) != string(once) {
						t.Fatalf("%s, bit %d of byte %d: what was accepted does not cross again: %v", d.name, bit, i, err)
					}
				} else if !isWire(err) {
					t.Fatalf("%s, bit %d of byte %d: %v, want a WireError", d.name, bit, i, err)
				}
				b[i] ^= 1 << bit
			}
		}
	}
}

// A length that promises gigabytes costs no more memory than the message has
// bytes. Every place is tried; those of the lengths are among them.
func TestHostileLengthsAllocateNothingBig(t *testing.T) {
	for _, d := range decoders {
		whole := d.whole()
		for _, length := range []uint32{math.MaxUint32, 1 << 31, 1 << 30, 1 << 24} {
			for at := range len(whole) - 4 {
				b := append([]byte(nil), whole...)
				binary.LittleEndian.PutUint32(b[at:], length)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				d.again(b)
				runtime.ReadMemStats(&after)
				if n := after.TotalAlloc - before.TotalAlloc; n > 64<<10 {
					t.Fatalf("%s with length %d at byte %d: %d bytes allocated for a message of %d", d.name, length, at, n, len(b))
				}
			}
		}
	}
}

func TestAnotherKindOrRelease(t *testing.T) {
	b := AppendCommand(nil, new(Command))
	if _, err := DecodeSnapshot(b); !isWire(err) {
		t.Errorf("a command read as a snapshot: %v", err)
	}
	b[1]++
	if _, err := DecodeCommand(b); !isWire(err) {
		t.Errorf("a command of another release: %v", err)
	}
	if got, want := (&WireError{"is cut short"}).Error(), "engine: message is cut short"; got != want {
		t.Errorf("the error reads %q, want %q", got, want)
	}
}

func TestCloudsThatCannotBeDrawn(t *testing.T) {
	inf := float32(math.Inf(1))
	nan := float32(math.NaN())
	for _, row := range []struct {
		name  string
		spoil func(c *Cloud)
	}{
		{"negative total", func(c *Cloud) { c.Total = -1 }},
		{"too many particles", func(c *Cloud) { c.Total = MaxParticles + 1 }},
		{"too many frames", func(c *Cloud) { c.Slices, c.Times = nil, make([]float32, MaxFrames+1) }},
		{"too many slices", func(c *Cloud) { c.Slices = make([]Slice, MaxParticles/SliceLen+2) }},
		{"slice off the grid", func(c *Cloud) { c.Slices[0].First = 1 }},
		{"slice beyond the total", func(c *Cloud) { c.Slices[2].First = 3 * SliceLen }},
		{"end beyond the total", func(c *Cloud) { c.Total = 2*SliceLen + 2 }},
		{"empty slice", func(c *Cloud) { c.Slices[0].Count, c.Slices[0].XY = 0, nil }},
		{"a frame missing", func(c *Cloud) { c.Slices[1].XY = c.Slices[1].XY[4:] }},
		{"no times", func(c *Cloud) { c.Times, c.Slices = nil, []Slice{{First: 0, Count: 1}} }},
		{"one time", func(c *Cloud) { c.Times, c.Slices = []float32{0}, []Slice{{First: 0, Count: 1, XY: []int16{1, 2}}} }},
		{"a time twice", func(c *Cloud) { c.Times[1] = c.Times[0] }},
		{"times that fall", func(c *Cloud) { c.Times[2] = 0.25 }},
		{"a time that is none", func(c *Cloud) { c.Times[1] = nan }},
		{"a time without end", func(c *Cloud) { c.Times[2] = inf }},
		{"no unit", func(c *Cloud) { c.Unit = 0 }},
		{"a negative unit", func(c *Cloud) { c.Unit = -1 }},
		{"a unit that is none", func(c *Cloud) { c.Unit = nan }},
		{"a unit without end", func(c *Cloud) { c.Unit = inf }},
	} {
		s := fullSnapshot()
		row.spoil(&s.Cloud)
		if _, err := DecodeSnapshot(AppendSnapshot(nil, s)); !isWire(err) {
			t.Errorf("%s: %v, want a WireError", row.name, err)
		}
	}
	// A slice longer than SliceLen, in a cloud that has the room.
	s := fullSnapshot()
	s.Cloud.Total = MaxParticles
	s.Cloud.Slices[0].Count = SliceLen + 1
	s.Cloud.Slices[0].XY = make([]int16, 2*3*(SliceLen+1))
	if _, err := DecodeSnapshot(AppendSnapshot(nil, s)); !isWire(err) {
		t.Errorf("a slice too long: %v, want a WireError", err)
	}
}

func TestLayersThatCannotBeDrawn(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, row := range []struct {
		name  string
		spoil func(s *Snapshot)
	}{
		{"no kind", func(s *Snapshot) { s.Fields[0].Kind = 0 }},
		{"a chart as a picture", func(s *Snapshot) { s.Fields[0].Kind = Theorem }},
		{"a kind to come", func(s *Snapshot) { s.Fields[2].Kind = Theorem + 1 }},
		{"another kind's numbers", func(s *Snapshot) { s.Fields[0].Kind = Gap }},
		{"a number missing", func(s *Snapshot) { s.Fields[1].Data = s.Fields[1].Data[1:] }},
		{"a number that is none", func(s *Snapshot) { s.Fields[1].Data[3] = float32(nan) }},
		{"a number without end", func(s *Snapshot) { s.Fields[2].Data[0] = float32(inf) }},
		{"no width", func(s *Snapshot) { s.Fields[0].W, s.Fields[0].Data = 0, nil }},
		{"too many points", func(s *Snapshot) { s.Fields[0].W, s.Fields[0].H = MaxPoints, 2 }},
		{"a time out of range", func(s *Snapshot) { s.Fields[0].Time = 1.5 }},
		{"a time that is none", func(s *Snapshot) { s.Fields[0].Time = nan }},
		{"no cell", func(s *Snapshot) { s.Fields[0].Cell = 0 }},
		{"a corner at infinity", func(s *Snapshot) { s.Fields[0].X0 = -inf }},
		{"a step before the first", func(s *Snapshot) { s.Fields[0].Step = -1 }},
		{"a speed below none", func(s *Snapshot) { s.Fields[0].Typical = -1 }},
		{"half a pair of curves", func(s *Snapshot) { s.Curves.Sigma = nil }},
		{"a curve of one point", func(s *Snapshot) { s.Curves.Alpha, s.Curves.Sigma = []float32{1}, []float32{1} }},
		{"a curve without end", func(s *Snapshot) { s.Curves.AlongAlpha[1] = float32(inf) }},
		{"a curve too long", func(s *Snapshot) {
			s.Curves.Alpha, s.Curves.Sigma = make([]float32, MaxCurve+1), make([]float32, MaxCurve+1)
		}},
		{"draws that fall", func(s *Snapshot) { s.Proof.Draws[1] = 5 }},
		{"no draws", func(s *Snapshot) { s.Proof.Draws[0] = 0 }},
		{"a distance below none", func(s *Snapshot) { s.Proof.Distance[0] = -1 }},
		{"a distance that is none", func(s *Snapshot) { s.Proof.Distance[2] = nan }},
		{"a constant that is none", func(s *Snapshot) { s.Proof.Constant = nan }},
		{"too long a proof", func(s *Snapshot) {
			s.Proof.Draws, s.Proof.Distance = make([]int, MaxProof+1), make([]float64, MaxProof+1)
			for i := range s.Proof.Draws {
				s.Proof.Draws[i] = i + 1
			}
		}},
	} {
		s := fullSnapshot()
		row.spoil(s)
		if _, err := DecodeSnapshot(AppendSnapshot(nil, s)); !isWire(err) {
			t.Errorf("%s: %v, want a WireError", row.name, err)
		}
	}
}
