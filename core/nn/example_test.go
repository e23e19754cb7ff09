package nn_test

import (
	"fmt"
	"math/rand/v2"

	"inkflow/core/nn"
)

// straight is the path x = t X1 + (1 − t) X0.
type straight struct{}

func (straight) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t, 1 - t, 1, -1
}

// Data on the line that is −1 or 1: the untrained network takes it for N(0, 1),
// and a hundred steps show it the two sides.
func Example() {
	rng := rand.New(rand.NewPCG(1, 1))
	net, err := nn.New(nn.Config{Dim: 1, Hidden: []int{32, 32}}, nn.Scale{Mean: []float64{0}, Std: 1}, straight{}, rng)
	if err != nil {
		panic(err)
	}
	const batch = 256
	ws, adam := nn.NewWorkspace(net, batch), nn.NewAdamW(net.NumParams())
	x, t, u, v := make([]float32, batch), make([]float32, batch), make([]float32, batch), make([]float32, batch)
	dv, grad := make([]float32, batch), make([]float32, net.NumParams())
	for range 100 {
		for j := range x {
			x0, x1 := float32(rng.NormFloat64()), float32(2*rng.IntN(2)-1)
			t[j] = rng.Float32()
			x[j], u[j] = t[j]*x1+(1-t[j])*x0, x1-x0
		}
		net.Forward(ws, v, x, t)
		for j := range v {
			dv[j] = 2 * (v[j] - u[j]) / batch
		}
		clear(grad)
		net.Backward(ws, grad, dv)
		adam.Step(net.Weights, grad, 5e-3)
	}

	points := []float32{-.3, .3} // at t = ½ their sides are nearly decided
	net.Velocity(ws, points, points, .5)
	fmt.Println(points[0] < -.5, points[1] > .5)
	// Output: true true
}

// The divergence of a field in two dimensions from two directions. This network
// is untrained, hence the field of N(0, 4I): at t = 1 it is v = x, and its
// divergence 2.
func ExampleNet_VelocityDerivative() {
	net, err := nn.New(nn.DefaultConfig(), nn.Scale{Mean: []float64{0, 0}, Std: 2}, straight{}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		panic(err)
	}
	x, v := []float32{3, -1}, make([]float32, 2)
	dx, dv := []float32{1, 0, 0, 1}, make([]float32, 4) // [2 directions × 2 × 1 point]
	net.VelocityDerivative(nn.NewWorkspace(net, 0), v, dv, x, dx, 1)
	fmt.Println(v, dv[0]+dv[3])
	// Output: [3 -1] 2
}
