// Package build makes the folder that is published: the page, its scripts and
// styles, and the WebAssembly programs, with nothing left that a static host
// would have to know. The programs are the page and the engine, the engine both
// with vector instructions and, for browsers that have none, without.
//
// Sources refer to each other by plain relative paths. The builder gives every
// file but index.html a name that carries the hash of its content,
//
//	assets/css/style.css  →  assets/css/style.1a2b3c4d.css
//
// and rewrites the references, leaves of the graph first, so that a changed
// file changes the names of all that lead to it and a browser may keep every
// hashed file for ever. References stay relative: the folder works at any
// depth of any host.
//
// How a reference is written depends on who resolves it in the browser. In a
// style sheet or a web manifest it is relative to that file; in index.html and
// in scripts it is relative to the root of the site (scripts resolve it
// against document.baseURI), and only an import that begins with a dot is
// relative to the script. Only quoted strings and url(…) are looked at. A
// reference to a file that is not there ends the build with its name.
//
// In index.html the builder also fills in what only it knows: the integrity of
// each script and style sheet, and in data-NAME-bytes the length of NAME.wasm,
// for a progress bar.
//
// Beside each compressible file lies its .gz, and nothing else: all that is in
// the folder is published. A rebuild into the same folder writes the new files
// first, index.html after them, and only then removes the files of the last
// build that are no longer wanted: a server over the folder always finds a
// whole page. A file is known to be a build's own by its name, if that carries
// the hash of what it holds, so no list of them has to be kept.
package build
