package upper

import "testing"

// What it does cannot be seen from Go but on the clock, where the kernels that
// use it look (core/nn/kernel). Here: it runs on this machine, and leaves
// arithmetic alone.
func TestClearLeavesValuesAlone(t *testing.T) {
	sum := 0.
	for i := range 1000 {
		Clear()
		sum += float64(i) * .5
	}
	if sum != 249750 {
		t.Errorf("the sum is %g", sum)
	}
}
