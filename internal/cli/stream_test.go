package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// Points reach a reader while later ones are still to be drawn, and a reader
// that leaves ends the run without a word.
func TestSampleStreams(t *testing.T) {
	file := trained(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var said bytes.Buffer
	ended := make(chan int, 1)
	go func() { // as many points as there may be: minutes of work and a gigabyte
		ended <- Run(t.Context(), []string{"sample", "--model", file, "--n", "50000000", "--seed", "4"}, Streams{strings.NewReader(""), w, &said})
	}()
	start := make([]byte, 100_000) // some five chunks
	if _, err := io.ReadFull(r, start); err != nil {
		t.Fatal(err)
	}
	if whole := must(t, "sample", "--model", file, "--n", "10000", "--seed", "4"); !strings.HasPrefix(whole, string(start)) {
		t.Error("the first of many points are not those of a short run")
	}
	r.Close()
	select {
	case code := <-ended:
		if code != 141 || said.Len() > 0 {
			t.Errorf("when its reader has left: exit %d, %q", code, said.String())
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on for nobody")
	}
}

func TestTurnsAreInOrder(t *testing.T) {
	const n = 200
	line := newTurns()
	var order []int
	err := share(t.Context(), 8, n, func(_, piece int) error {
		if piece%3 == 0 {
			time.Sleep(time.Millisecond) // later pieces are ready first
		}
		return line.take(piece, func() error { order = append(order, piece); return nil })
	})
	if err != nil || len(order) != n {
		t.Fatalf("%v, %d turns of %d", err, len(order), n)
	}
	for i, piece := range order {
		if i != piece {
			t.Fatalf("turn %d is that of piece %d", i, piece)
		}
	}
}

// A failure ends the row: nobody waits for a turn that will not come, and
// nobody after it has one.
func TestTurnsEndWithAFailure(t *testing.T) {
	line, failure := newTurns(), errors.New("full")
	var mu sync.Mutex
	last := -1
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := share(ctx, 8, 100, func(_, piece int) error {
		return line.take(piece, func() error {
			mu.Lock()
			defer mu.Unlock()
			last = max(last, piece)
			if piece == 20 {
				return failure
			}
			return nil
		})
	})
	if !errors.Is(err, failure) || last != 20 {
		t.Errorf("%v after piece %d, want %v after 20", err, last, failure)
	}
}
