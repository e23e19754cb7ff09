package lab

import (
	"bytes"
	"fmt"

	"inkflow/core/density/picture"
	"inkflow/core/engine"
	"inkflow/render/controls"
)

// opening is a model that was handed to the engine and not yet answered.
type opening struct {
	name       string // of its file, empty where there is none
	generation uint32
	training   bool // what training stood at before
}

// Open takes a file chosen for a File control. The error says what is wrong
// with the file; nothing has changed then.
func (l *Lab) Open(id, name string, data []byte) error {
	switch id {
	case controls.Picture:
		g, err := picture.Decode(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("the picture %s cannot be used: %w", name, err)
		}
		_, err = l.change(state{grid: g, file: name}, true)
		return err
	case controls.OpenModel:
		return l.openModel(name, data)
	}
	return fmt.Errorf("there is no control %q that takes a file", id)
}

// openModel holds training, so that it is the model itself that is seen and not
// what training would make of it, and hands it over.
func (l *Lab) openModel(name string, data []byte) error {
	c := engine.Command{Op: engine.OpLoad, Model: data}
	if err := c.Validate(); err != nil {
		return fmt.Errorf("the model %s cannot be used: %w", name, err)
	}
	l.send(engine.Command{Op: engine.OpTrain, On: false})
	generation, err := l.Do(c)
	if err != nil {
		return err
	}
	l.opening = opening{name: name, generation: generation, training: l.training}
	l.training = false
	return nil
}

// opened tells how opening a model has ended.
func (l *Lab) opened(s *engine.Snapshot) {
	o := l.opening
	if o.name == "" || s.Generation < o.generation {
		return
	}
	l.opening = opening{}
	if s.Status == engine.Refused {
		l.training = o.training
		defer l.Say(s.Message, true) // not taken away by what follows from it
		l.send(engine.Command{Op: engine.OpTrain, On: o.training && !l.drawing.current.empty()})
		return
	}
	l.Say(fmt.Sprintf("%s is open, %s steps old. Training is held; Train goes on from it.", o.name, Thousands(s.Step)), false)
}
