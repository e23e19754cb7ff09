package cli

import (
	"cmp"
	"runtime/debug"
)

// version words what is known of the build: a release's number, or the commit
// that the toolchain found around the source, and the toolchain itself.
func version(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return "of an unknown build"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	name := info.Main.Version
	if name == "" || name == "(devel)" {
		name = "of an unknown commit"
		if commit := settings["vcs.revision"]; commit != "" {
			name = "of commit " + commit[:min(len(commit), 12)]
			if settings["vcs.modified"] == "true" {
				name += " with changes"
			}
		}
	}
	return name + " (" + info.GoVersion + ", " + cmp.Or(settings["GOOS"], "?") + "/" + cmp.Or(settings["GOARCH"], "?") + ")"
}
