"""Fixtures that every stage's tests share, and how properties are tested.

`make test` draws the same examples in every run, `make quick` fewer of them; `make nightly-test` draws others.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from edge.errors import ModelError  # the first import of `edge`: it switches off the collection of usage data
from edge.settings import ModelSettings, Settings
from edge.store import ModelStore, open_store, required_models
from tests.skips import (  # noqa: F401 - hooks of pytest
    MODEL,
    pytest_addoption,
    pytest_make_collect_report,
    pytest_runtest_makereport,
    pytest_terminal_summary,
)

# No database: a checkout may be read-only. No deadline and no "too slow": a busy machine is not a fault of ours.
_ANYWHERE = settings(database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _ANYWHERE, derandomize=True)
settings.register_profile("quick", _ANYWHERE, derandomize=True, max_examples=20)
settings.register_profile("random", _ANYWHERE, derandomize=False, max_examples=300)
settings.load_profile("fixed")

_MODEL_FIXTURES = {"store", "optional_model"}


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a model of the store."""
    for item in items:
        if _MODEL_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.models)


SMALL_CHAT_MODEL = "smollm2-135m"
"""The chat model of every test: the larger one is a download of a gigabyte, which tests must not need."""


@pytest.fixture(scope="session", autouse=True)
def _small_chat_model() -> None:
    """Programs that tests start use the small chat model, also where memory allows more."""
    os.environ["EDGE_VOICE__LLM__MODEL"] = SMALL_CHAT_MODEL


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A test that runs a command sets up logging on its own standard error, which is closed when the next one logs."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def store() -> ModelStore:
    """The store in its normal folder, with the models in it that a speaker without settings uses."""
    store = open_store(ModelSettings())
    store.pull(required_models(Settings(), SMALL_CHAT_MODEL))
    return store


@pytest.fixture(scope="session")
def optional_model(store: ModelStore) -> Callable[[str], Path]:
    """`optional_model("vosk-ko")`: the model's folder, fetched if need be; the test is skipped where that fails."""

    def locate(name: str) -> Path:
        try:
            store.pull([name])
        except ModelError as error:
            pytest.skip(f"{MODEL} {name}: {error.message}")
        return store.locate(name)

    return locate
