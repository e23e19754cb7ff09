// Package model keeps trained networks in files, and gets them back bit for
// bit.
//
// A checkpoint is a safetensors file, so that it opens in Python as well as
// here. Its tensors are the dense layers, F32,
//
//	layers.K.weight  [out, in]
//	layers.K.bias    [out]
//
// for K = 0 … number of hidden layers. What else a velocity field is made of
// stands in the metadata, as strings:
//
//	format     "inkflow"
//	version    "1", or "2" where one of the entries marked below is there
//	scheduler  the path it was trained on, as path.Parse takes it, "condot"
//	dim        coordinates of a point
//	hidden     widths of the hidden layers, "64,64,64"
//	octaves    frequencies of the features of x
//	harmonics  frequencies of the features of t
//	mean, std  the target's mean, "0.5,0.25", and isotropic standard deviation,
//	           in natural units: they scale the network's input and output
//	seed       of the training
//	step       optimiser steps done
//	target     what was learned, a label for people; any text
//	crc32      checksum of all the others and the weights, 8 hexadecimal digits
//
// And, where it is not as it always was,
//
//	coupling   how batches were paired, "ot"; missing: "independent"
//	source     what the flow begins from, a label; missing: the path's noise
//	predict    what the network gives, "x1", "epsilon" or "score"; missing:
//	           the velocity                                           (version 2)
//	plain      "true" where the last layer gives that quantity itself, in units
//	           of its own standard deviation; missing: what a Gaussian of the
//	           same moments would give is added first                 (version 2)
//	source_mean, source_std
//	           moments of the source, where it is not N(0, I)         (version 2)
//	covariance of source and target per coordinate, where batches were paired
//	           with a coupling                                        (version 2)
//	shift, spread
//	           x = shift + spread·z, where the network knows not the natural
//	           coordinates x but z                                    (version 2)
//
// The version is the least that will do: a program that knows version 1 reads
// every file of that version rightly, and refuses the others.
//
// The checksum is CRC-32 as in zlib, over key, a zero byte, value, a zero byte
// of every other metadata entry in the order of the keys, and then over the
// tensors' bytes, weight before bias, layer by layer. With it a flipped bit is
// an error and not a slightly different flow. It may be missing: whoever
// changes weights on purpose in another program leaves it out. Entries of
// other names are ignored.
//
// A checkpoint is untrusted. [Read] checks everything it uses, before it
// allocates for it, and its errors say in a sentence what is wrong and what
// would be right:
//
//   - *safetensors.FormatError: no safetensors file, or one cut short
//   - *safetensors.LimitError: larger than any checkpoint
//   - *[ForeignError]: a safetensors file of another program
//   - *[VersionError]: of a later version than any it knows
//   - *[ContentError]: a checkpoint whose parts do not fit together
//
// The random generator's state and the optimiser's moments are not kept: a
// checkpoint is a network to be used, not a run to be resumed.
package model
