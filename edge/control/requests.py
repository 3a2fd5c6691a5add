"""The fields of commands and replies, and their JSON on the local socket. Pure; docs/mqtt.md lists them."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, replace
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model

from edge.control import (
    Announce,
    Ask,
    CancelAlarm,
    CancelTimer,
    Command,
    ExplainHome,
    Listen,
    ListHome,
    Mute,
    Reload,
    Reply,
    Restart,
    Say,
    SetAlarm,
    SetEscalation,
    SetTimer,
    SetVolume,
    SetWakeWord,
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
    "alarm-cancel": CancelAlarm,
    "alarm-set": SetAlarm,
    "announce": Announce,
    "ask": Ask,
    "escalate": SetEscalation,
    "explain": ExplainHome,
    "home": ListHome,
    "listen": Listen,
    "mute": Mute,
    "reload": Reload,
    "restart": Restart,
    "say": Say,
    "status": Status,
    "stop": Stop,
    "tail": TailRecords,
    "timer-cancel": CancelTimer,
    "timer-set": SetTimer,
    "timers": Timers,
    "volume": SetVolume,
    "wake-word": SetWakeWord,
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
    if not isinstance(name, str) or name not in COMMANDS:
        raise checks.unknown(tuple(COMMANDS))
    return with_fields(name, request)


def with_fields(name: str, given: Mapping[str, Any]) -> Command:
    """The command of this name with these fields. Raises `ControlError` "command-invalid"."""
    kind = COMMANDS[name]
    try:
        known = _fields(name).validate_python(given)
    except ValidationError:
        types = get_type_hints(kind)
        expected = ", ".join(f"{key} ({_written(types[key])})" for key in types) or "no fields"
        raise checks.invalid(name, expected) from None
    values = {field.name: getattr(known, field.name) for field in fields(kind)}
    return _checked(kind(**values))


@cache
def _fields(name: str) -> TypeAdapter[Any]:
    """The fields of a command, strictly: no other ones, no conversions, but a JSON array for a tuple."""
    kind = COMMANDS[name]
    types = get_type_hints(kind)
    known = {
        field.name: (_json_type(types[field.name]), ... if field.default is MISSING else field.default)
        for field in fields(kind)
    }
    strict = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)
    return TypeAdapter(create_model(kind.__name__, __config__=strict, **known))  # type: ignore[call-overload]  # dynamic


def _json_type(kind: Any) -> Any:
    return list[int] if kind == tuple[int, ...] else kind


def _written(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) and kind in {int, str, bool} else str(kind).replace("typing.", "")


def _checked(command: Command) -> Command:
    """The command with its texts stripped. Raises `ControlError` "command-invalid"."""
    checked = command
    match command:
        case Ask(text, _, number):
            text = checks.text("ask", text, checks.MAX_ASK_CHARS)
            checked = replace(command, text=text, id=checks.label("ask", number))
        case ExplainHome(text):
            checked = replace(command, text=checks.text("explain", text, checks.MAX_ASK_CHARS))
        case Say(text):
            checked = replace(command, text=checks.text("say", text, checks.MAX_SAY_CHARS))
        case Announce(text):
            checked = replace(command, text=checks.text("announce", text, checks.MAX_SAY_CHARS))
        case SetWakeWord(word):
            checked = replace(command, word=checks.text("wake-word", word, checks.MAX_LABEL_CHARS))
        case SetVolume(percent):
            checks.percent(percent)
        case SetTimer(seconds, name):
            checks.seconds(seconds)
            checked = replace(command, name=checks.label("timer-set", name))
        case SetAlarm(at, days, name):
            checks.moment(at)
            checked = replace(command, days=checks.days(tuple(days)), name=checks.label("alarm-set", name))
    return checked


def encode_command(command: Command) -> bytes:
    """The request for a command, without the line break."""
    name = next(name for name, kind in COMMANDS.items() if kind is type(command))
    return json.dumps({"command": name, **asdict(command)}).encode()


def encode_reply(reply: Reply) -> bytes:
    """The reply as one line of JSON: an object with the reply's fields, without the key "error"."""
    found: dict[str, Any] = {} if isinstance(reply, Tail) else asdict(reply)
    if isinstance(reply, TimerList):
        found["alarms"] = [
            {"id": it.id, "label": it.label, "at": it.at.isoformat(), "days": sorted(it.days)} for it in reply.alarms
        ]
    return _line(found)


def encode_record(kind: Kind, payload: bytes) -> bytes:
    """A record of `Tail` as one line of JSON: `{"kind": "turn", "record": {...}}`; `payload` is as on MQTT."""
    return b'{"kind": "%b", "record": %b}\n' % (kind.encode(), payload)


def encode_error(error: EdgeError) -> bytes:
    """An error as one line of JSON."""
    return _line({"error": {"code": error.code, "message": error.message, "hint": error.hint}})


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content).encode() + b"\n"
