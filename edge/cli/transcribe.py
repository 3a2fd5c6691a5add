"""`edge-voice transcribe FILE...`: the text of recordings, or the command in them."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from edge.errors import EdgeError, UsageError
from edge.events import Candidate, Match, Transcript

if TYPE_CHECKING:
    from rich.table import Table

    from edge.cli.explain import Explanation
    from edge.grammar import Grammar
    from edge.stt import Stt
    from edge.stt.commands import Explains

_PLAIN_WIDTH = 160
"""Width of a table that is not printed on a terminal."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A recording and its text, or the error."""

    path: Path
    transcript: Transcript | None
    error: EdgeError | None = None
    nearest: tuple[Candidate, ...] = ()
    """Sentences of the grammar that were too far from the sound to be compared, for an explanation."""


def transcribe(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="WAV or FLAC recordings, any sample rate.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document per line and file.")] = False,
    engine: Annotated[
        Literal["moonshine", "vosk", "whisper"] | None,
        typer.Option(help="Engine to use instead of the one in the settings."),
    ] = None,
    model: Annotated[str | None, typer.Option(help="A model of the store, or a folder.")] = None,
    sentences: Annotated[
        Path | None, typer.Option(help="Also recognise the commands of this hassil sentence file.")
    ] = None,
    why: Annotated[
        bool,
        typer.Option("--explain", help="With --sentences: show the compared texts, their scores, and which won."),
    ] = False,
) -> None:
    """Print the text of recordings. Unreadable files are reported on standard error and skipped.

    With --sentences, the intent, its slots and its probability follow the text.
    """
    from edge.store import open_store
    from edge.stt import open_stt

    if why and sentences is None:
        raise UsageError("explain-needs-sentences", "there is nothing to explain", "give --sentences FILE, too")
    settings = ctx.obj.settings
    grammar = None
    if sentences is not None:
        from edge.nlu import open_language
        from edge.nlu.sentence_files import speech_grammar

        grammar = speech_grammar(sentences, open_language(settings.device.language))
    stt = settings.stt
    if engine is not None and engine != stt.engine:
        stt = stt.model_copy(update={"engine": engine, "model": None})
    if model is not None:
        stt = stt.model_copy(update={"model": model})
    failed = compared = False
    recogniser = open_stt(stt, open_store(settings.models), settings.device.language)
    recogniser.use(grammar)
    explainer = _explainer(recogniser) if why else None
    for heard in transcribe_files(recogniser, files):
        result = heard if explainer is None else explainer.search_further(heard)
        if result.error is not None:
            failed = True
            print(f"edge-voice: {result.error}", file=sys.stderr, flush=True)
        print_result(result, as_json=as_json, name=len(files) > 1, grammar=grammar, explainer=explainer)
        compared = compared or bool(result.transcript and result.transcript.candidates)
    if compared and explainer is not None and explainer.engine is not None and not as_json:
        from edge.cli.explain import legend

        _print_rich(legend(explainer.engine.verdict))
    if failed:
        raise typer.Exit(1)


def transcribe_files(stt: "Stt", paths: Iterable[Path]) -> Iterator[Transcribed]:
    """The text of each recording, in order, or its error. Hours of audio need little memory."""
    from edge.audio.recordings import stream_recording

    for path in paths:
        stream = stt.stream()
        try:
            for samples in stream_recording(path):
                stream.feed(samples)
            yield Transcribed(path, stream.finish())
        except EdgeError as error:
            yield Transcribed(path, None, error)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains transcripts; `engine` is None for a recogniser that does not compare sentences."""

    engine: "Explains | None"

    def search_further(self, heard: Transcribed) -> Transcribed:
        """`heard` with the nearest sentences, if only free text was compared and it is not empty."""
        from edge.audio.recordings import read_recording

        compared = heard.transcript.candidates if heard.transcript and heard.transcript.text else ()
        if len(compared) != 1 or self.engine is None:
            return heard
        return replace(heard, nearest=self.engine.nearest(read_recording(heard.path)))

    def explain(self, transcript: Transcript, match: Match | None, nearest: tuple[Candidate, ...]) -> "Explanation":
        """See `edge.cli.explain.explain`."""
        from edge.cli.explain import explain

        verdict = None if self.engine is None else self.engine.verdict
        return explain(transcript, match, verdict, nearest)


def _explainer(recogniser: "Stt") -> Explainer:
    from edge.stt.commands import Explains

    return Explainer(recogniser if isinstance(recogniser, Explains) else None)


def print_result(
    result: Transcribed,
    *,
    as_json: bool,
    name: bool,
    grammar: "Grammar | None" = None,
    explainer: Explainer | None = None,
) -> None:
    """Print one line: a JSON document (also for a file that failed), or the text, after the file's name if `name`.

    With a grammar, the command follows; `explainer` adds the texts that were compared, as a table without JSON.
    """
    if as_json:
        print(json.dumps(_document(result, grammar, explainer), ensure_ascii=False), flush=True)
        return
    if result.transcript is None:
        return
    print((f"{result.path}: " if name else "") + _line(result.transcript, grammar), flush=True)
    if grammar is not None and explainer is not None:
        _print_table(result.transcript, grammar, explainer, result.nearest)


def _line(transcript: Transcript, grammar: "Grammar | None") -> str:
    if grammar is None:
        return transcript.text
    from edge.stt.commands import command, described

    match = command(transcript, grammar)
    said = f"[{described(match.intent)}; {match.probability:.0%}]" if match else "[no sentence]"
    return f"{transcript.text}  {said}".strip()


def _print_table(
    transcript: Transcript, grammar: "Grammar", explainer: Explainer, nearest: tuple[Candidate, ...]
) -> None:
    from edge.cli.explain import as_table
    from edge.stt.commands import command

    explanation = explainer.explain(transcript, command(transcript, grammar), nearest)
    if explanation.weighed:
        _print_rich(as_table(explanation))
    _print_rich(explanation.why)


def _print_rich(what: "Table | str") -> None:
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH).print(what, highlight=False, markup=False)


def _document(result: Transcribed, grammar: "Grammar | None", explainer: Explainer | None) -> dict[str, object]:
    document: dict[str, object] = {"file": str(result.path)}
    if result.transcript is not None:
        document |= {
            "text": result.transcript.text,
            "confidence": round(result.transcript.confidence, 4),
            "audio_ms": round(result.transcript.audio_ms, 1),
        }
        if grammar is not None:
            document |= _command(result.transcript, grammar, explainer, result.nearest)
    if result.error is not None:
        document["error"] = {"code": result.error.code, "message": result.error.message, "hint": result.error.hint}
    return document


def _command(
    transcript: Transcript, grammar: "Grammar", explainer: Explainer | None, nearest: tuple[Candidate, ...]
) -> dict[str, object]:
    from edge.stt.commands import command

    match = command(transcript, grammar)
    found: dict[str, object] = {
        "intent": match.intent.name if match else None,
        "slots": dict(match.intent.slots) if match else {},
        "probability": round(match.probability, 4) if match else None,
    }
    if explainer is not None:
        from edge.cli.explain import as_data

        found |= as_data(explainer.explain(transcript, match, nearest))
    return found
