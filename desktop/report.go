package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"inkflow/render"
	"inkflow/render/controls"
)

// report appends the laboratory's state to a file once a second, a line of
// JSON each, for scripts that watch a training. A nil report writes nothing.
type report struct {
	file *os.File
	next time.Time
}

// state is one line of the report.
type state struct {
	Step       int     `json:"step"`
	Seconds    float64 `json:"seconds"` // spent training
	StepsPerS  float64 `json:"steps_per_second"`
	Loss       float64 `json:"loss"`
	W2         float64 `json:"w2"` // mean of w2_draws draws; 0 draws: not known
	W2Draws    int     `json:"w2_draws"`
	Floor      float64 `json:"floor"`
	FloorDraws int     `json:"floor_draws"`
	Points     int     `json:"points"`    // of each draw
	Particles  int     `json:"particles"` // on the stage
	Parameters int     `json:"parameters"`
	Generation uint32  `json:"generation"`
	Status     string  `json:"status"`
	Training   bool    `json:"training"`
	Time       float64 `json:"t"` // on show
	Playing    bool    `json:"playing"`
	Preset     string  `json:"preset"` // empty for a word, a picture, a drawing
	Seed       uint64  `json:"seed"`
	Solver     string  `json:"solver"`
	Steps      int     `json:"solver_steps"`
	Tool       string  `json:"tool"`
	Theme      string  `json:"theme"`
	Notice     string  `json:"notice"`
	Frames     int     `json:"frames"`          // drawn so far
	Unit       float64 `json:"pixels_per_unit"` // device-independent pixels a natural unit takes
}

func stateOf(stage *render.Stage) state {
	l := stage.Lab()
	s := l.Snapshot()
	_, frames := stage.FrameWork()
	return state{
		Step: s.Step, Seconds: s.Seconds, StepsPerS: s.StepsPerSecond, Loss: s.Loss,
		W2: s.W2, W2Draws: s.W2Draws, Floor: s.Floor, FloorDraws: s.FloorDraws, Points: s.Points,
		Particles: l.Cloud().Count, Parameters: s.Parameters, Generation: s.Generation,
		Status: s.Status.String(), Training: s.Training,
		Time: l.Time(), Playing: l.Number(controls.Play) != 0,
		Preset: l.Text(controls.Preset), Seed: uint64(l.Number(controls.Seed)),
		Solver: l.Text(controls.Solver), Steps: int(l.Number(controls.Steps)),
		Tool: l.Text(controls.Tool), Theme: l.Text(controls.Theme), Notice: l.Notice().Text, Frames: frames, Unit: l.View().Scale(),
	}
}

// newReport opens a report; without a name there is none.
func newReport(name string) (*report, error) {
	switch name {
	case "":
		return nil, nil
	case "-":
		return &report{file: os.Stdout}, nil
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("the report cannot be written: %w", err)
	}
	return &report{file: f}, nil
}

// update writes a line where a second has gone by.
func (r *report) update(now time.Time, stage *render.Stage) error {
	if r == nil || now.Before(r.next) {
		return nil
	}
	r.next = now.Add(time.Second)
	line, err := json.Marshal(stateOf(stage))
	if err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	if _, err := r.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	return nil
}

func (r *report) close() error {
	if r == nil || r.file == os.Stdout {
		return nil
	}
	return r.file.Close()
}
