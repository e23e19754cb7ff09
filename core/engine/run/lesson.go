package run

import (
	"bytes"
	"errors"
	"strconv"

	"inkflow/core/cfm"
	"inkflow/core/engine"
	"inkflow/core/model"
	"inkflow/core/path"
)

// lesson is the part of the settings that says what is learned, in core's own
// terms.
type lesson struct {
	path    path.Scheduler
	predict path.Prediction
	source  *shape // nil: Gaussian noise
}

// understand turns settings into a lesson, or says what is wrong with them.
func (r *Runner) understand(s engine.Settings) (l lesson, err error) {
	if l.path, err = path.Parse(s.Scheduler); err != nil {
		return l, err
	}
	if l.predict, err = path.ParsePrediction(s.Predict); err != nil {
		return l, err
	}
	l.source, err = openSource(s.Source, r.kept)
	return l, err
}

// openSource opens what the flow starts from; nil is Gaussian noise. kept is
// the drawing that was put aside, if there is one.
func openSource(name string, kept *shape) (*shape, error) {
	switch {
	case name == "":
		return nil, nil
	case name != engine.Kept:
		return openPreset(name)
	case kept == nil:
		return nil, errors.New("no drawing was put aside as a source; send one first, or choose Gaussian noise")
	}
	return kept, nil
}

// config is open-ended training under settings.
func (l lesson) config(s engine.Settings) (cfg cfm.Config, err error) {
	cfg = cfm.DefaultConfig()
	cfg.Steps = 0
	cfg.Seed = s.Seed
	cfg.Predict = l.predict
	if cfg.Weight, err = cfm.ParseWeight(s.Weight); err != nil {
		return cfg, err
	}
	if cfg.Times, err = cfm.ParseTimes(s.Times); err != nil {
		return cfg, err
	}
	if cfg.Coupling, err = cfm.ParseCoupling(s.Coupling); err != nil {
		return cfg, err
	}
	if l.source != nil {
		cfg.Source = l.source
	}
	return cfg, nil
}

// restart makes new weights for a target under settings, and takes both.
func (r *Runner) restart(target *shape, label string, s engine.Settings) error {
	l, err := r.understand(s)
	if err != nil {
		return err
	}
	cfg, err := l.config(s)
	if err != nil {
		return err
	}
	tr, err := cfm.New(target, l.path, cfg)
	if err != nil {
		return err
	}
	return r.adopt(tr, l, s, target, label)
}

// adopt takes a trainer with new weights, what they are taught and the
// settings they belong to. Where these cannot be sampled, nothing changes.
func (r *Runner) adopt(tr *cfm.Trainer, l lesson, s engine.Settings, target *shape, label string) error {
	c := model.Checkpoint{Net: tr.Net(), Scheduler: l.path.Name()}
	if _, err := newSampler(&c, s, l.source); err != nil {
		return err
	}
	r.trainer, r.lesson, r.settings = tr, l, s
	r.target, r.label = target, label
	r.trained = 0
	r.rate = rate{}
	r.replaced()
	return nil
}

// configure takes other settings: what is learned only where it is to be
// learned afresh.
func (r *Runner) configure(s engine.Settings, afresh bool) error {
	if afresh {
		return r.restart(r.target, r.label, s)
	}
	s = s.WithLesson(r.settings)
	if err := s.Validate(); err != nil { // what is learned may not go with how it is to be sampled
		return err
	}
	was := r.settings
	if s == was {
		return nil
	}
	if s.Weight != was.Weight || s.Times != was.Times {
		if err := r.relearn(s); err != nil {
			return err
		}
	}
	if s.Seed == was.Seed && s.SameSampling(was) && s.Particles == was.Particles {
		r.settings = s
		return nil
	}
	sampler, err := newSampler(r.checkpoint(), s, r.lesson.source)
	if err != nil {
		return err
	}
	r.settings = s
	r.use(sampler)
	if !s.SameSampling(was) {
		r.measure.stale()
	}
	return nil
}

// relearn goes on with the same weights under another way of learning.
func (r *Runner) relearn(s engine.Settings) error {
	cfg, err := r.lesson.config(s)
	if err != nil {
		return err
	}
	tr, err := cfm.Resume(r.target, r.lesson.path, cfg, r.trainer.Net(), r.trainer.Steps())
	if err != nil {
		return err
	}
	r.trainer = tr
	r.version++
	return nil
}

func (r *Runner) checkpoint() *model.Checkpoint {
	return &model.Checkpoint{Net: r.trainer.Net(), Scheduler: r.lesson.path.Name(),
		Seed: r.settings.Seed, Step: r.trainer.Steps(), Target: r.label,
		Predict: r.lesson.predict, Coupling: r.settings.Coupling, Source: r.settings.Source}
}

func (r *Runner) save() error {
	var b bytes.Buffer
	if err := model.Write(&b, r.checkpoint()); err != nil {
		return err
	}
	r.saved = b.Bytes()
	return nil
}

// load goes on from a checkpoint, and takes from it what was learned. How it
// is sampled stays as it was, as far as the two go together.
func (r *Runner) load(b []byte) error {
	c, err := model.Read(bytes.NewReader(b))
	if err != nil {
		return err
	}
	if d := c.Net.Config.Dim; d != 2 {
		return errors.New("this model is of points with " + strconv.Itoa(d) + " coordinates; the stage shows those with 2")
	}
	if c.Standard != nil {
		return errors.New("this model was trained in standardised coordinates, which the stage does not show; sample it on the command line, or train one without --standardize")
	}
	s := r.settings
	s.Scheduler, s.Predict, s.Coupling, s.Source = c.Scheduler, c.Predict.String(), c.Coupling, c.Source
	if _, err := openSource(s.Source, r.kept); err != nil {
		return errors.New("this model flows from " + strconv.Quote(s.Source) + ", which is not here; put that drawing aside as the source first")
	}
	s = reconcile(s)
	if err := s.Validate(); err != nil {
		return err
	}
	l, err := r.understand(s)
	if err != nil {
		return err
	}
	cfg, err := l.config(s)
	if err != nil {
		return err
	}
	tr, err := cfm.Resume(r.target, l.path, cfg, c.Net, c.Step)
	if err != nil {
		return err
	}
	return r.adopt(tr, l, s, r.target, r.label)
}

// reconcile turns sampling to what any model can do, where the settings do not
// go together.
func reconcile(s engine.Settings) engine.Settings {
	if s.Validate() == nil {
		return s
	}
	s.Noise, s.Corrector, s.Along = 0, 0, ""
	if s.Validate() != nil {
		_, open := engine.Opening()
		s.Solver = open.Solver
	}
	return s
}
