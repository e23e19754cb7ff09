package engine

import "testing"

func FuzzDecodeCommand(f *testing.F) {
	f.Add(AppendCommand(nil, fullCommand()))
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err := commandAgain(b)
		if err != nil {
			return
		}
		twice, err := commandAgain(once)
		if err != nil || string(once) != string(twice) {
			t.Fatalf("what was accepted does not cross again: %v", err)
		}
		c, _ := DecodeCommand(once)
		_ = c.Validate() // whatever came in, to be asked is safe
	})
}

func FuzzDecodeSnapshot(f *testing.F) {
	f.Add(AppendSnapshot(nil, fullSnapshot()))
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err := snapshotAgain(b)
		if err != nil {
			if !isWire(err) {
				t.Fatal(err)
			}
			return
		}
		twice, err := snapshotAgain(once)
		if err != nil || string(once) != string(twice) {
			t.Fatalf("what was accepted does not cross again: %v", err)
		}
	})
}
