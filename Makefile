VENV ?= .venv
PY   := $(VENV)/bin/python
export QT_QPA_PLATFORM_TEST := offscreen
JOBS ?= 2

.PHONY: help run test check fix faults faults-long bench screenshots docs migration strings clean

help:            ## list these targets
	@grep -hE '^[a-z-]+: .*## |^[a-z-]+:  .*## ' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

run: $(VENV)/.ok            ## open the program on the demo office (ARGS=... are passed on)
	$(PY) -m govproc_desktop --demo $(ARGS)

test: $(VENV)/.ok           ## run every test, on SQLite and on PostgreSQL
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) $(ARGS)

check: $(VENV)/.ok          ## ruff, mypy, import contracts, generated docs
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) scripts/make_docs.py --check

fix: $(VENV)/.ok            ## let ruff mend what it can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

faults: $(VENV)/.ok         ## kill -9, racing clerks and stateful runs at CI size
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/faults -n 0 -p no:randomly --faults=full $(ARGS)

faults-long: $(VENV)/.ok    ## the same, as long as FAULTS_FACTOR says
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/faults -n 0 -p no:randomly --faults=long --timeout=0 $(ARGS)

bench: $(VENV)/.ok          ## speed, as ratios against peers in the same run
	QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks $(ARGS)

screenshots: $(VENV)/.ok    ## a PNG of every window, dialog and printed page in screenshots/
	QT_QPA_PLATFORM=offscreen $(PY) scripts/screenshots.py $(ARGS)

docs: $(VENV)/.ok           ## regenerate docs/reference
	$(PY) scripts/make_docs.py

clean:           ## remove the environment and everything generated
	rm -rf $(VENV) build dist screenshots .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.ok: pyproject.toml scripts/bootstrap.sh
	sh scripts/bootstrap.sh $(VENV)
	touch $@
