"""The stopwatch of one turn: what happened when, and from it the turn record."""

import uuid
from dataclasses import replace
from typing import Literal

from edge.events import Answerer, Decision, Outcome, ReplySentence, SlotValue, Transcript, TurnRecord
from edge.runtime.clock import Clock

Stage = Literal["turn", "stt", "route", "home", "llm", "tts", "audio"]
"""`turn` is the wait for the end of the utterance; the others are the stages of the design."""


class TurnLog:
    """Collects one turn. `lap(stage)` books the time since the last lap to a stage; the clock starts at `begin`."""

    def __init__(self, clock: Clock, *, wake_word: str | None) -> None:
        self._clock = clock
        self._wake_word = wake_word
        self._id = uuid.uuid4().hex[:12]
        self._started_at = clock.now().isoformat(timespec="milliseconds")
        self._voiced_until = self._last = clock.monotonic()
        self._stages_ms: dict[str, float] = {}
        self._first_audio_ms: float | None = None
        self.transcript = Transcript("", 0.0, final=True)
        self.decision: Decision | None = None
        self.spoken: list[str] = []
        self._sentence: ReplySentence | None = None
        self.error: str | None = None
        self.cost_usd = 0.0
        self.details: dict[str, SlotValue] = {}

    def begin(self, voiced_until: float) -> None:
        """The user fell silent at `voiced_until` (the clock's monotonic seconds)."""
        self._voiced_until = self._last = voiced_until

    def lap(self, stage: Stage, at: float | None = None) -> None:
        """Book the time since the last lap to `stage`."""
        now = self._clock.monotonic() if at is None else at
        self._stages_ms[stage] = self._stages_ms.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def first_sentence(self) -> None:
        """A model's first sentence is there."""
        if "llm" not in self._stages_ms:
            self.lap("llm")

    def answered(self, answerer: Answerer, reason: str, *, error: str | None, cost_usd: float) -> None:
        """A model has answered: perhaps another than was decided, and perhaps not to the end."""
        if self.decision is not None:
            self.decision = replace(self.decision, answerer=answerer, reason=reason)
        self.error = error
        self.cost_usd = cost_usd

    def first_audio(self) -> None:
        """The first sound of the reply goes to the speaker."""
        if self._first_audio_ms is None:
            self.lap("tts")
            self._first_audio_ms = (self._last - self._voiced_until) * 1000

    def say(self, sentence: ReplySentence) -> None:
        """`sentence` is being spoken; called for each of its chunks."""
        if sentence is not self._sentence:
            self._sentence = sentence
            self.spoken.append(sentence.text)

    @property
    def reply(self) -> str:
        """What was spoken so far."""
        return " ".join(self.spoken)

    def record(self, outcome: Outcome) -> TurnRecord:
        """The turn, explained."""
        decision = self.decision
        return TurnRecord(
            id=self._id,
            started_at=self._started_at,
            wake_word=self._wake_word,
            transcript=self.transcript.text,
            confidence=round(self.transcript.confidence, 3),
            answerer=decision.answerer if decision else None,
            reason=decision.reason if decision else "nothing-said",
            intent=decision.intent if decision else None,
            reply=self.reply,
            outcome=outcome,
            stages_ms={stage: round(ms, 1) for stage, ms in self._stages_ms.items()},
            first_audio_ms=None if self._first_audio_ms is None else round(self._first_audio_ms, 1),
            error=self.error,
            cost_usd=self.cost_usd,
            details=self.details,
        )
