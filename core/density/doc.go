// Package density turns what people make into probability.
//
// A flow model learns to move noise into a shape. The shape can come from a
// finger on the glass, a typed word, a picture, a file of points or a formula
// out of a paper; here each of them becomes something to draw samples from.
//
// Two ideas carry the package.
//
// A [Grid] is a drawing read as a probability: square cells, each with an
// amount of ink, and the chance that a sample falls into a cell is its share
// of all the ink. Inside a cell the density is constant, so its moments and
// its value at a point are exact, not estimates. Strokes ([Grid.Line]), typed
// words (density/text) and pictures (density/picture) all end as a Grid, and a [Sampler]
// draws from it in constant time whatever the number of cells.
//
// A [Target] is anything that can be sampled. Besides the Sampler there are
// the presets of the literature, drawn from their formulas and not from a
// picture of them, and [Points], a cloud read from a file.
//
// Conventions, the same everywhere in inkflow:
//
//   - natural units: the noise is N(0, I) and a drawing lives in about [-3, 3];
//     y points up, and row 0 of a grid is the bottom one;
//   - samples are float32 and feature-major: x is [Dim × n], and x[i*n+j] is
//     coordinate i of point j;
//   - randomness is handed in; equal seeds give equal samples;
//   - ink drawn here has at most the value 1 and is a whole multiple of 1/255,
//     so a drawing survives storage as 8-bit grey without loss.
//
// What arrives from outside is not trusted. Every limit on images and files is
// in image.go and csv.go, and a refusal is a sentence that says what is wrong
// and what would be right, fit to be shown as it stands.
//
// The page links this package, so it stays light: no linear algebra library,
// no reflection.
package density
