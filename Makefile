# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PLATFORM ?=

.PHONY: help demo test check lab bench lint format wheelhouse lock clean

help:
	@echo "make demo        the whole job on a fictitious hospital group"
	@echo "make test        everything continuous integration runs"
	@echo "make check       the same without the real servers"
	@echo "make lab         only what needs the real servers"
	@echo "make lint        ruff, mypy, import contracts"
	@echo "make format      rewrite the code as ruff prints it"
	@echo "make bench       the list of the measurements, each with its command"
	@echo "make wheelhouse  everything a station without internet needs"
	@echo "make lock        rewrite the versions every machine resolves to"
	@echo "make clean       remove what was made here"

demo: $(VENV)/.demo-ready
	@scripts/system-packages.sh demo
	@$(BIN)/care demo

test: $(VENV)/.test-ready
	@scripts/system-packages.sh test
	@$(PIP) install --use-pep517 -c constraints.txt -e '.[kerberos]' || \
	  echo "L'extra kerberos ne s'installe pas ici (libkrb5-dev, gcc) : ses essais échoueront." >&2
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n auto -m "not lab"
	$(BIN)/python -m pytest -n auto --dist loadfile -m lab

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -n auto -m "not lab"

lab: $(VENV)/.test-ready
	@scripts/system-packages.sh test
	$(BIN)/python -m pytest -n auto --dist loadfile -m lab

format: $(VENV)/.test-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench:
	@grep -E '^python bench/' bench/README.md

# Everything a station without internet needs, in one folder (docs/fr/installation.md).
# For another system: make wheelhouse PLATFORM=win_amd64
wheelhouse: $(VENV)/.demo-ready
	$(BIN)/python scripts/wheelhouse.py wheelhouse $(PLATFORM)

# Rewrite the versions every machine resolves to.
lock:
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(PIP) install --use-pep517 -e '.[dev,kerberos]'
	{ echo '# Versions every machine resolves to; rewritten by `make lock`.'; \
	  $(BIN)/python -m pip freeze --exclude-editable; } > constraints.txt

clean:
	rm -rf $(VENV) wheelhouse dist demo-out

$(VENV)/bin/python:
	@scripts/system-packages.sh python
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --use-pep517 -c constraints.txt -e '.[secret,sign]'
	@touch $@

$(VENV)/.test-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --use-pep517 -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.demo-ready
