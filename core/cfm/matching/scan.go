package matching

// The inner loops, each along one row of the matrix, in plain Go. They are the
// reference for scan_simd.go, which gives the same bits.

// addSquaresScalar adds (y_j − x)² to every element of a row.
func addSquaresScalar(row, y []float32, x float32) {
	for j, v := range y[:len(row)] {
		row[j] += float32((v - x) * (v - x)) // float32 keeps it from being fused
	}
}

// leastRowScalar lowers each price to the cost in row i where that is less, and
// notes where.
func leastRowScalar(price []float32, at []int32, row []float32, i int32) {
	at, row = at[:len(price)], row[:len(price)]
	for j, c := range row {
		if c < price[j] {
			price[j], at[j] = c, i
		}
	}
}

// twoLeastScalar returns the two least of c_j − v_j, and where the first is.
func twoLeastScalar(row, price []float32) (first, second float32, at int) {
	first, second = inf, inf
	price = price[:len(row)]
	for j, c := range row {
		switch v := c - price[j]; {
		case v < first:
			first, second, at = v, first, j
		case v < second:
			second = v
		}
	}
	return first, second, at
}

// relaxScalar lowers each key to c_j − v_j − offset where that is less, notes
// where, and returns the least key and its place.
func relaxScalar(key []float32, from []int32, row, price []float32, offset float32, i int32) (least float32, at int) {
	from, row, price = from[:len(key)], row[:len(key)], price[:len(key)]
	least = inf
	for j, k := range key {
		if c := row[j] - price[j] - offset; c < k {
			k, key[j], from[j] = c, c, i
		}
		if k < least {
			least, at = k, j
		}
	}
	return least, at
}
