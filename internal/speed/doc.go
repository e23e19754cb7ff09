// Command speed times inkflow against its peers and writes the ratios down.
//
// One page in headless Chromium holds everybody: our training step and velocity
// evaluations, TensorFlow.js (WebAssembly with SIMD; WebGL and plain JavaScript
// for the record) and ONNX Runtime Web. They take turns on the same network,
// batch and data, round after round, and what counts is the median of the
// rounds: whatever else the machine is doing, it does it to all of them. Beside
// them stands the ceiling, a loop of vector multiplications and additions that
// does nothing else. The same natively, against gonum.
//
// The peers come from npm when the bench is run and never reach the product.
//
// It is run by `make bench-speed`, prints tables and writes bench-speed.json,
// raw rounds included, in the repository's top folder.
package main
