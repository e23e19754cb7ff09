package build

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"path"
	"regexp"
)

var (
	loadingTag = regexp.MustCompile(`<script\b[^>]*\bsrc="[^"]*"[^>]*>|<link\b[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*>`)
	address    = regexp.MustCompile(`\b(?:src|href)="([^"]*)"`)
	byteCount  = regexp.MustCompile(`\bdata-([a-z]+)-bytes="[0-9]*"`)
)

// addSizes writes, into attributes data-NAME-bytes of index.html, the length of
// NAME.wasm: a compressed answer does not tell a script how much is to come.
func (l *linker) addSizes(html []byte) ([]byte, error) {
	var missing error
	html = byteCount.ReplaceAllFunc(html, func(attribute []byte) []byte {
		name := string(byteCount.FindSubmatch(attribute)[1])
		program, ok := l.sources[name+".wasm"]
		if !ok {
			missing = fmt.Errorf("%s asks for the size of %s.wasm, and there is no such file", index, name)
		}
		return fmt.Appendf(nil, `data-%s-bytes="%d"`, name, len(program))
	})
	return html, missing
}

// addIntegrity writes, into every tag of index.html that loads a script or a
// style sheet of ours, the digest of what it must load.
func (l *linker) addIntegrity(html []byte) []byte {
	digests := map[string]string{}
	for _, p := range l.done {
		sum := sha512.Sum384(p.content)
		digests[p.name] = "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	return loadingTag.ReplaceAllFunc(html, func(tag []byte) []byte {
		m := address.FindSubmatchIndex(tag)
		if m == nil || bytes.Contains(tag, []byte("integrity=")) {
			return tag
		}
		digest, ok := digests[path.Clean(string(tag[m[2]:m[3]]))]
		if !ok {
			return tag
		}
		out := append([]byte{}, tag[:m[1]]...)
		out = append(out, ` integrity="`+digest+`"`...)
		return append(out, tag[m[1]:]...)
	})
}
