package model

import (
	"bytes"
	"os"
	"testing"
)

// FuzzRead looks for bytes that make Read panic, hang or accept what it cannot
// give back. Its committed corpus, testdata/fuzz/FuzzRead, has one file for
// each kind of damage, named after it.
func FuzzRead(f *testing.F) {
	python, err := os.ReadFile("testdata/python.safetensors")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(python)
	old, err := os.ReadFile("testdata/version1.safetensors")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(old)
	f.Add(written(f, sample(f)))
	f.Add(written(f, full(f)))
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := Read(bytes.NewReader(file))
		if err != nil {
			if !typed(err) {
				t.Fatalf("an error of no promised type: %v", err)
			}
			return
		}
		canonical := written(t, c) // fails where a value is not valid
		again, err := Read(bytes.NewReader(canonical))
		if err != nil || !same(c, again) {
			t.Fatalf("what was read, written and read again differs: %v", err)
		}
		if !bytes.Equal(canonical, written(t, again)) {
			t.Fatal("two writings of one checkpoint differ")
		}
	})
}
