package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// solverReport is what bench solvers has to say, as --json prints it.
type solverReport struct {
	Target   string        `json:"target"`
	Closed   string        `json:"closed_form_of"`
	Path     string        `json:"path"`
	N        int           `json:"n"`
	Draws    int           `json:"draws"`
	Seed     uint64        `json:"seed"`
	Floor    float64       `json:"w2_floor"`
	Fixed    []fixedRow    `json:"fixed_steps"`
	Adaptive []adaptiveRow `json:"adaptive"`
}

// fixedRow is a solver with given steps. Evaluations[k] is what the run with a
// budget of budgets[k] really took, 0 where the budget does not pay for a step.
type fixedRow struct {
	Solver      string    `json:"solver"`
	Order       int       `json:"order"`
	Grid        string    `json:"grid"`
	Evaluations []int     `json:"evaluations"`
	W2          []float64 `json:"w2"`
	Reference   float64   `json:"w2_256_steps"`
	Ratio       float64   `json:"w2_8_evaluations_over_256_steps"`
}

type adaptiveRow struct {
	Solver      string  `json:"solver"`
	Tolerance   float64 `json:"tolerance"`
	Evaluations float64 `json:"evaluations"` // of the slowest chunk of points, mean over the draws
	W2          float64 `json:"w2"`
}

func (r *solverReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	fmt.Fprintf(w, "W2 to %s along %s, with the exact field of %s: %d points, mean of %d draws, seed %d; floor %.3f\n\n",
		r.Target, r.Path, r.Closed, r.N, r.Draws, r.Seed, r.Floor)
	fmt.Fprint(w, "| evaluations |")
	for _, nfe := range budgets {
		fmt.Fprintf(w, " %d |", nfe)
	}
	fmt.Fprintf(w, " 256 steps | 8 against 256 | grid |\n|%s\n", strings.Repeat(" --- |", len(budgets)+4))
	for _, row := range r.Fixed {
		fmt.Fprintf(w, "| %s |", row.Solver)
		for k, nfe := range row.Evaluations {
			switch {
			case nfe == 0:
				fmt.Fprint(w, " – |")
			case nfe < budgets[k]:
				fmt.Fprintf(w, " %.3f (%d) |", row.W2[k], nfe)
			default:
				fmt.Fprintf(w, " %.3f |", row.W2[k])
			}
		}
		fmt.Fprintf(w, " %.3f | %.2f | %s |\n", row.Reference, row.Ratio, row.Grid)
	}
	fmt.Fprint(w, "\n| chooses its steps | tolerance | evaluations | W2 |\n| --- | --- | --- | --- |\n")
	for _, row := range r.Adaptive {
		fmt.Fprintf(w, "| %s | %g | %.0f | %.3f |\n", row.Solver, row.Tolerance, row.Evaluations, row.W2)
	}
	_, err := fmt.Fprintln(w, "\nWhere a method cannot spend the whole budget, what it spent stands in brackets.")
	return err
}
