# Tollsheet from a fresh Debian machine with nothing but Python 3.11 (venv included) and make:
#   make demo    the main job on the example month, and the other reports
#   make test    everything that a change has to pass
# Nothing outside this folder is touched, except that `make test` installs LibreOffice where it is missing.

VENV := .venv
BIN := $(VENV)/bin
MONTH := 2026-09
EXAMPLE := examples/twilio
OUT := out/reconciliation-$(MONTH).xlsx

# The first Python that is new enough and can make a virtual environment; `make PYTHON=/path/to/python3 …` overrides.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help addin demo test test-windows lint office validator bench examples templates pictures clean

help:  ## this list
	@echo "make <target>:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/run.stamp  ## reconcile the example month and print the summary; write the other reports
	@mkdir -p $(dir $(OUT)) && rm -f $(OUT)
	@$(BIN)/tollsheet reconcile --month $(MONTH) \
		--calls $(EXAMPLE)/calls-console.csv \
		--billed $(EXAMPLE)/usage-monthly.csv --billed $(EXAMPLE)/usage-daily.json \
		--rates $(EXAMPLE)/rates.csv -o $(OUT) --force; \
	code=$$?; \
	if [ $$code -gt 1 ]; then exit $$code; fi; \
	if [ ! -s $(OUT) ]; then echo "No workbook was written." >&2; exit 2; fi; \
	if [ $$code -eq 1 ]; then echo "(Exit code 1: there are differences. The example has them on purpose.)"; fi
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/reports.sh $(dir $(OUT))

test: $(VENV)/test.stamp office validator  ## lint, types and the whole suite; installs what is missing
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-windows: $(VENV)/run.stamp  ## the functions on a Windows Python under wine, by hand; see docs/windows-chain.md
	$(BIN)/python tests/windows/run.py

lint: $(VENV)/test.stamp  ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

office:  ## LibreOffice 25.2 for the tests, where it is missing
	@sh tests/office/install.sh

validator: $(BIN)/python  ## the Open XML SDK validator for the tests, where it is missing
	@sh tests/validator/install.sh $(VENV)/validator

addin: $(VENV)/addin.stamp  ## dist/tollsheet.xlam for Excel and dist/tollsheet.oxt for Calc
	@$(BIN)/python -m addin.ribbon.building.build dist

bench: $(VENV)/bench.stamp office  ## measure everything and write docs/performance.md; ONLY=columns: that part alone
	@$(BIN)/python benchmarks/run.py $(ONLY)

examples: $(VENV)/run.stamp  ## write the example months again
	$(BIN)/python examples/generate.py

templates: $(VENV)/run.stamp  ## build the blank templates in templates/ again
	@$(BIN)/python -m addin.hosts.blank_templates

pictures: $(VENV)/test.stamp office  ## the pictures in docs/pictures
	@$(MAKE) --no-print-directory demo
	$(BIN)/python tests/office/pictures.py $(OUT) docs/pictures
	$(BIN)/python tests/office/report_pictures.py out docs/pictures
	$(BIN)/python tests/office/template_pictures.py docs/pictures
	$(BIN)/python tests/office/calc_pictures.py docs/pictures

clean:  ## remove the virtual environment, the caches and the outputs
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer with the venv module is missing." >&2; \
		echo "On Debian: apt-get install python3 python3-venv. Or name one: make PYTHON=/path/to/python3 ..." >&2; \
		exit 1; \
	fi
	@echo "Making $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'

$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing tollsheet into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/addin.stamp: pyproject.toml $(VENV)/run.stamp
	@echo "Installing what builds the add-ins into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group addin --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml $(VENV)/run.stamp
	@echo "Installing the test tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test --group lint --editable .
	@touch $@

$(VENV)/bench.stamp: pyproject.toml $(VENV)/run.stamp
	@echo "Installing what is compared with into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench --editable .
	@touch $@
