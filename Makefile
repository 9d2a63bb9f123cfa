# The two commands for a newcomer: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.PHONY: run install check test test-sqlite test-postgres trial bench screens messages openapi rights audit lock clean help

help:  ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

run: .venv/run.stamp  ## install what is needed and serve Schakel on http://127.0.0.1:8000
	@$(BIN)/schakel up

install: .venv/dev.stamp  ## everything a developer needs

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Schakel needs Python 3.11 or newer; this is " + sys.version)'
	$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

check: install  ## lint, form, templates, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet schakel
	$(BIN)/mypy -n $(WORKERS)
	$(BIN)/lint-imports

test: check test-sqlite test-postgres  ## check, then the whole suite on SQLite and on PostgreSQL

test-sqlite: install
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not trial and not postgres"

test-postgres: install
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not trial and not browser and not embedded"

trial: install  ## the tests that read the real files beside the project
	$(BIN)/pytest -m trial -ra

bench: install  ## every speed claim: ours, the peer and the limit in one run
	$(BIN)/python -m bench

screens: install  ## a screenshot of every page, desktop and phone, in build/screens/
	$(BIN)/python -m tests.functional.screens --out build/screens

messages: install  ## extract and compile the message catalogues (needs gettext)
	cd schakel && DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=.. ../$(BIN)/django-admin makemessages -l en -l fr --no-location
	cd schakel && DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=.. ../$(BIN)/django-admin compilemessages

openapi: install  ## write docs/openapi.json from the code
	$(BIN)/python -m tests.api.snapshot

audit: install  ## unsafe habits in our code (bandit), known faults in what we depend on (pip-audit)
	$(BIN)/python -m tests.security

rights: install  ## write docs/handbook/rechten.md from the code
	$(BIN)/python -m tests.accounts.rights

lock: install  ## renew the lock files: names, versions and hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
		pyproject.toml --group build -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
		pyproject.toml --group build --group dev -o requirements/dev.txt

clean:
	rm -rf .venv build *.egg-info
