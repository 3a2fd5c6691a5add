"""Forms in standard operators: kept whole or not at all, and used only while they are current."""

import json
from pathlib import Path

import pytest

from edge.errors import ModelError
from edge.store import ModelStore
from edge.store.conversion import NOTE
from edge.store.manifest import STANDARD
from edge.store.standard import keep_standard, standard_folder, verify_standard

MANIFEST = """
name = "{name}"
stage = "stt"
engine = "moonshine"
summary = "a model"
languages = ["en"]
licence = "MIT"
convert = "moonshine"
files = [{{ name = "encoder_model.ort" }}]
[[sources]]
kind = "local"
path = "{place}"
"""
NAME = "own"


@pytest.fixture
def owned(tmp_path: Path) -> ModelStore:
    place = tmp_path / "models"
    (place / NAME).mkdir(parents=True)
    (place / NAME / "encoder_model.ort").write_bytes(b"published")
    manifests = tmp_path / "manifests"
    manifests.mkdir()
    (manifests / f"{NAME}.toml").write_text(MANIFEST.format(name=NAME, place=tmp_path))
    return ModelStore(place, manifests=manifests)


def write(folder: Path) -> str:
    for form in ("float", "int8"):
        (folder / form).mkdir()
        (folder / form / "encoder.onnx").write_bytes(form.encode())
    return "made"


def test_what_was_made_is_found(owned: ModelStore) -> None:
    assert standard_folder(owned, NAME, "int8") is None
    assert keep_standard(owned, NAME, write) == "made"
    found = standard_folder(owned, NAME, "int8")
    assert found is not None
    assert (found / "encoder.onnx").read_bytes() == b"int8"


def test_a_changed_file_is_not_used(owned: ModelStore) -> None:
    keep_standard(owned, NAME, write)
    (owned.folder / NAME / STANDARD / "int8" / "encoder.onnx").write_bytes(b"other")
    assert standard_folder(owned, NAME, "int8") is None
    assert standard_folder(owned, NAME, "float") is not None


def test_forms_of_another_version_of_the_converter_are_not_used(owned: ModelStore) -> None:
    keep_standard(owned, NAME, write)
    note = owned.folder / NAME / STANDARD / NOTE
    changed = json.loads(note.read_text())
    changed["version"] += 1
    note.write_text(json.dumps(changed))
    assert standard_folder(owned, NAME, "int8") is None


def test_what_fails_leaves_the_forms_of_before(owned: ModelStore) -> None:
    keep_standard(owned, NAME, write)

    def fail(folder: Path) -> None:
        write(folder)
        raise ModelError("made-up", "half done", "")

    with pytest.raises(ModelError):
        keep_standard(owned, NAME, fail)
    assert standard_folder(owned, NAME, "float") is not None
    assert not any((owned.folder / ".incoming").iterdir())


def test_new_forms_make_another_model_of_it_for_what_was_measured_or_built(owned: ModelStore) -> None:
    before = owned.identity(NAME)
    assert owned.identity(NAME) == before
    keep_standard(owned, NAME, write)
    assert owned.identity(NAME) != before


def test_every_file_of_the_forms_is_verified_and_an_outdated_form_is_told_apart(owned: ModelStore) -> None:
    assert verify_standard(owned, NAME) == {}
    keep_standard(owned, NAME, write)
    files = [f"{STANDARD}/{form}/encoder.onnx" for form in ("float", "int8")]
    assert verify_standard(owned, NAME) == dict.fromkeys(files, "good")
    (owned.folder / NAME / files[0]).unlink()
    (owned.folder / NAME / files[1]).write_bytes(b"tni8")
    assert verify_standard(owned, NAME) == {files[0]: "missing", files[1]: "damaged"}
    (owned.folder / NAME / STANDARD / NOTE).unlink()
    assert verify_standard(owned, NAME) == {STANDARD: "unconverted"}
