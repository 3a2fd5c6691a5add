"""`edge-voice demo`: the shipped recordings through the real engines, in real time, shown as a dialogue."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.errors import UsageError


def demo(
    ctx: typer.Context,
    replies: Annotated[Path, typer.Option(help="Folder for the spoken replies (WAV files).")] = Path("edge-voice-demo"),
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the first recording, without the chat model: a test of the program.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Run without a microphone: recordings in, spoken replies out, with the time of each stage."""
    from edge.cli.dialogue import alone, show_dialogue

    try:
        replies.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            "folder-unusable", f"{replies}: {error.strerror}", "choose another folder with --replies"
        ) from error
    turns = asyncio.run(show_dialogue(alone(ctx.obj.settings), replies, Console(stderr=as_json), quick=quick))
    if as_json:
        print(json.dumps({"turns": turns}))
    if any(turn["outcome"] in {"failed", "no turn"} for turn in turns):
        raise typer.Exit(1)
