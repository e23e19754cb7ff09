package lab

import (
	"time"

	"inkflow/core/engine"
)

// keepEvery is the training that is lost at most with an engine that dies.
const keepEvery = 10 * time.Second

// keep asks for the model every now and then while it changes.
func (l *Lab) keep(dt time.Duration) {
	if !l.snap.Training {
		return
	}
	if l.unkept += dt; l.unkept >= keepEvery {
		l.unkept = 0
		l.send(engine.Command{Op: engine.OpSave})
	}
}

// Revive tells an engine that was started anew all it needs to go on from the
// last model that was kept, and says so.
func (l *Lab) Revive() {
	kept := l.kept
	if l.settings.Source == engine.Kept {
		l.send(engine.Command{Op: engine.OpSource, Target: l.source.target(false)})
	}
	l.send(engine.Command{Op: engine.OpConfigure, Settings: l.settings, On: true})
	if s := l.drawing.current; !s.empty() {
		l.send(engine.Command{Op: engine.OpTarget, Target: s.target(true)})
		if kept != nil {
			l.send(engine.Command{Op: engine.OpLoad, Model: kept})
			l.kept = kept
		}
	}
	l.send(engine.Command{Op: engine.OpTrain, On: l.training && !l.drawing.current.empty()})
	l.send(engine.Command{Op: engine.OpVisible, On: l.visible})
	l.layers.asked = nil
	l.askLayers()
	if kept != nil {
		l.Say("The engine had stopped. It was started again and goes on from a model at most ten seconds old.", false)
	} else {
		l.Say("The engine had stopped. It was started again and learns the drawing afresh.", false)
	}
}
