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

func TestWire(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) engine.Client {
		start := time.Now()
		return enginetest.NewWire(t, run.New(func() time.Duration { return time.Since(start) }))
	})
}
