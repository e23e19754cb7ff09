package metric

// A heap is a binary heap of small integers by key in which a key can be lowered.
// container/heap would do it through an interface; this is the inner loop.
type heap struct {
	items []item
	place []int32 // [capacity] index in items, −1 if absent
}

type item struct {
	key float64
	id  int32
}

func (h *heap) init(capacity int) {
	h.items = make([]item, 0, capacity)
	h.place = make([]int32, capacity)
	for i := range h.place {
		h.place[i] = -1
	}
}

func (h *heap) clear() {
	for _, it := range h.items {
		h.place[it.id] = -1
	}
	h.items = h.items[:0]
}

func (h *heap) empty() bool    { return len(h.items) == 0 }
func (h *heap) least() float64 { return h.items[0].key }

// lower inserts id, or lowers its key. A key that is not lower is ignored.
func (h *heap) lower(id int32, key float64) {
	at := int(h.place[id])
	switch {
	case at < 0:
		at = len(h.items)
		h.items = append(h.items, item{})
	case h.items[at].key <= key:
		return
	}
	for at > 0 {
		up := (at - 1) / 2
		if h.items[up].key <= key {
			break
		}
		h.items[at] = h.items[up]
		h.place[h.items[at].id] = int32(at)
		at = up
	}
	h.items[at] = item{key, id}
	h.place[id] = int32(at)
}

// pop removes and returns the id of the least key.
func (h *heap) pop() (id int32, key float64) {
	top := h.items[0]
	h.place[top.id] = -1
	last := len(h.items) - 1
	moved := h.items[last]
	h.items = h.items[:last]
	if last == 0 {
		return top.id, top.key
	}
	at := 0
	for {
		down := 2*at + 1
		if down >= last {
			break
		}
		if down+1 < last && h.items[down+1].key < h.items[down].key {
			down++
		}
		if moved.key <= h.items[down].key {
			break
		}
		h.items[at] = h.items[down]
		h.place[h.items[at].id] = int32(at)
		at = down
	}
	h.items[at] = moved
	h.place[moved.id] = int32(at)
	return top.id, top.key
}
