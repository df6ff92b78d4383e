# Everything one does with a clone, from a bare Debian 12 on: `make` lists it. Each target may be called again at any time.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
LEAF = .venv/bin/leaf
ISSUER = examples/sensetime-2024
# PYTEST holds options for pytest, for example: make test PYTEST="-k tie_out -x"
PYTEST ?= -n 2 --dist loadfile

.NOTPARALLEL:
.PHONY: help demo report test test-engines check bench docs lock clean environment environment-dev
export PYTHON

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: report ## set up, load and approve the reference issuer, write its report, and serve it at http://127.0.0.1:8000
	$(LEAF) serve --company $(ISSUER) --address $(ADDRESS)

report: environment ## the same without serving
	$(LEAF) load --as-owners --company $(ISSUER)
	$(LEAF) approve --all --company $(ISSUER)
	$(LEAF) report --company $(ISSUER)

test: environment-dev ## set up what the tests need (Debian packages: root or sudo), and run them
	@scripts/test-needs.sh
	@scripts/with-postgres.sh .venv/bin/python -m pytest $(PYTEST)

test-engines: environment-dev ## the same cells from PostgreSQL, ClickHouse and Spark; installs these (Java: root or sudo)
	@scripts/test-needs.sh
	@scripts/test-engines.sh

check: environment-dev ## lint, format, types, layers, docs
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python scripts/check_docs.py

docs: environment-dev ## write the pages of docs/ that are made by running the product
	.venv/bin/python scripts/write_docs.py

bench: environment ## measure loading, computing and the report against plain Typst
	.venv/bin/python benchmarks/run.py

lock: ## write the lock files anew after a dependency changed in pyproject.toml (UPGRADE=1: newest versions)
	@scripts/lock.sh

clean: ## remove the environment, caches and whatever was built; never a company's ledger
	rm -rf .venv build dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find src tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} +

# A lock file's hash, kept in .venv, tells whether there is anything to do.
environment:
	@scripts/environment.sh run

environment-dev:
	@scripts/environment.sh dev
