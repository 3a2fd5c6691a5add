"""`edge-voice ask TEXT`: one typed turn through routing and reply, by the running speaker if there is one."""

import asyncio
import dataclasses
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from edge.cli.output import writable, write
from edge.control.client import connect_if_running
from edge.errors import UsageError
from edge.events import TurnRecord
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from edge.telemetry.trace import chrome_trace


def ask(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="The text to answer.")],
    speak: Annotated[bool, typer.Option("--speak", help="Speak the reply.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the turn record.")] = False,
    trace: Annotated[
        Path | None, typer.Option(help="Write a trace of the stages for chrome://tracing or Perfetto; without texts.")
    ] = None,
    standalone: Annotated[
        bool, typer.Option("--standalone", help="Load separate engines even if the speaker is running.")
    ] = False,
) -> None:
    """Answer a typed text, with the same routing and replies as for a spoken one.

    The running speaker answers. Without one, or with --standalone, engines are loaded for this turn only: nothing is
    reported over MQTT or saved, and timers and alarms are refused, because nothing would ring.
    """
    if not text.strip():
        raise UsageError("text-empty", "there is nothing to answer", 'say something: edge-voice ask "what time is it"')
    if trace:
        writable(trace)
    record = None if standalone else _ask_speaker(text.strip(), speak=speak)
    if record is None:
        record = asyncio.run(ask_once(ctx.obj.settings, text.strip(), speak=speak))
    if trace:
        write(trace, json.dumps(chrome_trace([record])))
    if as_json:
        print(json.dumps(dataclasses.asdict(record)))
    elif record.outcome != "failed":
        print(record.reply)
    if record.outcome == "failed":
        hint = record.details.get("hint", "run `edge-voice doctor`")
        typer.echo(f"edge-voice: {record.reply or 'no answer'} ({record.error}) - {hint}", err=True)
        raise typer.Exit(1)


def _ask_speaker(text: str, *, speak: bool) -> TurnRecord | None:
    """The turn of the running speaker; None if there is none."""
    client = connect_if_running()
    if client is None:
        return None
    with client:
        return client.ask(text, speak=speak)


async def ask_once(settings: Settings, text: str, *, speak: bool) -> TurnRecord:
    """One turn with only the engines that it needs. Leaves no trace in the state folder."""
    from edge.assembly import open_pipeline
    from edge.audio import open_sink
    from edge.audio.playlist import CaptureSink, PlaylistSource

    clock = SystemClock()
    sink = open_sink(settings.audio, clock=clock) if speak else CaptureSink(clock)
    with TemporaryDirectory() as state:
        async with open_pipeline(
            settings, source=PlaylistSource(clock), sink=sink, clock=clock, state=Path(state), listen=False
        ) as pipeline:
            return await pipeline.ask(text, speak=speak)
