package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"inkflow/render"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

func TestReportWritesALineASecond(t *testing.T) {
	l := lab.New(&sink{}, nil)
	stage, err := render.NewStage(l)
	if err != nil {
		t.Fatal(err)
	}
	l.SetNumber(controls.Time, 0.25)
	path := filepath.Join(t.TempDir(), "report.jsonl")
	r, err := newReport(path)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1000, 0)
	for i := range 30 { // three seconds in tenths
		if err := r.update(now.Add(time.Duration(i)*100*time.Millisecond), stage); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines, want 3", len(lines))
	}
	var s state
	if err := json.Unmarshal([]byte(lines[2]), &s); err != nil {
		t.Fatal(err)
	}
	if s.Time != 0.25 || s.Playing || s.Preset != "word" || s.Solver != "midpoint" {
		t.Errorf("reports %+v", s)
	}
}

func TestNoReport(t *testing.T) {
	r, err := newReport("")
	if err != nil || r.update(time.Now(), nil) != nil || r.close() != nil {
		t.Errorf("a report that nobody asked for: %v, %v", r, err)
	}
	if _, err := newReport(filepath.Join(t.TempDir(), "none", "r")); err == nil {
		t.Error("no error for a folder that is not there")
	}
}
