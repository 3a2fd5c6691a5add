.POSIX:
.PHONY: run install upgrade rollback uninstall test quick system-test nightly-test mutation-test lint requirements wheel clean help

SCRIPTS = scripts/requirements ansible/prepare

# docs/privacy.md; `import edge` sets them as well, these are for the tools beside it.
export ORT_DISABLE_TELEMETRY = 1
export HF_HUB_OFFLINE = 1
export HF_HUB_DISABLE_TELEMETRY = 1
export DO_NOT_TRACK = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

help:
	@echo "make run           install if necessary, then listen (without a microphone, run the demo);"
	@echo "                   CHAT_MODEL=smollm2-135m takes this chat model, whatever memory is free"
	@echo "make install       install this checkout as a service (as root: sudo make install; likewise the next three)"
	@echo "make upgrade       after git pull: build and test the new release, then switch to it"
	@echo "make rollback      switch to the release before"
	@echo "make uninstall     remove the service and the program (PURGE=1: also settings, models and timers)"
	@echo "make test          install if necessary, then check formatting, lint and types and run the tests"
	@echo "make quick         run the tests that need no models or other programs (about a minute)"
	@echo "make system-test   test with real brokers, systemd and sound servers (as root on Debian)"
	@echo "make nightly-test  run all tests on new random examples, skipping none (SEED=N repeats a run)"
	@echo "make mutation-test check that the tests detect changes to the core (MODULES=edge/turn/floor.py limits it)"
	@echo "make lint          check formatting, lint and types"
	@echo "make requirements  update the pinned requirement files (UPGRADE=--upgrade for newer versions)"
	@echo "make wheel         build dist/*.whl"

run:
	@scripts/setup
	@CHAT_MODEL="$(CHAT_MODEL)" scripts/start

install upgrade rollback uninstall:
	@PYTHON="$(PYTHON)" PURGE="$(PURGE)" scripts/board $@

test: lint
	.venv/bin/python -m pytest -q -n auto --maxprocesses=4 --dist=loadfile -m "not system" $(PYTEST)

quick:
	@scripts/setup --test
	.venv/bin/python -m pytest -q -m "not system and not models and not slow" --hypothesis-profile=quick $(PYTEST)

lint:
	@scripts/setup --test
	.venv/bin/python -m ruff check . $(SCRIPTS)
	.venv/bin/python -m ruff format --check . $(SCRIPTS)
	.venv/bin/python -m mypy
	.venv/bin/python -m mypy --scripts-are-modules $(SCRIPTS)

system-test:
	@scripts/setup --test
	@scripts/system-packages
	.venv/bin/python -m pytest -q -m "system and not nightly" tests/system $(PYTEST)

nightly-test: lint
	@scripts/system-packages --nightly
	@scripts/home-assistant
	@seed=$${SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; \
	echo "random examples, seed $$seed (again: make nightly-test SEED=$$seed)"; \
	.venv/bin/python -m pytest -q --no-skips --hypothesis-profile=random --hypothesis-seed=$$seed $(PYTEST)

mutation-test:
	@scripts/setup --test
	@.venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/mutation.txt
	.venv/bin/python -m tests.mutation.run $(MODULES)

requirements:
	@scripts/setup
	@.venv/bin/python -m pip install -qq uv
	.venv/bin/python scripts/requirements $(UPGRADE)

wheel:
	@scripts/setup
	.venv/bin/python -m hatchling build -t wheel

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache
