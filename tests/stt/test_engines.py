"""Every engine file is found here by itself: a new one cannot escape the protocol."""

import importlib
import inspect
import re
import sys
from pathlib import Path
from typing import get_args

import pytest

import edge.stt
from edge.errors import EngineError, ModelError
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, SttStream, open_stt

ENGINES: tuple[str, ...] = get_args(SttSettings.model_fields["engine"].annotation)
FOLDER = Path(edge.stt.__file__).parent
EXTRAS = {"vosk": "vosk", "whisper": "faster_whisper"}


def methods(protocol: type) -> dict[str, inspect.Signature]:
    found = inspect.getmembers(protocol, inspect.isfunction)
    return {name: inspect.signature(method) for name, method in found if not name.startswith("_")}


def classes(engine: str, suffix: str) -> list[type]:
    if engine in EXTRAS:
        pytest.importorskip(EXTRAS[engine])
    place = f"edge.stt.{engine}"
    files = [path.stem for path in (FOLDER / engine).glob("*.py")]
    modules = [importlib.import_module(f"{place}.{stem}") for stem in files] or [importlib.import_module(place)]
    return [kind for module in modules for name, kind in inspect.getmembers(module, inspect.isclass)
            if name.endswith(suffix) and kind.__module__ == module.__name__]  # fmt: skip


def test_every_file_that_holds_an_engine_can_be_configured() -> None:
    holding = {
        path.relative_to(FOLDER).with_suffix("").parts[0]
        for path in FOLDER.rglob("*.py")
        if re.search(r"^class \w+Stt:", path.read_text(), re.MULTILINE)
    }
    assert holding == set(ENGINES)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("protocol", "suffix"), [(Stt, "Stt"), (SttStream, "Stream")])
def test_an_engine_has_exactly_the_methods_of_the_protocol(engine: str, protocol: type, suffix: str) -> None:
    (kind,) = classes(engine, suffix)
    expected = methods(protocol)
    actual = methods(kind)
    assert {name: list(actual[name].parameters) for name in expected} == {
        name: list(signature.parameters) for name, signature in expected.items()
    }
    if suffix == "Stt":
        assert vars(kind)["name"] == engine


@pytest.mark.parametrize("engine", EXTRAS)
def test_an_engine_that_is_not_installed_says_how_to_install_it(
    engine: str, tmp_path: Path, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, EXTRAS[engine], None)
    monkeypatch.delitem(sys.modules, f"edge.stt.{engine}", raising=False)
    with pytest.raises(EngineError) as caught:
        open_stt(SttSettings(engine=engine, model=f"{tmp_path}/model"), store)
    assert caught.value.code == "stt-not-installed"
    assert f"edge-voice[{engine}]" in caught.value.hint


def test_a_model_of_the_store_and_a_folder_are_both_taken(store: ModelStore) -> None:
    folder = store.locate("moonshine-tiny-en")
    assert open_stt(SttSettings(model="moonshine-tiny-en"), store).name == "moonshine"
    assert open_stt(SttSettings(model=str(folder)), store).name == "moonshine"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_folder_without_a_model_is_one_clear_error(engine: str, tmp_path: Path, store: ModelStore) -> None:
    if engine in EXTRAS:
        pytest.importorskip(EXTRAS[engine])
    with pytest.raises(ModelError) as caught:
        open_stt(SttSettings(engine=engine, model=f"{tmp_path}/none"), store)
    assert caught.value.code in {"model-missing", "model-invalid"}
    assert caught.value.hint


def test_a_model_that_nobody_knows_is_one_clear_error(store: ModelStore) -> None:
    with pytest.raises(ModelError) as caught:
        open_stt(SttSettings(model="moonshine-tiny-enn"), store)
    assert caught.value.code == "model-unknown"
    assert "moonshine-tiny-en" in caught.value.hint
