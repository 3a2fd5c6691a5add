"""The sound part of `edge-voice doctor`: the microphone for a moment, or a sound, a meter and the wake score."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.live import Live

from edge.audio import open_sink, open_source
from edge.audio.output import OutputDevice
from edge.cli.findings import Finding
from edge.cli.listening import Heard, Shown, hear, verdict
from edge.errors import EdgeError
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from edge.store import ModelStore
from edge.tts.earcons import load_earcon
from edge.wake import Scorer, open_scorer

_LINE_EVERY = 10
"""Lines of the meter where there is no terminal: about one a second."""


def look_at_sound(
    settings: Settings, store: ModelStore, seconds: float, *, listen: bool, show: bool
) -> tuple[dict[str, object], list[Finding]]:
    """Listen for that long; with `listen`, after a sound, and with the scores of the wake words."""
    findings: list[Finding] = []
    scorer = None
    if listen:
        try:
            scorer = open_scorer(settings.wake, store)
        except EdgeError as error:
            findings.append(Finding.of(error))
    heard = Heard()
    with suppress(KeyboardInterrupt):
        findings += asyncio.run(_listen(settings, seconds, heard, scorer, listen=listen, show=show))
    findings += verdict(heard, spoken=listen)
    if show:
        print(_summary(heard, scorer))
    return heard.document(), findings


async def _listen(
    settings: Settings, seconds: float, heard: Heard, scorer: Scorer | None, *, listen: bool, show: bool
) -> list[Finding]:
    findings = await _play(settings, show=show) if listen else []
    source = open_source(settings.audio, clock=SystemClock())
    try:
        if show:
            print(f"Say the wake word a few times. This listens for {seconds:.0f} s; Ctrl-C ends it.")
            with Live(console=Console(), auto_refresh=False, transient=True) as live:
                await hear(source, seconds, heard=heard, scorer=scorer, show=_shower(live))
        else:
            await hear(source, seconds, heard=heard, scorer=scorer)
    finally:
        await source.aclose()
    return findings


async def _play(settings: Settings, *, show: bool) -> list[Finding]:
    sink = open_sink(settings.audio, clock=SystemClock())
    try:
        if show:
            print("Playing a sound. If you do not hear it, choose another output: docs/audio.md")
        sink.volume = settings.audio.volume
        await sink.write(load_earcon("ring"))
        await sink.drain()
        if isinstance(sink, OutputDevice) and sink.link.missing:
            hint = "stop the program that uses it, or set audio.output"
            return [Finding("output-unusable", "the output cannot be opened", hint, ("audio", "output"))]
    finally:
        await sink.aclose()
    return []


def _shower(live: Live) -> Callable[[Shown], None]:
    """On a terminal a line that changes, elsewhere a line a second."""
    count = 0

    def show(shown: Shown) -> None:
        nonlocal count
        count += 1
        if sys.stdout.isatty():
            live.update(shown.line(), refresh=True)
        elif count % _LINE_EVERY == 0:
            print(shown.line(), flush=True)

    return show


def _summary(heard: Heard, scorer: Scorer | None) -> str:
    lines = [f"loudest {heard.loudest_dbfs:.0f} dBFS, the quiet room {heard.room_dbfs:.0f} dBFS"]
    for word, score in heard.best.items():
        needed: Any = scorer.defaults[word].threshold if scorer else 0.0
        reached = "heard" if score >= needed else "not heard"
        lines.append(f"wake word '{word}': {reached}, best score {score:.2f}, needs {needed:.2f}")
    return "\n".join(lines)
