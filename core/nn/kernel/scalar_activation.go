package kernel

import "math"

// The reference activations, and the exponential they are made of.

// pattern and number read a float32 as the integer it is stored as, and back.
func pattern(x float32) uint32 { return math.Float32bits(x) }
func number(b uint32) float32  { return math.Float32frombits(b) }

// expNegative returns e^−u for |u| ≤ expLimit: 2^y times a polynomial on what is
// left between −½ and ½.
func expNegative(u float32) float32 {
	y := float32(u*-log2e) + round // the bits of y end in the integer part
	f := float32(u*-log2e) - (y - round)
	p := float32(f*exp5) + exp4
	p = float32(p*f) + exp3
	p = float32(p*f) + exp2
	p = float32(p*f) + exp1
	p = float32(p*f) + exp0
	return number(pattern(p) + pattern(y)<<23)
}

// expCoarse is expNegative with two coefficients less.
func expCoarse(u float32) float32 {
	y := float32(u*-log2e) + round
	f := float32(u*-log2e) - (y - round)
	p := float32(f*coarse3) + coarse2
	p = float32(p*f) + coarse1
	p = float32(p*f) + coarse0
	return number(pattern(p) + pattern(y)<<23)
}

// clamp keeps e^−z a normal number. A NaN comes out as a limit.
func clamp(z float32) float32 {
	if !(z > -expLimit) {
		return -expLimit
	}
	if !(z < expLimit) {
		return expLimit
	}
	return z
}

func siluScalar(z, d []float32) {
	d = d[:len(z)]
	for j, v := range z {
		s := 1 / (1 + expNegative(clamp(v)))
		a := float32(v * s)
		d[j] = s + float32(a*(1-s))
		z[j] = a
	}
}

func siluOnlyScalar(z []float32) {
	for j, v := range z {
		z[j] = v * (1 / (1 + expNegative(clamp(v))))
	}
}

func siluFastScalar(z []float32) {
	for j, v := range z {
		z[j] = v / (1 + expCoarse(clamp(v)))
	}
}

// tanh is odd: it is computed from e^−2|z| and given the sign of z.
func tanh(z float32) float32 {
	if z != z {
		return z
	}
	e := expNegative(min(2*number(pattern(z)&0x7fffffff), expLimit))
	return number(pattern((1-e)/(1+e)) + pattern(z)>>31<<31)
}

func tanhScalar(z, d []float32) {
	d = d[:len(z)]
	for j, v := range z {
		a := tanh(v)
		d[j] = 1 - float32(a*a)
		z[j] = a
	}
}

func tanhOnlyScalar(z []float32) {
	for j, v := range z {
		z[j] = tanh(v)
	}
}
