// Package odetest holds the cases that every integrator of core/ode must pass,
// whatever its method: it converges with the order it claims, forwards and
// backwards; it stops on the end of the grid to the last bit and never evaluates
// there; it counts its evaluations truthfully; it allocates nothing; it leaves
// its inputs and its own memory as they were; and a field that is not finite ends
// the run with a status and a finite state.
//
// Check answers with errors and not with a *testing.T, so that the kit itself can
// be tested against integrators that are wrong.
package odetest
