package controls

// Icon returns the path of a drawing on a 24 × 24 grid, in SVG's notation, to
// be stroked with round ends; empty where there is none of that name.
func Icon(name string) string { return icons[name] }

var icons = map[string]string{
	"pencil": "M4 20l1-5L16 4l4 4L9 19l-5 1zM13.5 6.5l4 4",
	"eraser": "M9 20h11M5.5 16.5L14 8l5 5-7 7H9zM9.5 12.5l5 5",
	Undo:     "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6",
	Redo:     "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
	Clear:    "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
	"moon":   "M20 14a8 8 0 1 1-10-10 7 7 0 0 0 10 10z",
	"sun":    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M4 4l2 2M18 18l2 2M2 12h2M20 12h2M4 20l2-2M18 6l2-2",
	"play":   "M8 5v14l11-7z",
	"pause":  "M7 5h3v14H7zM14 5h3v14h-3z",
}
