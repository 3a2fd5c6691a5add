import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from edge.errors import ModelError
from edge.settings import ModelSettings, Settings
from edge.store import open_store, required_models, shipped
from edge.store.chat_model import CANDIDATES
from edge.store.manifest import SafePath, WheelSource, read_manifest
from tests.store.shop import Shop

SHIPPED = sorted(shipped("models").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_manifest_is_complete(path: Path) -> None:
    manifest = read_manifest(path)
    assert manifest.licence
    assert manifest.files
    wheels = [source for source in manifest.sources if isinstance(source, WheelSource)]
    if manifest.tested or wheels:
        assert manifest.pinned
    assert all(package.size for source in wheels for package in source.packages)


@pytest.mark.parametrize("chat_model", [candidate.name for candidate in CANDIDATES])
def test_the_models_of_a_speaker_without_settings_are_tested_and_pinned(chat_model: str) -> None:
    store = open_store(ModelSettings())
    names = required_models(Settings(), chat_model)
    assert sorted(names) == sorted(
        ["moonshine-tiny-en", "openwakeword-alexa", "openwakeword-features", "silero-vad", chat_model]
    )
    assert all(store.manifest(name).tested for name in names)


def test_every_non_commercial_model_names_a_free_one_of_the_same_stage() -> None:
    store = open_store(ModelSettings())
    found = [store.manifest(name) for name in store.names() if store.manifest(name).non_commercial]
    assert {manifest.engine for manifest in found} == {"openwakeword"}
    for manifest in found:
        assert manifest.alternative
        other = store.manifest(manifest.alternative)
        assert (other.stage, other.licence, other.non_commercial) == (manifest.stage, "Apache-2.0", False)


def test_a_licence_with_nc_is_marked_as_non_commercial() -> None:
    store = open_store(ModelSettings())
    for manifest in map(store.manifest, store.names()):
        assert manifest.non_commercial == bool(re.search(r"\bNC\b", manifest.licence))


GOOD: dict[str, Any] = {
    "name": "word",
    "stage": "wake",
    "engine": "test",
    "summary": "a word",
    "languages": ["en"],
    "licence": "MIT",
    "files": [{"name": "word.onnx", "size": 3, "sha256": "0" * 64}],
    "sources": [
        {"kind": "wheel", "packages": [{"name": "word-data", "version": "1.0", "members": {"word.onnx": "w/x"}}]}
    ],
}
FILE = GOOD["files"][0]
HUB = {"kind": "hub", "repository": "a/b", "revision": "main"}


def package(**change: Any) -> dict[str, Any]:
    """The sources of `GOOD` with another package."""
    return {"sources": [{"kind": "wheel", "packages": [GOOD["sources"][0]["packages"][0] | change]}]}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"licence": ""}, "licence"),
        ({"stage": "ears"}, "stage"),
        ({"colour": "red"}, "colour"),
        ({"name": "other"}, "name"),
        ({"name": "../word"}, "name"),
        ({"summary": "two\nlines"}, "summary"),
        ({"files": []}, "files"),
        ({"files": [FILE | {"sha256": "abc"}]}, "files.0.sha256"),
        ({"files": [FILE | {"size": 0}]}, "files.0.size"),
        ({"files": [FILE | {"size": 1 << 60}]}, "files.0.size"),
        ({"files": [FILE | {"name": "../word.onnx"}]}, "files.0.name"),
        ({"files": [FILE | {"name": "/etc/passwd"}]}, "files.0.name"),
        ({"files": [FILE | {"name": ".record.json"}]}, "files.0.name"),
        ({"files": [FILE, FILE | {"name": "WORD.onnx"}]}, "files"),
        ({"files": [FILE, FILE | {"name": "word.onnx/deeper"}]}, "files"),
        ({"files": [{"name": "word.onnx"}]}, "files"),
        ({"files": [{"name": "word.onnx"}], "sources": [HUB, HUB]}, "files"),
        ({"files": [FILE, FILE | {"name": "other.onnx"}]}, "sources.0.packages: none has 'other.onnx'"),
        (package(members={"word.onnx": "w/x", "other": "w/y"}), "sources.0.members: 'other'"),
        (package(members={"word.onnx": "../x"}), "sources.0.wheel.packages.0.members"),
        (package(members={}), "sources.0.wheel.packages.0.members"),
        (package(name="--index-url"), "sources.0.wheel.packages.0.name"),
        (package(version="1 ; x"), "sources.0.wheel.packages.0.version"),
        ({"sources": [HUB | {"members": {"other": "x"}}]}, "sources.0.members: 'other'"),
        ({"sources": [{"kind": "archive", "url": "http://example.org/x.zip"}]}, "sources.0.archive.url"),
        ({"sources": [HUB | {"repository": "../.."}]}, "sources.0.hub.repository"),
        ({"sources": [{"kind": "carrier-pigeon"}]}, "sources.0"),
        ({"sources": []}, "sources"),
        ({"non_commercial": True}, "licence_note"),
    ],
)
def test_a_bad_manifest_is_refused_naming_file_and_key(tmp_path: Path, change: dict[str, Any], place: str) -> None:
    path = tmp_path / "word.toml"
    path.write_text(tomli_w.dumps(GOOD))
    read_manifest(path)
    path.write_text(tomli_w.dumps(GOOD | change))
    with pytest.raises(ModelError) as caught:
        read_manifest(path)
    assert caught.value.code == "manifest-invalid"
    assert caught.value.message.startswith(f"{path}: {place}")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"name = ", b"x = " + b"[" * 100_000, b"# long\n" * 200_000, b""])
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "word.toml"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"word\.toml"):
        read_manifest(path)


@given(st.text(alphabet="a./\\\0~", max_size=12))
def test_an_accepted_path_never_leaves_its_folder(path: str) -> None:
    try:
        TypeAdapter(SafePath).validate_python(path)
    except ValidationError:
        return
    steps = PurePosixPath("/models/word", path).parts
    assert steps[:3] == ("/", "models", "word")
    assert len(steps) > 3
    assert not any(step.startswith(".") for step in steps)


def test_a_manifest_that_the_user_adds_to_the_models_folder_is_used(shop: Shop) -> None:
    shop.models.mkdir()
    (shop.models / "mine").mkdir()
    data = b"my own words"
    path = shop.local_model("mine", {"words.onnx": data})
    (shop.manifests / "mine.toml").rename(shop.models / "mine.toml")
    store = shop.open()
    assert store.names() == ("mine",)
    store.pull(["mine"])
    assert (store.locate("mine") / "words.onnx").read_bytes() == data
    assert (path / "words.onnx").exists()


def test_a_mistake_in_a_manifest_of_the_user_costs_only_that_model(shop: Shop) -> None:
    shop.local_model("good", {"a": b"a"})
    shop.models.mkdir()
    (shop.models / "bad.toml").write_text("name = 3")
    store = shop.open()
    store.pull(["good"])
    assert [error.code for error in store.mistakes] == ["manifest-invalid"]
    with pytest.raises(ModelError, match=r"bad\.toml"):
        store.locate("bad")


def test_a_manifest_of_the_user_cannot_take_the_name_of_a_shipped_one(shop: Shop) -> None:
    shop.local_model("good", {"a": b"a"})
    shop.models.mkdir()
    (shop.models / "good.toml").write_bytes((shop.manifests / "good.toml").read_bytes())
    assert "ships with edge-voice" in str(shop.open().mistakes[0])


def test_an_unknown_model_gets_a_suggestion(shop: Shop) -> None:
    shop.local_model("whisper-tiny", {"a": b"a"})
    with pytest.raises(ModelError, match="did you mean 'whisper-tiny'") as caught:
        shop.open().locate("wisper-tiny")
    assert caught.value.code == "model-unknown"
