package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError tells that the command was called wrongly, as opposed to one that
// was called well and failed.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// between makes sure that a flag's number lies in [lo, hi].
func between(flag string, n, lo, hi int) error {
	if n < lo || n > hi {
		return usagef("--%s is %d: it must be from %d to %d", flag, n, lo, hi)
	}
	return nil
}

// noArguments refuses what is not a flag.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%q is not a flag: %s takes flags only, --target moons for example", args[0], cmd.Name())
	}
	return nil
}

func unknownCommand(root *cobra.Command, name string) error {
	var known []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	return usagef("there is no command %q%s; there are: %s", name, didYouMean(name, known, ""), strings.Join(known, ", "))
}

// explainFlag words what is wrong with a flag.
func explainFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1:
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		name := unknown.GetSpecifiedName()
		return usagef("there is no flag --%s%s", name, didYouMean(name, known, "--"))
	case errors.As(err, &value):
		f := value.GetFlag()
		return usagef("--%s is %q: it must be %s", f.Name, value.GetValue(), kinds[f.Value.Type()])
	case errors.As(err, &missing):
		return usagef("--%s needs a value: %s", missing.GetFlag().Name, kinds[missing.GetFlag().Value.Type()])
	}
	return usagef("%v", err)
}

// kinds words the types of flags.
var kinds = map[string]string{
	"int":      "a whole number",
	"uint64":   "a whole number from 0 to 18446744073709551615",
	"float64":  "a number",
	"intSlice": "whole numbers between commas",
	"string":   "a text",
	"bool":     "true or false",
}

// didYouMean suggests those of known that are close to name, the closest
// first, as part of a sentence; it is empty where none is.
func didYouMean(name string, known []string, prefix string) string {
	type guess struct {
		word string
		cost int
	}
	var guesses []guess
	for _, word := range known {
		cost := editDistance(strings.ToLower(name), word)
		if len(name) >= 3 && (strings.HasPrefix(word, name) || strings.HasPrefix(name, word)) {
			cost = min(cost, 1)
		}
		if cost <= 1+len(word)/4 {
			guesses = append(guesses, guess{prefix + word, cost})
		}
	}
	if len(guesses) == 0 {
		return ""
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.cost, b.cost) })
	words := make([]string, 0, 3)
	for _, g := range guesses[:min(len(guesses), 3)] {
		words = append(words, g.word)
	}
	return " (did you mean " + strings.Join(words, " or ") + "?)"
}

// editDistance is the number of letters to insert, delete, replace or swap with
// their neighbour that turns a into b (Damerau 1964, each place edited once).
func editDistance(a, b string) int {
	cost := make([][]int, len(a)+1) // [len(a)+1 × len(b)+1]
	for i := range cost {
		cost[i] = make([]int, len(b)+1)
		cost[i][0] = i
		for j := 1; j <= len(b); j++ {
			if i == 0 {
				cost[0][j] = j
				continue
			}
			differs := 1
			if a[i-1] == b[j-1] {
				differs = 0
			}
			cost[i][j] = min(cost[i-1][j]+1, cost[i][j-1]+1, cost[i-1][j-1]+differs)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cost[i][j] = min(cost[i][j], cost[i-2][j-2]+1)
			}
		}
	}
	return cost[len(a)][len(b)]
}
