package model

import (
	"strconv"
	"strings"
)

// fields reads typed values out of metadata. It remembers the first thing that
// is wrong and answers zeros from then on, so that a list of reads needs one
// check at its end.
type fields struct {
	metadata map[string]string
	err      error
}

func (f *fields) text(key string) string {
	s, ok := f.metadata[key]
	if !ok && f.err == nil {
		f.err = &ContentError{strconv.Quote(key) + " is missing in its metadata", "a checkpoint has it"}
	}
	return s
}

// has reports whether there is an entry under key: those that came with version 2
// are left out where they would say what version 1 means.
func (f *fields) has(key string) bool {
	_, ok := f.metadata[key]
	return ok
}

// integer reads a whole number from 0 to 2³¹ − 1.
func (f *fields) integer(key string) int {
	return int(parse(f, key, "a whole number and not negative", func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 31) }))
}

func (f *fields) unsigned(key string) uint64 {
	return parse(f, key, "a whole number and not negative", func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) })
}

func (f *fields) number(key string) float64 {
	return parse(f, key, "a number", func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
}

// integers reads a list of whole numbers between commas.
func (f *fields) integers(key string) []int {
	return parse(f, key, "whole numbers between commas", func(s string) ([]int, error) {
		return list(s, func(word string) (int, error) {
			n, err := strconv.ParseUint(word, 10, 31)
			return int(n), err
		})
	})
}

func (f *fields) numbers(key string) []float64 {
	return parse(f, key, "numbers between commas", func(s string) ([]float64, error) {
		return list(s, func(word string) (float64, error) { return strconv.ParseFloat(word, 64) })
	})
}

// flag reads true or false.
func (f *fields) flag(key string) bool {
	s := f.text(key)
	if f.err == nil && s != "true" && s != "false" {
		f.err = &ContentError{strconv.Quote(key) + " is " + quote(s, 60) + " in its metadata", "it should be true or false"}
	}
	return s == "true"
}

// parse reads the value under key; want says in an error what it should be.
func parse[T any](f *fields, key, want string, read func(string) (T, error)) (value T) {
	s := f.text(key)
	if f.err != nil {
		return value
	}
	v, err := read(s)
	if err != nil {
		f.err = &ContentError{strconv.Quote(key) + " is " + quote(s, 60) + " in its metadata", "it should be " + want}
		return value
	}
	return v
}

func list[T any](s string, read func(string) (T, error)) ([]T, error) {
	var values []T
	for word := range strings.SplitSeq(s, ",") {
		v, err := read(word)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}
