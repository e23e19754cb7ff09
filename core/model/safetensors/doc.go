// Package safetensors reads and writes the container that the Python package
// of the same name made common: a few named arrays in one file, and nothing
// that could run.
//
// A file is three things in a row.
//
//	8 bytes   N, the length of the header, unsigned, little-endian
//	N bytes   one JSON object, padded with spaces at its end
//	the rest  the arrays' bytes, little-endian, row-major, side by side
//
// The header gives each array its element type, its shape and the half-open
// range of data bytes that it owns. The ranges cover the data from its first
// byte to its last, without a hole and without an overlap, so a file has room
// for nothing but what its header names. One reserved entry, __metadata__,
// holds strings under string keys.
//
// Files come from strangers. [Read] believes no number before it has compared
// it with what is there: it allocates in proportion to the bytes that arrive
// and not to the bytes that were announced, it stops at the [Limits] it is
// given, and every way a file can be wrong ends in a *[FormatError] or a
// *[LimitError] whose sentence says what is wrong and what would be right. It
// does not panic, whatever it is fed; core/model fuzzes it.
//
// [Write] is canonical: the same File gives the same bytes, and the data
// begins on a multiple of eight, as the format asks of its writers.
//
// What the arrays mean is not known here: see core/model.
//
// Source: https://github.com/huggingface/safetensors, section "Format".
package safetensors
