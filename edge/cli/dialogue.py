"""The dialogue of the demo: the shipped recordings through the real engines, in real time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from edge.audio.playlist import join
from edge.audio.recordings import read_recording, write_wav
from edge.bench.common import Row, read_manifest
from edge.bench.turn import RECORDINGS, turn_of
from edge.events import Speech
from edge.recorded_room import RecordedRoom
from edge.settings import HomeSettings, LlmSettings, MqttSettings, Settings

REPLY_RATE_HZ = 24_000
RECORDED_WORD = "alexa"
"""The wake word in the recordings."""


def alone(settings: Settings) -> Settings:
    """The same settings without the home, the broker and the cloud: the demo controls and reports nothing."""
    return settings.model_copy(
        update={
            "home": HomeSettings(),
            "mqtt": MqttSettings(),
            "route": settings.route.model_copy(update={"escalate": "never"}),
        }
    )


async def show_dialogue(
    settings: Settings, replies: Path, console: Console, *, show_folder: bool = True, quick: bool = False
) -> list[dict[str, Any]]:
    """Play the dialogue, show each turn when it ends, and save the spoken replies in `replies`.

    With `quick`, only its first question, which needs no chat model. It is asked with the button if the speaker has
    another wake word than the recordings.
    """
    rows = [row for row in read_manifest(RECORDINGS) if row.fields.get("part") == "dialogue"]
    if quick:
        rows, settings = rows[:1], settings.model_copy(update={"llm": LlmSettings(engine="none")})
    press_button = quick and RECORDED_WORD not in settings.wake.words
    room = RecordedRoom()
    console.print("[dim]starting: wake word, speech recognition, intents, language model, voice ...[/dim]")
    turns = []
    async with room.pipeline(settings) as pipeline:
        for number, row in enumerate(rows, 1):
            heard = await room.play(pipeline, read_recording(row.audio), press_button=press_button)
            turn = turn_of(row, heard)
            reply = replies / f"{number:02}-{row.audio.stem.partition('-')[2]}.wav"
            if heard.played:
                write_wav(reply, [Speech(join(heard.played, REPLY_RATE_HZ), REPLY_RATE_HZ)])
            _show(console, row, turn, reply if heard.played and show_folder else None)
            turns.append(turn)
    return turns


def _show(console: Console, row: Row, turn: Mapping[str, Any], reply: Path | None) -> None:
    """One exchange: the command, the reply, and the time of each stage."""
    console.print()
    console.print(Text("    you  ", style="bold cyan") + Text(row.fields["text"], style="default"))
    if turn["outcome"] == "no turn":
        console.print(Text("         no answer", style="red"))
        return
    said = turn["reply"] or "(the earcon: done)"
    console.print(Text("speaker  ", style="bold green") + Text(said, style="default"))
    stages = "  ".join(f"{stage} {ms:.0f}" for stage, ms in turn["stages_ms"].items())
    first = turn["first_audio_ms"]
    sound = f"first sound {first:.0f} ms after your last word" if first is not None else "no sound"
    what = turn["intent"] or turn["answerer"] or ""
    kept = f"  {reply}" if reply else ""
    console.print(Text(f"         {what}  {sound}  ({stages}){kept}", style="dim"), soft_wrap=True)
