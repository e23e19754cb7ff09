package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// report is bench-speed.json: the figures first, then everything they come from.
type report struct {
	// Ratios of medians; a key that was not measured is left out.
	Figures map[string]float64   `json:"-"`
	Machine machine              `json:"machine"`
	Peers   map[string]string    `json:"peers"`
	Options map[string]any       `json:"options"`
	Medians map[string]float64   `json:"medians"`
	Rounds  map[string][]float64 `json:"rounds"` // work a second of every turn
}

type machine struct {
	CPU, Go, Chromium, Kernel, NativeKernel string
	Cores                                   int
	Before, After                           string // load averages
}

func newReport(o options) *report {
	return &report{
		Figures: map[string]float64{}, Medians: map[string]float64{}, Rounds: map[string][]float64{},
		Options: map[string]any{"rounds": o.rounds, "turn_ms": o.turn.Milliseconds()},
		Machine: machine{CPU: cpuName(), Go: runtime.Version(), Chromium: chromiumVersion(), Cores: runtime.NumCPU()},
	}
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// stepFlops are the multiplications and additions of a training step that the
// layers ask for, 23 features in and 2 coordinates out: forward, gradient of the
// weights, and gradient of the inputs but for the first layer's.
func stepFlops(hidden []int, batch int) float64 {
	widths := append(append([]int{23}, hidden...), 2)
	sum := 0
	for k := 1; k < len(widths); k++ {
		products := 3
		if k == 1 {
			products = 2
		}
		sum += products * 2 * widths[k-1] * widths[k]
	}
	return float64(sum) * float64(batch)
}

// A ratio of two medians, or of a median times a constant and another.
type ratio struct {
	key, of, to string
	times       float64 // 0: one
	better      string  // a second peer: the better one counts
	want        float64
}

var ratios = []ratio{
	{key: "train_default_vs_tfjs", of: "default 3x64 B=128, inkflow", to: "default 3x64 B=128, TF.js wasm", want: 12},
	{key: "train_3x64_vs_tfjs", of: "train 3x64 B=1024, inkflow", to: "train 3x64 B=1024, TF.js wasm", want: 8},
	{key: "train_4x128_vs_tfjs", of: "train 4x128 B=1024, inkflow", to: "train 4x128 B=1024, TF.js wasm", want: 8},
	{key: "evals_vs_best_peer", of: "evals 3x64, 100k points, inkflow", to: "evals 3x64, 100k points, TF.js wasm", better: "evals 3x64, 100k points, ORT wasm", want: 1.3},
	{key: "tile_share", of: "tile 64, inkflow", to: "ceiling", want: .65},
	{key: "step_share", of: "step 3x64 B=1024, inkflow", to: "ceiling", times: stepFlops([]int{64, 64, 64}, 1024), want: .45},
	{key: "native_tile_share", of: "native tile 64", to: "native ceiling", want: .35},
	{key: "native_two_vs_one", of: "native trainer 3x64 B=1024, two goroutines", to: "native trainer 3x64 B=1024", want: 1.5},
	{key: "native_pair_vs_one", of: "native, two trainers side by side", to: "native trainer 3x64 B=1024"},
	{key: "native_train_vs_gonum", of: "native step 3x64 B=1024", to: "native step 3x64 B=1024, gonum"},
	{key: "native_tile_vs_gonum", of: "native tile 64", to: "native tile 64, gonum"},
	{key: "cloud_vs_evals", of: cloudName, to: aloneName, want: 1.2},
	{key: "frame_gap_vs_idle", of: gapName, to: idleName, want: 2.5},
}

// conclude computes medians and ratios.
func (r *report) conclude() {
	for name, v := range r.Rounds {
		if len(v) > 0 {
			r.Medians[name] = median(v)
		}
	}
	for _, q := range ratios {
		of, to := r.Medians[q.of], max(r.Medians[q.to], r.Medians[q.better])
		if of == 0 || to == 0 {
			continue
		}
		if q.times != 0 {
			of *= q.times
		}
		r.Figures[q.key] = of / to
	}
}

// write puts the figures at the top level, where whoever reads the file looks
// for them.
func (r *report) write(file string) error {
	all := map[string]any{}
	for key, v := range r.Figures {
		all[key] = v
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	if b, err = json.MarshalIndent(all, "", "  "); err != nil {
		return err
	}
	return os.WriteFile(file, append(b, '\n'), 0o644)
}

func (r *report) print(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "%s, %d cores, %s, %s; load before and after: %s; %s\n\n", m.CPU, m.Cores, m.Go, m.Chromium, m.Before, m.After)
	fmt.Fprintln(w, "| what | median, a second unless named |  lowest | highest |\n| --- | ---: | ---: | ---: |")
	for _, name := range slices.Sorted(maps.Keys(r.Rounds)) {
		if v := r.Rounds[name]; len(v) > 0 {
			fmt.Fprintf(w, "| %s | %.4g | %.4g | %.4g |\n", name, median(v), slices.Min(v), slices.Max(v))
		}
	}
	fmt.Fprintln(w, "\n| ratio | measured | aim |\n| --- | ---: | ---: |")
	for _, q := range ratios {
		if v, ok := r.Figures[q.key]; ok {
			aim := ""
			if q.want != 0 {
				aim = fmt.Sprintf("%g", q.want)
			}
			fmt.Fprintf(w, "| %s | %.3g | %s |\n", q.key, v, aim)
		}
	}
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}

func cpuName() string {
	b, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}

func chromiumVersion() string {
	out, err := exec.Command("chromium", "--version").Output()
	if err != nil {
		return "no Chromium"
	}
	return strings.TrimSpace(string(out))
}
