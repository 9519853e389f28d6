# Sheet Steward (客户管家). `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench bench-duplicates bench-fields bench-race bench-service bench-workers requirements contract discovery environment development
export UV_SYSTEM_CERTS ?= true
PIN = .venv/bin/python -m uv --quiet pip compile --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

help: ## say what there is
	@echo 'Sheet Steward (客户管家) looks after a customer register that a team keeps in a Google Sheet.'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/    make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'
	@echo
	@echo 'Start with "make demo". Each target sets up .venv first: that takes a minute once, and needs python3 >= 3.11'
	@echo 'with its venv package. Afterwards the program is .venv/bin/steward; "steward --help" says what it can do.'

demo: environment ## run the main job on a made-up register, on this machine alone
	@.venv/bin/steward demo

test: lint discovery ## check everything, then run the tests
	@.venv/bin/python -m pytest -n 2 --dist worksteal

lint: development ## check imports, style, format and types
	@.venv/bin/lint-imports
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check
	@.venv/bin/python -m mypy

bench: development ## measure speed, memory and API calls
	@.venv/bin/python tests/benchmarks/run.py
	@.venv/bin/python tests/benchmarks/columns.py
	@.venv/bin/python tests/benchmarks/localsheets.py
	@.venv/bin/python tests/benchmarks/clicks.py

bench-race: development ## race people, faults and undo against the writer for hours; it can be stopped and goes on
	@.venv/bin/python tests/benchmarks/race.py $(RACE)

bench-service: development ## measure the service: 50 callers polling while runs go; memory
	@.venv/bin/python tests/benchmarks/service.py

bench-workers: development ## try many workers and kill -9 for a long time, on SQLite, Redis and PostgreSQL
	@TRIAL_RUNS=4000 TRIAL_KILLS=10 .venv/bin/python -m pytest -q --durations=10 tests/end_to_end/test_workers.py

bench-fields: development ## fields against their libraries, on a million inputs; 100,000 x 20
	@.venv/bin/python tests/benchmarks/fields.py && .venv/bin/python tests/benchmarks/columns.py

bench-duplicates: development ## measure duplicates: quality, speed, memory; Splink 5 beside ours
	@test -x build/splink/bin/python || { .venv/bin/python -m venv build/splink && \
		build/splink/bin/python -m pip --quiet install "splink>=5,<6" pandas; } || rm -rf build/splink
	@test -x build/splink/bin/python || echo 'Splink cannot be installed here: ours alone.' >&2
	@.venv/bin/python tests/benchmarks/duplicates.py --splink build/splink/bin/python

requirements: development ## pin the newest packages again
	@$(PIN) --upgrade pyproject.toml --output-file requirements.txt
	@$(PIN) --upgrade --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

contract: development ## take Google's discovery documents anew
	@.venv/bin/python tests/contracts/discovery.py --write

discovery: development
	@.venv/bin/python tests/contracts/discovery.py --download

environment:
	@sh .ci/venv run

development:
	@sh .ci/venv dev
