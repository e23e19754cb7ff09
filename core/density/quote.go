package density

import "strconv"

// The messages of this package are put together without fmt, which would
// weigh more in the page than all the rest of it.

// quote shows at most n characters of what was given.
func quote(text string, n int) string {
	for at := range text {
		if n--; n < 0 {
			return strconv.Quote(text[:at])
		}
	}
	return strconv.Quote(text)
}

func number(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }
