package controls

import (
	"slices"

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
	Scheduler = "scheduler"
	Curves    = "curves"
	Source    = "source"
	Keep      = "keep-source"
	Coupling  = "coupling"
	Predict   = "predict"
	Weight    = "weight"
	Times     = "times"
	Solver    = "solver"
	Steps     = "steps"
	Tolerance = "tolerance"
	Grid      = "grid"
	GridTimes = "grid-times"
	Noisiness = "noise"
	Reverse   = "reverse-sde"
	Corrector = "corrector"
	Along     = "along"
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
	ReadLossFloor  = "loss-floor"
	LossChart      = "loss-chart"
	ReadNLL        = "nll"
	ReadEntropy    = "entropy"
	ReadW2         = "w2"
	ReadFloor      = "w2-floor"
	ReadParameters = "parameters"
)

// The layers of the stage.
const (
	ShowParticles  = "show-particles"
	ShowTarget     = "show-target"
	ShowVelocity   = "show-velocity"
	ShowExact      = "show-exact"
	ShowError      = "show-error"
	ShowDensity    = "show-density"
	ShowLikelihood = "show-likelihood"
	ShowTheorem    = "show-theorem"
	TheoremChart   = "theorem-chart"
)

// The tools.
const (
	ToolDraw  = "draw"
	ToolErase = "erase"
)

const (
	groupTarget   = "target"
	groupPath     = "path"
	groupTraining = "training"
	groupLearned  = "learned"
	groupSampling = "sampling"
	groupLayers   = "layers"
)

var groups = []Group{
	{groupTarget, "What should it draw?", true},
	{groupPath, "Which path?", true},
	{groupLearned, "How well has it learned?", true},
	{groupTraining, "How to learn?", true},
	{groupSampling, "How to sample?", true},
	{groupLayers, "What to show?", false},
}

// afresh is the one rule of what is learned, said where it applies.
const afresh = " Changing it learns afresh."

var table = slices.Concat(bar, target, path, learned, training, sampling, layers, edges)

var bar = []Control{
	{ID: Tool, Kind: Choice, Place: Bar, Label: "Tool", Options: []Option{
		{ToolDraw, "Draw", "pencil"}, {ToolErase, "Erase", "eraser"}},
		Hint: "Draw lays ink down, Erase takes it away. Keys: B and E."},
	{ID: Undo, Kind: Button, Place: Bar, Label: "Undo", Key: "z", Hint: "Take back the last change of the drawing."},
	{ID: Redo, Kind: Button, Place: Bar, Label: "Redo", Key: "y", Hint: "Bring back what was undone."},
	{ID: Clear, Kind: Button, Place: Bar, Label: "Clear", Hint: "Start from an empty paper. Undo brings the drawing back."},
	{ID: Theme, Kind: Choice, Place: Bar, Label: "Paper", Options: []Option{
		{"night", "Night", "moon"}, {"day", "Day", "sun"}}, Hint: "Night or day paper."},
}

var target = []Control{
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
}

var path = slices.Concat([]Control{
	{ID: Scheduler, Kind: Select, Place: Panel, Group: groupPath, Label: "Path", Options: options(engine.Schedulers()),
		Hint: "How noise turns into the shape: xₜ = α x₁ + σ x₀, with α and σ as drawn below." + afresh},
}, parameters(Scheduler, groupPath, "", engine.Schedulers(), afresh), []Control{
	{ID: Curves, Kind: Chart, Place: Panel, Group: groupPath, Label: "Share of the shape α and of the noise σ over time",
		Hint: "From t = 0 on the left to t = 1 on the right: how much of the shape, α, and of the noise, σ, is in the mixture."},
	{ID: Source, Kind: Select, Place: Panel, Group: groupPath, Label: "From", Symbol: "x₀", Options: sources(),
		Hint: "What flows into the shape." + afresh},
	{ID: Keep, Kind: Button, Place: Panel, Group: groupPath, Label: "Flow from this shape",
		Hint: "Puts the shape aside and lets the flow start from it; then draw where it should go. It learns afresh."},
	{ID: Coupling, Kind: Select, Place: Panel, Group: groupPath, Label: "Pairs", Symbol: "x₀, x₁", Options: options(engine.Couplings()),
		Hint: "Which point of the noise learns with which point of the shape." + afresh},
}, parameters(Coupling, groupPath, "", engine.Couplings(), afresh))

var learned = []Control{
	{ID: ReadStep, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Training steps",
		Hint: "Optimiser steps this network has taken."},
	{ID: ReadLoss, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Loss",
		Hint: "Conditional flow matching loss, mean over samples and coordinates. It does not go to zero: pairs of noise and data cross."},
	{ID: ReadLossFloor, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Its floor",
		Hint: "The loss of the exact answer: no network can go below. What is above it can still be learned."},
	{ID: LossChart, Kind: Chart, Place: Panel, Group: groupLearned, Label: "Loss over training, and its floor",
		Hint: "The loss against steps of training, both in powers of ten; dashed, the floor that no network can go below."},
	{ID: ReadW2, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Distance to the shape", Symbol: "W₂",
		Hint: "Wasserstein-2 distance between particles and fresh points of the shape, by exact matching: the mean of so many draws × points in each."},
	{ID: ReadFloor, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Its noise floor",
		Hint: "The same distance between two fresh sets of points of the shape itself: the mean of so many draws × points in each."},
	{ID: ReadNLL, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Surprise at the shape", Symbol: "NLL",
		Hint: "Negative log-likelihood of fresh points of the shape under what was learned, in nats: the mean over so many points."},
	{ID: ReadEntropy, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Its least", Symbol: "H",
		Hint: "The entropy of the shape, in nats: nobody can be less surprised than that."},
	{ID: ReadParameters, Kind: Reading, Place: Panel, Group: groupLearned, Label: "Parameters of the network",
		Hint: "Weights the network learns."},
}

var training = slices.Concat([]Control{
	{ID: Train, Kind: Toggle, Place: Panel, Group: groupTraining, Label: "Train", Key: "t",
		Hint: "Let the network learn, or hold it where it is."},
	{ID: Reset, Kind: Button, Place: Panel, Group: groupTraining, Label: "Start afresh", Key: "r",
		Hint: "Forget all that was learned; the drawing stays."},
	{ID: Predict, Kind: Select, Place: Panel, Group: groupTraining, Label: "Ask for", Options: options(engine.Predictions()),
		Hint: "What the network is asked for; each can be turned into the others." + afresh},
	{ID: Weight, Kind: Select, Place: Panel, Group: groupTraining, Label: "Weight", Options: options(engine.Weights()),
		Hint: "How much each moment counts in the loss. Training goes on from what was learned."},
}, parameters(Weight, groupTraining, "", engine.Weights(), ""), []Control{
	{ID: Times, Kind: Select, Place: Panel, Group: groupTraining, Label: "Moments", Symbol: "t", Options: options(engine.Samplings()),
		Hint: "Which moments are trained on how often. Training goes on from what was learned."},
	{ID: Seed, Kind: Number, Place: Panel, Group: groupTraining, Label: "Seed", Min: 0, Max: 4294967295, Step: 1,
		Hint: "Of the weights, the training draws and the noise. The same seed learns the same way." + afresh},
	{ID: OpenModel, Kind: File, Place: Panel, Group: groupTraining, Label: "Open a model", Accept: ".safetensors",
		Hint: "Go on from weights that were saved here or by the command line."},
	{ID: SaveModel, Kind: Button, Place: Panel, Group: groupTraining, Label: "Save the model",
		Hint: "The weights as a .safetensors file."},
})

var sampling = slices.Concat([]Control{
	{ID: Solver, Kind: Select, Place: Panel, Group: groupSampling, Label: "Solver", Options: options(engine.Solvers()),
		Hint: "How the flow is followed from noise to shape."},
	{ID: Steps, Kind: Range, Place: Panel, Group: groupSampling, Label: "Steps", Min: 1, Max: engine.MaxSteps, Step: 1, Log: true,
		Hint: "Solver steps from t = 0 to t = 1."},
	{ID: Tolerance, Kind: Range, Place: Panel, Group: groupSampling, Label: "Tolerance", Min: engine.MinTolerance, Max: engine.MaxTolerance, Step: 1e-6, Log: true,
		Hint: "The error that a step may make, relative to where the points are: the solver takes as many steps as it needs."},
	{ID: Grid, Kind: Select, Place: Panel, Group: groupSampling, Label: "Steps fall", Options: options(engine.Grids()),
		Hint: "Where between noise and shape the steps fall."},
	{ID: GridTimes, Kind: Text, Place: Panel, Group: groupSampling, Label: "At the times", Of: Grid, When: CustomGrid,
		Hint: "Times from 0 to 1 with commas between, as in 0, 0.3, 0.7, 1: a step ends at each."},
	{ID: Noisiness, Kind: Range, Place: Panel, Group: groupSampling, Label: "Noise", Symbol: "g", Min: 0, Max: engine.MaxNoise, Step: 0.05,
		Hint: "0 follows the flow (an ODE). More shakes the particles on their way (an SDE) and pulls them back, to the same shape."},
	{ID: Reverse, Kind: Check, Place: Panel, Group: groupSampling, Label: "As the reverse diffusion",
		Hint: "Just as much noise at each moment as turns the forward noising around (Song et al. 2021)."},
	{ID: Corrector, Kind: Range, Place: Panel, Group: groupSampling, Label: "Corrector", Min: 0, Max: engine.MaxCorrector, Step: 1,
		Hint: "Langevin steps after each step: small random walks towards where the points should be at that moment."},
	{ID: Along, Kind: Select, Place: Panel, Group: groupSampling, Label: "Along", Options: options(engine.Schedulers(), Option{Value: AsTrained, Label: "As it was trained"}),
		Hint: "Sample along another path with the same network: nothing is learned anew."},
}, parameters(Along, groupSampling, "along-", engine.Schedulers(), ""), []Control{
	{ID: Particles, Kind: Range, Place: Panel, Group: groupSampling, Label: "Particles",
		Min: engine.MinParticles, Max: engine.MaxParticles, Step: 1000, Log: true, OnRelease: true,
		Hint: "How many points flow."},
})

var layers = []Control{
	{ID: ShowParticles, Kind: Check, Place: Panel, Group: groupLayers, Label: "Particles", Colour: Learned,
		Hint: "Points of noise, carried to the shape by what was learned."},
	{ID: ShowTarget, Kind: Check, Place: Panel, Group: groupLayers, Label: "The shape itself", Colour: Target,
		Hint: "What is to be learned, faint under the particles."},
	{ID: ShowVelocity, Kind: Check, Place: Panel, Group: groupLayers, Label: "Learned velocity", Symbol: "v", Colour: Learned,
		Hint: "Where the network sends a point that is there at this moment, and how fast."},
	{ID: ShowExact, Kind: Check, Place: Panel, Group: groupLayers, Label: "Exact velocity", Symbol: "u", Colour: Exact,
		Hint: "Where the exact answer sends it: the mean over all pairs that pass through there."},
	{ID: ShowError, Kind: Check, Place: Panel, Group: groupLayers, Label: "Where the two differ", Symbol: "|u − v|", Colour: Exact,
		Hint: "Full colour is an error of a quarter of the speed at which pairs pass now. Where hardly a point comes, it fades."},
	{ID: ShowDensity, Kind: Check, Place: Panel, Group: groupLayers, Label: "Exact density", Symbol: "pₜ", Colour: Exact,
		Hint: "Where the exact flow has its points at this moment: the denser, the stronger."},
	{ID: ShowLikelihood, Kind: Check, Place: Panel, Group: groupLayers, Label: "Learned density", Symbol: "q̂", Colour: Learned,
		Hint: "How likely each place is at t = 1, by following it back into the noise and adding up how the flow spreads."},
	{ID: ShowTheorem, Kind: Check, Place: Panel, Group: groupLayers, Label: "The theorem, measured", Symbol: "∇FM = ∇CFM", Colour: Exact,
		Hint: "Learning from single pairs and from the exact answer pull the same way: their gradients meet as the draws n grow, like 1/√n."},
	{ID: TheoremChart, Kind: Chart, Place: Panel, Group: groupLayers, Label: "Distance of the two gradients against the number of draws",
		Hint: "How far ∇FM and ∇CFM are apart against the number of draws n, both in powers of ten; dashed, 1/√n."},
}

// edges are the time line and the figures over the stage.
var edges = []Control{
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
