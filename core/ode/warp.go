package ode

import "math"

// Cosine returns a grid that crowds at both ends as Chebyshev's points do, with
// t a fraction of the way from one to the other: t = (1 − cos πk/n)/2,
// [steps + 1] times.
func Cosine(from, to float64, steps int) []float64 {
	return warp(from, to, steps, func(f float64) float64 {
		s := math.Sin(math.Pi / 2 * f)
		return s * s
	})
}

// Shift returns a grid that crowds at its start: t = f/(f + s(1 − f)) of the way,
// f = k/n, by which the steps there are s times as short as those of Uniform, and
// s times as long at the end (the timestep shift of Esser et al. 2024, equation
// 23). s = 1 is Span. [steps + 1] times.
func Shift(from, to float64, steps int, s float64) []float64 {
	if !(s > 0) || math.IsInf(s, 1) {
		panic("ode: a shift is a positive number")
	}
	return warp(from, to, steps, func(f float64) float64 { return f / (f + s*(1-f)) })
}

// warp is Span with its fractions bent by a rising map of [0, 1] to itself.
func warp(from, to float64, steps int, bend func(f float64) float64) []float64 {
	grid := Span(0, 1, steps)
	for k, f := range grid {
		b := bend(f)
		grid[k] = (1-b)*from + b*to
	}
	grid[0], grid[steps] = from, to
	return grid
}

// FromLogSNR returns a grid of equal steps in λ = log(α/σ), in which exponential
// integrators work. logSNR is λ(t) and time its inverse. [steps + 1] times.
//
// λ is infinite at the ends of most paths, and is clipped at ±log(5n/2): on the
// linear path 0.4/n from the ends, so that with more steps both the part that is
// left over and the step in λ become small. The first and the last step reach over
// to the ends.
func FromLogSNR(logSNR, time func(float64) float64, from, to float64, steps int) []float64 {
	clip := math.Log(2.5 * float64(steps))
	low, high := math.Max(-clip, logSNR(from)), math.Min(clip, logSNR(to))
	return fromNoise(time, from, to, steps, false, func(f float64) float64 {
		return (1-f)*low + f*high
	})
}

// EDM returns the grid of Karras et al. (2022, equation 5) in our convention: with
// the noise level e^{−λ} = σ/α falling from 80 to 0.002, or as far as the path
// reaches,
//
//	σ/α = (max^{1/ρ} + f (min^{1/ρ} − max^{1/ρ}))^ρ,  ρ = 7,
//
// f = k/(n−1), and one more step to the end. [steps + 1] times.
func EDM(logSNR, time func(float64) float64, from, to float64, steps int) []float64 {
	const most, least, rho = 80, 0.002, 7
	first := math.Pow(math.Min(most, math.Exp(-logSNR(from))), 1./rho)
	last := math.Pow(math.Max(least, math.Exp(-logSNR(to))), 1./rho)
	return fromNoise(time, from, to, steps, math.Exp(-logSNR(to)) < least, func(f float64) float64 {
		return -rho * math.Log((1-f)*first+f*last)
	})
}

// fromNoise returns the times of a rising sequence of λ, given by the fraction of
// it. The first is the start. The last is the end, or, where the end lies beyond,
// the time before it.
func fromNoise(time func(float64) float64, from, to float64, steps int, beyond bool, lambda func(f float64) float64) []float64 {
	grid := Span(from, to, steps)
	last := steps
	if beyond {
		last--
	}
	for k := 1; k < steps; k++ {
		grid[k] = time(lambda(float64(k) / float64(last)))
	}
	return grid
}
