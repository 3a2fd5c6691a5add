"""The shop, for every test of the store."""

from pathlib import Path

import pytest

from tests.store.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)
