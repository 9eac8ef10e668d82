# SecureMed's commands. `make help` lists them; `make run` and `make test` are all that most people need.
.DEFAULT_GOAL := help
.PHONY: help run test setup dev site release lint fmt test-domain test-rust test-postgres e2e interop bench ci clean

SHELL := bash
export SECUREMED_TOOLS ?= $(HOME)/.cache/securemed/tools
export PATH := $(SECUREMED_TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# cargo-leptos takes wasm-bindgen, wasm-opt and tailwindcss from PATH without asking for their version: ours come first.
LEPTOS := cargo leptos
# Every crate that has tests, always as one list and with the same features: otherwise cargo builds some of them twice.
CRATES := -p domain-types -p document-intake -p medicine-warnings -p paper -p entity -p migration -p domain -p app --features app/ssr -p server --features server/embed
# What browser tests and other programs are run against (docs/adr/0023-tested-build.md).
TESTED := $(CURDIR)/target/debug/securemed

# How many requests each role sends at least, and what makes the same ones again: few and always the same in `make test`.
INTEROP_CASES ?= 2000
INTEROP_SEED ?=

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}'

run: release ## Open the demo clinic on http://127.0.0.1:3000
	dist/securemed demo

test: ## Everything but the bench: lint, rules on both databases, HTTP, browser, other programs
	@scripts/setup test
	@$(MAKE) --no-print-directory lint site test-rust e2e interop INTEROP_CASES=100 INTEROP_SEED=1
	@echo "All of it passed."

setup: ## Install what building and testing need
	@scripts/setup test

dev: ## Rebuild and reload on every change
	@scripts/setup build
	SECUREMED_DATA_DIR=data $(LEPTOS) watch -- demo

site: ## What runs in the browser: target/site
	@scripts/setup build
	$(LEPTOS) build --release --frontend-only

# `cargo test` makes it beside the tests of its crate.
$(TESTED): site
	cargo test --quiet --no-run $(CRATES)

release: ## One file: dist/securemed
	@scripts/setup build
	@scripts/release

lint: ## Formatting, clippy, the browser tests' types, which crate may depend on which, licences, documentation
	cargo fmt --check
	cargo clippy --quiet --all-targets $(CRATES) -- -D warnings
	cargo clippy --quiet --target wasm32-unknown-unknown -p frontend --features hydrate -- -D warnings
	tsc -p end2end
	scripts/check-layers
	node scripts/check-dependencies.mjs
	node scripts/check-docs.mjs

fmt: ## Format everything
	cargo fmt

test-domain: ## The rules alone, on SQLite and PostgreSQL
	scripts/with-postgres cargo test --quiet -p domain-types -p document-intake -p medicine-warnings -p paper -p domain

test-rust: ## All Rust tests, on SQLite and PostgreSQL
	scripts/with-postgres cargo test $(CRATES)

test-postgres: $(TESTED) ## What `make test` tries on SQLite alone, on PostgreSQL
	TEST_ENGINE=postgres scripts/with-postgres cargo test $(CRATES) --test it
	TEST_ENGINE=postgres SECUREMED_BINARY=$(TESTED) scripts/with-postgres npx playwright test --config end2end/playwright.config.ts --project=postgres

e2e: $(TESTED) ## The browser tests
	SECUREMED_BINARY=$(TESTED) scripts/with-postgres npx playwright test --config end2end/playwright.config.ts

interop: $(TESTED) ## Other programs: INTEROP_CASES requests of each role
	@scripts/setup interop
	@SECUREMED_BINARY=$(TESTED) INTEROP_CASES=$(INTEROP_CASES) INTEROP_SEED=$(INTEROP_SEED) node end2end/interop/run.mjs

bench: release ## Sizes and speeds, as ratios to a floor measured in the same run
	@scripts/with-postgres --on-disk node end2end/bench/run.mjs

ci: test ## What CI runs

clean: ## Remove what was built, keep the tools
	cargo clean --profile dev && cargo clean --release && rm -rf dist
