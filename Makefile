# The two commands of the README: `make encode` and `make test`. Each sets up all that it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLIENTS := build/clients
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help encode test test-clients check format schemas docs pictures corpus golden fuzz bench clean

help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tei_serge needs Python 3.11 or newer; $(PYTHON) is older. Say which: make PYTHON=python3.12 encode"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make a virtual environment: install its package first, on Debian and Ubuntu:"; \
	    echo "  sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(PIP) --editable '.[dev]'
	@touch $@

encode: $(VENV)/ready  ## Encode corpus/raw into build/tei, validate it, print a summary
	$(BIN)/tei-serge encode corpus/raw --output build/tei
	$(BIN)/tei-serge validate build/tei --source corpus/raw

test: $(VENV)/ready-dev  ## Run every test that needs no program of others but jing, on all processors
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m 'not clients'
	@echo "Left out: the tests that let browsers and other readers open our exports. Run them: make test-clients"

# Programs of others that read what we export: for tests only, in build/, never committed. See tests/clients/README.md.
$(CLIENTS)/ready: tests/clients/package.json tests/clients/package-lock.json
	@bash tests/clients/debian.sh
	mkdir -p $(CLIENTS)
	cp tests/clients/package.json tests/clients/package-lock.json $(CLIENTS)
	npm ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

test-clients: $(VENV)/ready-dev $(CLIENTS)/ready  ## Install the real consumers of our exports and try the exports in them
	@bash tests/clients/debian.sh
	TEI_SERGE_CLIENTS=required $(BIN)/python -m pytest -q -m clients -n auto --dist worksteal

check: $(VENV)/ready-dev  ## Formatting, lint, types, doctests, stale files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q --doctest-modules src/tei_serge
	$(BIN)/python -m tei_serge.odd --check schemas/tei_serge.odd schemas
	$(BIN)/python docs/make_codes.py --check
	$(BIN)/python docs/make_examples.py --check

format: $(VENV)/ready-dev  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schemas: $(VENV)/ready-dev  ## Compile schemas/tei_serge.odd to RELAX NG and Schematron
	$(BIN)/python -m tei_serge.odd schemas/tei_serge.odd schemas

docs: $(VENV)/ready-dev  ## Write the page of every diagnostic code and the examples of all pages
	$(BIN)/python docs/make_codes.py
	$(BIN)/python docs/make_examples.py

pictures: $(VENV)/ready-dev $(CLIENTS)/ready  ## Take the pictures of the html edition again, for the pages
	$(BIN)/python docs/make_pictures.py

corpus: $(VENV)/ready  ## Encode the corpus again, into corpus/tei
	$(BIN)/tei-serge encode corpus/raw --output corpus/tei

golden: $(VENV)/ready-dev  ## Write the golden TEI of the test cases again; read the difference before you commit it
	$(BIN)/python -m pytest -q tests/test_golden.py --update-golden

fuzz: $(VENV)/ready-dev  ## Compare the validator with jing on mutants for ten minutes (FUZZ="--seconds 60 --seed 2")
	$(BIN)/python tests/fuzz.py $(FUZZ)

bench: $(VENV)/ready-dev  ## Measure throughput, memory and growth beside pandoc, dateparser, jing, lxml
	$(PIP) --editable '.[bench]'
	$(BIN)/python bench/encode.py
	$(BIN)/python bench/dates.py
	$(BIN)/python bench/validate.py
	$(BIN)/python bench/site.py

clean:  ## Remove what was made
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
