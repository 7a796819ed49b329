# Two commands do everything: `make demo` and `make test`. See docs/operating.md.

.PHONY: setup demo test check format lock
.DEFAULT_GOAL := setup

# Where compiled modules may not be kept, every process compiles all of them anew: a second each.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?=
# Files in the order of their names, not those with most tests first: then the few tests that take a minute each would be
# left to one process at the end. Small folders are last by name.
PYTEST ?= -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

setup:
	@PYTHON="$(PYTHON)" scripts/setup

demo: setup
	@.venv/bin/huiguan demo

test: setup
	@scripts/browser
	@.venv/bin/python -m pytest $(PYTEST)

check: setup
	@scripts/check

format: setup
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

# The locks name no registry: any index or mirror will do, and every file is held by its hash.
lock: setup .venv/lock/bin/uv
	@.venv/lock/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header \
		--output-file requirements/run.lock --quiet
	@.venv/lock/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header \
		--output-file requirements/dev.lock --quiet

.venv/lock/bin/uv:
	@.venv/bin/python -m venv .venv/lock
	@.venv/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
