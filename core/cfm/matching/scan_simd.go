//go:build goexperiment.simd && (amd64 || wasm)

package matching

import (
	"simd/archsimd"
	"unsafe"
)

// Four columns at a time. Vectors of 128 bits are what wasm has; on amd64 they
// leave no upper halves to be cleared, and wider ones were no faster: a row of a
// batch is short, and the time goes into the turn from one row to the next.
//
// Minima are a comparison and a choice, since wasm's float minimum is slow on
// x86. The compiler of Go 1.27 does not take methods with vectors inside, hence
// plain functions; and loads go through unsafe pointers, since bounds checks
// would cost as much as the rest. Rows, keys and prices are a multiple of lanes
// long, but for those of addSquares.

// lanes is how many columns a row is a multiple of.
const lanes = 4

// wide reports whether this machine has such vectors.
var wide = hasVectors()

type vector = archsimd.Float32x4

func load(p unsafe.Pointer, at int) vector {
	return archsimd.LoadFloat32x4Array((*[lanes]float32)(unsafe.Add(p, at)))
}

func store(p unsafe.Pointer, at int, v vector) {
	v.StoreArray((*[lanes]float32)(unsafe.Add(p, at)))
}

func lesser(x, y vector) vector { return x.IfElse(x.Less(y), y) }

// note writes i where less holds.
func note(p unsafe.Pointer, at int, i archsimd.Int32x4, less archsimd.Mask32x4) {
	q := (*[lanes]int32)(unsafe.Add(p, at))
	i.IfElse(less, archsimd.LoadInt32x4Array(q)).StoreArray(q)
}

func addSquares(row, y []float32, x float32) {
	n := 0
	if wide {
		n = len(row) / lanes * lanes
		r, q := unsafe.Pointer(unsafe.SliceData(row)), unsafe.Pointer(unsafe.SliceData(y[:len(row)]))
		xs := archsimd.BroadcastFloat32x4(x)
		for at := 0; at < 4*n; at += 4 * lanes {
			e := load(q, at).Sub(xs)
			store(r, at, load(r, at).Add(e.Mul(e)))
		}
	}
	addSquaresScalar(row[n:], y[n:], x)
}

func leastRow(price []float32, at []int32, row []float32, i int32) {
	if !wide {
		leastRowScalar(price, at, row, i)
		return
	}
	size := 4 * len(price)
	p, r, a := unsafe.Pointer(unsafe.SliceData(price)), unsafe.Pointer(unsafe.SliceData(row)), unsafe.Pointer(unsafe.SliceData(at))
	is := archsimd.BroadcastInt32x4(i)
	for o := 0; o < size; o += 4 * lanes {
		c, old := load(r, o), load(p, o)
		less := c.Less(old)
		store(p, o, c.IfElse(less, old))
		note(a, o, is, less)
	}
}

func twoLeast(row, price []float32) (first, second float32, at int) {
	if !wide {
		return twoLeastScalar(row, price)
	}
	size := 4 * len(row)
	r, p := unsafe.Pointer(unsafe.SliceData(row)), unsafe.Pointer(unsafe.SliceData(price))
	one := archsimd.BroadcastFloat32x4(inf)
	two := one
	here, place, step := columns()
	for o := 0; o < size; o += 4 * lanes {
		c := load(r, o).Sub(load(p, o))
		less := c.Less(one)
		two = lesser(two, one.IfElse(less, c)) // the larger of c and one
		one = c.IfElse(less, one)
		place = here.IfElse(less, place)
		here = here.Add(step)
	}
	first, at = leastLane(one, place)
	var a, b [lanes]float32
	one.StoreArray(&a)
	two.StoreArray(&b)
	second = inf
	for k, v := range a {
		if at%lanes != k {
			second = min(second, v)
		}
		second = min(second, b[k])
	}
	return first, second, at
}

func relax(key []float32, from []int32, row, price []float32, offset float32, i int32) (least float32, at int) {
	if !wide {
		return relaxScalar(key, from, row, price, offset, i)
	}
	size := 4 * len(key)
	k, f := unsafe.Pointer(unsafe.SliceData(key)), unsafe.Pointer(unsafe.SliceData(from))
	r, p := unsafe.Pointer(unsafe.SliceData(row)), unsafe.Pointer(unsafe.SliceData(price))
	off, is := archsimd.BroadcastFloat32x4(offset), archsimd.BroadcastInt32x4(i)
	best := archsimd.BroadcastFloat32x4(inf)
	here, place, step := columns()
	for o := 0; o < size; o += 4 * lanes {
		c, old := load(r, o).Sub(load(p, o)).Sub(off), load(k, o)
		less := c.Less(old)
		c = c.IfElse(less, old)
		store(k, o, c)
		note(f, o, is, less)
		less = c.Less(best)
		best = c.IfElse(less, best)
		place = here.IfElse(less, place)
		here = here.Add(step)
	}
	return leastLane(best, place)
}

// columns counts: the first four columns, a place for the least in each lane, and
// the way to the next four.
func columns() (here, place, step archsimd.Int32x4) {
	here = archsimd.LoadInt32x4Array(&[lanes]int32{0, 1, 2, 3})
	return here, here, archsimd.BroadcastInt32x4(lanes)
}

// leastLane returns the least of four lanes and its column; of equal ones the
// first column, as the scalar loops do.
func leastLane(v vector, place archsimd.Int32x4) (least float32, at int) {
	var a [lanes]float32
	var b [lanes]int32
	v.StoreArray(&a)
	place.StoreArray(&b)
	least, at = a[0], int(b[0])
	for k := 1; k < lanes; k++ {
		if a[k] < least || a[k] == least && int(b[k]) < at {
			least, at = a[k], int(b[k])
		}
	}
	return least, at
}
