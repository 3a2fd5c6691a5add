"""The role's filters: whatever an inventory says arrives in the settings file, and on the board, as it was meant."""

import importlib.util
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

FILTERS = Path(__file__).resolve().parents[2] / "ansible/roles/edge_voice/filter_plugins"

texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=10,
)


names = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,5}", fullmatch=True)
PLACE = re.compile(r"/etc/edge-voice/files/[0-9a-f]{16}")


def filters(file: str) -> dict[str, Callable[..., Any]]:
    """The filters of one file, as Ansible finds them."""
    spec = importlib.util.spec_from_file_location(file, FILTERS / f"{file}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Callable[..., Any]] = module.FilterModule().filters()
    return found


@pytest.fixture(scope="session")
def to_toml() -> Callable[[dict[str, Any]], str]:
    return filters("edge_voice_toml")["edge_voice_toml"]


place, with_paths, unnamed = filters("edge_voice_files").values()


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


def test_a_file_and_a_folder_have_places_that_follow_their_content(tmp_path: Path) -> None:
    (tmp_path / "voice/inside").mkdir(parents=True)
    (tmp_path / "voice/inside/weights").write_bytes(b"1")
    (tmp_path / "ca.pem").write_bytes(b"1")
    files = {"home.pem": "ca.pem", "amy": str(tmp_path / "voice")}
    file, folder = place(files, str(tmp_path))
    assert PLACE.fullmatch(file["folder"])
    assert (file["path"], file["target"]) == (f"{file['folder']}/home.pem",) * 2
    assert (folder["source"], folder["target"]) == (f"{tmp_path}/voice/", f"{folder['folder']}/amy/")
    assert place(files, str(tmp_path)) == [file, folder]
    (tmp_path / "voice/inside/weights").write_bytes(b"2")
    assert place(files, str(tmp_path))[0] == file
    assert place(files, str(tmp_path))[1]["folder"] != folder["folder"]


@given(settings=st.dictionaries(texts, values, max_size=5), taken=st.lists(names, unique=True, max_size=3))
def test_a_setting_that_is_the_name_of_a_file_becomes_its_path_and_no_other_changes(
    settings: dict[str, Any], taken: list[str]
) -> None:
    placed = [{"name": name, "source": name, "path": f"/etc/edge-voice/files/0/{name}"} for name in taken]
    assert with_paths(settings, []) == settings
    used = {"a": {"b": [*taken, {"c": "none.pem/"}]}}
    paths = [entry["path"] for entry in placed]
    assert with_paths(used, placed) == {"a": {"b": [*paths, {"c": "none.pem/"}]}}
    assert unnamed(placed, with_paths(used, placed)) == []
    assert unnamed(placed, {"a": ["none"]}) == taken


def test_a_path_in_a_folder_is_completed_but_not_one_in_a_file() -> None:
    folder = {"name": "amy", "source": "/x/", "path": "/etc/edge-voice/files/1/amy"}
    file = {"name": "ca.pem", "source": "/y", "path": "/etc/edge-voice/files/2/ca.pem"}
    settings = {"tts": {"model": "amy/amy.onnx"}, "home": {"topic": "ca.pem/set"}, "device": {"name": "amys"}}
    assert with_paths(settings, [folder, file]) == settings | {"tts": {"model": "/etc/edge-voice/files/1/amy/amy.onnx"}}


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("../config.toml", b"", "must consist of"),
        ("a/b", b"", "must consist of"),
        ("", b"", "must consist of"),
        (".hidden", b"", "must consist of"),
        ("missing", None, "does not exist"),
        ("key.pem", b"-----BEGIN EC PRIVATE KEY-----", "mqtt-key"),
    ],
)
def test_a_file_that_has_no_place_on_a_board_is_refused(
    tmp_path: Path, name: str, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / "source").write_bytes(content)
    with pytest.raises(ValueError, match=complaint):
        place({name: "source"}, str(tmp_path))
