package controls

import "testing"

func TestKeysListsEveryShortcut(t *testing.T) {
	listed := map[string]int{}
	for _, k := range Keys() {
		if k.Name == "" || k.Does == "" {
			t.Errorf("an empty line: %+v", k)
		}
		listed[k.Name]++
	}
	for _, c := range All() {
		if c.Key != "" && listed[c.KeyName()] != 1 {
			t.Errorf("the key %s of %s is listed %d times", c.KeyName(), c.ID, listed[c.KeyName()])
		}
	}
}

func TestTitle(t *testing.T) {
	for id, want := range map[string]string{
		Play:  Find(Play).Hint + " (Space)",
		Reset: Find(Reset).Hint + " (R)",
		Word:  Find(Word).Hint,
	} {
		if got := Find(id).Title(); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}
