"""`edge-voice ask TEXT`: one typed turn through routing and reply, by the running speaker if there is one."""

import asyncio
import dataclasses
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from edge.cli.decision import explained
from edge.cli.output import writable, write
from edge.control.client import connect_if_running
from edge.errors import UsageError
from edge.events import TurnRecord
from edge.runtime.clock import SystemClock
from edge.runtime.paths import state_folder
from edge.settings import Settings
from edge.telemetry.trace import chrome_trace

Answered = Callable[[TurnRecord], None]
"""Called with the record of each turn."""


def ask(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="The text to answer; - for one conversation, a line of input per turn.")],
    speak: Annotated[bool, typer.Option("--speak", help="Speak the reply.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the turn record.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show who answered and why, and who would have answered otherwise.")
    ] = False,
    trace: Annotated[
        Path | None, typer.Option(help="Write a trace of the stages for chrome://tracing or Perfetto; without texts.")
    ] = None,
    standalone: Annotated[
        bool, typer.Option("--standalone", help="Load separate engines even if the speaker is running.")
    ] = False,
    dry: Annotated[
        bool,
        typer.Option("--dry-run", help="Show who would answer, and exactly what a cloud would be sent; send nothing."),
    ] = False,
) -> None:
    """Answer a typed text, with the same routing and replies as for a spoken one.

    The running speaker answers. Without one, engines are loaded for this turn only: nothing is reported over MQTT, and
    nothing saved but what the cloud cost and timers and alarms, for which the speaker must be running in time. With
    --standalone the same happens beside a running speaker, and timers and alarms are refused.
    """
    if not text.strip():
        raise UsageError("text-empty", "there is nothing to answer", 'say something: edge-voice ask "what time is it"')
    if dry:
        _dry_run(ctx.obj.settings, _checked(text.strip()), as_json=as_json)
        return
    if trace:
        writable(trace)
    lines = map(_checked, _typed() if text.strip() == "-" else [text.strip()])
    records: list[TurnRecord] = []

    def answered(record: TurnRecord) -> None:
        if trace:
            records.append(record)
        _print(record, as_json=as_json)
        if explain and not as_json:
            print(explained(record), flush=True)

    whole = _ask_speaker(lines, answered, speak=speak) if not standalone else None
    if whole is None:
        whole = asyncio.run(ask_in_turn(ctx.obj.settings, lines, answered, speak=speak, schedules=not standalone))
    if trace:
        write(trace, json.dumps(chrome_trace(records)))
    if not whole:
        raise typer.Exit(1)


def _typed() -> Iterator[str]:
    """The lines of the standard input that have a text."""
    try:
        yield from (line for line in map(str.strip, sys.stdin) if line)
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _checked(text: str) -> str:
    """A text as it is; bytes that were no UTF-8 have become lone surrogates, which no engine can encode."""
    if any(unicodedata.category(c) == "Cs" for c in text):
        raise _no_text()
    return text


def _no_text() -> UsageError:
    return UsageError("text-invalid", "the text is not in UTF-8", "set your terminal or your file to UTF-8")


def _dry_run(settings: Settings, text: str, *, as_json: bool) -> None:
    from edge.cli.dry_run import dry_run

    shown = asyncio.run(dry_run(settings, text))
    print(shown.as_json() if as_json else shown.as_text())


def _print(record: TurnRecord, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(dataclasses.asdict(record)), flush=True)
    elif record.outcome != "failed":
        print(record.reply, flush=True)
    if record.outcome == "failed":
        hint = record.details.get("hint", "run `edge-voice doctor`")
        typer.echo(f"edge-voice: {record.reply or 'no answer'} ({record.error}) - {hint}", err=True)


def _ask_speaker(lines: Iterator[str], answered: Answered, *, speak: bool) -> bool | None:
    """The turns of the running speaker: whether all of them worked. None if there is no speaker."""
    client = connect_if_running()
    if client is None:
        return None
    whole = True
    with client:
        for line in lines:
            record = client.ask(line, speak=speak)
            answered(record)
            whole = whole and record.outcome != "failed"
    return whole


async def ask_in_turn(
    settings: Settings, lines: Iterator[str], answered: Answered, *, speak: bool, schedules: bool = False
) -> bool:
    """One conversation with only the engines that it needs: whether all turns worked.

    On the disk it leaves only what the cloud cost and, if it `schedules`, the timers and alarms of the speaker, which
    must not be running. A line is read when the turn before has been answered.
    """
    from edge.assembly import open_pipeline
    from edge.audio import open_sink
    from edge.audio.playlist import CaptureSink, PlaylistSource

    clock = SystemClock()
    sink = open_sink(settings.audio, clock=clock) if speak else CaptureSink(clock)
    whole = True
    with TemporaryDirectory() as state:
        async with open_pipeline(
            settings,
            source=PlaylistSource(clock),
            sink=sink,
            clock=clock,
            state=Path(state),
            budget=state_folder(),
            schedule=state_folder() if schedules else None,
            listen=False,
        ) as pipeline:
            while (line := await asyncio.to_thread(next, lines, None)) is not None:
                record = await pipeline.ask(line, speak=speak)
                answered(record)
                whole = whole and record.outcome != "failed"
    return whole
