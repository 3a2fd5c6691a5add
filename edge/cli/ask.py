"""`edge-voice ask TEXT`: one typed turn through routing and reply."""

import asyncio
import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

from edge.audio.playlist import CaptureSink, PlaylistSource
from edge.cli.output import writable, write
from edge.errors import UsageError
from edge.events import TurnRecord
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from edge.telemetry.trace import chrome_trace


def ask(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="What you would say.")],
    speak: Annotated[bool, typer.Option("--speak", help="Hear the reply.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the turn record.")] = False,
    trace: Annotated[
        Path | None, typer.Option(help="Write what ran when, for chrome://tracing or Perfetto; holds no text.")
    ] = None,
) -> None:
    """Ask by typing: the same routing and the same replies as a spoken turn."""
    if not text.strip():
        raise UsageError("text-empty", "there is nothing to answer", 'say something: edge-voice ask "what time is it"')
    if trace:
        writable(trace)
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


async def ask_once(settings: Settings, text: str, *, speak: bool) -> TurnRecord:
    """One turn with the parts that it needs, and no others."""
    from edge.assembly import open_pipeline  # noqa: PLC0415
    from edge.audio import open_sink  # noqa: PLC0415 - heavy parts only once the text is known to be there

    clock = SystemClock()
    sink = open_sink(settings.audio, clock=clock) if speak else CaptureSink(clock)
    async with open_pipeline(settings, source=PlaylistSource(clock), sink=sink, clock=clock, listen=False) as pipeline:
        return await pipeline.ask(text, speak=speak)
