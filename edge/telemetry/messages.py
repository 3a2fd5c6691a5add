"""Reports as bytes: strict JSON (RFC 8259) of bounded size, without texts unless the owner switched them on.

Pure: no connection is needed.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from edge.events import TurnRecord

MAX_BYTES = 16_384
"""The largest payload. Brokers and dashboards of small installations expect far less than a megabyte."""

MAX_TEXT = 1000
"""Longer texts are cut to this many characters."""

PUBLIC_TEXTS = frozenset({"code", "message", "word"})
"""Text fields of an event that are sent in any case: none of them repeats what a user said or named."""

_MAX_FIELDS = 64
_MAX_DEPTH = 4
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
"""A code, an intent or an engine is one word. Everything else could be something a user said."""


def encode(fields: Mapping[str, Any], *, expendable: tuple[str, ...] = ()) -> bytes:
    """Compact JSON of at most `MAX_BYTES`. If it is longer, the `expendable` fields are dropped in that order.

    Numbers that JSON cannot represent become null, unknown types become their name, long texts and containers are cut.
    """
    kept = {key: _plain(value) for key, value in fields.items()}
    data = _dump(kept)
    for key in expendable:
        if len(data) <= MAX_BYTES:
            break
        if kept.pop(key, None) is not None:
            kept["truncated"] = True
            data = _dump(kept)
    return data if len(data) <= MAX_BYTES else _dump({"truncated": True})


def turn(record: TurnRecord, *, transcripts: bool) -> bytes:
    """The `turn` topic. With `transcripts` off it holds codes and numbers only: no slots and no texts."""
    details = {key: value for key, value in record.details.items() if transcripts or not isinstance(value, str)}
    fields: dict[str, Any] = {
        "id": record.id,
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


def event(kind: str, fields: Mapping[str, Any], *, at: str, transcripts: bool) -> bytes:
    """The `event` topic: its kind, when it happened (ISO 8601 with the offset), and its fields.

    With `transcripts` off only numbers, booleans and `PUBLIC_TEXTS` are sent: a timer's name is a text that was said.
    """
    own = {"event": _word(kind), "at": at}
    others = {
        key: value
        for key, value in fields.items()
        if key not in own and (transcripts or key in PUBLIC_TEXTS or isinstance(value, int | float))
    }
    return encode({**own, **others}, expendable=tuple(others))


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
