# «Светлая линия». `make help` lists the targets; its text is the comments behind `##`. What the ears are made with is
# installed by training/system.sh, Debian packages, as root.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
EARS := .venv-ears/bin/python
EARS_READY := .venv-ears/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check bench learn ears ears-graph ears-eval test-ears lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

run: $(READY) ## start the line with demo data
	@$(BIN)/ivr run --demo

test: $(READY) ## the whole suite, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY) ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## the measures of docs/performance.md, as ratios of one run
	$(BIN)/python -m benchmarks.run $(ARGS)

learn: $(READY) ## learn the menu's topics anew from grammars/examples
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[learn]'
	$(BIN)/python -m training.learn

ears: $(EARS_READY) ## train our own Vosk model, from the data to ivr/speech/model (up to 90 minutes)
	$(EARS) -m training.ears $(ARGS)

ears-graph: $(EARS_READY) ## build the model's graph anew, for new words of grammars; no training
	$(EARS) -m training.ears.graph ivr/speech/model

ears-eval: $(EARS_READY) ## what the model hears of held-out speakers, noise and foreign words
	$(EARS) -m training.ears.evaluate ivr/speech/model $(ARGS)

test-ears: $(EARS_READY) ## the tests of training, with PyTorch; before a model is changed
	$(EARS) -m pytest -q -m "training_data or not training_data" training/tests tests/training

lock: $(READY) ## write what is installed into the lock file
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,learn]'
	$(BIN)/pip freeze --exclude-editable --quiet > constraints.txt

clean: ## remove what can be made again; var/ with its data stays
	rm -rf .venv .venv-ears .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build

# Debian ships python3 without ensurepip; virtualenv from PyPI carries its own pip.
venv = $(PYTHON) -m venv $(1) || { $(PYTHON) -m pip install --quiet --user --break-system-packages virtualenv && rm -rf $(1) && $(PYTHON) -m virtualenv --quiet $(1); }

$(READY): pyproject.toml constraints.txt
	$(call venv,.venv)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(EARS_READY): training/requirements.txt training/system.sh pyproject.toml constraints.txt
	bash training/system.sh
	$(call venv,.venv-ears)
	$(EARS) -m pip install --quiet --disable-pip-version-check -c constraints.txt -r training/requirements.txt -e '.[dev]'
	@touch $@
