"""`edge-voice transcribe FILE...`: the text of recordings."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from edge.errors import EdgeError
from edge.events import Transcript

if TYPE_CHECKING:
    from edge.stt import Stt


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A recording and its text, or why there is none."""

    path: Path
    transcript: Transcript | None
    error: EdgeError | None = None


def transcribe(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="WAV or FLAC recordings, any sample rate.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document a line, one for each file.")] = False,
    engine: Annotated[
        Literal["moonshine", "vosk", "whisper"] | None, typer.Option(help="Instead of the one in the settings.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="A model of the store, or a folder.")] = None,
) -> None:
    """Print the text of recordings. A file that cannot be read is named on standard error; the others go on."""
    from edge.store import open_store  # noqa: PLC0415 - nothing heavy before the options were read
    from edge.stt import open_stt  # noqa: PLC0415

    settings = ctx.obj.settings
    stt = settings.stt
    if engine is not None and engine != stt.engine:
        stt = stt.model_copy(update={"engine": engine, "model": None})
    if model is not None:
        stt = stt.model_copy(update={"model": model})
    failed = False
    for result in transcribe_files(open_stt(stt, open_store(settings.models)), files):
        if result.error is not None:
            failed = True
            print(f"edge-voice: {result.error}", file=sys.stderr, flush=True)
        print_result(result, as_json=as_json, name=len(files) > 1)
    if failed:
        raise typer.Exit(1)


def transcribe_files(stt: "Stt", paths: Iterable[Path]) -> Iterator[Transcribed]:
    """The text of each recording, in order; what cannot be read is said in its place. Hours need little memory."""
    from edge.audio.recordings import stream_recording  # noqa: PLC0415

    for path in paths:
        stream = stt.stream()
        try:
            for samples in stream_recording(path):
                stream.feed(samples)
            yield Transcribed(path, stream.finish())
        except EdgeError as error:
            yield Transcribed(path, None, error)


def print_result(result: Transcribed, *, as_json: bool, name: bool) -> None:
    """One line: a JSON document (also for a file that failed), or the text, behind the file's name where asked for."""
    if as_json:
        print(json.dumps(_document(result), ensure_ascii=False), flush=True)
    elif result.transcript is not None:
        print(f"{result.path}: {result.transcript.text}" if name else result.transcript.text, flush=True)


def _document(result: Transcribed) -> dict[str, object]:
    document: dict[str, object] = {"file": str(result.path)}
    if result.transcript is not None:
        document |= {
            "text": result.transcript.text,
            "confidence": round(result.transcript.confidence, 4),
            "audio_ms": round(result.transcript.audio_ms, 1),
        }
    if result.error is not None:
        document["error"] = {"code": result.error.code, "message": result.error.message, "hint": result.error.hint}
    return document
