.POSIX:
.PHONY: run test system-test lint requirements wheel clean help

SCRIPTS = scripts/requirements ansible/prepare

help:
	@echo "make run           set up what is missing, then listen (or show the demo without a microphone)"
	@echo "make test          set up what is missing, then lint, types and tests"
	@echo "make system-test   tests against real brokers, systemd and sound servers; as root on Debian"
	@echo "make lint          formatting, lint and types only"
	@echo "make requirements  resolve the pinned requirement files again (make requirements UPGRADE=--upgrade)"
	@echo "make wheel         build dist/*.whl"

run:
	@scripts/setup
	@scripts/start

test: lint
	.venv/bin/python -m pytest -q -m "not system" $(PYTEST)

lint:
	@scripts/setup --test
	.venv/bin/python -m ruff check . $(SCRIPTS)
	.venv/bin/python -m ruff format --check . $(SCRIPTS)
	.venv/bin/python -m mypy
	.venv/bin/python -m mypy --scripts-are-modules $(SCRIPTS)

system-test:
	@scripts/setup --test
	@scripts/system-packages
	.venv/bin/python -m pytest -q -m system tests/system $(PYTEST)

requirements:
	@scripts/setup
	@.venv/bin/python -m pip install -qq uv
	.venv/bin/python scripts/requirements $(UPGRADE)

wheel:
	@scripts/setup
	.venv/bin/python -m hatchling build -t wheel

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache
