"""Models whose published files are converted once, by a converter that only adds a word to each file."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from edge.errors import ModelError
from edge.store import ModelStore
from edge.store.converters import VERSIONS
from edge.store.manifest import CONVERTED
from edge.store.sources import Fetcher
from tests.store.shop import Shop, fingerprint

FILES = {"encoder.bin": b"first " * 500, "tokens.txt": b"third"}


class Converter:
    """Counts its calls; fails with `error` when there is one, after it wrote a file."""

    def __init__(self) -> None:
        self.calls = 0
        self.error: BaseException | None = None

    def __call__(self, source: Path, target: Path) -> None:
        self.calls += 1
        for name in FILES:
            (target / name).write_bytes((source / name).read_bytes() + b" converted")
            if self.error is not None:
                raise self.error


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> Converter:
    found = Converter()
    monkeypatch.setattr("edge.store.conversion.find_converter", lambda _name: found)
    return found


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are fetched."""
    names: list[str] = []
    fetch = Fetcher.fetch

    def counts(self: Fetcher, file: object, *rest: object) -> None:
        names.append(getattr(file, "name", ""))
        fetch(self, file, *rest)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(Fetcher, "fetch", counts)
    return names


@pytest.fixture
def ears(shop: Shop, converter: Converter, fetched: list[str]) -> ModelStore:
    """A store with the converted model."""
    shop.wheel_model("ears", FILES, convert="moonshine")
    store = shop.open()
    assert store.pull(["ears"]) == ("ears",)
    assert (converter.calls, fetched) == (1, list(FILES))
    fetched.clear()
    return store


def test_an_engine_gets_the_converted_files(ears: ModelStore) -> None:
    folder = ears.locate("ears")
    assert folder == ears.folder / "ears" / CONVERTED
    assert {name: (folder / name).read_bytes() for name in FILES} == {
        name: data + b" converted" for name, data in FILES.items()
    }
    assert ears.state("ears") == "good"


def test_a_converted_model_is_neither_fetched_nor_converted_again(
    ears: ModelStore, converter: Converter, fetched: list[str]
) -> None:
    assert ears.pull(["ears"]) == ()
    assert (converter.calls, fetched) == (1, [])


def test_a_store_of_an_older_version_is_converted_by_the_next_pull_without_fetching(
    ears: ModelStore, converter: Converter, fetched: list[str]
) -> None:
    shutil.rmtree(ears.folder / "ears" / CONVERTED)
    assert ears.state("ears") == "unconverted"
    with pytest.raises(ModelError) as caught:
        ears.locate("ears")
    assert caught.value.code == "model-unconverted"
    assert "edge-voice models pull ears" in caught.value.hint
    assert ears.verify("ears")[CONVERTED] == "unconverted"
    assert ears.pull(["ears"]) == ("ears",)
    assert ears.locate("ears")
    assert (converter.calls, fetched) == (2, [])


def test_a_new_version_of_the_converter_converts_again(
    ears: ModelStore, converter: Converter, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.store.conversion.VERSIONS", {**VERSIONS, "moonshine": VERSIONS["moonshine"] + 1})
    assert ears.state("ears") == "unconverted"
    ears.pull(["ears"])
    assert ears.state("ears") == "good"
    assert (converter.calls, fetched) == (2, [])


@pytest.mark.usefixtures("ears")
def test_new_files_in_the_manifest_are_fetched_and_converted(shop: Shop) -> None:
    changed = {**FILES, "tokens.txt": b"fourth"}
    folder = shop.root / "origin"
    folder.mkdir()
    for name, data in changed.items():
        (folder / name).write_bytes(data)
    entries = [{"name": name, **fingerprint(data)} for name, data in changed.items()]
    shop.manifest("ears", [{"kind": "local", "path": str(folder)}], entries, convert="moonshine")
    store = shop.open()
    with pytest.raises(ModelError, match="tokens"):
        store.locate("ears")
    store.pull(["ears"])
    assert (store.locate("ears") / "tokens.txt").read_bytes() == b"fourth converted"


@pytest.mark.parametrize("name", [*FILES])
def test_a_damaged_byte_of_the_result_is_found_and_repaired_without_fetching(
    ears: ModelStore, fetched: list[str], name: str
) -> None:
    path = ears.folder / "ears" / CONVERTED / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!")
    assert ears.verify("ears")[f"{CONVERTED}/{name}"] == "damaged"
    with pytest.raises(ModelError, match=name) as caught:
        ears.locate("ears")
    assert caught.value.code == "model-damaged"
    ears.pull(["ears"])
    assert path.read_bytes() == whole
    assert set(ears.verify("ears").values()) == {"good"}
    assert fetched == []


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"converter": "moonshine"}', b" " * (2 << 20)])
def test_a_damaged_note_means_converting_again(ears: ModelStore, note: bytes) -> None:
    path = ears.folder / "ears" / CONVERTED / "conversion.json"
    path.write_bytes(note)
    assert ears.state("ears") == "unconverted"
    ears.pull(["ears"])
    assert ears.state("ears") == "good"


@pytest.mark.parametrize("error", [ValueError("other layers"), KeyError("norm"), IndexError("4")])
def test_a_model_that_cannot_be_converted_is_one_clear_error(
    shop: Shop, converter: Converter, error: Exception
) -> None:
    shop.wheel_model("ears", FILES, convert="moonshine")
    converter.error = error
    store = shop.open()
    with pytest.raises(ModelError) as caught:
        store.pull(["ears"])
    assert caught.value.code == "model-conversion-failed"
    assert "ears" in caught.value.message
    assert store.state("ears") == "unconverted"
    assert not list((store.folder / ".incoming").iterdir())


class _Power(BaseException):
    """A power cut."""


def test_a_conversion_cut_by_a_power_failure_leaves_the_last_one(
    ears: ModelStore, converter: Converter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ears.locate("ears") / "tokens.txt"
    converter.error = _Power()
    with monkeypatch.context() as newer:
        newer.setattr("edge.store.conversion.VERSIONS", {**VERSIONS, "moonshine": 99})
        with pytest.raises(_Power):
            ears.pull(["ears"])
        assert ears.state("ears") == "unconverted"
    assert ears.locate("ears") / "tokens.txt" == before
    converter.error = None
    with monkeypatch.context() as newer:
        newer.setattr("edge.store.conversion.VERSIONS", {**VERSIONS, "moonshine": 99})
        ears.pull(["ears"])
        assert ears.state("ears") == "good"


def test_a_copy_without_hidden_files_needs_no_converter(shop: Shop, ears: ModelStore, converter: Converter) -> None:
    """As the Ansible role brings models to a board."""
    models = shop.root / "board"
    for path in sorted((ears.folder / "ears").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            target = models / "ears" / path.relative_to(ears.folder / "ears")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    board = ModelStore(models, offline=True, manifests=shop.manifests)
    assert set(board.verify("ears").values()) == {"good"}
    assert board.pull(["ears"]) == ()
    assert converter.calls == 1


def test_a_missing_onnx_package_is_said_with_what_brings_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.wheel_model("ears", FILES, convert="moonshine")
    monkeypatch.setitem(sys.modules, "onnx", None)
    for name in [name for name in sys.modules if name.startswith("edge.store.converters.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ModelError) as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "onnx-missing"
    assert "pip install" in caught.value.hint


def test_too_little_space_for_the_converted_files_is_found_before_anything_is_fetched(
    shop: Shop, converter: Converter, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.local_model("ears", FILES, convert="moonshine")
    size = sum(map(len, FILES.values()))
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 2 * size - 1}))
    with pytest.raises(ModelError) as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "disk-full"
    assert (converter.calls, fetched) == (0, [])


def test_a_file_in_the_folder_of_the_converted_ones_is_refused(shop: Shop) -> None:
    shop.local_model("ears", {f"{CONVERTED}/tokens.txt": b"third"}, convert="moonshine")
    with pytest.raises(ModelError) as caught:
        shop.open()
    assert caught.value.code == "manifest-invalid"


def test_the_note_names_the_converter_its_version_and_the_files(ears: ModelStore) -> None:
    note = json.loads((ears.folder / "ears" / CONVERTED / "conversion.json").read_text())
    assert (note["converter"], note["version"]) == ("moonshine", VERSIONS["moonshine"])
    assert set(note["sources"]) == set(FILES)
    assert {file["name"] for file in note["files"]} == {f"{CONVERTED}/{name}" for name in FILES}
