package cli

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// Everything that can be said wrongly: which exit code it has, and what must
// stand in the sentence. Nothing may be printed on standard output.
func TestWrongCalls(t *testing.T) {
	model := trained(t)
	foreign := append(binary.LittleEndian.AppendUint64(nil, 32), `{"__metadata__":{"format":"pt"}} `[:32]...)
	claims := squarePNG(t)
	binary.BigEndian.PutUint32(claims[16:], 60000)
	binary.BigEndian.PutUint32(claims[20:], 60000)
	binary.BigEndian.PutUint32(claims[29:], crc32.ChecksumIEEE(claims[12:29]))
	here := t.TempDir()
	folder := filepath.Join(t.TempDir(), "folder.csv")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}

	for _, row := range []struct {
		args string // separated by blanks
		code int
		want []string
	}{
		{"tarin", 2, []string{`there is no command "tarin"`, "did you mean train", "eval, sample, serve, train", `Try "inkflow --help"`}},
		{"frobnicate", 2, []string{`no command "frobnicate"; there are`}},
		{"train", 2, []string{"--target is missing", "moons", "word:TEXT", ".csv", `Try "inkflow train --help"`}},
		{"train moons", 2, []string{`"moons" is not a flag`, "--target"}},
		{"train --targte moons", 2, []string{"no flag --targte", "did you mean --target"}},
		{"train --zzz", 2, []string{"no flag --zzz\n"}},
		{"train -z", 2, []string{"'z'"}},
		{"train --target", 2, []string{"--target needs a value"}},
		{"train --target moon", 2, []string{`no preset "moon"`, "did you mean moons", "spiral", "word:moon"}},
		{"train --target Moons", 2, []string{"did you mean moons"}},
		{"train --target xyzzy", 2, []string{`no preset "xyzzy"; the presets are`}},
		{"train --target word:", 2, []string{`--target "word:": the text is empty`}},
		{"train --target " + model, 2, []string{"a file must be a picture (.png, .jpg) or points (.csv)"}},
		{"train --target none.png", 1, []string{"there is no file none.png"}},
		{"train --target none.csv", 1, []string{"there is no file none.csv"}},
		{"train --target " + put(t, "cut.png", squarePNG(t)[:40]), 1, []string{"cut.png: "}},
		{"train --target " + put(t, "text.png", []byte("hello")), 1, []string{"text.png: "}},
		{"train --target " + put(t, "huge.png", claims), 1, []string{"huge.png: ", "60000"}},
		{"train --target " + put(t, "bad.csv", []byte("x,y\n1,2\n3,four\n")), 1, []string{"bad.csv: ", "line 3"}},
		{"train --target " + put(t, "empty.csv", nil), 1, []string{"empty.csv: "}},
		{"train --target " + folder, 1, []string{"is a folder: --target names a file"}},
		{"train --target -", 1, []string{"standard input: "}},
		{"train --target moons --steps 0", 2, []string{"--steps is 0: it must be at least 1"}},
		{"train --target moons --steps many", 2, []string{`--steps is "many": it must be a whole number`}},
		{"train --target moons --batch 0", 2, []string{"--batch is 0: it must be from 1 to 65536"}},
		{"train --target moons --rate -1", 2, []string{"--rate is -1: it must be a positive number, 0.004 for example"}},
		{"train --target moons --rate 0", 2, []string{"--rate is 0: it must be"}},
		{"train --target moons --rate NaN", 2, []string{"--rate is NaN: it must be"}},
		{"train --target moons --rate Inf", 2, []string{"--rate is +Inf: it must be"}},
		{"train --target moons --rate fast", 2, []string{`--rate is "fast": it must be a number`}},
		{"train --target moons --hidden 64,x", 2, []string{`--hidden is "64,x": it must be whole numbers between commas`}},
		{"train --target moons --hidden 0", 2, []string{"--hidden is 0: it must be from 1 to 8192"}},
		{"train --target moons --hidden 8,-3", 2, []string{"--hidden is -3: it must be"}},
		{"train --target moons --hidden 1" + strings.Repeat(",1", 64), 2, []string{"--hidden names 65 layers: 64 are the most"}},
		{"train --target moons --hidden 8192,8192,8192", 2, []string{"--hidden 8192,8192,8192: the network would have"}},
		{"train --target moons --seed -1", 2, []string{`--seed is "-1": it must be a whole number from 0 to 18446744073709551615`}},
		{"train --target moons --seed 18446744073709551616", 2, []string{"from 0 to 18446744073709551615"}},
		{"train --target moons --json=maybe", 2, []string{`--json is "maybe": it must be true or false`}},
		{"train --target moons --steps 300 --rate 1e30 --out " + filepath.Join(here, "m"), 1, []string{"diverged", "try --rate 0.0"}},
		{"train --target moons --out " + here, 1, []string{"is a folder"}},
		{"train --target moons --out " + here + "/none/m", 1, []string{"there is no folder " + here + "/none for m"}},
		{"train --target moons --out=", 2, []string{"--out is empty"}},

		{"sample", 2, []string{"--model is missing"}},
		{"sample --model none", 1, []string{"there is no file none", "inkflow train"}},
		{"sample --model " + put(t, "not.png", squarePNG(t)), 1, []string{"not.png: ", "not a safetensors file"}},
		{"sample --model " + put(t, "foreign", foreign), 1, []string{"foreign: ", "holds no inkflow network", `"pt"`}},
		{"sample --model " + put(t, "cut", read(t, model)[:900]), 1, []string{"cut: ", "it was cut short"}},
		{"sample --model -", 1, []string{"standard input: ", "the file is empty"}},
		{"sample --model " + here, 1, []string{here + " is a folder: --model names a file"}},
		{"sample --model " + model + " --n 0", 2, []string{"--n is 0: it must be from 1 to"}},
		{"sample --model " + model + " --n 60000000", 2, []string{"--n is 60000000"}},
		{"sample --model " + model + " --steps 0", 2, []string{"--steps is 0"}},
		{"sample --model " + model + " --solver midpiont", 2, []string{`--solver is "midpiont"`, "did you mean midpoint", "the methods are euler, midpoint, rk4\n"}},

		{"eval --target moons", 2, []string{"--model is missing"}},
		{"eval --model " + model + " --target moon", 2, []string{"did you mean moons"}},
		{"eval --model " + model + " --draws 0", 2, []string{"--draws is 0"}},
		{"eval --model " + model + " --n 1000000", 2, []string{"--n is 1000000"}},
		{"eval --model - --target -", 2, []string{"cannot both"}},
		{"eval --model " + model + " --target moons --solver rk5", 2, []string{"did you mean rk4"}},

		{"serve a b", 2, []string{"one folder"}},
		{"serve " + here, 1, []string{"there is no page in " + here, "make site"}},
		{"serve " + here + "/none", 1, []string{"there is no page in"}},
		{"serve --addr 8080", 2, []string{`--addr is "8080": it must be host:port`}},
		{"serve --addr 127.0.0.1:99999", 2, []string{`--addr is "127.0.0.1:99999": its port must be a number from 0 to 65535`}},
		{"serve --addr 203.0.113.1:80 " + filepath.Dir(put(t, "index.html", nil)), 1, []string{"cannot listen on 203.0.113.1:80: bind: "}},
	} {
		args := strings.Fields(row.args)
		code, out, errs := inkflow(t, "", args...)
		if code != row.code {
			t.Errorf("%s: exit %d, want %d\n%s", row.args, code, row.code, errs)
		}
		if out != "" {
			t.Errorf("%s: it prints %q", row.args, out)
		}
		for _, want := range row.want {
			if !strings.Contains(errs, want) {
				t.Errorf("%s:\n it says %q\nit lacks %q", row.args, errs, want)
			}
		}
	}
	if left, _ := os.ReadDir(here); len(left) != 0 {
		t.Errorf("failed runs leave %v", left)
	}
}

// A model trained on a file does not say where to find it again.
func TestEvalAsksForTheTargetOfAFile(t *testing.T) {
	points := put(t, "points.csv", []byte("0,0\n1,1\n"))
	file := filepath.Join(t.TempDir(), "m")
	must(t, "train", "--target", points, "--steps", "2", "--hidden", "4", "--out", file)
	code, _, errs := inkflow(t, "", "eval", "--model", file)
	if code != 2 || !strings.Contains(errs, `this model was trained on "points.csv": name that file with --target`) {
		t.Errorf("exit %d, %q", code, errs)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{nil, {"--help"}, {"train", "--help"}, {"sample", "-h"}, {"help", "eval"}, {"serve", "--help"}} {
		code, out, errs := inkflow(t, "", args...)
		if code != 0 || errs != "" || !strings.Contains(out, "inkflow") || !strings.Contains(out, "Usage:") {
			t.Errorf("%q: exit %d, %q, %q", args, code, out, errs)
		}
	}
	out := must(t, "train", "--help")
	for _, flag := range []string{"--target", "--steps", "--batch", "--hidden", "--seed", "--out", "--json"} {
		if !strings.Contains(out, flag) {
			t.Errorf("train --help does not name %s", flag)
		}
	}
}

func TestEvalHelpIsItsOwn(t *testing.T) {
	out := must(t, "eval", "--help")
	if !strings.Contains(out, "[--target TARGET]") || strings.Contains(out, "what to learn") {
		t.Errorf("eval --help says\n%s", out)
	}
}

func TestVersion(t *testing.T) {
	if out := must(t, "--version"); !strings.HasPrefix(out, "inkflow ") || !strings.Contains(out, runtime.Version()) || strings.Count(out, "\n") != 1 {
		t.Errorf("it says %q", out)
	}
	build := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{
			GoVersion: "go9", Main: debug.Module{Version: version},
			Settings: append(settings, debug.BuildSetting{Key: "GOOS", Value: "plan9"}, debug.BuildSetting{Key: "GOARCH", Value: "arm"}),
		}
	}
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123"}
	changed := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for _, row := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, "of an unknown build"},
		{build("v1.2.3", commit), "v1.2.3 (go9, plan9/arm)"},
		{build("(devel)"), "of an unknown commit (go9, plan9/arm)"},
		{build("(devel)", commit), "of commit 0123456789ab (go9, plan9/arm)"},
		{build("", commit, changed), "of commit 0123456789ab with changes (go9, plan9/arm)"},
	} {
		if got := version(row.info, row.info != nil); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"moons", "moons", 0}, {"moon", "moons", 1}, {"tarin", "train", 1}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3},
	} {
		if got := editDistance(row.a, row.b); got != row.want {
			t.Errorf("from %q to %q: %d, want %d", row.a, row.b, got, row.want)
		}
	}
}

// No bar and no control characters reach what is not a terminal.
func TestNoBarInAPipe(t *testing.T) {
	var b bytes.Buffer
	bar := newProgress(&b, 10, "working")
	bar.Add(5)
	bar.Clear()
	bar.Finish()
	if b.Len() > 0 {
		t.Errorf("it writes %q", b.String())
	}
}
