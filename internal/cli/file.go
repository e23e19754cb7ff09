package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"inkflow/core/model"
)

// loadModel reads the checkpoint that --model names.
func loadModel(name string, stdin io.Reader) (*model.Checkpoint, error) {
	if name == "" {
		return nil, usagef(`--model is missing: name a checkpoint, such as "inkflow train" writes`)
	}
	if name == "-" {
		c, err := model.Read(stdin)
		return c, wrap("standard input", err)
	}
	f, err := openFile("model", name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s: \"inkflow train --target moons --out %s\" would make one", name, name)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c, err := model.Read(f)
	return c, wrap(name, err)
}

// onceFromStdin makes sure that standard input is asked for once at most. The
// arguments are flags and their values in turn.
func onceFromStdin(flags ...string) error {
	first := ""
	for k := 0; k < len(flags); k += 2 {
		switch {
		case flags[k+1] != "-":
		case first != "":
			return usagef("--%s and --%s cannot both come from standard input", first, flags[k])
		default:
			first = flags[k]
		}
	}
	return nil
}

// openFile opens the file that a flag names, and says so where it is a folder:
// that opens well enough, and cannot be read.
func openFile(flag, name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: --%s names a file", name, flag)
	}
	return os.Open(name)
}

// output is a file that comes into being when it is whole, or standard output.
type output struct {
	io.Writer
	name string   // as the user gave it
	temp *os.File // nil where what is written goes straight through
	end  string   // where temp is moved to
	file *os.File // a device or pipe that is written directly; nil else
}

// createOutput makes ready to write name, so that a place that cannot be
// written is known before the work that fills it. Close it in any case; only
// Commit puts the file in place.
func createOutput(name string, stdout io.Writer) (*output, error) {
	if name == "-" {
		return &output{Writer: stdout, name: "standard output"}, nil
	}
	end := name
	if real, err := filepath.EvalSymlinks(name); err == nil {
		end = real // replace what a link points to, not the link
	}
	info, err := os.Stat(end)
	switch {
	case name == "":
		return nil, usagef("--out is empty: name a file, or - for standard output")
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a folder: --out names a file", name)
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(end, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &output{Writer: f, name: name, file: f}, nil
	}
	folder, base := filepath.Split(end)
	temp, err := createBeside(folder, base)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s for %s", filepath.Clean(folder), base)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %w", name, err)
	}
	return &output{Writer: temp, name: name, temp: temp, end: end}, nil
}

// createBeside makes a new file in folder, readable as the user's other files
// are (os.CreateTemp's are private).
func createBeside(folder, base string) (*os.File, error) {
	for i := 0; ; i++ {
		name := filepath.Join(folder, fmt.Sprintf(".%s.%d-%d", base, os.Getpid(), i))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || i == 1000 {
			return f, err
		}
	}
}

// Commit puts what was written in place.
func (o *output) Commit() error {
	if o.temp == nil {
		return nil
	}
	temp := o.temp
	o.temp = nil
	err := errors.Join(temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), o.end)
	}
	if err != nil {
		os.Remove(temp.Name())
		return fmt.Errorf("%s could not be written: %w", o.name, err)
	}
	return nil
}

// Close drops what was written and not committed.
func (o *output) Close() {
	if o.temp != nil {
		o.temp.Close()
		os.Remove(o.temp.Name())
		o.temp = nil
	}
	if o.file != nil {
		o.file.Close()
	}
}
