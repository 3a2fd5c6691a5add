import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import soundfile
import typer
from typer.testing import CliRunner

from edge.cli.say import find_text, override, progress, say, say_text
from edge.errors import AudioError, ModelError, UsageError
from edge.settings import Settings, TtsSettings

pytestmark = pytest.mark.slow  # the real voice

app = typer.Typer()
app.command()(say)


def run(*arguments: str) -> None:
    """Call the command as the terminal would; errors come out as they are."""
    app(list(arguments), obj=SimpleNamespace(settings=Settings()), standalone_mode=False)


def test_a_text_becomes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hello.wav"
    run("Hello. It is half past seven.", "-o", str(file))
    info = soundfile.info(file)
    assert (info.samplerate, info.channels, info.subtype) == (24_000, 1, "PCM_16")
    assert 1.5 < info.duration < 4
    assert capsys.readouterr().out == f"{file}: {info.duration:.1f} s\n"


def test_a_file_and_standard_input_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "text.txt"
    text.write_text("# Heading\n\nHello.\n", encoding="utf-8")
    run("--file", str(text), "-o", str(tmp_path / "a.wav"))
    monkeypatch.setattr("sys.stdin", io.StringIO("Hello."))
    run("-", "-o", str(tmp_path / "b.wav"), "--speed", "1.5")
    assert soundfile.info(tmp_path / "a.wav").duration > soundfile.info(tmp_path / "b.wav").duration > 0.2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "text-missing"),
        (["  "], "text-empty"),
        (["😀"], "text-empty"),
        (["Hi.", "--file", "x.txt"], "text-twice"),
        (["--file", "missing.txt"], "text-unreadable"),
        (["--file", "."], "text-unreadable"),
        (["--file", "binary.txt"], "text-unreadable"),
        (["Hi.", "--engine", "espeak"], "engine-unknown"),
    ],
)
def test_what_cannot_be_said_is_one_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("binary.txt").write_bytes(b"A sentence. And another one. \xff\xfe")
    with pytest.raises(UsageError) as caught:
        run(*arguments, "-o", "out.wav")
    assert caught.value.code == code
    assert caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["binary.txt"]


def test_a_speed_out_of_range_is_refused() -> None:
    assert CliRunner().invoke(app, ["Hi.", "--speed", "9"]).exit_code == 2


def test_a_folder_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AudioError) as caught:
        run("Hi.", "-o", str(tmp_path / "no" / "x.wav"))
    assert caught.value.code == "folder-missing"


def test_a_text_that_breaks_off_keeps_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    run("Hello.", "-o", str(file))
    before = file.read_bytes()

    def broken() -> Iterator[str]:
        yield "One sentence. Two sentences. Three."
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        asyncio.run(say_text(Settings(), broken(), file))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_progress_counts_the_characters_of_the_text(tmp_path: Path) -> None:
    source = find_text("One more sentence. " * 25 + "Last one. ", None)
    said: list[int] = []
    with progress(source) as on_said:
        on_said(1)
        asyncio.run(say_text(Settings(), source.pieces, tmp_path / "x.wav", on_said=said.append))
    assert sum(said) == source.chars


def test_the_command_line_wins_over_the_settings() -> None:
    settings = TtsSettings(model="own.onnx", speed=1.2)
    assert override(settings, engine=None, voice=None, speed=None) == settings
    assert override(settings, engine=None, voice=None, speed=0.8) == TtsSettings(model="own.onnx", speed=0.8)
    assert override(settings, engine="piper", voice=None, speed=None) == TtsSettings(engine="piper", speed=1.2)
    assert override(settings, engine=None, voice="x.onnx", speed=None).model == "x.onnx"


def test_an_unknown_voice_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        run("Hi.", "--voice", "nobody", "-o", str(tmp_path / "x.wav"))
    assert not list(tmp_path.iterdir())
