// Package serve hands a built page to browsers: the files of one folder, as a
// plain static host would, with the few things done right that decide whether
// the page starts fast and whether it starts at all.
//
//   - Every file has its right type, from a table of our own: a system's may
//     call WebAssembly a plain stream, which no browser compiles on the way.
//   - A file "x.gz" or "x.br" beside "x" is sent in its place to a browser
//     that takes it. Nothing is compressed on the fly.
//   - A name that carries the hash of its content never changes its meaning,
//     so it may be kept for ever; everything else is asked for again each
//     time, and answered by 304 where the tag still fits.
//   - Nothing outside the folder can be reached, no name that begins with a
//     dot, and no list of a folder is given.
//
// The page may be shown in a frame: it has a form made for that. Which scripts
// may run is said by the page itself, in its own policy, because the host that
// it is published on lets nobody set headers.
package serve
