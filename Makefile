# SecureMed's commands. `make help` lists them; `make run` and `make test` are all that most people need.
.DEFAULT_GOAL := help
.PHONY: help run test setup dev release lint fmt test-domain test-rust test-postgres e2e interop bench ci clean

SHELL := bash
export SECUREMED_TOOLS ?= $(HOME)/.cache/securemed/tools
export PATH := $(SECUREMED_TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# cargo-leptos takes wasm-bindgen, wasm-opt and tailwindcss from PATH without asking for their version: ours come first.
LEPTOS := cargo leptos

# How many requests each role sends at least, and what makes the same ones again: few and always the same in `make test`.
INTEROP_CASES ?= 2000
INTEROP_SEED ?=

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}'

run: release ## Open the demo clinic on http://127.0.0.1:3000
	dist/securemed demo

test: ## Everything but the bench: lint, rules on both databases, HTTP, browser, other programs
	@scripts/setup test
	@$(MAKE) --no-print-directory lint test-rust e2e interop INTEROP_CASES=100 INTEROP_SEED=1
	@echo "All of it passed."

setup: ## Install what building and testing need
	@scripts/setup test

dev: ## Rebuild and reload on every change
	@scripts/setup build
	SECUREMED_DATA_DIR=data $(LEPTOS) watch -- demo

release: ## One file: dist/securemed
	@scripts/setup build
	@scripts/release

lint: ## Formatting, clippy, the browser tests' types, which crate may depend on which
	cargo fmt --check
	cargo clippy --quiet --all-targets -p domain-types -p entity -p migration -p domain -p app --features app/ssr -p server -- -D warnings
	cargo clippy --quiet --target wasm32-unknown-unknown -p frontend --features hydrate -- -D warnings
	tsc -p end2end
	scripts/check-layers

fmt: ## Format everything
	cargo fmt

test-domain: ## The rules alone, on SQLite and PostgreSQL
	scripts/with-postgres cargo test --quiet -p domain-types -p domain

test-rust: ## All Rust tests, on SQLite and PostgreSQL
	scripts/with-postgres cargo test -p domain-types -p entity -p migration -p domain -p app --features app/ssr -p server

test-postgres: release ## What `make test` tries on SQLite alone, on PostgreSQL
	TEST_ENGINE=postgres scripts/with-postgres cargo test -p domain-types -p entity -p migration -p domain -p app --features app/ssr -p server --test it
	TEST_ENGINE=postgres scripts/with-postgres npx playwright test --config end2end/playwright.config.ts --project=postgres

e2e: release ## The browser tests, against dist/securemed
	scripts/with-postgres npx playwright test --config end2end/playwright.config.ts

interop: release ## Other programs against dist/securemed: INTEROP_CASES requests of each role
	@scripts/setup interop
	@INTEROP_CASES=$(INTEROP_CASES) INTEROP_SEED=$(INTEROP_SEED) node end2end/interop/run.mjs

bench: release ## Sizes and speeds, as ratios to a floor measured in the same run
	@scripts/with-postgres node end2end/bench/run.mjs

ci: test ## What CI runs

clean: ## Remove what was built, keep the tools
	cargo clean --profile dev && cargo clean --release && rm -rf dist
