package nn

import "inkflow/core/nn/kernel"

// chunk is how many columns go through all layers together: 128 columns of a
// 64-wide layer are 32 KB. Measured on layers of 64 and of 128, on amd64 and in
// wasm, sizes from 96 to 384 are within a few per cent of each other; 32 loses a
// tenth in wasm, 512 a little everywhere.
const chunk = 128

// Workspace is the memory a network computes in. It fits every network of the
// same Config; it must not be used by two goroutines at once.
type Workspace struct {
	// Exact makes Velocity as exact as Forward, to the roundings of float32, and
	// some 5 % slower: for a solver that is held to less than 1e-5.
	Exact bool

	config  Config
	columns int     // how many Forward may be given
	stored  int     // how many the last Forward was given
	chunks  []block // [⌈columns/chunk⌉], one at least

	zero    []float32 // [max width], the bias of a derivative
	bias    []float32 // [Hidden[0]], first bias plus what time adds to it
	time    []float32 // [temporal], features of the one time of Velocity
	angle   []float32 // [chunk]
	even    []float32 // [max width × chunk], gradients
	odd     []float32 // [max width × chunk]
	scratch []float32 // [max(features, max width) × chunk], a transposed activation
	out     []float32 // [Dim × chunk], F
}

// block keeps the activations of one chunk for Backward.
type block struct {
	features []float32        // [features × c]
	active   [][]float32      // per hidden layer [Hidden[i] × c], after SiLU
	slope    [][]float32      // per hidden layer [Hidden[i] × c], derivative of SiLU
	factors  []Preconditioner // [c]
}

// NewWorkspace makes room for Forward with up to columns columns. Velocity takes
// any number in any workspace.
func NewWorkspace(n *Net, columns int) *Workspace {
	if columns < 0 {
		panic("nn: negative number of columns")
	}
	c := n.Config
	widest := c.Dim
	for _, h := range c.Hidden {
		widest = max(widest, h)
	}
	w := &Workspace{
		config: c, columns: columns,
		zero: make([]float32, widest), bias: make([]float32, c.Hidden[0]), time: make([]float32, c.temporal()), angle: make([]float32, chunk),
		even: make([]float32, widest*chunk), odd: make([]float32, widest*chunk),
		scratch: make([]float32, max(widest, c.features())*chunk),
		out:     make([]float32, c.Dim*chunk),
	}
	w.config.Hidden = append([]int(nil), c.Hidden...)
	w.chunks = make([]block, max(1, (columns+chunk-1)/chunk))
	for i := range w.chunks {
		cols := chunk
		if rest := kernel.Round(columns - i*chunk); i > 0 && rest < chunk {
			cols = rest
		}
		b := &w.chunks[i]
		b.features = make([]float32, c.features()*cols)
		b.factors = make([]Preconditioner, cols)
		for _, h := range c.Hidden {
			b.active = append(b.active, make([]float32, h*cols))
			b.slope = append(b.slope, make([]float32, h*cols))
		}
	}
	return w
}

// Factors returns the factors of column j of the last Forward, as [Net.Factors]
// has them for the time of that column.
func (w *Workspace) Factors(j int) *Preconditioner {
	if j < 0 || j >= w.stored {
		panic("nn: Factors: no such column in the last Forward")
	}
	return &w.chunks[j/chunk].factors[j%chunk]
}

func (w *Workspace) check(n *Net) {
	if !w.config.equal(n.Config) {
		panic("nn: workspace made for a network of another shape")
	}
}
