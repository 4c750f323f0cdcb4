# Two targets set up a fresh machine by themselves: ask and test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help setup ask test soak audit moves lint catalogues train preview benchmark clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.testing ## install everything, test tools too

ask: $(VENV)/.answering ## answer a question: make ask Q="IPPAS 去過幾個國家？"
	@$(BIN)/tiaowen ask -- "$$Q"

test: $(VENV)/.testing ## run every test
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not long"

soak: $(VENV)/.testing ## run the long tests: kills, load, damage, a hundred thousand inputs (about 20 minutes)
	@$(BIN)/python -m pytest -q -m long

audit: $(VENV)/.testing ## ask about known vulnerabilities, and list the licences, of what is pinned
	@$(BIN)/pip --disable-pip-version-check install -q -c constraints.txt pip-audit
	@$(BIN)/python -m tests.audit

moves: $(VENV)/.testing ## fit again what tells steps through the document from questions
	@$(BIN)/python -m retrieval.training.moves_fit

lint: $(VENV)/.testing ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

catalogues: $(VENV)/.testing ## bring the bot's translations up to date with its words
	@$(BIN)/pybabel -q extract --no-location --omit-header -o bot/locales/tiaowen.pot bot
	@$(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-pot-creation-date -D tiaowen -i bot/locales/tiaowen.pot -d bot/locales
	@$(BIN)/pybabel -q compile -D tiaowen -d bot/locales

train: $(VENV)/.answering ## fit the bundled pack to its questions again (about an hour)
	@$(BIN)/tiaowen train

preview: $(VENV)/.testing ## write every kind of reply of the bot as a page to look at
	@$(BIN)/python -m tests.bot.preview report

benchmark: $(VENV)/.testing ## compare speed, memory and size with a plain dense index
	@$(BIN)/python tests/benchmarks/answering.py

clean: ## remove what was installed here
	rm -rf $(VENV)

# The question reaches the command through the environment, whatever characters it holds.
export Q

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "tiaowen needs Python 3.11 or newer; give one: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.answering: $(BIN)/python pyproject.toml constraints.txt
	@echo "installing tiaowen into $(VENV) (once)" >&2
	@$(PIP) install -q -c constraints.txt -e . >&2
	@touch $@

$(VENV)/.testing: $(VENV)/.answering
	@echo "installing the test tools into $(VENV) (once)" >&2
	@$(PIP) install -q -c constraints.txt -e '.[test,lint]' >&2
	@touch $@
