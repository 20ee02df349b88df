# Needs python3 >= 3.11 with venv and pip, and make; everything else comes into .venv from uv.lock.
PYTHON = python3
BIN = .venv/bin
UV = UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/.ready ## make .venv with Hefu and its tools; quick when nothing has changed

.venv/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hefu needs Python 3.11 or later; try: make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) sync --quiet --frozen
	@touch .venv/.ready

demo: setup ## tell one whole life under each scheme, with clauses and clocks
	@$(BIN)/hefu demo

test: setup ## run the tests on all cores
	@$(BIN)/pytest -n auto

check: setup ## everything that the CI checks: style, types, layers, schemes, clauses, references, tests
	@printf '\n== style\n'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@printf '\n== types\n'
	@$(BIN)/mypy src tests
	@printf '\n== layers\n'
	@$(BIN)/lint-imports
	@printf '\n== schemes\n'
	@$(BIN)/hefu check
	@printf '\n== clauses: each one that decides is enforced and exercised\n'
	@$(BIN)/hefu clauses --require > .venv/clauses.txt
	@printf "%s clauses\n" "$$(wc -l < .venv/clauses.txt)"
	@printf '\n== generated references\n'
	@$(BIN)/hefu reference --check
	@printf '\n== tests, with every mutant of every scheme\n'
	@$(BIN)/pytest -n auto
	@printf '\n== two hundred kills, a thousand acts at once, on each database\n'
	@$(BIN)/pytest -n auto -m slow

mutate: setup ## remove every rule in turn; some scenario must notice each
	@$(BIN)/hefu mutate

bench: setup ## measure against the peers; prints a table and writes bench/results.json
	@$(UV) sync --quiet --frozen --group bench
	@$(BIN)/python -m bench

clean: ## remove .venv, caches and build results
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo test check mutate bench clean
