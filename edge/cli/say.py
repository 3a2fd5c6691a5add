"""`edge-voice say TEXT`: speaks a text of any length, by the running speaker, on the output or into a file."""

import asyncio
import sys
import textwrap
import unicodedata
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from edge.control import Say
from edge.control.checks import MAX_SAY_CHARS
from edge.control.client import ControlClient, connect_if_running
from edge.errors import UsageError
from edge.events import ReplySentence, Speech
from edge.nlu import Language, open_language
from edge.nlu.segmenter import Segmenter
from edge.runtime.clock import SystemClock
from edge.runtime.hosted import Hosted
from edge.settings import Settings, TtsSettings
from edge.store import open_store
from edge.tts import open_tts
from edge.tts.voice import Voice

CHUNK_CHARS = 4096
LONG_TEXT_CHARS = 400
"""Texts from this length on get a progress bar."""


@dataclass(frozen=True)
class Source:
    """A text, in pieces; `chars` is its approximate length, None if unknown."""

    pieces: Iterable[str]
    chars: int | None


def say(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(help="The text to say; '-' reads standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Say the text in this file.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write a WAV file instead of playing the speech.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="hibari or piper; default: from the settings.")] = None,
    voice: Annotated[str | None, typer.Option(help="A voice of the model store, or a path.")] = None,
    speed: Annotated[float | None, typer.Option(min=0.5, max=2.0, help="1 is the voice's own speed.")] = None,
    standalone: Annotated[
        bool, typer.Option("--standalone", help="Load a separate voice even if the speaker is running.")
    ] = False,
) -> None:
    """Say a text.

    The running speaker says it as soon as it is free. Without one, with --standalone, or with an option for the voice
    or the output file, a voice is loaded for this text.
    """
    source = find_text(text, file)
    if not standalone and (output, engine, voice, speed) == (None, None, None, None):
        client = connect_if_running()
        if client is not None:
            with client, progress(source) as on_said:
                language = open_language(ctx.obj.settings.device.language)
                say_by_speaker(client, language, source.pieces, on_said=on_said)
            return
    settings: Settings = ctx.obj.settings
    voice_settings = override(settings.tts, engine=engine, voice=voice, speed=speed)
    settings = settings.model_copy(update={"tts": voice_settings})
    with progress(source) as on_said:
        seconds = asyncio.run(say_text(settings, source.pieces, output, on_said=on_said))
    if output is not None:
        print(f"{output}: {seconds:.1f} s")


def find_text(text: str | None, file: Path | None) -> Source:
    """The text from the command line. Raises `UsageError` `text-missing`, `text-twice` or `text-empty`."""
    if text is not None and file is not None:
        raise UsageError("text-twice", "a text and --file cannot both be given", "leave one of them out")
    if file is not None:
        return Source(_read(file), file.stat().st_size if file.is_file() else None)
    if text is None:
        raise UsageError("text-missing", "there is nothing to say", 'try: edge-voice say "Good morning."')
    if text == "-":
        return Source(iter(lambda: sys.stdin.read(CHUNK_CHARS), ""), None)
    if not text.strip():
        raise _nothing_to_say()
    return Source([text], len(text))


def override(settings: TtsSettings, *, engine: str | None, voice: str | None, speed: float | None) -> TtsSettings:
    """The settings with the values of the command line. Raises `UsageError` `engine-unknown`."""
    changes: dict[str, Any] = {"engine": engine, "speed": speed}
    update = {key: value for key, value in changes.items() if value is not None}
    if voice is not None or (engine is not None and engine != settings.engine):
        update["model"] = voice  # an engine cannot use another engine's voice
    if engine not in {None, "hibari", "piper"}:
        raise UsageError("engine-unknown", f"there is no speech engine '{engine}'", "use hibari or piper")
    return TtsSettings.model_validate({**settings.model_dump(), **update})


def say_by_speaker(
    client: ControlClient, language: Language, pieces: Iterable[str], *, on_said: Callable[[int], None]
) -> None:
    """Let the running speaker say a text in parts, until it ends or is stopped. Raises what `client.request` raises.

    `on_said` gets the number of characters just said.
    """
    said = False
    for part in _parts(language, pieces):
        said = True
        if client.request(Say(part, wait=True), timeout_s=None).get("stopped"):
            return
        on_said(len(part) + 1)
    if not said:
        raise _nothing_to_say()


def _parts(language: Language, pieces: Iterable[str]) -> Iterator[str]:
    """The text in parts of whole sentences, each as long as one command may be."""
    part = ""
    for sentence in _split(language, pieces):
        for line in textwrap.wrap(sentence.text, MAX_SAY_CHARS):
            if part and len(part) + 1 + len(line) > MAX_SAY_CHARS:
                yield part
                part = ""
            part = f"{part} {line}".strip()
    if part:
        yield part


def _split(language: Language, pieces: Iterable[str]) -> Iterator[ReplySentence]:
    segmenter = Segmenter(language.sentence_rules)
    for piece in pieces:
        yield from segmenter.feed("".join(" " if unicodedata.category(c) == "Cc" else c for c in piece))
    yield from segmenter.finish()


async def say_text(
    settings: Settings, pieces: Iterable[str], output: Path | None, *, on_said: Callable[[int], None] = lambda _: None
) -> float:
    """Say a text on the output, or write a WAV file, which appears only when it is complete. Returns seconds of speech.

    `on_said` gets the number of characters just said. Raises `UsageError` `text-empty` for a text without words.
    """
    seconds = 0.0
    language = open_language(settings.device.language)
    tts = await Hosted.open("tts", lambda: open_tts(settings.tts, open_store(settings.models)))
    try:
        async with aclosing(Voice(tts, language).speak(_sentences(language, pieces, on_said))) as spoken:
            first = await anext(spoken, None)
            if first is None:
                raise _nothing_to_say()
            async with _out(settings, output, first[1].rate_hz) as write:
                await write(first[1])
                seconds += first[1].duration_ms / 1000
                async for _, speech in spoken:
                    await write(speech)
                    seconds += speech.duration_ms / 1000
    finally:
        await tts.aclose()
    return seconds


async def _sentences(
    language: Language, pieces: Iterable[str], on_said: Callable[[int], None]
) -> AsyncGenerator[ReplySentence, None]:
    segmenter = Segmenter(language.sentence_rules, "clause")
    for piece in pieces:
        for sentence in segmenter.feed(piece):
            yield sentence
            on_said(len(sentence.text) + 1)
    for sentence in segmenter.finish():
        yield sentence
        on_said(len(sentence.text) + 1)


@asynccontextmanager
async def _out(
    settings: Settings, output: Path | None, rate_hz: int
) -> AsyncIterator[Callable[[Speech], Awaitable[None]]]:
    """The function that writes speech. When the block ends without an error, all of it was played or is in the file."""
    if output is None:
        from edge.audio import open_sink

        sink = open_sink(settings.audio, clock=SystemClock())
        try:
            sink.volume = settings.audio.volume
            yield sink.write
            await sink.drain()
        finally:
            await sink.aclose()
        return

    from edge.audio.wav_writer import WavWriter

    with WavWriter(output, rate_hz) as writer:

        async def write(speech: Speech) -> None:
            writer.append(speech.samples)

        yield write


@contextmanager
def progress(source: Source) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for a long text. Yields a function that takes the number of characters just said."""
    columns = (TextColumn("speaking"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    short = source.chars is not None and source.chars < LONG_TEXT_CHARS
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=short) as bar:
        task = bar.add_task("", total=source.chars)
        yield lambda chars: bar.advance(task, chars)


def _read(file: Path) -> Iterator[str]:
    """The text of a file, in pieces. Raises `UsageError` `text-unreadable`."""
    try:
        with file.open(encoding="utf-8") as text:
            while piece := text.read(CHUNK_CHARS):
                yield piece
    except OSError as error:
        raise UsageError("text-unreadable", f"{file}: {error.strerror}", "choose a text file") from error
    except UnicodeDecodeError as error:
        raise UsageError("text-unreadable", f"{file} is not UTF-8 text", "choose a text file") from error


def _nothing_to_say() -> UsageError:
    return UsageError("text-empty", "the text has no words", 'try: edge-voice say "Good morning."')
