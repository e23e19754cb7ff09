package panel

import (
	"image"
	"testing"

	"github.com/ebitenui/ebitenui/widget"
)

// block is a widget of a size.
func block(w, h int) *part {
	return &part{w: widget.NewWidget(), size: image.Pt(w, h)}
}

func places(l widget.Layouter, r image.Rectangle, parts ...*part) []image.Rectangle {
	var c []widget.PreferredSizeLocateableWidget
	for _, p := range parts {
		c = append(c, p)
	}
	l.Layout(c, r)
	var out []image.Rectangle
	for _, p := range parts {
		out = append(out, p.w.Rect)
	}
	return out
}

func TestColumns(t *testing.T) {
	l := &columns{widths: []int{30, -1, 0, -1}, gap: 5, left: 2, right: 3}
	got := places(l, image.Rect(0, 0, 131, 20), block(1, 10), block(1, 20), block(20, 6), block(1, 2))
	// 131 − 2 − 3 − 3·5 − 30 − 20 leaves 61 for two.
	want := []image.Rectangle{image.Rect(2, 5, 32, 15), image.Rect(37, 0, 67, 20), image.Rect(72, 7, 92, 13), image.Rect(97, 9, 128, 11)}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("child %d at %v, want %v", i, got[i], want[i])
		}
	}
	if w, h := l.PreferredSize([]widget.PreferredSizeLocateableWidget{block(1, 10), block(1, 20), block(20, 6), block(1, 2)}); w != 70 || h != 20 {
		t.Errorf("prefers %d × %d, want 70 × 20", w, h)
	}
}

func TestColumnsWithoutRoomOverlapNothingAndStayInOrder(t *testing.T) {
	got := places(&columns{widths: []int{30, -1, 30}, gap: 5}, image.Rect(0, 0, 40, 20), block(1, 1), block(1, 1), block(1, 1))
	for i := 1; i < len(got); i++ {
		if got[i].Min.X < got[i-1].Max.X || got[i].Dx() < 0 {
			t.Errorf("child %d at %v after %v", i, got[i], got[i-1])
		}
	}
}

func TestTilesEndWhereTheRowEnds(t *testing.T) {
	var parts []*part
	for range 7 {
		parts = append(parts, block(1, 1))
	}
	l := &tiles{across: 6, gap: 8, width: 332}
	got := places(l, image.Rect(16, 100, 348, 300), parts...)
	if got[0].Min != image.Pt(16, 100) || got[5].Max.X != 348 || got[6].Min != image.Pt(16, 100+l.side()+8) {
		t.Errorf("tiles at %v", got)
	}
	for i, r := range got {
		if r.Dx() != l.side() || r.Dy() != l.side() {
			t.Errorf("tile %d is no square: %v", i, r)
		}
	}
}

func TestStackLeavesOutWhatIsHidden(t *testing.T) {
	hidden := block(10, 50)
	hidden.w.SetVisibility(widget.Visibility_Hide)
	a, b := block(10, 20), block(30, 5)
	l := &stack{gap: 4, insets: widget.Insets{Left: 1, Right: 2, Bottom: 3}}
	got := places(l, image.Rect(0, 0, 100, 100), a, hidden, b)
	if got[0] != image.Rect(1, 0, 98, 20) || got[2] != image.Rect(1, 24, 98, 29) {
		t.Errorf("children at %v", got)
	}
	if w, h := l.PreferredSize([]widget.PreferredSizeLocateableWidget{a, hidden, b}); w != 33 || h != 32 {
		t.Errorf("prefers %d × %d, want 33 × 32", w, h)
	}
}

func TestFrameCoversTheWindowOnce(t *testing.T) {
	got := places(&frame{bar: 48, panel: 364, timeline: 68}, image.Rect(0, 0, 1440, 900), block(0, 0), block(0, 0), block(0, 0))
	want := []image.Rectangle{image.Rect(1076, 48, 1440, 900), image.Rect(0, 832, 1076, 900), image.Rect(0, 0, 1440, 48)}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("part %d at %v, want %v", i, got[i], want[i])
		}
	}
}
