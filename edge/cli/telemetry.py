"""`edge-voice telemetry tail`: the records of the running speaker as they happen, over its local socket."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from edge.control import TailRecords
from edge.control.client import connect

app = typer.Typer(help="What the speaker reports: turns, metrics, events.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `tail` a command of its own, though it is the only one."""


@app.command()
def tail(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document per line.")] = False) -> None:
    """Print each record of the running speaker, until it or you end this. Needs no broker.

    The records are those of MQTT: what was said is in them only with `[telemetry] transcripts = true`.
    """
    with connect() as client:
        for line in client.follow(TailRecords()):
            print(json.dumps(line) if as_json else describe(line), flush=True)


def describe(line: Mapping[str, Any]) -> str:
    """One line for a person; fields that a later version of the speaker adds are left out, or shown as they are."""
    kind, record = str(line.get("kind")), line.get("record")
    if not isinstance(record, dict):
        return kind
    match kind:
        case "turn":
            words = _turn(record)
        case "metrics":
            words = _metrics(record)
        case _:
            own = ("id", "event", "at")
            words = [str(record.get("event")), *(f"{key}={value}" for key, value in record.items() if key not in own)]
    return "  ".join([_time(record.get("at")), f"{kind:<7}", *words])


def _turn(record: Mapping[str, Any]) -> list[str]:
    first_ms = record.get("first_audio_ms")
    words = [
        str(record.get("outcome")),
        f"{record.get('answerer') or 'no answer'}: {record.get('intent') or record.get('reason')}",
        "no sound" if first_ms is None else f"first sound after {first_ms:.0f} ms",
        str(record.get("error") or ""),
    ]
    words += [f'"{text}"' for key in ("transcript", "reply") if (text := record.get(key))]
    return [word for word in words if word]


def _metrics(record: Mapping[str, Any]) -> list[str]:
    counters = record.get("counters") or {}
    words = [f"{key.removesuffix(unit)} {record[key]}{sign}" for key, unit, sign in _FIGURES if key in record]
    return words + [f"{name} {value}" for name, value in counters.items() if value]


_FIGURES = (
    ("cpu_percent_of_core", "_percent_of_core", " %"),
    ("pss_mb", "_mb", " MB"),
    ("loop_lag_ms", "_ms", " ms"),
    ("waiting", "", ""),
)


def _time(at: object) -> str:
    try:
        return f"{datetime.fromisoformat(str(at)):%H:%M:%S}"
    except ValueError:
        return "--:--:--"
