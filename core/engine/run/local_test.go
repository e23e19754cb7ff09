package run_test

import (
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/core/engine/enginetest"
	"inkflow/core/engine/run"
)

func TestLocal(t *testing.T) {
	enginetest.Run(t, func(*testing.T) engine.Client { return run.NewLocal() })
}

// With helpers, on however few cores.
func TestLocalTeam(t *testing.T) {
	enginetest.Run(t, func(*testing.T) engine.Client { return run.NewLocalTeam(3) })
}

func TestWire(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) engine.Client {
		start := time.Now()
		return enginetest.NewWire(t, run.New(func() time.Duration { return time.Since(start) }))
	})
}
