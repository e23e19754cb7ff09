//go:build e2e

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// click scrolls to an element and clicks it with the mouse.
func (p *page) click(css string) {
	p.t.Helper()
	p.do(chromedp.ScrollIntoView(chromedp.CSS(css)), chromedp.Click(chromedp.CSS(css)))
}

// field types a number into a field in place of what it holds.
func (p *page) field(id, value string) {
	p.t.Helper()
	p.run("(() => { const e = document.getElementById('" + id + "'); e.focus(); e.select(); })()")
	p.do(chromedp.KeyEvent(value + kb.Enter))
	p.run("document.activeElement.blur()")
}

// keys presses keys one after the other, wherever the focus is.
func (p *page) keys(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		p.do(chromedp.KeyEvent(k))
	}
}

// upload gives a file control a file of that name and content.
func (p *page) upload(id, name, content string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#"+id), []string{file}))
}

func quote(s string) string { return strconv.Quote(s) }
func itoa(n int) string     { return strconv.Itoa(n) }

func touchEvent(kind input.DispatchTouchEventType, points []*input.TouchPoint) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if points == nil {
			points = []*input.TouchPoint{}
		}
		_, err := chromedp.Call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		return err
	})
}
