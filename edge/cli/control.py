"""`edge-voice stop|mute|volume|timers|listen`: commands to the running speaker, over its local socket."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from edge.control import Command, Listen, Mute, SetVolume, Status, Stop, Timers
from edge.control.client import connect

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def stop() -> None:
    """End the reply or the ringing, and drop waiting announcements."""
    _request(Stop())


def listen() -> None:
    """Begin a turn, as after the wake word."""
    _request(Listen())


def mute(
    state: Annotated[Literal["on", "off"], typer.Argument(help="on: turn the microphone off.")] = "on",
    as_json: AsJson = False,
) -> None:
    """Turn the microphone off, or on again with `mute off`. A restart does not change it."""
    reply = _request(Mute(state == "on"))
    print(json.dumps(reply) if as_json else f"microphone {'off' if reply['muted'] else 'on'}")


def volume(
    percent: Annotated[int | None, typer.Argument(min=0, max=100, help="0 to 100; default: print the volume.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the volume, or set it."""
    reply = _request(Status() if percent is None else SetVolume(percent))
    print(json.dumps(reply) if as_json else f"{reply['volume']} percent")


def timers(as_json: AsJson = False) -> None:
    """List the timers and alarms of the running speaker."""
    reply = _request(Timers())
    if as_json:
        print(json.dumps(reply))
        return
    lines = [_timer_line(timer) for timer in reply["timers"]] + [_alarm_line(alarm) for alarm in reply["alarms"]]
    print("\n".join(lines) or "no timers and no alarms")


def _request(command: Command) -> dict[str, Any]:
    with connect() as client:
        return client.request(command, timeout_s=10.0)


def _timer_line(timer: dict[str, Any]) -> str:
    minutes, seconds = divmod(round(timer["left_s"]), 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{timer['label']}: {left} left" + (", paused" if timer["paused"] else "")


def _alarm_line(alarm: dict[str, Any]) -> str:
    at = datetime.fromisoformat(alarm["at"])
    repeated = ", every " + ", ".join(_DAYS[day] for day in alarm["days"]) if alarm["days"] else ""
    return f"{alarm['label']}: {at:%A %Y-%m-%d %H:%M}{repeated}"
