"""Commands and replies of the local socket as JSON objects. Pure; docs/mqtt.md lists them."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, replace
from typing import Any, get_type_hints

from edge.control import (
    Ask,
    Command,
    Listen,
    Mute,
    Reply,
    Say,
    SetVolume,
    Status,
    Stop,
    TailRecords,
    TimerList,
    Timers,
    checks,
)
from edge.errors import ControlError, EdgeError
from edge.telemetry.messages import Kind
from edge.telemetry.tail import Tail

MAX_LINE_BYTES = 16_384
"""The maximum size of a request."""

COMMANDS: Mapping[str, type[Command]] = {
    "ask": Ask,
    "listen": Listen,
    "mute": Mute,
    "say": Say,
    "status": Status,
    "stop": Stop,
    "tail": TailRecords,
    "timers": Timers,
    "volume": SetVolume,
}
"""The commands by name. A request has the fields of the class."""


def decode(line: bytes) -> Command:
    """Parse a request like `{"command": "say", "text": "Dinner is ready."}`.

    Raises `ControlError` "command-unknown" or "command-invalid"; the request is never part of an error.
    """
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        raise ControlError("command-invalid", "a request is one JSON object on one line", checks.HINT)
    name = request.pop("command", None)
    kind = COMMANDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise checks.unknown(tuple(COMMANDS))
    types = get_type_hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if not needed <= request.keys() <= types.keys() or any(type(request[key]) is not types[key] for key in request):
        expected = ", ".join(f"{key} ({types[key].__name__})" for key in types) or "no fields"
        raise checks.invalid(name, expected)
    return _checked(kind(**request))


def _checked(command: Command) -> Command:
    match command:
        case Ask(text):
            return replace(command, text=checks.text("ask", text, checks.MAX_ASK_CHARS))
        case Say(text):
            return replace(command, text=checks.text("say", text, checks.MAX_SAY_CHARS))
        case SetVolume(percent):
            checks.percent(percent)
    return command


def encode_command(command: Command) -> bytes:
    """The request for a command, without the line break."""
    name = next(name for name, kind in COMMANDS.items() if kind is type(command))
    return json.dumps({"command": name, **asdict(command)}).encode()


def encode_reply(reply: Reply) -> bytes:
    """The reply as one line of JSON: an object with the reply's fields, without the key "error"."""
    found: dict[str, Any] = {} if isinstance(reply, Tail) else asdict(reply)
    if isinstance(reply, TimerList):
        found["alarms"] = [{"label": it.label, "at": it.at.isoformat(), "days": sorted(it.days)} for it in reply.alarms]
    return _line(found)


def encode_record(kind: Kind, payload: bytes) -> bytes:
    """A record of `Tail` as one line of JSON: `{"kind": "turn", "record": {...}}`; `payload` is as on MQTT."""
    return b'{"kind": "%b", "record": %b}\n' % (kind.encode(), payload)


def encode_error(error: EdgeError) -> bytes:
    """An error as one line of JSON."""
    return _line({"error": {"code": error.code, "message": error.message, "hint": error.hint}})


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content).encode() + b"\n"
