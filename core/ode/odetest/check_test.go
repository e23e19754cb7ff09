package odetest_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"inkflow/core/ode"
	"inkflow/core/ode/odetest"
)

func TestMethods(t *testing.T) {
	for _, m := range ode.Methods() {
		t.Run(m.Name, func(t *testing.T) {
			if err := odetest.Check(m, builder(m)); err != nil {
				t.Error(err)
			}
		})
	}
}

func builder(m ode.Method) odetest.Build {
	return func(size int, o ode.Options) (ode.Integrator[float64], error) {
		return ode.NewIntegrator[float64](m, size, o)
	}
}

type solve func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result

func (s solve) Solve(f ode.Field[float64], x []float64, grid []float64, each func(int, float64, []float64)) ode.Result {
	return s(f, x, grid, each)
}

// The kit sees every fault it is there for.
func TestCheckFindsFaults(t *testing.T) {
	m, err := ode.ParseMethod("heun")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, want string
		broken     func(s ode.Integrator[float64]) solve
	}{
		{"first order", "order: equal steps", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				res := s.Solve(f, x, grid, each)
				x[0] += 1e-2 / float64(len(grid))
				return res
			}
		}},
		{"silent", "of 41 times seen", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, _ func(int, float64, []float64)) ode.Result {
				return s.Solve(f, x, grid, nil)
			}
		}},
		{"off the grid", "landing: seen", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				return s.Solve(f, x, grid, func(k int, t float64, x []float64) {
					if each != nil {
						each(k, t*(1+1e-15), x)
					}
				})
			}
		}},
		{"miscounting", "evaluations counted", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				res := s.Solve(f, x, grid, each)
				res.Evaluations--
				return res
			}
		}},
		{"looking at the end", "end: an evaluation at 1", func(ode.Integrator[float64]) solve {
			return ode.New[float64](ode.Heun, 8).Solve
		}},
		{"remembering", "memory: the same run twice", func(s ode.Integrator[float64]) solve {
			runs := 0.0
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				runs++
				x[0] += 1e-9 * runs
				return s.Solve(f, x, grid, each)
			}
		}},
		{"careless", "non-finite: NaN", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				res := s.Solve(f, x, grid, each)
				if res.Status != ode.Done {
					x[0] = math.NaN()
				}
				return res
			}
		}},
		{"wasteful", "allocation: ", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				sink = make([]float64, len(x))
				return s.Solve(f, x, grid, each)
			}
		}},
		{"one way", "round trip: ", func(s ode.Integrator[float64]) solve {
			return func(f ode.Field[float64], x, grid []float64, each func(int, float64, []float64)) ode.Result {
				if grid[0] > grid[1] {
					return ode.Result{}
				}
				return s.Solve(f, x, grid, each)
			}
		}},
	} {
		err := odetest.Check(m, func(size int, o ode.Options) (ode.Integrator[float64], error) {
			s, err := ode.NewIntegrator[float64](m, size, o)
			return row.broken(s), err
		})
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: the kit says %v, want something with %q", row.name, err, row.want)
		}
	}
	refusal := errors.New("no such thing")
	if err := odetest.Check(m, func(int, ode.Options) (ode.Integrator[float64], error) { return nil, refusal }); !errors.Is(err, refusal) {
		t.Errorf("an integrator that cannot be made: %v", err)
	}
}

var sink []float64
