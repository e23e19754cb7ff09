package controls

import (
	"inkflow/core/density"
	"inkflow/core/engine"
)

// The IDs of the controls and readings.
const (
	Tool      = "tool"
	Undo      = "undo"
	Redo      = "redo"
	Clear     = "clear"
	Theme     = "theme"
	Preset    = "preset"
	Word      = "word"
	Picture   = "picture"
	BrushSize = "brush-size"
	Softness  = "brush-softness"
	Train     = "train"
	Reset     = "reset"
	Seed      = "seed"
	Solver    = "solver"
	Steps     = "steps"
	Particles = "particles"
	OpenModel = "open-model"
	SaveModel = "save-model"
	Play      = "play"
	Time      = "time"
	Speed     = "speed"

	ReadTrained    = "trained"
	ReadRatio      = "w2-ratio"
	ReadRate       = "steps-per-second"
	ReadNFE        = "nfe"
	ReadStep       = "step"
	ReadLoss       = "loss"
	ReadW2         = "w2"
	ReadFloor      = "w2-floor"
	ReadParameters = "parameters"
)

// The tools.
const (
	ToolDraw  = "draw"
	ToolErase = "erase"
)

const (
	groupTarget   = "target"
	groupTraining = "training"
	groupLearned  = "learned"
	groupSampling = "sampling"
)

var groups = []Group{
	{groupTarget, "What should it draw?", true},
	{groupLearned, "How well has it learned?", true},
	{groupTraining, "How to learn?", true},
	{groupSampling, "How to sample?", true},
}

var table = []Control{
	{ID: Tool, Kind: Choice, Place: Bar, Label: "Tool", Options: []Option{
		{ToolDraw, "Draw", "pencil"}, {ToolErase, "Erase", "eraser"}},
		Hint: "Draw lays ink down, Erase takes it away. Keys: B and E."},
	{ID: Undo, Kind: Button, Place: Bar, Label: "Undo", Key: "z", Hint: "Take back the last change of the drawing."},
	{ID: Redo, Kind: Button, Place: Bar, Label: "Redo", Key: "y", Hint: "Bring back what was undone."},
	{ID: Clear, Kind: Button, Place: Bar, Label: "Clear", Hint: "Start from an empty paper. Undo brings the drawing back."},
	{ID: Theme, Kind: Choice, Place: Bar, Label: "Paper", Options: []Option{
		{"night", "Night", "moon"}, {"day", "Day", "sun"}}, Hint: "Night or day paper."},

	{ID: Preset, Kind: Choice, Place: Panel, Group: groupTarget, Label: "Shape", Options: presets(),
		Hint: "A shape to start from. Drawing on the stage starts one of your own."},
	{ID: Word, Kind: Text, Place: Panel, Group: groupTarget, Label: "Or a word",
		Hint: "Type a word and press Enter: it becomes the shape."},
	{ID: Picture, Kind: File, Place: Panel, Group: groupTarget, Label: "Or a picture", Accept: "image/png,image/jpeg",
		Hint: "A PNG or JPEG of at most 4 MiB: the darker, the denser."},
	{ID: BrushSize, Kind: Range, Place: Panel, Group: groupTarget, Label: "Brush", Min: 4, Max: 80, Step: 1, Unit: "px",
		Hint: "Width of the brush and the eraser."},
	{ID: Softness, Kind: Range, Place: Panel, Group: groupTarget, Label: "Softness", Min: 0, Max: 1, Step: 0.05,
		Hint: "0 is a hard edge; 1 fades from the middle."},

	{ID: ReadStep, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Training steps",
		Hint: "Optimiser steps this network has taken."},
	{ID: ReadLoss, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Loss",
		Hint: "Conditional flow matching loss, mean over samples and coordinates. It does not go to zero: pairs of noise and data cross."},
	{ID: ReadW2, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Distance to the shape", Symbol: "W₂",
		Hint: "Wasserstein-2 distance between particles and fresh points of the shape, by exact matching: the mean of so many draws × points in each."},
	{ID: ReadFloor, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Its noise floor",
		Hint: "The same distance between two fresh sets of points of the shape itself: the mean of so many draws × points in each."},
	{ID: ReadParameters, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Parameters of the network",
		Hint: "Weights the network learns."},

	{ID: Train, Kind: Toggle, Place: Panel, Group: groupTraining, Label: "Train", Key: "t",
		Hint: "Let the network learn, or hold it where it is."},
	{ID: Reset, Kind: Button, Place: Panel, Group: groupTraining, Label: "Start afresh", Key: "r",
		Hint: "Forget all that was learned; the drawing stays."},
	{ID: Seed, Kind: Number, Place: Panel, Group: groupTraining, Label: "Seed", Min: 0, Max: 4294967295, Step: 1,
		Hint: "Of the weights, the training draws and the noise. The same seed learns the same way."},
	{ID: OpenModel, Kind: File, Place: Panel, Group: groupTraining, Label: "Open a model", Accept: ".safetensors",
		Hint: "Go on from weights that were saved here or by the command line."},
	{ID: SaveModel, Kind: Button, Place: Panel, Group: groupTraining, Label: "Save the model",
		Hint: "The weights as a .safetensors file."},

	{ID: Solver, Kind: Select, Place: Panel, Group: groupSampling, Label: "Solver", Options: solvers(),
		Hint: "How the flow is followed from noise to shape."},
	{ID: Steps, Kind: Range, Place: Panel, Group: groupSampling, Label: "Steps", Min: 1, Max: engine.MaxSteps, Step: 1, Log: true,
		Hint: "Solver steps from t = 0 to t = 1."},
	{ID: Particles, Kind: Range, Place: Panel, Group: groupSampling, Label: "Particles",
		Min: engine.MinParticles, Max: engine.MaxParticles, Step: 1000, Log: true, OnRelease: true,
		Hint: "How many points flow."},

	{ID: Play, Kind: Toggle, Place: Timeline, Label: "Play", Key: " ", Hint: "Let the particles flow from noise to the shape, again and again."},
	{ID: Time, Kind: Range, Place: Timeline, Label: "Time", Symbol: "t", Min: 0, Max: 1, Step: 0.001,
		Hint: "0 is noise, 1 is the drawing. Drag to look at any moment between."},
	{ID: Speed, Kind: Choice, Place: Timeline, Label: "Speed", Options: []Option{
		{"0.5", "½×", ""}, {"1", "1×", ""}, {"2", "2×", ""}}, Hint: "How fast the flow plays."},

	{ID: ReadTrained, Kind: Reading, Place: Stage, Label: "trained", Hint: "Time spent training this network."},
	{ID: ReadRatio, Kind: Reading, Place: Stage, Label: "W₂ / noise floor",
		Hint: "How far the particles are from the shape, against two fresh sets of the shape itself. Near 1 the two cannot be told apart; a little below it is chance."},
	{ID: ReadRate, Kind: Reading, Place: Stage, Label: "steps/s", Hint: "Training steps a second."},
	{ID: ReadNFE, Kind: Reading, Place: Stage, Label: "evaluations", Symbol: "NFE",
		Hint: "Evaluations of the network a particle costs."},
}

// presets lists the shapes worth a button; those that only serve the tables
// of the benchmarks stay with the command line.
func presets() []Option {
	var o []Option
	for _, p := range density.Presets() {
		if !p.Table {
			o = append(o, Option{p.Name, p.Title, p.Name})
		}
	}
	return o
}

func solvers() []Option {
	var o []Option
	for _, s := range engine.Solvers() {
		o = append(o, Option{Value: s.Name, Label: s.Title})
	}
	return o
}
