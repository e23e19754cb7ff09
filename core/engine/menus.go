package engine

// The menus of Settings, as plain data that nobody changes. The first line of
// each is the simplest there is, or what the laboratory opens with.

// Schedulers is the menu of paths from noise to data.
func Schedulers() Menu { return schedulers }

var schedulers = Menu{
	{Name: "condot", Title: "Straight (CondOT)", Hint: "α = t, σ = 1 − t: every pair moves on a straight line at a steady pace."},
	{Name: "polynomial", Title: "Polynomial", Hint: "α = tⁿ, σ = 1 − tⁿ: straight lines, walked slowly at first.", Parameters: []Parameter{
		{Key: "n", Title: "Degree", Symbol: "n", Min: 1, Max: 6, Step: 0.5, Default: 2, Hint: "1 is the straight path; more waits longer in the noise."}}},
	{Name: "cosine", Title: "Cosine", Hint: "α = sin(πt/2), σ = cos(πt/2): a quarter of a circle, the variance kept."},
	{Name: "linearvp", Title: "Linear, variance kept", Hint: "α = t, σ = √(1 − t²): the variance is kept."},
	{Name: "vp", Title: "Diffusion (VP)", Parameters: betas,
		Hint: "The variance-preserving diffusion of Song et al. 2021, run from noise to data."},
	{Name: "subvp", Title: "Diffusion (sub-VP)", Parameters: betas,
		Hint: "Song et al.'s sub-VP: less noise than VP on the way."},
	{Name: "ve", Title: "Diffusion (VE)", Hint: "α = 1: noise of a very large spread that shrinks away.", Parameters: []Parameter{
		{Key: "min", Title: "Last noise", Symbol: "σmin", Min: 0.001, Max: 0.5, Step: 0.001, Default: 0.01, Log: true,
			Hint: "The noise that is left at t = 1."},
		{Key: "max", Title: "First noise", Symbol: "σmax", Min: 1, Max: 50, Step: 0.5, Default: 10, Log: true,
			Hint: "The spread of the noise at t = 0."}}},
	{Name: "targetcfm", Title: "Straight, a little noise left", Hint: "α = t, σ = 1 − (1 − σmin) t: Lipman et al.'s path, which stops at a small noise.", Parameters: []Parameter{
		{Key: "min", Title: "Last noise", Symbol: "σmin", Min: 0.001, Max: 0.5, Step: 0.001, Default: 0.01, Log: true,
			Hint: "The noise that is left at t = 1."}}},
}

// Predictions is the menu of what a network may be asked for.
func Predictions() Menu { return predictions }

var predictions = Menu{
	{Name: "velocity", Title: "The velocity, u", Hint: "Where to go from here and how fast."},
	{Name: "x1", Title: "The data, x₁", Hint: "The point of the drawing that this is on its way to, on average."},
	{Name: "epsilon", Title: "The noise, ε", Hint: "The noise this came from, on average."},
	{Name: "score", Title: "The score, ∇ log p", Hint: "Uphill in the density at this moment."},
}

// Weights is the menu of weights on the loss.
func Weights() Menu { return weights }

var weights = Menu{
	{Name: "uniform", Title: "Every time alike", Hint: "Each moment pulls with the same force, in the network's own units."},
	{Name: "snr", Title: "By signal, α²/σ²", Hint: "Moments near the drawing weigh more."},
	{Name: "minsnr", Title: "By signal, capped", Hint: "As by signal, but no moment weighs more than γ (Hang et al. 2023).", Parameters: []Parameter{
		{Key: "gamma", Title: "Cap", Symbol: "γ", Min: 1, Max: 20, Step: 0.5, Default: 5, Hint: "The largest weight."}}},
	{Name: "natural", Title: "As papers write it", Hint: "The plain squared error, in the units of the drawing."},
}

// Samplings is the menu of how training draws its times.
func Samplings() Menu { return samplings }

var samplings = Menu{
	{Name: "logit-normal", Title: "More near the drawing", Hint: "Half uniform, half logit-normal about a late moment: sharp edges need it."},
	{Name: "uniform", Title: "Uniform", Hint: "Every moment as often as any other."},
	{Name: "centred", Title: "More in the middle", Hint: "Half uniform, half logit-normal about t = ½ (Esser et al. 2024)."},
	{Name: "beta", Title: "More near the noise", Hint: "A Beta distribution that looks most at the beginning (Black et al. 2024)."},
	{Name: "edm", Title: "As in EDM", Hint: "A logit-normal after Karras et al. 2022."},
	{Name: "lowdisc", Title: "Evenly spread", Hint: "Uniform, but a batch covers all of time without gaps."},
}

// Couplings is the menu of who is paired with whom in a batch.
func Couplings() Menu { return couplings }

var couplings = Menu{
	{Name: "independent", Title: "Any with any", Hint: "A point of noise and a point of the drawing know nothing of each other."},
	{Name: "ot", Title: "Shortest ways (OT)", Hint: "Optimal transport in each batch: paths hardly cross, few steps suffice."},
	{Name: "sinkhorn", Title: "Nearly the shortest", Hint: "Optimal transport made soft by an entropy.", Parameters: []Parameter{
		{Key: "eps", Title: "Softness", Symbol: "ε", Min: 0.01, Max: 10, Step: 0.01, Default: 0.5, Log: true, Hint: "Small is the shortest ways, large is any with any."}}},
	{Name: "sb", Title: "Schrödinger bridge", Hint: "Soft pairs and paths that shake on the way, as a random walk between two ends does.", Parameters: []Parameter{
		{Key: "sigma", Title: "Shaking", Symbol: "σ", Min: 0.1, Max: 3, Step: 0.1, Default: 1, Hint: "The noise on the way between the two ends."}}},
}

// Solvers is the menu of how the flow is followed.
func Solvers() Menu { return solvers }

var solvers = Menu{
	{Name: "euler", Title: "Euler", Hint: "One look a step, straight on."},
	{Name: "midpoint", Title: "Midpoint", Hint: "Two looks a step, the second half way."},
	{Name: "heun", Title: "Heun", Hint: "Two looks a step, the second at its end."},
	{Name: "ralston", Title: "Ralston", Hint: "Two looks a step, the second at two thirds."},
	{Name: "rk4", Title: "Runge–Kutta 4", Hint: "Four looks a step."},
	{Name: "ab2", Title: "Adams–Bashforth 2", Hint: "One look a step, and the one before remembered."},
	{Name: "dopri5", Title: "Dormand–Prince 5(4)", Adaptive: true, Hint: "Chooses its own steps, to a tolerance."},
	{Name: "bs32", Title: "Bogacki–Shampine 3(2)", Adaptive: true, Hint: "Chooses its own steps, to a tolerance; cheap steps."},
	{Name: "ddim", Title: "DDIM", Hint: "Exact where the data is known: one look a step."},
	{Name: "dpmpp2m", Title: "DPM-Solver++ (2M)", Hint: "DDIM with the look before remembered."},
}

// Grids is the menu of where the steps fall. The empty name of Settings.Grid,
// the solver's own, is the line "own"; "custom" stands for a list of times.
func Grids() Menu { return grids }

var grids = Menu{
	{Name: "own", Title: "The solver's own", Hint: "Where this solver works best."},
	{Name: "uniform", Title: "Uniform", Hint: "Steps of one length."},
	{Name: "shift", Title: "Shorter near the noise", Hint: "Steps that grow, to twice the length at the drawing (Esser et al. 2024)."},
	{Name: "cosine", Title: "Cosine", Hint: "Short steps at both ends."},
	{Name: "logsnr", Title: "Even in log-SNR", Hint: "Steps of one ratio of signal to noise."},
	{Name: "edm", Title: "As in EDM", Hint: "After Karras et al. 2022: short steps near the drawing."},
	{Name: "custom", Title: "My own times", Hint: "A list of times, from noise to drawing."},
}

// betas are the parameters of the two diffusions with a rate linear in time.
var betas = []Parameter{
	{Key: "min", Title: "Slowest noising", Symbol: "βmin", Min: 0.01, Max: 1, Step: 0.01, Default: 0.1, Log: true,
		Hint: "Rate β of the noising at the end of the data."},
	{Key: "max", Title: "Fastest noising", Symbol: "βmax", Min: 2, Max: 40, Step: 0.5, Default: 20,
		Hint: "Rate β of the noising at the end of the noise."},
}
