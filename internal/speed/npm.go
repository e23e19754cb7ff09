package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// peerPackages are the peers, at the versions the tables speak of.
var peerPackages = []string{
	"@tensorflow/tfjs@4.22.0",
	"@tensorflow/tfjs-backend-wasm@4.22.0",
	"onnxruntime-web@1.30.0",
}

// peerFolders are where the page finds them, below a folder of npm's.
var peerFolders = map[string]string{
	"tfjs":      "@tensorflow/tfjs/dist",
	"tfjs-wasm": "@tensorflow/tfjs-backend-wasm/dist",
	"ort":       "onnxruntime-web/dist",
}

// fetchPeers installs the peers below dir, without running their scripts, unless
// they are there already.
func fetchPeers(ctx context.Context, dir string) error {
	stamp := filepath.Join(dir, "installed")
	want := strings.Join(peerPackages, "\n") + "\n"
	if had, err := os.ReadFile(stamp); err == nil && string(had) == want {
		return nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return fmt.Errorf("the peers come from npm, which is not installed: on Debian, apt-get install npm")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "fetching the peers, once")
	args := append([]string{"install", "--prefix", dir, "--no-audit", "--no-fund", "--ignore-scripts", "--no-save"}, peerPackages...)
	if out, err := exec.CommandContext(ctx, "npm", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("npm install: %w\n%s", err, out)
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}
