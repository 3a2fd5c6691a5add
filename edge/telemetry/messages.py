"""Reports as bytes: strict JSON (RFC 8259) of bounded size, without texts unless the owner switched them on.

Pure: no connection is needed.
"""

import json
import math
import re
import uuid
from collections.abc import Mapping
from typing import Any, Final, Literal

from edge.events import TurnRecord
from edge.telemetry.metrics import Sample

Kind = Literal["turn", "metrics", "event"]
"""The records, and the last words of their topics."""

LATE_S: Final = 10.0
"""A record that is published later than this after its report says so."""

MAX_BYTES = 16_384
"""The largest payload. Brokers and dashboards of small installations expect far less than a megabyte."""

MAX_TEXT = 1000
"""Longer texts are cut to this many characters."""

PUBLIC_TEXTS = frozenset({"code", "message", "word"})
"""Text fields of an event that are sent in any case: none of them repeats what a user said or named."""

_LATE = b',"late":true}'
_TURN_TEXTS = ("transcript", "reply", "slots", "then_slots")
_MAX_FIELDS = 64
_MAX_DEPTH = 4
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
"""A code, an intent or an engine is one word. Everything else could be something a user said."""


def encode(fields: Mapping[str, Any], *, expendable: tuple[str, ...] = ()) -> bytes:
    """Compact JSON of at most `MAX_BYTES`. If it is longer, the `expendable` fields are dropped in that order.

    Numbers that JSON cannot represent become null, unknown types become their name, long texts and containers are cut.
    """
    kept = {key: _plain(value) for key, value in fields.items()}
    limit = MAX_BYTES - len(_LATE)
    data = _dump(kept)
    for key in expendable:
        if len(data) <= limit:
            break
        if kept.pop(key, None) is not None:
            kept["truncated"] = True
            data = _dump(kept)
    return data if len(data) <= limit else _dump({"truncated": True})


def new_id() -> str:
    """The `id` of a record: a broker may deliver it twice (QoS 1), with the same id."""
    return uuid.uuid4().hex[:12]


def late(payload: bytes) -> bytes:
    """The record with `"late": true`: it is published more than `LATE_S` after its report."""
    return payload.removesuffix(b"}") + _LATE


def turn(record: TurnRecord, *, at: str, transcripts: bool) -> bytes:
    """The `turn` topic; `at` is the end of the turn. With `transcripts` off there are no slots and no texts."""
    details = {key: value for key, value in record.details.items() if transcripts or not isinstance(value, str)}
    fields: dict[str, Any] = {
        "id": record.id,
        "at": at,
        "started_at": record.started_at,
        "wake_word": record.wake_word,
        "confidence": record.confidence,
        "answerer": record.answerer,
        "reason": _word(record.reason),
        "intent": _word(record.intent.name) if record.intent else None,
        "then": [_word(intent.name) for intent in record.intent.then] if record.intent else [],
        "outcome": record.outcome,
        "stages_ms": {key: round(value, 1) for key, value in record.stages_ms.items()},
        "first_audio_ms": None if record.first_audio_ms is None else round(record.first_audio_ms, 1),
        "error": _word(record.error) if record.error is not None else None,
        "cost_usd": record.cost_usd,
        "details": details,
    }
    if transcripts:
        fields["transcript"] = record.transcript
        fields["reply"] = record.reply
        fields["slots"] = dict(record.intent.slots) if record.intent else {}
        fields["then_slots"] = [dict(intent.slots) for intent in record.intent.then] if record.intent else []
    return encode(fields, expendable=("details", "then_slots", "slots", "stages_ms", "reply", "transcript"))


def event(kind: str, fields: Mapping[str, Any], *, record_id: str, at: str, transcripts: bool) -> bytes:
    """The `event` topic: its id, its kind, when it happened (ISO 8601 with the offset), and its fields.

    With `transcripts` off only numbers, booleans and `PUBLIC_TEXTS` are sent: a timer's name is a text that was said.
    """
    own = {"id": record_id, "event": _word(kind), "at": at}
    others = {key: value for key, value in fields.items() if key not in own and (transcripts or _is_public(key, value))}
    return encode({**own, **others}, expendable=tuple(others))


def metrics(sample: Sample, *, record_id: str) -> bytes:
    """The `metrics` topic."""
    fields = {
        "id": record_id,
        "at": sample.at,
        "uptime_s": round(sample.uptime_s),
        "cpu_percent_of_core": _rounded(sample.cpu_percent_of_core),
        "loop_lag_ms": _rounded(1000 * sample.loop_lag_s),
        "rss_mb": _rounded(sample.rss_mb),
        "pss_mb": _rounded(sample.pss_mb),
        "temperature_c": sample.temperature_c,
        "children_rss_mb": _rounded(sample.children_rss_mb),
        "waiting": sample.waiting,
        "counters": {name: int(value) if value == int(value) else value for name, value in sample.counters.items()},
        "outcomes": dict(sample.outcomes),
    }
    return encode(fields, expendable=("outcomes", "counters"))


def without_texts(kind: Kind, payload: bytes) -> bytes:
    """A record as it would have been without `transcripts`. One that cannot be read becomes `{"truncated": true}`."""
    try:
        fields = dict(json.loads(payload))
    except (ValueError, TypeError):
        fields = {"truncated": True}
    match kind:
        case "turn":
            details = fields.get("details")
            kept = {key: value for key, value in fields.items() if key not in _TURN_TEXTS}
            if isinstance(details, dict):
                kept["details"] = {key: value for key, value in details.items() if not isinstance(value, str)}
        case "event":
            own = ("id", "event", "at")
            kept = {key: value for key, value in fields.items() if key in own or _is_public(key, value)}
        case _:
            kept = fields
    return _dump(kept)


def _is_public(key: str, value: object) -> bool:
    return key in PUBLIC_TEXTS or isinstance(value, int | float)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _word(value: str) -> str:
    return value if _WORD.fullmatch(value) else "other"


def _dump(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _plain(value: Any, depth: int = 0) -> Any:
    plain: Any = type(value).__name__
    match value:
        case None | bool():
            plain = value
        case int():  # beyond 2**53 readers disagree (RFC 8259, 6)
            plain = value if abs(value) < 2**53 else None
        case float():
            plain = value if math.isfinite(value) else None
        case str():
            plain = _text(value)
        case Mapping() if depth < _MAX_DEPTH:
            items = list(value.items())[:_MAX_FIELDS]
            plain = {_text(str(key))[:64]: _plain(item, depth + 1) for key, item in items}
        case list() | tuple() | set() | frozenset() if depth < _MAX_DEPTH:
            plain = [_plain(item, depth + 1) for item in list(value)[:_MAX_FIELDS]]
    return plain


def _text(value: str) -> str:
    """Cut to `MAX_TEXT`, and without lone surrogates, which UTF-8 cannot encode."""
    return value[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")
