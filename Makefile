# `make` alone lists the targets. What takes more than a line or two is a script
# in deploy/setup (machines) or .ci/checks (code).
SHELL := /bin/bash
.DEFAULT_GOAL := help
# One after the other, but for the checks, which `check` asks for two at a time.
ifndef AT_ONCE
.NOTPARALLEL:
endif
MAKEFLAGS += --no-print-directory

VENV := .venv/bin
WORKERS ?= 2
# Who walks the site waits much of the time, for the browser, a clock or a network that is
# away: one more than there are workers. Redis has databases for six of them.
WALKERS ?= $(shell echo $$(($(WORKERS) < 6 ? $(WORKERS) + 1 : $(WORKERS))))
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/*.po))

# Without compiled modules every start of manage.py takes twice as long; and the
# settings of another project's shell are none of ours.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH DJANGO_SETTINGS_MODULE
# The suite runs embedded, in a folder of its own, unless test-services says otherwise.
EMBEDDED := env -u DATABASE_URL -u CELERY_BROKER_URL -u CACHE_URL -u STORAGE_URL -u SITE_URL -u DATA_DIR
# Values that only have to be there: nothing is connected to.
PRODUCTION := env DJANGO_SETTINGS_MODULE=trainingsite.settings.production \
	SECRET_KEY=8f1b0c6d5e4a39782716f5e4d3c2b1a0-only-for-make-check-0a1b2c3d4e5f \
	ID_NUMBER_KEY=1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d-only-for-make-check-5f4e3d2c1b0a \
	SITE_URL=https://training.example.org DATABASE_URL=postgres://nobody@localhost/nothing \
	CELERY_BROKER_URL=redis://localhost/0 CACHE_URL=redis://localhost/1 \
	STORAGE_URL=file:///nonexistent/files STATIC_ROOT=/nonexistent/static \
	EMAIL_HOST=localhost DEFAULT_FROM_EMAIL=training@example.org TEXT_MESSAGE_FOLDER=/nonexistent/texts \
	AUTHORITY_PKCS12=/nonexistent/signing.p12 AUTHORITY_PASSWORD=nothing AUTHORITY_ED25519_KEY=/nonexistent/codes.pem

# The slowest first: two run at once.
CHECKS := check-translations check-types check-production check-migrations check-imports check-style \
	check-format check-lengths check-committed

.PHONY: help setup setup-dev setup-check setup-test run test test-services suite suite-without-browser \
	suite-in-browser check $(CHECKS) fmt messages catalogues lock bench bench-services bench-exam \
	bench-exam-services bench-batch bench-batch-services mutation clean

help:
	@echo "make TARGET, where TARGET is one of:"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' \
		| while IFS=$$'\t' read -r target sentence; do printf '  %-14s %s\n' "$$target" "$$sentence"; done

run: setup messages ## Sets everything up and starts the site on http://127.0.0.1:8000 (HOST= and PORT= change that).
	@exec $(VENV)/python manage.py serve --prepare

setup: ## Installs what the site needs: missing system libraries and the locked Python packages.
	@deploy/setup/packages.sh run
	@deploy/setup/environment.sh run

setup-dev: setup
	@deploy/setup/environment.sh dev

setup-check: setup-dev
	@deploy/setup/packages.sh check

setup-test: setup-dev
	@deploy/setup/packages.sh test
	@deploy/setup/browser.sh --install

test: setup-test ## Runs the whole suite, the end-to-end journey in headless Chromium included, on SQLite.
	@$(EMBEDDED) $(MAKE) suite

test-services: setup-test ## Runs the same suite against a PostgreSQL and a Redis started for it and stopped after it.
	@deploy/setup/packages.sh services
	@deploy/setup/services.sh $(MAKE) suite

# Both parts run even when the first fails: one run is to show every fault.
suite: messages
	@$(MAKE) --keep-going suite-without-browser suite-in-browser

# The tests that need a database stand first. Where there are two workers, the second
# begins with the others, and finds the database migrated when it comes to its own.
suite-without-browser:
	$(VENV)/pytest -n $(WORKERS) --dist worksteal -m "not e2e"

# Only their own folder: gathering all the others' tests takes longer than a journey.
# One at a time as a worker is free: the longest begin first (tests/journeys/conftest.py).
suite-in-browser:
	CHROMIUM="$$(deploy/setup/browser.sh)" $(VENV)/pytest -n $(WALKERS) --dist load --maxschedchunk 1 -m e2e tests/journeys

check: setup-check messages ## Checks style, import order, types, migrations, translations and production settings.
	@$(MAKE) --keep-going --jobs 2 --output-sync=target AT_ONCE=yes $(CHECKS)

check-style:
	$(VENV)/ruff check

check-format:
	$(VENV)/ruff format --check

check-imports:
	$(VENV)/lint-imports

check-types:
	$(VENV)/mypy

check-migrations:
	$(VENV)/python manage.py makemigrations --check --dry-run --settings trainingsite.settings.test

check-production:
	$(PRODUCTION) $(VENV)/python manage.py check --deploy --fail-level WARNING

check-translations:
	$(VENV)/python .ci/checks/translations.py

check-lengths:
	$(VENV)/python .ci/checks/lengths.py

check-committed:
	$(VENV)/python .ci/checks/committed.py

fmt: setup-dev ## Formats the code and mends what the linter can mend.
	$(VENV)/ruff check --fix
	$(VENV)/ruff format

messages: $(CATALOGUES) ## Compiles the translation catalogues that changed.

%.mo: %.po
	@$(VENV)/pybabel --quiet compile --input-file $< --output-file $@

catalogues: setup-check ## Gathers the strings of the code into each app's catalogue, for translation.
	@for folder in */locale; do (cd "$${folder%/locale}" \
		&& ../$(VENV)/django-admin makemessages -l zh_Hans --no-location --no-wrap -e html,py,txt); done

lock: setup-dev ## Locks the Python packages that pyproject.toml asks for (UPGRADE=--upgrade takes newer ones).
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
		pyproject.toml -o requirements/run.txt
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
		pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
		--group mutation -c requirements/dev.txt -o requirements/mutation.txt

bench: setup messages ## Measures speed and memory, prints a table and writes bench/results/.
	@$(EMBEDDED) $(VENV)/python -m bench

bench-services: setup messages ## Measures on a PostgreSQL started for it what a database has a share in.
	@deploy/setup/packages.sh services
	@deploy/setup/services.sh $(VENV)/python -m bench

bench-batch: setup messages ## Issues and prints for a sitting of 20,000 and measures it (BATCH="--people 2000"; half an hour).
	@$(EMBEDDED) $(VENV)/python -m bench.batch $(BATCH)

bench-batch-services: setup messages ## The same on a PostgreSQL started for it and stopped after it.
	@deploy/setup/packages.sh services
	@deploy/setup/services.sh $(VENV)/python -m bench.batch $(BATCH)

mutation: setup-dev ## Plants small mistakes in the rules and counts those the tests notice (an hour; PARTS= for some).
	@deploy/setup/environment.sh mutation
	@$(VENV)/python -m tests.measures.mutating $(PARTS)

bench-exam: setup messages ## Lets many people sit an exam at once on SQLite and measures it (EXAM="--people 500" and the like).
	@$(EMBEDDED) $(VENV)/python -m bench.exam $(EXAM)

bench-exam-services: setup messages ## The same on a PostgreSQL started for it and stopped after it.
	@deploy/setup/packages.sh services
	@deploy/setup/services.sh $(VENV)/python -m bench.exam $(EXAM)

clean: ## Removes the virtual environment and all caches, but not data/, where the site's own data is.
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
	find . -path ./node_modules -prune -o \( -name __pycache__ -o -name '*.mo' \) -exec rm -rf {} +
