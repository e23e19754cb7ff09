// Package e2e tries the product as a person would: the page in a real
// Chromium, driven through the DevTools protocol with real pointer and key
// events, and the window under a virtual display. Its tests carry the build
// tag e2e; `make test` installs what they need, builds the site and the window,
// and runs them. Nothing here is skipped: what cannot run fails.
//
// Screenshots are left in build/e2e for people to look at.
package e2e
