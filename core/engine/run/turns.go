package run

import "time"

// activity is one of the things that want the runner's time.
type activity int

const (
	train activity = iota
	trace          // particles
	gauge          // W2 and its floor
	paint          // layers, and what is known of the loss
	activities
)

// shares are the parts of the time that each activity gets while all of them
// have something to do.
var shares = [activities]float64{train: 0.45, trace: 0.20, gauge: 0.10, paint: 0.25}

// turns shares time by weight: the next turn is of the activity that has had
// the least for its share (start-time fair queueing, Goyal, Vin and Cheng
// 1996).
type turns struct {
	spent [activities]float64 // seconds over share
	ready [activities]bool    // had something to do at the last turn
	clock float64             // what the last turn's activity had spent before it
}

// next picks among the activities that have something to do; ok is false
// where none has.
func (q *turns) next(ready [activities]bool) (a activity, ok bool) {
	for i := range activities {
		if !ready[i] {
			continue
		}
		// Who had nothing to do has not saved up a claim meanwhile, and who
		// had the time alone owes nothing for it.
		if !q.ready[i] {
			q.spent[i] = max(q.spent[i], q.clock)
		}
		if !ok || q.spent[i] < q.spent[a] {
			a, ok = i, true
		}
	}
	q.ready = ready
	if ok {
		q.clock = q.spent[a]
	}
	return a, ok
}

func (q *turns) charge(a activity, d time.Duration) { q.spent[a] += d.Seconds() / shares[a] }
