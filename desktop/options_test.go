package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	o, err := parse([]string{"--seed", "7", "--preset=moons", "-theme", "day", "--size", "1024×768", "--save", "m.safetensors", "--report", "-"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := options{seed: 7, seeded: true, preset: "moons", theme: "day", save: "m.safetensors", report: "-", width: 1024, height: 768}
	if o != want {
		t.Errorf("got %+v, want %+v", o, want)
	}
}

// What is wrong with a command line is said with what would be right.
func TestStartRefuses(t *testing.T) {
	for _, tt := range []struct {
		args string
		says string
	}{
		{"--seed -3", "0 to 4294967295"},
		{"--seed 4294967296", "0 to 4294967295"},
		{"--preset mooons", "moons"},
		{"--theme dusk", "night, day"},
		{"--size 10x10", "at least 800×520"},
		{"--size wide", "width×height"},
		{"--save=", "name of a file"},
		{"--nonsense", "nonsense"},
		{"drawing.png", "flags"},
	} {
		var out, errs bytes.Buffer
		if code := start(strings.Fields(tt.args), &out, &errs); code != 2 {
			t.Errorf("%s: exit code %d, want 2", tt.args, code)
		}
		if !strings.Contains(errs.String(), tt.says) || out.Len() > 0 {
			t.Errorf("%s: says %q, want %q in it", tt.args, errs.String(), tt.says)
		}
	}
}

func TestStartAnswers(t *testing.T) {
	for args, says := range map[string]string{"--help": "-preset", "-h": "-report", "--version": "inkflow"} {
		var out, errs bytes.Buffer
		if code := start([]string{args}, &out, &errs); code != 0 || !strings.Contains(out.String(), says) || errs.Len() > 0 {
			t.Errorf("%s: exit code %d, %q", args, code, out.String()+errs.String())
		}
	}
}

func TestStartWithoutADisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if display(func(string) string { return "" }) == nil {
		return // this system needs no such variables
	}
	var out, errs bytes.Buffer
	if code := start(nil, &out, &errs); code != 1 || !strings.Contains(errs.String(), "no display") {
		t.Errorf("exit code %d, %q", code, errs.String())
	}
}
