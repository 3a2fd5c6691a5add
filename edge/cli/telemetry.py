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
    """One line for a person. Fields of another version of the speaker are left out, or shown as they are."""
    kind, record = str(line.get("kind")), line.get("record")
    if not isinstance(record, dict):
        record = {}
    match kind:
        case "turn":
            words = _turn(record)
        case "metrics":
            words = _metrics(record)
        case _:
            own = ("id", "event", "at")
            words = [str(record.get("event")), *(f"{key}={value}" for key, value in record.items() if key not in own)]
    text = "  ".join([_time(record.get("at")), f"{kind:<7}", *words])
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _turn(record: Mapping[str, Any]) -> list[str]:
    first_ms = record.get("first_audio_ms")
    words = [
        str(record.get("outcome")),
        f"{record.get('answerer') or 'no answer'}: {record.get('intent') or record.get('reason')}",
        f"first sound after {first_ms:.0f} ms" if isinstance(first_ms, int | float) else "no sound",
        str(record.get("error") or ""),
    ]
    words += [f'"{text}"' for key in ("transcript", "reply") if (text := record.get(key))]
    return [word for word in words if word]


def _metrics(record: Mapping[str, Any]) -> list[str]:
    counters = record.get("counters")
    words = [f"{name} {record[key]}{unit}" for name, key, unit in _FIGURES if key in record]
    counted = counters.items() if isinstance(counters, dict) else ()
    return words + [f"{name} {value}" for name, value in counted if value]


_FIGURES = (
    ("cpu", "cpu_percent_of_core", " %"),
    ("memory", "pss_mb", " MB"),
    ("lag", "loop_lag_ms", " ms"),
    ("waiting", "waiting", ""),
)


def _time(at: object) -> str:
    try:
        return f"{datetime.fromisoformat(str(at)):%H:%M:%S}"
    except ValueError:
        return "--:--:--"
