// Package ode follows a velocity through time.
//
// A flow is learned as a field u(x, t) and used as its solution: start a point
// from noise at t = 0, follow dx/dt = u(x, t), and read off data at t = 1. What
// stands between the two is a method for ordinary differential equations, and
// how few evaluations of a network it needs decides how fast pictures appear.
//
// The package keeps three things apart. A method is a value: a Tableau holds
// the coefficients of an explicit Runge–Kutta method and is checked against the
// order it claims before anything runs with it. A time grid is a list of
// numbers, rising or falling, whose last entry is met exactly. And one loop,
// Solver.Solve, consumes both. It knows nothing of points, dimensions or
// networks, only of a function (x, t) → velocity over a buffer of numbers, in
// float32 for the page and in float64 for measurements.
//
// How a run ended is a Status and not an error: a field that overflows is
// something that happens to an honest program, and the state then stays at the
// last finite step, with advice on what to try.
//
// Nothing here chooses the step size: steps are the grid's. Stochastic
// equations and adaptive control are not part of this package yet.
package ode
