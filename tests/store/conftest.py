"""The shop and the hub, for every test of the store."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.hub import Hub
from tests.store.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def pip_shop(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The shop for `open_with_pip`."""
    for name, value in shop.pip_settings.items():
        monkeypatch.setenv(name, value)
    return shop


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
