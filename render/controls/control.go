package controls

// Kind says how a control is used, and so what it is rendered as.
type Kind uint8

// The kinds of control. Values are numbers (Range, Number), 0 or 1 (Toggle,
// Check), or strings (Select, Choice, Text). A Button has no value, a Reading
// and a Chart are only read.
const (
	Button  Kind = iota
	Toggle       // a button that stays down
	Range        // a slider
	Number       // a field for an integer
	Select       // a menu
	Choice       // a few options side by side, one of them on
	Text         // a line of text, taken on Enter
	File         // a file from the user's disk
	Reading      // a figure
	Check        // a box to tick, with a line of its own that explains it
	Chart        // a small picture of curves
)

// Place is where on the page a control lives.
type Place uint8

// The places.
const (
	Bar      Place = iota // the slim bar on top: tools and history
	Stage                 // the figures that matter, over the stage
	Timeline              // play and the time slider
	Panel                 // the groups of questions
)

// Option is one of the values of a Select or a Choice. Icon names a drawing
// of assets/icons, or is empty.
type Option struct{ Value, Label, Icon string }

// Control is one row of the table.
type Control struct {
	ID     string
	Kind   Kind
	Place  Place
	Group  string // of Panel, an ID of Groups
	Label  string
	Symbol string // as formulas write it, or empty
	Hint   string // one sentence, shown on hover and read aloud
	Key    string // a single key that presses it, or empty

	Min, Max, Step float64 // of Range and Number
	Log            bool    // the slider moves by ratios
	OnRelease      bool    // taken when the slider is let go, for what is costly to set
	Unit           string
	Accept         string // of File: media types
	Options        []Option

	// A row that belongs to another is there only while that one, a Select,
	// stands at When. Parameter is its place among the parameters of that line
	// of the engine's menu, counted from 1; 0: it is none of them.
	Of, When  string
	Parameter int

	// Colour is the role of what a Check switches on.
	Colour Role
}

// Role is the meaning of a colour, the same on the stage, in charts and in
// text.
type Role uint8

// The roles.
const (
	Plain   Role = iota // no meaning of its own
	Target              // amber
	Learned             // cyan
	Exact               // magenta
	Noise               // grey
)

// Group is a question of the panel.
type Group struct {
	ID, Question string
	Open         bool // unfolded at first sight
}

// Find returns the control of that ID, or nil.
func Find(id string) *Control {
	if i, ok := places[id]; ok {
		return &table[i]
	}
	return nil
}

// places is where in the table each row is: they are looked up many times a
// second.
var places = func() map[string]int {
	m := make(map[string]int, len(table))
	for i := range table {
		m[table[i].ID] = i
	}
	return m
}()

// All returns the table, in the order in which the controls are laid out and
// reached by Tab.
func All() []Control { return table }

// Groups returns the questions of the panel, in order.
func Groups() []Group { return groups }

// Clamp brings a number into the range of a Range or Number control.
func (c *Control) Clamp(v float64) float64 {
	if !(v >= c.Min) { // also catches NaN
		return c.Min
	}
	if v > c.Max {
		return c.Max
	}
	return v
}

// Has reports whether a Select or Choice offers the value.
func (c *Control) Has(value string) bool {
	for _, o := range c.Options {
		if o.Value == value {
			return true
		}
	}
	return false
}
