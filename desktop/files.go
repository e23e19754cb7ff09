package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"inkflow/desktop/panel"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

// maxFile is the size of the largest file that is read into memory at all.
const maxFile = 64 << 20

// control is the File control that takes a file of that name, or nil.
func control(name string) *controls.Control {
	ext := strings.ToLower(filepath.Ext(name))
	media := map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}[ext]
	all := controls.All()
	for i := range all {
		if all[i].Kind != controls.File {
			continue
		}
		for a := range strings.SplitSeq(all[i].Accept, ",") {
			if ext != "" && (a == ext || a == media) {
				return &all[i]
			}
		}
	}
	return nil
}

// openDropped takes the first file of those dropped on the window that
// something can be made of.
func (w *window) openDropped(files fs.FS) {
	if files == nil {
		return
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil || len(entries) == 0 {
		return
	}
	for _, e := range entries {
		if c := control(e.Name()); c != nil && !e.IsDir() {
			f, err := files.Open(e.Name())
			w.take(c.ID, e.Name(), f, err)
			return
		}
	}
	w.lab.Say(entries[0].Name()+" is neither a picture (PNG, JPEG) nor a model (.safetensors).", true)
}

// openPath takes a path typed into a File control.
func (w *window) openPath(id, path string) {
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(path, "~/") {
		path = filepath.Join(home, path[2:])
	}
	f, err := os.Open(path)
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = fmt.Errorf("%s cannot be opened: %w", path, pe.Err)
	}
	w.take(id, filepath.Base(path), f, err)
}

// take hands the bytes of a file to the laboratory, and says what is wrong
// with it if anything is.
func (w *window) take(id, name string, f fs.File, err error) {
	var data []byte
	if err == nil {
		data, err = read(name, f)
		f.Close()
	}
	if err == nil {
		err = w.lab.Open(id, name, data)
	}
	if err != nil {
		w.lab.Say(panel.Sentence(err), true)
	} else if w.lab.Notice().Fault {
		w.lab.Say("", false)
	}
}

func read(name string, f io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s is larger than 64 MiB, the most that is read", name)
	}
	return data, nil
}

// saved writes a model and says where it went.
func saved(l *lab.Lab, path string, model []byte) {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	if err := write(path, model); err != nil {
		l.Say("The model could not be saved: "+err.Error()+".", true)
		return
	}
	l.Say("The model is saved in "+path+".", false)
}

// write replaces a file as a whole: whoever looks finds the old bytes or the
// new ones, never a part.
func write(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
