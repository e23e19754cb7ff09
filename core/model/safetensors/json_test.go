package safetensors

import (
	"encoding/json"
	"strings"
	"testing"
)

// The reader of JSON agrees with the standard library on what is JSON.
func TestSkipAgreesWithTheStandardLibrary(t *testing.T) {
	for _, s := range []string{
		`0`, `-0`, `01`, `1.`, `.5`, `-`, `1.5`, `1e5`, `1E-5`, `1e`, `1e+`, `+1`, `0x1`, `1_0`, `NaN`, `Infinity`,
		`true`, `false`, `null`, `tru`, `True`, ``, ` `, `[`, `[]`, `[1,]`, `[,1]`, `[1 2]`, `[1, 2]`, `{}`, `{"a":1}`,
		`{"a":1,}`, `{a:1}`, `{"a" 1}`, `{"a":{"b":[1,{"c":null}]}}`, `"`, `"a`, `"a"`, `"\n"`, `"\u0041"`, `"\u00"`, `"\x41"`,
		"\"\n\"", `"\ud83d\ude00"`, `"é"`, `"\"\\\/\b\f\n\r\t"`, `]`, `}`, `,`, `:`,
	} {
		p := parser{b: []byte(s)}
		err := p.skip(0)
		if err == nil && p.space() != 0 {
			err = p.broken("more follows")
		}
		if want := json.Valid([]byte(s)); (err == nil) != want {
			t.Errorf("%q: %v, and the standard library says %v", s, err, want)
		}
	}
}

func TestStringsAgreeWithTheStandardLibrary(t *testing.T) {
	for _, s := range []string{`""`, `"plain"`, `"\"\\\/\b\f\n\r\t"`, `"\u0041\u00e9\u4e2d"`, `"\ud83d\ude00!"`, `"墨 é"`, `"\u0000"`} {
		var want string
		if err := json.Unmarshal([]byte(s), &want); err != nil {
			t.Fatal(err)
		}
		p := parser{b: []byte(s)}
		if got, err := p.str(); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", s, got, err, want)
		}
	}
	for _, s := range []string{"\"\xff\"", `"\ud83d"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\q"`, `"\u12"`, `"\`, `"\u12G4"`} {
		p := parser{b: []byte(s)}
		if got, err := p.str(); err == nil {
			t.Errorf("%q is read as %q", s, got)
		}
	}
}

func TestDeepNestingEnds(t *testing.T) {
	p := parser{b: []byte(strings.Repeat("[", 1<<20))}
	if err := p.skip(0); err == nil || !strings.Contains(err.Error(), "deeply") {
		t.Errorf("%v", err)
	}
}
