# Sunboard's few commands; `make` lists them. Needs nothing but make, git and Debian: it installs the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
READY := .venv/.ready
FONTS := .venv/.fonts
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export KIVY_NO_ARGS := 1

.PHONY: help setup demo test check format lint types imports security dependencies bench pictures gallery lock clean

help:  ## list these commands
	@grep -E '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 22

setup: packages $(READY) $(FONTS)  ## install what is missing: Debian's packages, .venv, fonts

demo: setup  ## the demo village: seals, feed, sync, help line and the screen
	@$(BIN)/python -m kiosk.demo

test: setup  ## every test, real windows and programs included
	@echo "test: running every test, two at a time"
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

check: setup format lint types imports security dependencies test  ## what a change must pass: format, lint, types, import rules, tests

bench: setup  ## measure, print a table and write build/bench.json
	@$(BIN)/python -m tests.bench

pictures: setup  ## visit the demo village and put its pictures into docs/pictures
	@env -u DISPLAY -u WAYLAND_DISPLAY $(BIN)/python -m kiosk.demo
	@$(BIN)/python -m kiosk.demo.album

gallery: setup  ## every screen, panel, theme and text size as pictures in build/gallery, checked
	@$(BIN)/python -m tests.gallery

lock:  ## resolve the Python packages anew (needs uv)
	@echo "lock: requirements.lock, everything"
	@uv pip compile --quiet --universal --generate-hashes --all-extras pyproject.toml -o requirements.lock >/dev/null
	@echo "lock: systemd/requirements.lock, what a kiosk needs"
	@uv pip compile --quiet --universal --generate-hashes --extra kiosk pyproject.toml -o systemd/requirements.lock >/dev/null

clean:  ## throw away what was built, and .venv
	rm -rf build .venv assets/fonts/*.otf

.PHONY: packages
packages:
	@systemd/packages.sh kiosk test

$(READY): requirements.lock pyproject.toml | packages
	@python=$$(for each in /usr/bin/python3 python3; do \
		"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done) \
		|| { echo "setup: Python 3.11 or newer is needed"; exit 1; }; \
	$(BIN)/python -m pip --version &>/dev/null || $(BIN)/python -m ensurepip &>/dev/null \
		|| { echo "setup: making .venv with $$($$python --version)"; $$python -m venv --clear .venv; }
	@echo "setup: fetching $$(grep -c '^[a-z].*==' requirements.lock) Python packages, each checked against its hash"
	@# The lock is whole, so pip resolves nothing (--no-deps): an old one would reach past a pin for an extra.
	@# What builds is checked as well: setuptools comes first, then nothing is fetched for a build.
	@awk '/^[a-z]/ { on = /^setuptools==/ } on' requirements.lock > .venv/setuptools.lock
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r .venv/setuptools.lock
	@$(BIN)/python -m pip install --use-pep517 --no-build-isolation --no-deps --require-hashes -r requirements.lock \
		| sed -u -n -E -e 's/^Collecting ([^ ]+).*/  \1/p' -e 's/^Installing .*/setup: installing them/p'
	@echo "setup: installing Sunboard itself"
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip check >/dev/null || { $(BIN)/python -m pip check; exit 1; }
	@touch $@

$(FONTS): $(READY) kiosk/ui/fonts.py
	@echo "setup: taking the Simplified Chinese face out of Debian's fonts"
	@$(BIN)/python -m kiosk.ui.fonts assets/fonts >/dev/null
	@touch $@

format:
	@echo "check: format" && $(BIN)/ruff format --check .
lint:
	@echo "check: lint" && $(BIN)/ruff check .
types:
	@echo "check: types" && $(BIN)/mypy
imports:
	@echo "check: import rules" && $(BIN)/lint-imports
security:
	@echo "check: security" && $(BIN)/bandit --quiet --recursive kiosk sync -c pyproject.toml
dependencies:
	@echo "check: dependencies" && $(BIN)/deptry .
