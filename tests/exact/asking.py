"""Exact questions asked without a speaker: from a text to the reply, also in a conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from edge.events import Intent
from edge.exact import ExactAnswerer
from edge.settings import DeviceSettings
from tests.fakes.language import ENGLISH

NOW: Final = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Friday."""


class StoppedClock:
    """A `Clock` that stands still."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def monotonic(self) -> float:
        return 0.0

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


BERLIN: Final = DeviceSettings(latitude=52.52, longitude=13.405)


def ask(*texts: str, now: datetime = NOW, country: str | None = None, place: DeviceSettings = BERLIN) -> str:
    """The reply to the last text; empty if it is no exact question. The texts before are asked before."""
    place = place.model_copy(update={"country": country})
    answerer = ExactAnswerer(ENGLISH.exact_replies, StoppedClock(now), place)
    last: Intent | None = None
    reply = ""
    for text in texts:
        intent = ENGLISH.exact_question(text, last)
        reply = "" if intent is None else answerer.answer(intent)
        last = intent or last
    return reply


def table(rows: str) -> Sequence[tuple[str, str]]:
    """The questions and answers of a table: "question -> words of the answer" on each line."""
    pairs = [line.rpartition("->") for line in rows.strip().splitlines()]
    return [(question.strip(), answer.strip()) for question, _, answer in pairs]


def says(reply: str, words: str) -> bool:
    """Whether a reply has all of these words, each as a whole."""
    said = f" {reply.rstrip('.').replace(',', '')} ".replace(". ", " ").casefold()
    return bool(reply) and all(f" {word} " in said for word in words.replace(",", "").casefold().split(" & "))
