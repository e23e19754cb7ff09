// Package structure holds no code, only tests of what the compiler does not
// see: who may import whom, how large the WebAssembly programs may grow,
// that the page asks no other host for anything, and that wasm_exec.js is the
// toolchain's own.
//
// The rules are tables with a reason in every row. A rule that matches nothing
// fails: it has lost the package it was written for.
package structure
