"""Records the times of the stages of one turn, and builds the turn record."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from edge.events import (
    Answerer,
    Decision,
    Intent,
    Outcome,
    ReplySentence,
    SlotValue,
    Span,
    Speech,
    Stage,
    Transcript,
    TurnRecord,
)
from edge.runtime.clock import Clock
from edge.telemetry.metrics import CounterName


class AnswerLog:
    """How one answer was made: who answered, and when each stage ran (seconds of the clock)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.spans: list[Span] = []
        self.decision: Decision | None = None
        self.error: str | None = None
        self.cost_usd = 0.0
        self.details: dict[str, SlotValue] = {}
        self.private = False
        """What was said may hold the code of the home: neither its text nor its slots are recorded."""

    def now(self) -> float:
        """Seconds of the clock."""
        return self._clock.monotonic()

    @contextmanager
    def span(self, stage: Stage) -> Iterator[None]:
        """Record the time of the block as `stage`, even if it fails or is cancelled."""
        began = self._clock.monotonic()
        try:
            yield
        finally:
            self.book(stage, began)

    def book(self, stage: Stage, began: float) -> None:
        """Record that `stage` ran from `began` until now."""
        self.spans.append(Span(stage, began, self._clock.monotonic()))

    def answered(self, answerer: Answerer, reason: str, *, error: str | None) -> None:
        """Record that a chat model answered, perhaps another one than decided, and perhaps not to the end."""
        if self.decision is not None:
            self.decision = replace(self.decision, answerer=answerer, reason=reason)
        self.error = error


class TurnLog:
    """Collects one turn. Times count from the end of the last voiced frame, or from the arrival of a typed text."""

    def __init__(self, clock: Clock, *, wake_word: str | None) -> None:
        self._clock = clock
        self._wake_word = wake_word
        self._id = uuid.uuid4().hex[:12]
        self._started_at = clock.now().isoformat(timespec="milliseconds")
        self._voiced_until = clock.monotonic()
        self._first_audio: float | None = None
        self._hearing: list[Span] = []
        self._discarded: list[Span] = []
        self.transcript = Transcript("", 0.0, final=True)
        self.answer = AnswerLog(clock)
        self._played: list[tuple[ReplySentence, float, float]] = []
        self._heard_s = float("inf")
        self.error: str | None = None
        self.details: dict[str, SlotValue] = {}
        self.private = False
        """See `AnswerLog.private`; known before there is an answer."""

    def heard(self, voiced_until: float, ended: float, decoding: float, recognised: float) -> None:
        """Record when the user fell silent, when the end was confirmed, and when decoding began and finished."""
        self._voiced_until = voiced_until
        self._hearing = [Span("turn", voiced_until, ended), Span("stt", decoding, recognised)]

    def speculated(self, begun: int, discarded: int) -> Mapping[CounterName, float]:
        """Record how many replies were prepared early and how many of them were dropped; returns them as metrics."""
        self.details |= {"speculations": begun, "speculations_discarded": discarded}
        return {"speculations": begun, "speculations_discarded": discarded}

    def discarded(self, log: AnswerLog) -> None:
        """Record an answer that was prepared and dropped."""
        self._discarded += [replace(span, discarded=True) for span in log.spans]

    def plays(self, sentence: ReplySentence, speech: Speech) -> None:
        """Record that `speech`, the audio of `sentence`, is queued for output."""
        if self._first_audio is None:
            self._first_audio = self._clock.monotonic()
        sound = np.flatnonzero(speech.samples)
        pause_s = (int(sound[0]) if len(sound) else 0) / speech.rate_hz
        self._played.append((sentence, pause_s, speech.duration_ms / 1000))

    def cut(self, heard_s: float) -> None:
        """Record that playback was cut short: only the first `heard_s` seconds of the reply were heard."""
        self._heard_s = heard_s

    def writes(self, sentence: ReplySentence) -> None:
        """Record that `sentence` is shown as text."""
        self._played.append((sentence, 0.0, 0.0))

    @property
    def reply(self) -> str:
        """The text that was heard. Of a reply that was cut short, only the words that were played to their end.

        The positions of words are estimated, assuming that all words of a sentence are equally long.
        """
        return self._text(asides=True)

    @property
    def answer_text(self) -> str:
        """The same without fillers and other asides: what the conversation remembers."""
        return self._text(asides=False)

    def _text(self, *, asides: bool) -> str:
        heard, begin_s = [], 0.0
        for sentence, pause_s, length_s in self._played:
            end_s = begin_s + length_s
            if sentence.aside and not asides:
                pass
            elif end_s <= self._heard_s:
                heard.append(sentence.text)
            elif (spoken_s := self._heard_s - begin_s - pause_s) > 0:
                words = sentence.text.split()
                heard += [" ".join(words[: int(len(words) * spoken_s / (length_s - pause_s))])]
            begin_s = end_s
        return " ".join(filter(None, heard))

    def record(self, outcome: Outcome) -> TurnRecord:
        """The record of the whole turn."""
        answer = self.answer
        spans = [*self._hearing, *answer.spans]
        decision = answer.decision
        first_audio = self._first_audio
        private = self.private or answer.private
        intent = decision.intent if decision else None
        return TurnRecord(
            id=self._id,
            started_at=self._started_at,
            wake_word=self._wake_word,
            transcript="" if private else self.transcript.text,
            confidence=round(self.transcript.confidence, 3),
            answerer=decision.answerer if decision else None,
            reason=decision.reason if decision else "nothing-said",
            intent=_without_slots(intent) if private and intent else intent,
            reply=self.reply,
            outcome=outcome,
            stages_ms=self._stages_ms(spans),
            first_audio_ms=None if first_audio is None else self._ms(first_audio),
            error=self.error or answer.error,
            cost_usd=answer.cost_usd,
            details={**self.details, **answer.details},
            spans=tuple(
                Span(span.stage, self._ms(span.begin), self._ms(span.end), span.discarded)
                for span in sorted([*spans, *self._discarded], key=lambda span: span.begin)
            ),
        )

    def _stages_ms(self, spans: list[Span]) -> dict[str, float]:
        """The time spent waiting for each stage. An overlapping stage counts from the end of the one before it."""
        waited: dict[str, float] = {}
        until = self._voiced_until
        last = self._first_audio if self._first_audio is not None else float("inf")
        for span in sorted(spans, key=lambda span: (span.stage != "turn", span.end)):
            end = min(span.end, last)
            waited[span.stage] = round(waited.get(span.stage, 0.0) + max(0.0, end - until) * 1000, 1)
            until = max(until, end)
        if self._first_audio is not None:
            waited["audio"] = round((self._first_audio - until) * 1000, 1)
        return waited

    def _ms(self, at: float) -> float:
        return round((at - self._voiced_until) * 1000, 1)


def _without_slots(intent: Intent) -> Intent:
    return Intent(intent.name, then=tuple(map(_without_slots, intent.then)))
