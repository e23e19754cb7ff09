package serve

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Handler serves the files of one folder. It opens them anew for every
// request, so the folder may be rebuilt under it.
type Handler struct {
	root *os.Root // nothing outside is reached, by links neither
	tags tagCache
}

// Open makes a handler for dir, which must hold an index.html.
func Open(dir string) (*Handler, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	if _, err := root.Stat(index); err != nil {
		root.Close()
		return nil, err
	}
	return &Handler{root: root}, nil
}

// Close lets go of the folder.
func (h *Handler) Close() error { return h.root.Close() }

// index is the file that stands for its folder.
const index = "index.html"

// hashed matches names that carry a hash of their content, name.HASH.ext.
var hashed = regexp.MustCompile(`\.[0-9a-f]{8,64}\.[a-z0-9]+$`)

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	if info, err := h.root.Stat(name); err == nil && info.IsDir() {
		// A relative address, so that it also holds behind a path prefix.
		header.Set("Location", path.Base(name)+"/")
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	h.serveFile(w, r, name)
}

// serveFile sends the file name, or the compressed one beside it.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	body, info, err := h.open(name)
	if err != nil {
		fail(w, r, err)
		return
	}
	header := w.Header()
	for _, enc := range encodings {
		packed, packedInfo, err := h.open(name + enc.suffix)
		if err != nil {
			continue
		}
		header.Set("Vary", "Accept-Encoding")
		if !accepts(r.Header.Get("Accept-Encoding"), enc.name) {
			packed.Close()
			continue
		}
		body.Close()
		body, info = packed, packedInfo
		header.Set("Content-Encoding", enc.name)
		if r.Header.Get("Range") == "" {
			header.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
		}
		break
	}
	defer body.Close()
	tag, err := h.tags.tag(body, info)
	if err != nil {
		fail(w, r, err)
		return
	}
	header.Set("ETag", tag)
	header.Set("Content-Type", contentType(name))
	if hashed.MatchString(name) {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache")
	}
	http.ServeContent(w, r, "", info.ModTime(), body)
}

// open opens a plain file; a folder or a device is not one.
func (h *Handler) open(name string) (*os.File, fs.FileInfo, error) {
	f, err := h.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// fileName turns the path of a request into the name of a file below the
// root. It refuses what could mean something else to the file system, and
// hidden files.
func fileName(urlPath string) (name string, ok bool) {
	if strings.ContainsAny(urlPath, "\\\x00:") {
		return "", false
	}
	if strings.HasSuffix(urlPath, "/") {
		urlPath += index
	}
	name = strings.TrimPrefix(urlPath, "/")
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part[0] == '.' {
			return "", false
		}
	}
	return name, true
}

func fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, fs.ErrPermission) {
		http.Error(w, "this file may not be read", http.StatusForbidden)
		return
	}
	http.NotFound(w, r)
}
