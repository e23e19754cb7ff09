package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"inkflow/core/engine"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

// sink is an engine that takes everything and says nothing.
type sink struct{ sent []engine.Command }

func (s *sink) Send(c engine.Command) (uint32, error) {
	s.sent = append(s.sent, c)
	return uint32(len(s.sent)), c.Validate()
}
func (s *sink) Poll() *engine.Snapshot { return nil }
func (s *sink) Close() error           { return nil }

func TestControlOfAFile(t *testing.T) {
	for name, want := range map[string]string{"a.png": controls.Picture, "b.JPG": controls.Picture, "c.jpeg": controls.Picture,
		"d.safetensors": controls.OpenModel, "e.txt": "", "png": "", "": ""} {
		got := ""
		if c := control(name); c != nil {
			got = c.ID
		}
		if got != want {
			t.Errorf("%q goes to %q, want %q", name, got, want)
		}
	}
}

func TestDroppedFiles(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 8, 8)) // black: all ink
	m.SetGray(0, 0, color.Gray{255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		files  fstest.MapFS
		notice string
		op     engine.Op // sent among others, or 0
	}{
		{"a picture among others", fstest.MapFS{"a.txt": {}, "b.png": {Data: b.Bytes()}}, "", engine.OpTarget},
		{"a model", fstest.MapFS{"m.safetensors": {Data: []byte("weights")}}, "", engine.OpLoad},
		{"a broken picture", fstest.MapFS{"b.png": {Data: []byte("no")}}, "The picture b.png", 0},
		{"something else", fstest.MapFS{"song.mp3": {}}, "song.mp3 is neither", 0},
		{"nothing", fstest.MapFS{}, "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client := &sink{}
			w := &window{lab: lab.New(client, nil)}
			w.openDropped(tt.files)
			if n := w.lab.Notice().Text; !strings.HasPrefix(n, tt.notice) || tt.notice == "" && n != "" {
				t.Errorf("says %q, want %q", n, tt.notice)
			}
			var ops []engine.Op
			for _, c := range client.sent {
				ops = append(ops, c.Op)
			}
			if tt.op == 0 && len(ops) > 0 || tt.op != 0 && !slices.Contains(ops, tt.op) {
				t.Errorf("sent %v, want %v", ops, tt.op)
			}
		})
	}
}

func TestOpenPathSaysWhatIsMissing(t *testing.T) {
	w := &window{lab: lab.New(&sink{}, nil)}
	w.openPath(controls.OpenModel, filepath.Join(t.TempDir(), "none.safetensors"))
	if n := w.lab.Notice(); !n.Fault || !strings.Contains(n.Text, "none.safetensors cannot be opened") {
		t.Errorf("says %q", n.Text)
	}
}

func TestReadRefusesWhatIsTooLarge(t *testing.T) {
	if _, err := read("huge.png", bytes.NewReader(make([]byte, maxFile+1))); err == nil || !strings.Contains(err.Error(), "64 MiB") {
		t.Errorf("error %v", err)
	}
	if b, err := read("just.png", bytes.NewReader(make([]byte, maxFile))); err != nil || len(b) != maxFile {
		t.Errorf("%d bytes, error %v", len(b), err)
	}
}

func TestWriteReplacesAsAWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "inkflow.safetensors")
	for _, text := range []string{"first and longer", "second"} {
		if err := write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != text {
			t.Errorf("read %q, error %v", b, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are left, want one", len(left))
	}
	if err := write(filepath.Join(dir, "none", "m"), nil); err == nil {
		t.Error("no error for a folder that is not there")
	}
}

func TestSavedSaysWhere(t *testing.T) {
	dir := t.TempDir()
	l := lab.New(&sink{}, nil)
	path := filepath.Join(dir, "m.safetensors")
	saved(l, path, []byte("weights"))
	if n := l.Notice(); n.Fault || !strings.Contains(n.Text, path) {
		t.Errorf("says %q", n.Text)
	}
	saved(l, filepath.Join(dir, "none", "m"), nil)
	if n := l.Notice(); !n.Fault {
		t.Errorf("no fault but %q", n.Text)
	}
}
