package serve

import (
	"strconv"
	"strings"
)

// encodings are the compressed forms that may lie beside a file, the better
// first.
var encodings = []struct{ name, suffix string }{
	{"br", ".br"},
	{"gzip", ".gz"},
}

// accepts reports whether an Accept-Encoding header allows the encoding: named
// or covered by *, and its quality not zero (RFC 9110, section 12.5.3).
func accepts(header, encoding string) bool {
	allowed := false
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != encoding && name != "*" {
			continue
		}
		allowed = quality(params) > 0
		if name == encoding {
			return allowed
		}
	}
	return allowed
}

// quality reads "q=0.5" out of an item's parameters; it is 1 where none is
// said and 0 where it makes no sense.
func quality(params string) float64 {
	for param := range strings.SplitSeq(params, ";") {
		key, value, found := strings.Cut(strings.TrimSpace(param), "=")
		if !found || !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return 0
		}
		return q
	}
	return 1
}
