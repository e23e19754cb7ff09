package panel

import "testing"

func TestEdit(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(e *edit)
		want string
		at   int
	}{
		{"typing replaces what is selected at first", func(e *edit) { e.insert([]rune("漢字"), 40) }, "漢字", 2},
		{"typing in the middle", func(e *edit) { e.move(2, false); e.insert([]rune("xy"), 40) }, "abxycd", 4},
		{"typing stops at the limit", func(e *edit) { e.move(4, false); e.insert([]rune("efgh"), 6) }, "abcdef", 6},
		{"backspace", func(e *edit) { e.move(2, false); e.backspace() }, "acd", 1},
		{"backspace at the start", func(e *edit) { e.move(0, false); e.backspace() }, "abcd", 0},
		{"backspace takes the selection", func(e *edit) { e.move(1, false); e.move(3, true); e.backspace() }, "ad", 1},
		{"delete", func(e *edit) { e.move(1, false); e.del() }, "acd", 1},
		{"delete at the end", func(e *edit) { e.move(9, false); e.del() }, "abcd", 4},
		{"selecting backwards", func(e *edit) { e.move(3, false); e.move(1, true); e.insert([]rune("-"), 40) }, "a-d", 2},
		{"all", func(e *edit) { e.move(1, false); e.all(); e.del() }, "", 0},
		{"never before the start", func(e *edit) { e.move(-3, false); e.insert([]rune("_"), 40) }, "_abcd", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var e edit
			e.set("abcd")
			tt.do(&e)
			if string(e.text) != tt.want || e.caret != tt.at || e.anchor != tt.at {
				t.Errorf("got %q with the caret at %d and the anchor at %d, want %q at %d", string(e.text), e.caret, e.anchor, tt.want, tt.at)
			}
		})
	}
}
