package kernel

// The dense layer: forward, and backward to its input and to its weights.

// Align is the number of columns whose multiples leave no remainder at any
// vector width: two registers of 512 bits.
const Align = 32

// Round returns n rounded up to a multiple of [Align].
func Round(n int) int { return (n + Align - 1) / Align * Align }

// matrix is a dense operand inside this package: element (r, c) of the left
// factor is a[r*row + c*col].
type matrix struct {
	data     []float32
	row, col int
}

// Dense computes y = W x + b.
//
//	y [out × n], w [out × in], b [out], x [in × n]
func Dense(y, w, b, x []float32, out, in, n int) {
	check(len(y) == out*n && len(x) == in*n, "Dense: activations")
	check(len(w) == out*in && len(b) == out, "Dense: weights")
	DenseStrided(y, w, in, b, x, out, in, n)
}

// DenseStrided is [Dense] on the first in columns of a wider weight matrix,
// whose rows lie stride ≥ in apart.
//
//	y [out × n], w [out × stride], b [out], x [in × n]
func DenseStrided(y, w []float32, stride int, b, x []float32, out, in, n int) {
	check(len(y) == out*n && len(x) == in*n, "DenseStrided: activations")
	check(stride >= in && len(w) == out*stride && len(b) == out, "DenseStrided: weights")
	product(y, matrix{w, stride, 1}, x, b, 1, out, in, n)
}

// DenseInput computes dx = Wᵀ dy, the gradient that a layer hands down.
//
//	dx [in × n], w [out × in], dy [out × n]
func DenseInput(dx, w, dy []float32, out, in, n int) {
	check(len(dx) == in*n && len(dy) == out*n, "DenseInput: activations")
	check(len(w) == out*in, "DenseInput: weights")
	product(dx, matrix{w, 1, in}, dy, zero[:], 0, in, out, n)
}

// DenseWeights adds a layer's gradients: dW += dy xᵀ, db += Σ_j dy[·,j].
// What scratch holds afterwards is nobody's business.
//
//	dw [out × in], db [out], dy [out × n], x [in × n], scratch [in × n]
func DenseWeights(dw, db, dy, x, scratch []float32, out, in, n int) {
	check(len(x) == in*n && len(dy) == out*n, "DenseWeights: activations")
	check(len(dw) == out*in && len(db) == out, "DenseWeights: weights")
	check(len(scratch) >= in*n, "DenseWeights: scratch")
	weights(dw, dy, x, scratch[:in*n], out, in, n)
	rowSums(db, dy, out, n)
}

// weightsTransposed adds dy xᵀ to dw as one more product, of dy with xᵀ.
//
//	dw [out × in], dy [out × n], x [in × n], xt [n × in]
func weightsTransposed(dw, dy, x, xt []float32, out, in, n int) {
	transpose(xt, x, in, n)
	product(dw, matrix{dy, n, 1}, xt, nil, 0, out, n, in)
}

// zero is what a product without a bias starts from.
var zero [1]float32

func check(ok bool, what string) {
	if !ok {
		panic("kernel: " + what + " of the wrong length")
	}
}
