// Package postlink makes a finished WebAssembly program smaller on its way
// through the network.
//
// Go's linker (1.27) leaves out every run of zeros in the initial memory and so
// writes it as some sixty thousand little pieces, each with its address. That
// saves bytes of the file and costs them after compression, which makes nothing
// of zeros but much of addresses: in one piece, a program of a megabyte is a
// tenth smaller. [MergeData] puts it together again.
package postlink
