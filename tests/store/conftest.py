"""The shop, for every test of the store."""

from pathlib import Path

import pytest

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
