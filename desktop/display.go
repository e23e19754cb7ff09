package main

import (
	"errors"
	"fmt"
	"runtime"
)

// display says what is missing where no window can be opened. It looks before
// Ebitengine does, which would draw on the bare console instead.
func display(env func(string) string) error {
	switch runtime.GOOS {
	case "linux", "freebsd", "netbsd":
		if env("DISPLAY") == "" && env("WAYLAND_DISPLAY") == "" {
			return errors.New("there is no display to open a window on (DISPLAY is not set). " +
				"Start it from a desktop session, or under one that is drawn in memory: xvfb-run -a inkflow")
		}
	}
	return nil
}

// unopened is the error of a window that did not come about, as a sentence
// with what to do next.
func unopened(cause any) error {
	return fmt.Errorf("the window could not be opened: %v. "+
		"Check that the display can be reached and that its driver knows OpenGL 3.2 or later", cause)
}
