# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PLATFORM ?=

.PHONY: demo test lint wheelhouse lock clean

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
