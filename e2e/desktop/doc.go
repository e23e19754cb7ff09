// Package desktop tests the window as a person uses it: it builds the program,
// opens it on a display drawn in memory (Xvfb), moves the X server's own
// pointer and keyboard (xdotool), looks at the pixels of the screen (import,
// of ImageMagick) and reads the state that --report writes. Run it with
//
//	go test -tags e2e ./e2e/desktop
//
// On Debian the tools are in the packages xvfb, xdotool, imagemagick and
// libgl1-mesa-dri. A tool that is missing is a failure.
package desktop
