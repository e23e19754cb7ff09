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
	ot, bridge := trained(t, "--coupling", "ot"), trained(t, "--coupling", "sb")
	cloud := put(t, "cloud.csv", []byte("0,0\n1,1\n"))
	drawn := trained(t, "--source", cloud)
	points := put(t, "p.csv", []byte("x,y\n1,2\n"))
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
		{"tarin", 2, []string{`there is no command "tarin"`, "did you mean train", "bench, eval, field, loglik, sample, serve, theorem, train", `Try "inkflow --help"`}},
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
		{"sample --model " + model + " --solver midpiont", 2, []string{`--solver is "midpiont"`, "did you mean midpoint", "the methods are euler, midpoint, heun, ralston, rk4, ab2, dopri5, bs32, ddim, dpmpp2m\n"}},

		{"eval --target moons", 2, []string{"--model is missing"}},
		{"eval --model " + model + " --target moon", 2, []string{"did you mean moons"}},
		{"eval --model " + model + " --draws 0", 2, []string{"--draws is 0"}},
		{"eval --model " + model + " --n 1000000", 2, []string{"--n is 1000000"}},
		{"eval --model - --target -", 2, []string{"cannot both"}},
		{"eval --model " + model + " --target moons --solver rk5", 2, []string{"did you mean rk4"}},

		{"train --target moons --path cosin", 2, []string{`--path: there is no scheduler "cosin"`, "condot, polynomial, cosine, linearvp, vp, subvp, ve", "did you mean cosine"}},
		{"train --target moons --path polynomial:n=0.5", 2, []string{"--path: ", "n lies between 1 and 20, as in polynomial:n=3"}},
		{"train --target moons --path vp:max=20,width=3", 2, []string{`"width=3" is no parameter`, "it takes vp:min=0.1,max=20\n"}},
		{"train --target moons --path ve:min=10,max=1", 2, []string{"min is less than max"}},
		{"train --target moons --predict noise", 2, []string{`--predict: a network cannot predict "noise"`, "velocity, x1, epsilon, score"}},
		{"train --target moons --weight heavy", 2, []string{`--weight: there is no weight "heavy"`, "uniform, snr, minsnr, natural"}},
		{"train --target moons --weight minsnr:gamma=0", 2, []string{"--weight: ", "minsnr:gamma=5"}},
		{"train --target moons --time late", 2, []string{`--time: there is no time sampling "late"`, "uniform, logit-normal"}},
		{"train --target moons --coupling best", 2, []string{`--coupling: there is no coupling "best"`, "independent, ot, sinkhorn, sb"}},
		{"train --target moons --coupling ot:group=1", 2, []string{"--coupling: ", "from 2 to "}},
		{"train --target moons --coupling sinkhorn:eps=-1", 2, []string{"--coupling: ", "sinkhorn:eps=0.5"}},
		{"train --target moons --workers 0", 2, []string{"--workers is 0: it must be from 1 to 64"}},
		{"train --target moons --source Moons", 2, []string{`no preset "Moons"`, "did you mean moons"}},
		{"train --target moons --source none.csv", 1, []string{"there is no file none.csv"}},
		{"train --target moons --source " + folder, 1, []string{"is a folder: --source names a file"}},
		{"train --target - --source -", 2, []string{"--target and --source cannot both come from standard input"}},
		{"train --target moons --source ring --path ve", 2, []string{"a source of its own needs a path that begins at it", "use condot"}},
		{"train --target moons --source ring --path vp", 2, []string{"use condot"}},
		{"train --target moons --coupling ot --path ve", 2, []string{"pairs that depend on each other need a path that begins with the noise alone"}},
		{"train --target moons --coupling ot --predict score", 2, []string{"there is no score to predict"}},
		{"train --target moons --coupling sb --path cosine", 2, []string{"Schrödinger bridge", "train it on condot"}},
		{"train --target moons --coupling sb --predict x1", 2, []string{"predict velocity"}},

		{"sample --model " + ot + " --sde 1", 2, []string{"--sde 1: this model cannot be sampled with noise", "set the noise to 0"}},
		{"sample --model " + ot + " --sde reverse --out " + here + "/s.csv", 2, []string{"--sde reverse: this model"}},
		{"sample --model " + drawn + " --source " + cloud + " --sde 0.5", 2, []string{"--sde 0.5: this model cannot be sampled with noise"}},
		{"sample --model " + bridge + " --sde 1", 2, []string{"--sde 1: this model cannot be sampled with noise"}},
		{"eval --model " + ot + " --sde 1", 2, []string{"--sde 1: this model cannot be sampled with noise"}},
		{"sample --model " + ot + " --solver ddim", 2, []string{"--solver ddim: the solver ddim needs the noise", "midpoint"}},
		{"sample --model " + ot + " --corrector 2", 2, []string{"--corrector 2: this model cannot take corrector steps"}},
		{"sample --model " + bridge + " --along cosine", 2, []string{"--along cosine: this model was trained on Brownian bridges"}},
		{"sample --model " + model + " --solver dopri5 --sde 1", 2, []string{"--sde 1: the solver dopri5 chooses its steps", "fixed steps"}},
		{"sample --model " + model + " --sde -1", 2, []string{`--sde: the noise level "-1" is not one`, "reverse"}},
		{"sample --model " + model + " --sde loud", 2, []string{`--sde: the noise level "loud" is not one`}},
		{"sample --model " + model + " --grid even", 2, []string{`--grid: there is no time grid "even"`, "uniform, shift, cosine, logsnr, edm", "0,0.2,1"}},
		{"sample --model " + model + " --grid 0,0.7,0.2", 2, []string{"--grid: ", "times only rise"}},
		{"sample --model " + model + " --grid 0,2", 2, []string{"--grid: ", "they lie in 0 to 1"}},
		{"sample --model " + model + " --rtol 0", 2, []string{"--rtol is 0: it must be from 1e-06 to 1"}},
		{"sample --model " + model + " --atol 1e-9", 2, []string{"--atol is 1e-09: it must be"}},
		{"sample --model " + model + " --corrector -1", 2, []string{"--corrector is -1: it must be from 0 to 100"}},
		{"sample --model " + model + " --corrector-snr 2", 2, []string{"--corrector-snr is 2: it must lie between 0 and 1"}},
		{"sample --model " + model + " --along straight", 2, []string{`--along: there is no scheduler "straight"`}},
		{"sample --model " + model + " --source moons", 2, []string{"this model was trained on Gaussian noise: leave --source out"}},
		{"sample --model " + drawn, 2, []string{`this model carries points of "cloud.csv"`, "name that file with --source"}},
		{"sample --model - --source -", 2, []string{"--model and --source cannot both"}},

		{"field --points " + points, 2, []string{"--model or the closed form with --exact --target"}},
		{"field --exact --points " + points, 2, []string{"--exact needs a --target"}},
		{"field --exact --target moons --model " + model + " --points " + points, 2, []string{"name either"}},
		{"field --model " + model + " --target moons --points " + points, 2, []string{"--target and --path go with --exact"}},
		{"field --model " + model + " --path vp --points " + points, 2, []string{"--target and --path go with --exact"}},
		{"field --model " + model, 2, []string{"--points is missing", "2 numbers a line"}},
		{"field --exact --target moons", 2, []string{"--points is missing"}},
		{"field --exact --target moon --points " + points, 2, []string{"did you mean moons"}},
		{"field --exact --target none.png --points " + points, 1, []string{"there is no file none.png"}},
		{"field --exact --target word: --points " + points, 2, []string{`--target "word:": the text is empty`}},
		{"field --exact --target " + model + " --points " + points, 2, []string{"a file must be a picture"}},
		{"field --exact --target moons --path bent --points " + points, 2, []string{`--path: there is no scheduler "bent"`}},
		{"field --exact --target moons --t 1.5 --points " + points, 2, []string{"--t is 1.5: time runs from 0, noise, to 1, data"}},
		{"field --exact --target moons --t 1 --path vp --points " + points, 2, []string{"--t is 1: the path vp is followed from 0 to 0.999"}},
		{"field --exact --target moons --quantity speed --points " + points, 2, []string{"--quantity: ", "velocity, x1, epsilon, score"}},
		{"field --exact --target moons --points none.csv", 1, []string{"there is no file none.csv"}},
		{"field --exact --target moons --points " + folder, 1, []string{"is a folder: --points names a file"}},
		{"field --exact --target moons --points -", 1, []string{"standard input: there are no points in it"}},
		{"field --exact --target - --points -", 2, []string{"--target and --points cannot both"}},
		{"field --exact --target moons --points " + put(t, "three.csv", []byte("x,y\n1,2\n1,2,3\n")), 1, []string{"three.csv: line 3 holds 3 numbers, and a point has 2"}},
		{"field --exact --target moons --points " + put(t, "word.csv", []byte("1,2\n1,two\n")), 1, []string{`word.csv: line 2: "two" is no number`}},
		{"field --exact --target moons --points " + put(t, "nan.csv", []byte("1,NaN\n")), 1, []string{"is no number within"}},
		{"field --exact --target moons --points " + put(t, "long.csv", bytes.Repeat([]byte("1"), 5000)), 1, []string{"a line is longer than 4096 bytes"}},
		{"field --exact --target moons --points " + points + " --out " + here, 1, []string{"is a folder"}},
		{"field --model " + ot + " --quantity score --points " + points, 2, []string{"--quantity score: ", "does not give the score"}},
		{"field --model " + bridge + " --quantity x1 --points " + points, 2, []string{"--quantity x1: ", "velocity alone"}},
		{"field --model " + model + " --t 1 --quantity score --points " + points, 2, []string{"--t is 1: ", "no noise there"}},
		{"loglik --points " + points, 2, []string{"name either a network"}},
		{"loglik --model " + model + " --divergence guess --points " + points, 2, []string{`--divergence is "guess"`, "exact, rademacher or gaussian"}},
		{"loglik --model " + model + " --probes 1 --points " + points, 2, []string{"--probes is 1: it must be from 2 to 1024"}},
		{"loglik --model " + model + " --tolerance 0 --points " + points, 2, []string{"--tolerance is 0"}},
		{"loglik --model " + model, 2, []string{"--points is missing"}},
		{"loglik --model none --points " + points, 1, []string{"there is no file none"}},
		{"loglik --model " + drawn + " --source - --points " + points, 2, []string{"--source -: name the file"}},
		{"theorem", 2, []string{"--target is missing"}},
		{"theorem --target moon", 2, []string{"did you mean moons"}},
		{"theorem --target moons --path bent", 2, []string{"--path: "}},
		{"theorem --target moons --steps -1", 2, []string{"--steps is -1"}},
		{"theorem --target moons --gradients 1", 2, []string{"--gradients is 1: it must be from 2 to 64"}},
		{"theorem --target moons --pairs 6", 2, []string{"--pairs is 6: it must be from 7 to 20"}},
		{"bench speed", 2, []string{`there is no benchmark "speed"; there are: solvers`}},
		{"bench solvers --target moon", 2, []string{"did you mean moons"}},
		{"bench solvers --target=", 2, []string{"--target is missing"}},
		{"bench solvers --path bent", 2, []string{"--path: "}},
		{"bench solvers --n 1", 2, []string{"--n is 1: it must be from 2 to 20000"}},
		{"bench solvers --draws 0", 2, []string{"--draws is 0"}},

		{"serve a b", 2, []string{"one folder"}},
		{"serve " + here, 1, []string{"there is no page in " + here, "make site"}},
		{"serve " + here + "/none", 1, []string{"there is no page in"}},
		{"serve --addr 8080", 2, []string{`--addr is "8080": it must be host:port`}},
		{"serve --addr 127.0.0.1:99999", 2, []string{`--addr is "127.0.0.1:99999": its port must be a number from 0 to 65535`}},
		{"serve --addr 203.0.113.1:80 " + filepath.Dir(put(t, "index.html", nil)), 1, []string{"cannot listen on 203.0.113.1:80: bind: "}},
	} {
		args := strings.Fields(row.args)
		stdin := ""
		if row.args == "loglik --model "+drawn+" --source - --points "+points {
			stdin = "0,0\n1,1\n"
		}
		code, out, errs := inkflow(t, stdin, args...)
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
	for _, args := range [][]string{nil, {"--help"}, {"train", "--help"}, {"sample", "-h"}, {"help", "eval"}, {"serve", "--help"}, {"loglik", "--help"}, {"field", "--help"}, {"theorem", "--help"}, {"bench"}, {"bench", "solvers", "--help"}} {
		code, out, errs := inkflow(t, "", args...)
		if code != 0 || errs != "" || !strings.Contains(out, "inkflow") || !strings.Contains(out, "Usage:") {
			t.Errorf("%q: exit %d, %q, %q", args, code, out, errs)
		}
	}
	out := must(t, "train", "--help")
	for _, flag := range []string{"--target", "--steps", "--batch", "--hidden", "--seed", "--out", "--json", "--path", "--predict", "--coupling", "--source", "--time", "--weight", "--standardize"} {
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
