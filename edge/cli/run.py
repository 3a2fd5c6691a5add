"""`edge-voice run`: the daemon."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from edge.errors import SettingsError, UsageError
from edge.runtime.clock import SystemClock

EX_CONFIG = 78
"""sysexits.h: a broken settings file. The unit does not restart on it, because a restart cannot repair the file."""

EX_RESTART = 75
"""sysexits.h: EX_TEMPFAIL. A command asked for a restart; the unit restarts on any failure."""


def run(
    ctx: typer.Context,
    source: Annotated[Path | None, typer.Option(help="Listen to this recording instead of the microphone.")] = None,
    sink: Annotated[Path | None, typer.Option(help="Write the output to this WAV file.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="With --source: as fast as possible, not in real time.")] = False,
) -> None:
    """Listen and answer until stopped."""
    if fast and source is None:
        raise UsageError("fast-needs-source", "--fast needs a recording", "add --source FILE.wav")
    try:
        settings = ctx.obj.settings
    except SettingsError as error:
        for mistake in error.mistakes or (error.message,):
            print(f"edge-voice: {mistake}", file=sys.stderr)
        raise typer.Exit(EX_CONFIG) from None
    from edge.audio import open_sink, open_source
    from edge.audio.recordings import check_recording
    from edge.audio.wav_sink import WavSink
    from edge.audio.wav_source import WavSource
    from edge.daemon import run_daemon

    clock = SystemClock()
    if source is not None:
        check_recording(source)
    restart = asyncio.run(
        run_daemon(
            settings,
            source=open_source(settings.audio, clock=clock)
            if source is None
            else WavSource(source, paced=not fast, clock=clock),
            sink=open_sink(settings.audio, clock=clock) if sink is None else WavSink(sink, paced=not fast, clock=clock),
            clock=clock,
            read_settings=ctx.obj.read_settings,
        )
    )
    if restart:
        raise typer.Exit(EX_RESTART)
