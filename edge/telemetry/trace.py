"""Turns as a Chrome trace (the "Trace Event Format" of chrome://tracing and Perfetto): when each stage ran.

A trace holds stages, times, codes and the names of intents; no text and no slots.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from edge.events import TurnRecord

STAGES: Final = ("turn", "stt", "route", "home", "llm", "tts", "audio")
"""The stages of a turn in flow order. `turn` is the wait for the end of the utterance, `audio` that for the output."""

_LANES = 10
"""Thread numbers reserved for each track. Events of one thread must not overlap: overlapping ones use the next lane."""

_DISCARDED_COLOUR = "grey"
"""A colour name of chrome://tracing; other viewers show the category and the name."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stage at work, in milliseconds from the end of speech. `discarded`: for a reply that was never played."""

    stage: str
    begin: float
    end: float
    discarded: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    track: str
    at: float


def chrome_trace(records: Iterable[TurnRecord]) -> dict[str, Any]:
    """A JSON document with one process per turn, in the order in which they started, and one thread per stage.

    Complete events (`ph` X) are spans, in microseconds, of category `work` or `discarded`. Instant events (`ph` i) are
    `end of speech` (or `typed`), `commit` (the end was confirmed, the text complete) and `first sound`. All times are 0
    or more: a turn's first event is drawn at its `started_at`, counted from that of the first turn. A record does not
    say how long the user spoke before that event, so distances hold within a turn and not between turns.
    """
    turns = sorted(
        ((datetime.fromisoformat(record.started_at), record) for record in records), key=lambda turn: turn[0]
    )
    events: list[Event] = []
    for pid, (started, record) in enumerate(turns, 1):
        offset_ms = (started - turns[0][0]).total_seconds() * 1000
        events += [{**event, "pid": pid} for event in _turn(record, f"turn {pid}", pid, offset_ms)]
    return {"traceEvents": events, "displayTimeUnit": "ms"}


def _turn(record: TurnRecord, name: str, place: int, offset_ms: float) -> Iterator[Event]:
    bars, marks = _bars(record), _marks(record)
    zero_ms = min([bar.begin for bar in bars] + [mark.at for mark in marks]) - offset_ms
    intents = (record.intent, *record.intent.then) if record.intent else ()
    what = " and ".join(intent.name for intent in intents) or record.reason
    labels = ", ".join(filter(None, (record.outcome, record.error)))
    yield _metadata("process_name", 0, name=f"{name}: {record.answerer or 'no answer'}, {what}")
    yield _metadata("process_labels", 0, labels=labels)
    yield _metadata("process_sort_index", 0, sort_index=place)
    threads = {STAGES.index(mark.track) * _LANES: mark.track for mark in marks}
    for bar, lane in _lanes(bars):
        thread = STAGES.index(bar.stage) * _LANES + lane
        threads[thread] = f"{bar.stage} ({lane + 1})" if lane else bar.stage
        yield {
            "ph": "X",
            "name": f"{bar.stage} (discarded)" if bar.discarded else bar.stage,
            "cat": "discarded" if bar.discarded else "work",
            "tid": thread,
            "ts": _micros(bar.begin - zero_ms),
            "dur": _micros(bar.end - bar.begin),
            "args": {"begin_ms": bar.begin, "end_ms": bar.end},
            **({"cname": _DISCARDED_COLOUR} if bar.discarded else {}),
        }
    for mark in marks:
        thread = STAGES.index(mark.track) * _LANES
        yield {"ph": "i", "s": "p", "name": mark.name, "cat": "mark", "tid": thread, "ts": _micros(mark.at - zero_ms)}
    for thread, title in sorted(threads.items()):
        yield _metadata("thread_name", thread, name=title)
        yield _metadata("thread_sort_index", thread, sort_index=thread)


def _bars(record: TurnRecord) -> list[Bar]:
    bars = [Bar(span.stage, span.begin, span.end, span.discarded) for span in record.spans]
    waited = record.stages_ms.get("audio", 0.0)
    if record.first_audio_ms is not None and waited > 0:
        bars.append(Bar("audio", record.first_audio_ms - waited, record.first_audio_ms))
    return bars


def _marks(record: TurnRecord) -> list[_Mark]:
    hearing = [span.end for span in record.spans if span.stage in {"turn", "stt"} and not span.discarded]
    marks = [_Mark("end of speech" if hearing else "typed", "turn", 0.0)]
    if hearing:
        marks.append(_Mark("commit", "turn", max(hearing)))
    if record.first_audio_ms is not None:
        marks.append(_Mark("first sound", "audio", record.first_audio_ms))
    return marks


def _lanes(bars: Iterable[Bar]) -> Iterator[tuple[Bar, int]]:
    """Each bar with the first lane of its track that is free when it begins; the last lane takes the rest."""
    free_at: dict[tuple[str, int], float] = {}
    for bar in sorted(bars, key=lambda bar: (bar.begin, bar.end)):
        lanes = range(_LANES - 1)
        lane = next((lane for lane in lanes if free_at.get((bar.stage, lane), bar.begin) <= bar.begin), _LANES - 1)
        free_at[bar.stage, lane] = bar.end
        yield bar, lane


def _metadata(kind: str, thread: int, /, **args: Any) -> Event:
    return {"ph": "M", "name": kind, "tid": thread, "args": args}


def _micros(ms: float) -> float:
    return round(max(0.0, ms) * 1000, 1)
