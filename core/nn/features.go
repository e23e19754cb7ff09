package nn

import (
	"math"

	"inkflow/core/nn/kernel"
)

// What F sees. Per axis of the scaled input x̃: x̃ itself, and sin and cos of
// x̃, 2x̃, 4x̃, … (Fourier features; Tancik et al. 2020, with octaves in place of
// random frequencies). In time: t − ½, and sin and cos of πt, 2πt, …
//
// Only one sine and cosine per axis are computed; each octave doubles the angle
// of the one before, and each harmonic adds πt once more. After eight doublings
// the error is still below 1e-4.

// spatialFeatures fills f from its own first Dim rows, which hold x̃.
//
//	f [spatial × n]: x̃ [Dim], then per octave sin [Dim] and cos [Dim]
func spatialFeatures(f []float32, c Config, n int) {
	block := c.Dim * n
	for k := range c.Octaves {
		s := f[(1+2*k)*block:][:block]
		co := f[(2+2*k)*block:][:block]
		if k == 0 {
			kernel.SinCos(s, co, f[:block])
			continue
		}
		ps, pc := f[(2*k-1)*block:][:block], f[2*k*block:][:block]
		kernel.AddAngles(s, co, ps, pc, ps, pc)
	}
}

// timeFeatures fills f for n columns, each with its own time, from its first
// row, which holds t − ½.
//
//	f [temporal × n]: t − ½, then per harmonic sin and cos; angle [n] is scratch
func timeFeatures(f, angle []float32, c Config, n int) {
	if c.Harmonics == 0 {
		return
	}
	for j, v := range f[:n] {
		angle[j] = math.Pi * (v + .5)
	}
	s1, c1 := f[n:2*n], f[2*n:3*n]
	kernel.SinCos(s1, c1, angle[:n])
	for k := 1; k < c.Harmonics; k++ {
		prev := f[(2*k-1)*n : (2*k+1)*n]
		next := f[(2*k+1)*n : (2*k+3)*n]
		kernel.AddAngles(next[:n], next[n:], prev[:n], prev[n:], s1, c1)
	}
}

// featureDerivative fills df from its own first Dim rows, which hold the
// direction dx̃, with the derivatives of the features f along it:
//
//	d sin(2ᵏx̃) = 2ᵏ cos(2ᵏx̃) dx̃,  d cos(2ᵏx̃) = −2ᵏ sin(2ᵏx̃) dx̃
//
//	df, f [spatial × n]
func featureDerivative(df, f []float32, c Config, n int) {
	block := c.Dim * n
	dx := df[:block]
	factor := float32(1)
	for k := range c.Octaves {
		o := (1 + 2*k) * block
		s, co := f[o:][:block], f[o+block:][:block]
		ds, dc := df[o:][:block], df[o+block:][:block]
		for j, d := range dx {
			d *= factor
			ds[j], dc[j] = d*co[j], -d*s[j]
		}
		factor *= 2
	}
}
