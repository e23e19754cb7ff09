# What can be made of inkflow. `make` alone lists it.

export GOTOOLCHAIN := go1.27.4
export GOEXPERIMENT := simd

ADDR ?= 127.0.0.1:8080
BENCH ?= .
FUZZTIME ?= 60
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Packages that need neither a display nor a browser.
QUIET_PACKAGES := ./core/... ./internal/... ./cmd/... ./render/controls/... ./render/lab/...

# Tests of core/engine/run in which goroutines meet. All others are of a runner that
# belongs to one, and take six minutes more under the race detector: make race.
CONCURRENT := Local|Team|Pool|Loan|Helper|Clock

.PHONY: help run build site desktop test test-short race bench bench-speed fuzz lint clean
.DEFAULT_GOAL := help

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## build the page and serve it (ADDR=host:port, 127.0.0.1:8080 where none is given)
	@[ ! -t 2 ] || [ -d dist ] || echo "building the page, the first time takes a minute or two" >&2
	@mkdir -p build/log
	@{ go build -o build/bin/ ./internal/site/mksite ./cmd/inkflow && build/bin/mksite; } >build/log/run.log 2>&1 || { cat build/log/run.log >&2; exit 1; }
	@exec build/bin/inkflow serve --addr $(ADDR)

build: ## build the command line, build/bin/inkflow
	@go build -o build/bin/ ./cmd/inkflow

site: ## build the page into dist/, ready for any static host
	@go run ./internal/site/mksite -sizes

desktop: ## build the window, build/inkflow-desktop
	@CGO_ENABLED=0 go build -o build/inkflow-desktop ./desktop

test: ## everything that shows that it works, browser and window included
	@.ci/stage setup .ci/setup
	@.ci/stage format .ci/format
	@.ci/stage vet go vet ./...
	@.ci/stage vet-e2e go vet -tags e2e ./e2e/...
	@.ci/stage vet-wasm env GOOS=js GOARCH=wasm go vet ./wasm/... ./core/... ./render/...
	@.ci/stage site $(MAKE) site
	@.ci/stage desktop $(MAKE) desktop
	@.ci/stage core .ci/coverage 90 ./core/...
	@.ci/stage others xvfb-run -a go test ./internal/... ./cmd/... ./render/... ./desktop/...
	@.ci/stage plain env GOEXPERIMENT= sh -c 'go build ./... && go test ./core/nn/... ./core/cfm/...'
	@.ci/stage widths .ci/widths ./core/nn/...
	@.ci/stage wasm env GOOS=js GOARCH=wasm sh -c 'go test -exec "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./core/nn/... ./core/model/... ./core/ode/... ./core/path ./core/exact && go test -run After200 -exec "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./core/cfm'
	@.ci/stage race env CGO_ENABLED=1 sh -c 'go test -race -timeout 15m $$(go list ./core/... | grep -v engine/run) && go test -race -timeout 15m -run "$(CONCURRENT)" ./core/engine/run'
	@.ci/stage window go test -tags e2e -count=1 -timeout 10m ./e2e/desktop
	@.ci/stage browser go test -tags e2e -count=1 -timeout 15m ./e2e
	@.ci/stage fuzz go test ./core/model -run '^$$' -fuzz '^FuzzRead$$' -fuzztime 10s
	@echo "all tests passed"

test-short: ## the tests of a minute or two: no browser, no window, no race detector
	@.ci/stage format .ci/format
	@.ci/stage vet go vet $(QUIET_PACKAGES)
	@.ci/stage unit go test $(QUIET_PACKAGES)

race: ## everything in core/ under the race detector
	@CGO_ENABLED=1 go test -race -timeout 30m ./core/...

bench: ## time what matters (BENCH=regexp picks)
	@go test -run '^$$' -bench '$(BENCH)' -benchmem ./core/...

bench-speed: ## time the page against TensorFlow.js and ONNX Runtime, and the kernels against gonum (needs npm)
	@go run ./internal/speed -out bench-speed.json

fuzz: ## fuzz every decoder for FUZZTIME seconds each
	@.ci/fuzz $(FUZZTIME)

lint: ## gofmt, vet and staticcheck
	@.ci/format
	@go vet ./...
	@go vet -tags e2e ./e2e/...
	@GOOS=js GOARCH=wasm go vet ./wasm/...
	@GOBIN=$(CURDIR)/build/bin go install $(STATICCHECK)
	@build/bin/staticcheck -tags e2e ./...
	@GOOS=js GOARCH=wasm build/bin/staticcheck ./wasm/...

clean: ## remove what was built
	@rm -rf build dist
