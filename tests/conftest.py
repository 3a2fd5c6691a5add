"""Fixtures that every stage's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from edge.errors import ModelError
from edge.settings import ModelSettings
from edge.store import ModelStore, open_store


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A test that runs a command sets up logging on its own standard error, which is closed when the next one logs."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def store() -> ModelStore:
    """The store in its normal folder, with the default models in it."""
    store = open_store(ModelSettings())
    store.pull(store.defaults())
    return store


@pytest.fixture(scope="session")
def optional_model(store: ModelStore) -> Callable[[str], Path]:
    """`optional_model("vosk-ko")`: the model's folder, fetched if need be; the test is skipped where that fails."""

    def locate(name: str) -> Path:
        try:
            store.pull([name])
        except ModelError as error:
            pytest.skip(f"needs the model {name}: {error.message}")
        return store.locate(name)

    return locate
