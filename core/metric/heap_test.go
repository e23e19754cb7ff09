package metric

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Against the slow obvious thing: a table of keys.
func TestHeap(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	const n = 50
	var h heap
	h.init(n)
	for range 200 {
		keys := map[int32]float64{}
		for range rng.IntN(120) {
			id, key := int32(rng.IntN(n)), float64(rng.IntN(40))
			if old, in := keys[id]; !in || key < old {
				keys[id] = key
			}
			h.lower(id, key)
		}
		if rng.IntN(5) == 0 {
			h.clear()
			clear(keys)
		}
		var order []float64
		for !h.empty() {
			least := h.least()
			id, key := h.pop()
			if want, in := keys[id]; !in || want != key || key != least {
				t.Fatalf("%d comes out with %g, went in with %g", id, key, want)
			}
			delete(keys, id)
			order = append(order, key)
		}
		if len(keys) != 0 || !slices.IsSorted(order) {
			t.Fatalf("%d left, order %v", len(keys), order)
		}
	}
}
