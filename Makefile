# Needs python3 >= 3.11 with venv and pip, and make; everything else comes into .venv from uv.lock.
PYTHON = python3
BIN = .venv/bin
UV = UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/.ready ## make .venv with Hefu and its tools; quick when nothing has changed

.venv/.ready: pyproject.toml uv.lock $(shell find src -name '*.po')
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hefu needs Python 3.11 or later; try: make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) sync --quiet --frozen --compile-bytecode
	@$(BIN)/python -m compileall -q src
	@$(BIN)/hefu messages --compile
	@touch .venv/.ready

demo: setup ## open the product with living data; choose whom to be
	@$(BIN)/hefu demo

test: setup ## run the tests on all cores
	@$(BIN)/pytest -n auto --dist loadgroup --ignore=tests/browser
	@$(BIN)/pytest -n auto --dist worksteal tests/browser

check: setup ## everything that the CI checks: style, types, layers, schemes, texts, clauses, references, tests
	@printf '\n== style\n'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@printf '\n== types\n'
	@$(BIN)/mypy src tests
	@printf '\n== layers\n'
	@$(BIN)/lint-imports
	@printf '\n== schemes\n'
	@$(BIN)/hefu check
	@printf '\n== texts: every one in Chinese, and none in Chinese only\n'
	@$(BIN)/hefu messages --check
	@printf '\n== clauses: each one that decides is enforced and exercised\n'
	@$(BIN)/hefu clauses --require > .venv/clauses.txt
	@printf "%s clauses\n" "$$(wc -l < .venv/clauses.txt)"
	@printf '\n== generated references\n'
	@$(BIN)/hefu reference --check
	@printf '\n== tests, with every mutant of every scheme\n'
	@$(BIN)/pytest -n auto --dist loadgroup --ignore=tests/browser
	@printf '\n== in a browser\n'
	@$(BIN)/pytest -n auto --dist worksteal tests/browser
	@printf '\n== two hundred kills, a thousand acts at once, on each database; every kind of page, looked at\n'
	@$(BIN)/pytest -n auto --dist worksteal -m slow

looks: setup ## keep pictures of every kind of page in looks/: wide and narrow, light and dark, and on paper
	@mkdir -p looks
	@HEFU_LOOKS=looks $(BIN)/pytest -n auto --dist worksteal -m slow tests/browser/looks

mutate: setup ## remove every rule in turn; some scenario must notice each
	@$(BIN)/hefu mutate

bench: setup ## measure against the peers, in an environment of their own; writes bench/results.json
	@UV_PROJECT_ENVIRONMENT=.venv/bench $(BIN)/uv sync --quiet --frozen --compile-bytecode --no-default-groups --group bench
	@.venv/bench/bin/python -m bench

clean: ## remove .venv, caches and build results
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo test check looks mutate bench clean
