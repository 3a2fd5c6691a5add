"""The role's only piece of logic: whatever an inventory says arrives in the settings file as it was meant."""

import importlib.util
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

FILTERS = Path(__file__).resolve().parents[2] / "ansible/roles/edge_voice/filter_plugins/edge_voice_toml.py"

texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=10,
)


@pytest.fixture(scope="session")
def to_toml() -> Callable[[dict[str, Any]], str]:
    spec = importlib.util.spec_from_file_location("edge_voice_toml", FILTERS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    filters: dict[str, Callable[[dict[str, Any]], str]] = module.FilterModule().filters()
    return filters["edge_voice_toml"]


@given(settings=st.dictionaries(texts, st.dictionaries(texts, values, max_size=5), max_size=5))
def test_what_is_written_is_read_again(to_toml: Callable[[dict[str, Any]], str], settings: dict[str, Any]) -> None:
    assert tomllib.loads(to_toml(settings)) == settings


def test_what_is_not_set_is_left_out(to_toml: Callable[[dict[str, Any]], str]) -> None:
    assert tomllib.loads(to_toml({"device": {"area": None, "id": "kitchen"}})) == {"device": {"id": "kitchen"}}


@pytest.mark.parametrize("settings", [{"device": "kitchen"}, {"device": {"id": object()}}])
def test_what_has_no_place_in_the_file_is_refused(
    to_toml: Callable[[dict[str, Any]], str], settings: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match="edge_voice_settings"):
        to_toml(settings)
