package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// cloudPoints particles over cloudSteps midpoint steps, two evaluations each.
const cloudPoints, cloudSteps = 100_000, 32

// watch counts the time between frames in the page, and cloud integrates a large
// cloud and answers how long it and the same evaluations alone took.
const productScript = `(() => {
window.speedWatch = async (ms) => {
  let longest = 0, last = await new Promise(requestAnimationFrame);
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const now = await new Promise(requestAnimationFrame);
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
};
window.speedRest = async () => {
  while (inkflow.state().fresh < inkflow.state().particles) await new Promise((r) => setTimeout(r, 50));
};
window.speedCloud = async (points, steps) => {
  inkflow.command("configure", {particles: 1000, solver: "euler", steps: 1});
  await speedRest();
  const alone = await inkflow.evaluations(points, 2 * steps);
  let gap = 0, last = await new Promise(requestAnimationFrame), running = true;
  (async () => {
    while (running) {
      const now = await new Promise(requestAnimationFrame);
      if (running) gap = Math.max(gap, now - last);
      last = now;
    }
  })();
  const start = performance.now();
  const asked = inkflow.command("configure", {solver: "midpoint", steps, particles: points});
  for (;;) {
    const s = inkflow.state();
    if (s.generation >= asked && s.fresh >= points) break;
    await new Promise((r) => setTimeout(r, 5));
  }
  const took = performance.now() - start;
  running = false;
  const s = inkflow.state();
  return {alone, took, gap, workers: s.workers};
};
return true;
})()`

// product times the real page: how long a large cloud takes beside the bare
// evaluations it is made of, and the longest gap between two frames meanwhile,
// beside that of the page at rest.
func (b *bench) product(ctx context.Context, r *report) error {
	fmt.Fprintln(os.Stderr, "the product's page")
	if err := b.open("/", "window.inkflow && inkflow.state().particles > 0 && inkflow.state().step > 100"); err != nil {
		return err
	}
	if _, err := evaluate[bool](b, productScript); err != nil {
		return err
	}
	const rest = `(inkflow.command("train", {on: false}), speedRest().then(() => new Promise((r) => setTimeout(r, 2000))).then(() => true))`
	if _, err := evaluate[bool](b, rest); err != nil {
		return err
	}
	for range b.o.rounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		idle, err := evaluate[float64](b, fmt.Sprintf("speedWatch(%d)", max(3*time.Second, 4*b.o.turn).Milliseconds()))
		if err != nil {
			return err
		}
		cloud, err := evaluate[struct {
			Alone, Took, Gap float64
			Workers          int
		}](b, fmt.Sprintf("speedCloud(%d, %d)", cloudPoints, cloudSteps))
		if err != nil {
			return err
		}
		for name, v := range map[string]float64{
			cloudName: cloud.Took / 1000, aloneName: cloud.Alone / 1000, gapName: cloud.Gap, idleName: idle,
		} {
			r.Rounds[name] = append(r.Rounds[name], v)
		}
		r.Options["cloud_workers"] = cloud.Workers
	}
	return nil
}

// Names of what product measures; these are durations, not rates.
const (
	cloudName = "cloud of 100k × 32 midpoint steps, seconds"
	aloneName = "the same by evaluations alone, seconds"
	gapName   = "longest frame gap while sampling, ms"
	idleName  = "longest frame gap idle, ms"
)
