package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// tagCache remembers the entity tags of files, which are hashes of their
// content: two builds of the same page have the same tags, whenever they were
// made. A file is hashed again when its size or time has changed.
type tagCache struct {
	mu   sync.Mutex
	tags map[string]taggedFile // by the file's name
}

type taggedFile struct {
	size    int64
	changed time.Time
	tag     string
}

// tag returns the entity tag of f, an open file that stands at its beginning,
// and leaves it there.
func (c *tagCache) tag(f *os.File, info fs.FileInfo) (string, error) {
	c.mu.Lock()
	known, ok := c.tags[f.Name()]
	c.mu.Unlock()
	if ok && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.tag, nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	tag := `"` + hex.EncodeToString(hash.Sum(nil)[:12]) + `"`
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tags == nil {
		c.tags = map[string]taggedFile{}
	}
	c.tags[f.Name()] = taggedFile{info.Size(), info.ModTime(), tag}
	return tag, nil
}
