package lab

import (
	"errors"
	"math"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// Lab is the state of the laboratory.
type Lab struct {
	client   engine.Client
	letter   Letterer
	settings engine.Settings
	training bool // the user wants it to learn
	told     bool // what the engine was told of it last
	visible  bool

	drawing drawing
	source  state   // the shape put aside to start from
	kepts   int     // changes with it
	start   drawing // the preset to start from, rasterised
	pen     pen
	view    View
	flow    playback
	cloud   Cloud
	layers  layers
	history history

	gridTimes string // the last list of times for the solver's steps

	tool     string
	brush    float64 // width, device-independent pixels
	softness float64
	night    bool

	snap     engine.Snapshot // the readings of the last snapshot; its bulk is nil
	notice   Notice
	saved    func(model []byte)
	asked    bool          // the user waits for a model
	kept     []byte        // the last model, for an engine that has to be started anew
	unkept   time.Duration // of training since then
	opening  opening       // a model on its way to the engine
	last     uint32        // generation of the last command
	chose    int           // changes with the settings
	revision int
}

// Notice is a sentence for the user.
type Notice struct {
	Text  string
	Fault bool          // something went wrong, as against a hint
	Age   time.Duration // since it was said
}

// A Letterer sets a typed word as a drawing. The error says what is wrong with
// the word.
type Letterer func(word string) (*density.Grid, error)

// New returns a laboratory that shows what the engine opens with. Words are set
// by letter: every platform has fonts of its own.
func New(client engine.Client, letter Letterer) *Lab {
	target, settings := engine.Opening()
	l := &Lab{client: client, letter: letter, settings: settings, training: true, told: true, visible: true,
		tool: "draw", brush: 18, softness: 0.2, night: true, gridTimes: "0,0.1,0.3,0.6,1",
		layers: layers{particles: true, shape: true}}
	l.drawing.current = state{preset: target.Preset}
	l.view.fit(l.drawing.current)
	l.flow = newPlayback()
	return l
}

// Update takes what the engine has to say and lets time pass. Call it once a
// tick with the time since the last call.
func (l *Lab) Update(dt time.Duration) {
	l.notice.Age += dt
	if l.notice.Text != "" && !l.notice.Fault && l.notice.Age > 6*time.Second {
		l.Say("", false)
	}
	if s := l.client.Poll(); s != nil {
		l.take(s)
	}
	l.keep(dt)
	l.pen.flush(l, dt)
	l.flow.advance(dt)
	l.view.ease(dt)
	l.keepLayers(dt)
}

// take keeps the readings, hands the particles to the cloud and passes a
// saved model on.
func (l *Lab) take(s *engine.Snapshot) {
	if !l.drawing.current.empty() || l.pen.canvas != nil && l.pen.sent {
		l.cloud.take(&s.Cloud)
	}
	if s.Model != nil {
		l.kept = s.Model
		if l.asked && l.saved != nil {
			l.asked = false
			l.saved(s.Model)
		}
	}
	l.layers.take(s)
	l.history.take(s)
	if s.Generation == l.last && s.Settings != l.settings {
		l.chose++
		l.settings = s.Settings // a model was opened, or what was asked was refused
	}
	if s.Message != "" {
		s.Message = capital(s.Message)
	}
	l.opened(s)
	if s.Message != "" && s.Message != l.snap.Message {
		l.Say(s.Message, s.Status == engine.Refused || s.Status == engine.Diverged)
	} else if s.Message == "" && l.snap.Message != "" && l.notice.Text == l.snap.Message {
		l.Say("", false)
	}
	s.Cloud, s.Model, s.Fields = engine.Cloud{}, nil, nil
	l.snap = *s
	l.revision++
}

// Snapshot returns the engine's last readings, without particles.
func (l *Lab) Snapshot() engine.Snapshot { return l.snap }

// Cloud returns the particles to draw. The stage reads it between updates.
func (l *Lab) Cloud() *Cloud { return &l.cloud }

// Empty reports whether there is nothing to learn: an empty paper.
func (l *Lab) Empty() bool { return l.drawing.current.empty() && l.pen.canvas == nil }

// Time is the moment of the flow on show, 0 … 1.
func (l *Lab) Time() float64 { return l.flow.t }

// Night reports whether the paper is dark.
func (l *Lab) Night() bool { return l.night }

// Revision changes whenever a value or reading may have changed.
func (l *Lab) Revision() int { return l.revision }

// Notice returns the sentence to show, if its text is not empty.
func (l *Lab) Notice() Notice { return l.notice }

// Say shows a sentence.
func (l *Lab) Say(text string, fault bool) {
	l.notice = Notice{Text: text, Fault: fault}
	l.revision++
}

// OnSaved names who receives a model asked for by the save control.
func (l *Lab) OnSaved(f func(model []byte)) { l.saved = f }

// SetVisible tells the engine whether anybody is looking.
func (l *Lab) SetVisible(v bool) {
	if v != l.visible {
		l.visible = v
		l.send(engine.Command{Op: engine.OpVisible, On: v})
	}
}

// Still holds the flow at the finished drawing: for readers who asked for
// less motion.
func (l *Lab) Still() {
	l.flow.playing, l.flow.t = false, 1
}

// Do carries out a command as if the panel had been used, and keeps the panel
// in step with it.
func (l *Lab) Do(c engine.Command) (uint32, error) {
	if err := c.Validate(); err != nil {
		return 0, err
	}
	switch c.Op {
	case engine.OpTarget:
		s := state{preset: c.Target.Preset}
		if c.Target.Preset == "" {
			s.grid = gridOf(c.Target)
			if s.empty() {
				return 0, errors.New("the drawing has no ink: all its weights are 0")
			}
		} else if err := known(c.Target.Preset); err != nil {
			return 0, err
		}
		return l.change(s, c.Target.Fresh)
	case engine.OpConfigure:
		c.On = c.On || c.Settings.Seed != l.settings.Seed || !c.Settings.SameLesson(l.settings)
		l.settings = c.Settings
		l.chose++
	case engine.OpSource:
		l.chose++
		l.kepts = -l.chose // a number that no preset has
		l.source = state{preset: c.Target.Preset}
		if c.Target.Preset == "" {
			l.source.grid = gridOf(c.Target)
		}
	case engine.OpShow:
		return l.showOnly(c.Layers)
	case engine.OpTrain:
		l.training = c.On
		c.On = c.On && !l.drawing.current.empty()
	case engine.OpVisible:
		l.visible = c.On
	}
	l.revision++
	return l.dispatch(c)
}

// dispatch hands a command to the engine. What was learned before a fresh
// start is wanted no longer.
func (l *Lab) dispatch(c engine.Command) (uint32, error) {
	if c.Breaking() {
		l.layers.clear()
		if c.Op != engine.OpLoad {
			l.kept, l.unkept = nil, 0
			l.history.clear()
		}
	}
	if c.Op != engine.OpSave && c.Op != engine.OpVisible && c.Op != engine.OpShow && l.notice.Fault {
		l.Say("", false) // what went wrong is behind us
	}
	if c.Op == engine.OpTrain {
		l.told = c.On
	}
	generation, err := l.client.Send(c)
	if err == nil {
		l.last = generation
	}
	return generation, err
}

// send is Do for commands the laboratory makes itself, which are well formed:
// an error can only mean that the engine is gone.
func (l *Lab) send(c engine.Command) {
	if _, err := l.dispatch(c); err != nil {
		l.Say(Sentence(err), true)
	}
	l.revision++
}

// round is v to so many decimals, for values read off a slider.
func round(v float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(v*p) / p
}
