package controls

import "strings"

// Key is a line of the list of keys: what is pressed and what it does.
type Key struct{ Name, Does string }

// Keys is the list of keys that a person is shown: the shortcuts of the table
// and those of the stage.
func Keys() []Key {
	list := []Key{{"B", "Draw"}, {"E", "Erase"}}
	for i := range table {
		c := &table[i]
		switch {
		case c.Key == "":
		case c.Kind == Toggle:
			list = append(list, Key{c.KeyName(), c.Label + " or pause"})
		default:
			list = append(list, Key{c.KeyName(), c.Label})
		}
	}
	return append(list,
		Key{"Arrows", "Move the brush over the stage"},
		Key{"Enter", "Lower or lift the brush"},
		Key{"Tab", "Go from control to control"},
		Key{"?", "This list"})
}

// KeyName is the control's key as it stands on the keyboard, or empty.
func (c *Control) KeyName() string {
	if c.Key == " " {
		return "Space"
	}
	return strings.ToUpper(c.Key)
}

// Title is the control's hint with its key behind it.
func (c *Control) Title() string {
	if c.Key == "" {
		return c.Hint
	}
	return c.Hint + " (" + c.KeyName() + ")"
}
