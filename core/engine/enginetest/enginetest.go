package enginetest

import (
	"runtime"
	"testing"
	"time"

	"inkflow/core/engine"
)

// Run tests the clients that open makes. Every case opens one of its own, or
// two, and closes it.
func Run(t *testing.T, open func(t *testing.T) engine.Client) {
	for _, c := range []struct {
		name string
		test func(s *session)
	}{
		{"Opening", opening},
		{"Generations", generations},
		{"BreakingDropsOlder", breakingDropsOlder},
		{"RefiningDoesNotStarve", refiningDoesNotStarve},
		{"OneInFlight", oneInFlight},
		{"RefusedBySend", refusedBySend},
		{"RefusedByRunner", refusedByRunner},
		{"RefusalIsNotLost", refusalIsNotLost},
		{"RefusalLosesNoParticles", refusalLosesNoParticles},
		{"TrainOffAndOn", trainOffAndOn},
		{"Hidden", hidden},
		{"Configure", configure},
		{"GaussianAtZero", gaussianAtZero},
		{"EverySampler", everySampler},
		{"EveryLesson", everyLesson},
		{"AfreshOrNot", afreshOrNot},
		{"Layers", layers},
		{"Theorem", theoremMeasured},
		{"LargeCloud", largeCloud},
		{"SaveAndLoad", saveAndLoad},
		{"SameSeedTwice", sameSeedTwice},
		{"SenderKeepsItsInk", senderKeepsItsInk},
		{"AfterClose", afterClose},
		{"Flood", flood},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			s := begin(t, open)
			c.test(s)
			s.close()
			settle(t, before)
		})
	}
}

// patience is how long anything may take. It is no measure of speed.
const patience = time.Minute

// settle waits until no more goroutines are left than there were.
func settle(t *testing.T, before int) {
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before; {
		if time.Now().After(end) {
			b := make([]byte, 1<<16)
			t.Fatalf("%d goroutines are left, there were %d before:\n%s",
				runtime.NumGoroutine(), before, b[:runtime.Stack(b, true)])
		}
		time.Sleep(time.Millisecond)
	}
}
