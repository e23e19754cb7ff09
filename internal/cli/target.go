package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"inkflow/core/density"
	"inkflow/core/density/picture"
	"inkflow/core/density/text"
)

// targetUsage describes what the flag --target takes.
const targetUsage = "a `preset`, word:TEXT, a picture (.png, .jpg), points (.csv), or - for a picture or points from standard input"

// openTarget finds the density that a flag, --target or --source, names, and a
// label for it that does not depend on where a file lies.
func openTarget(flag, name string, stdin io.Reader) (density.Target, string, error) {
	if word, ok := strings.CutPrefix(name, "word:"); ok {
		grid, err := text.Grid(word)
		if err != nil {
			return nil, "", usagef("--%s %q: %v", flag, name, err)
		}
		target, err := density.NewSampler(grid)
		return target, name, err
	}
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case name == "":
		return nil, "", usagef("--%s is missing: a preset (%s), word:TEXT, a picture (.png, .jpg) or points (.csv)", flag, strings.Join(presetNames(), ", "))
	case name == "-":
		target, err := readTarget(stdin)
		return target, "standard input", wrap("standard input", err)
	case ext == ".png", ext == ".jpg", ext == ".jpeg", ext == ".csv":
		f, err := openFile(flag, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("there is no file %s", name)
		}
		if err != nil {
			return nil, "", err
		}
		defer f.Close()
		read := readPicture
		if ext == ".csv" {
			read = readPoints
		}
		target, err := read(f)
		return target, filepath.Base(name), wrap(name, err)
	}
	preset, err := density.Lookup(name)
	if err == nil {
		return preset.Target(), name, nil
	}
	if _, err := os.Stat(name); err == nil {
		return nil, "", usagef("--%s %s: a file must be a picture (.png, .jpg) or points (.csv)", flag, name)
	}
	return nil, "", usagef("there is no preset %q%s; the presets are %s; a file ends in .png, .jpg or .csv; a word is written word:%s",
		name, didYouMean(name, presetNames(), ""), strings.Join(presetNames(), ", "), name)
}

// namesDensity reports whether a label of openTarget is enough to find the
// density again; that of a file is not.
func namesDensity(label string) bool {
	_, err := density.Lookup(label)
	return err == nil || strings.HasPrefix(label, "word:")
}

func presetNames() []string {
	var names []string
	for _, p := range density.Presets() {
		names = append(names, p.Name)
	}
	return names
}

// readTarget tells a picture from points by its first bytes.
func readTarget(r io.Reader) (density.Target, error) {
	b := bufio.NewReader(r)
	if isPicture(b) {
		return readPicture(b)
	}
	return readPoints(b)
}

// isPicture looks at the first bytes; where they cannot be read, whoever reads on
// meets the error.
func isPicture(b *bufio.Reader) bool {
	start, _ := b.Peek(4)
	return bytes.HasPrefix(start, []byte("\x89PNG")) || bytes.HasPrefix(start, []byte("\xff\xd8\xff"))
}

func readPicture(r io.Reader) (density.Target, error) {
	grid, err := picture.Decode(r)
	if err != nil {
		return nil, err
	}
	return density.NewSampler(grid)
}

func readPoints(r io.Reader) (density.Target, error) {
	points, err := density.ReadCSV(r)
	if err != nil {
		return nil, err // not a nil *Points in an interface
	}
	return points, nil
}

// wrap says which file an error is about.
func wrap(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}
