"""From frames to words: voice activity, recogniser and endpointer over one stretch of audio."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from edge.events import FRAME_MS, AudioFrame, Intent, Samples, Transcript
from edge.nlu.en.completeness import completeness
from edge.runtime.clock import Clock
from edge.runtime.cost import Cost
from edge.runtime.worker import Worker
from edge.settings import Settings, TurnSettings
from edge.stt import Stt, SttStream
from edge.turn.endpointer import NOTHING, Endpointer, Reason, SoFar, SpeechStarted, UtteranceEnded
from edge.turn.wake_tail import WakeTail
from edge.vad import Vad

LEAD_MS = 300.0
"""Audio heard before the first voiced frame: word beginnings are quieter than words."""
TAIL_MS = 200.0
"""Audio kept behind the last voiced frame: word ends are quieter than words."""
PAUSE_MS = 32.0
"""Silence after which everything said so far is decoded, in case it is all."""
CUE_AFTER_MS = 450.0
"""Nobody speaks this long after the wake word: the user waits for a sign."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a stretch of audio said.

    `voiced_until` is the clock's time (s) at which the last voiced frame arrived, `ended` the time of the endpoint,
    `decoding` when the text was begun, and `recognised` when it was there: both before the endpoint, or both after it.
    """

    transcript: Transcript
    reason: Reason
    voiced_until: float
    ended: float
    decoding: float
    recognised: float


class Ahead(Protocol):
    """Whoever prepares for the end of the utterance before it is sure. No call may block."""

    @property
    def intent(self) -> Intent | None:
        """The command that the last text was found to be; None while that is not known."""
        ...

    def perhaps(self, said: Transcript, cpu_s: float) -> None:
        """A pause: this may be all that is said. Recognising it took `cpu_s` of processor time."""
        ...

    def goes_on(self, cpu_s: float = 0.0) -> None:
        """It was not all: the user speaks again. `cpu_s` were spent on recognising a pause that was over by then."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """The engines that turn frames into words, loaded once."""

    vad: Vad
    vad_worker: Worker
    stt: Stt
    stt_worker: Worker
    settings: Settings
    clock: Clock

    async def hear(
        self,
        frames: AsyncIterator[AudioFrame],
        *,
        word_end: int | None = None,
        start_timeout_ms: int | None = None,
        on_waiting: Callable[[], Awaitable[None]] | None = None,
        ahead: Ahead | None = None,
        endpointer: Endpointer | None = None,
    ) -> Heard:
        """Listen until the utterance ends, or nothing is said; `on_waiting` is called once when nobody begins to speak.

        `ahead` is told at each pause what may be all, and when it was not. `endpointer` None: one of the settings.
        `word_end` is the sample at which a wake word ended: the frames then begin before it (`WAKE_WORD_MS`).
        Raises what the recogniser raises; cancelling drops everything.
        """
        endpointer = endpointer or Endpointer(self._turn(start_timeout_ms), threshold=self.settings.vad.threshold)
        utterance = _Utterance(self, self.stt.stream(), ahead)
        voiced_until = self.clock.monotonic()
        ended: UtteranceEnded | None = None
        try:
            async with aclosing(self._voiced(frames, word_end)) as voiced:
                async for frame, probability in voiced:
                    event = endpointer.step(probability, utterance.so_far)
                    utterance.add(frame, silence_ms=endpointer.silence_ms)
                    if isinstance(event, SpeechStarted):
                        utterance.begin(event.at_ms)
                    elif isinstance(event, UtteranceEnded):
                        ended = event
                        break
                    if endpointer.started and endpointer.silence_ms == 0:
                        voiced_until = self.clock.monotonic()
                    if on_waiting and not endpointer.started and endpointer.silence_ms >= CUE_AFTER_MS:
                        await on_waiting()
                        on_waiting = None
            # Without an event the recording is over: what was said so far is the utterance.
            reason = ended.reason if ended else "silence" if endpointer.started else "nothing-said"
            stopped = self.clock.monotonic()
            if reason == "nothing-said":
                return Heard(Transcript("", 0.0, final=True), reason, voiced_until, stopped, stopped, stopped)
            transcript = await utterance.finish(endpointer.silence_ms)
            return Heard(transcript, reason, voiced_until, stopped, *utterance.decoded)
        finally:
            await utterance.aclose()

    async def _voiced(
        self, frames: AsyncIterator[AudioFrame], word_end: int | None
    ) -> AsyncGenerator[tuple[AudioFrame, float], None]:
        """The frames of the command with their probabilities of speech: not those of the wake word."""
        vad = self.vad.stream()
        tail = None if word_end is None else WakeTail(word_end, self.settings.vad.threshold)
        held: list[tuple[AudioFrame, float]] = []
        async for frame in frames:
            probability = await self.vad_worker.run(vad.feed, frame)
            if tail is None:
                yield frame, probability
                continue
            held.append((frame, probability))
            start = tail.step(frame, probability)
            if start is not None:
                tail = None
                for one in held:
                    if one[0].end > start:
                        yield one
                held.clear()
        for one in held:
            yield one

    def _turn(self, start_timeout_ms: int | None) -> TurnSettings:
        turn = self.settings.turn
        return turn if start_timeout_ms is None else turn.model_copy(update={"start_timeout_ms": start_timeout_ms})


class _Utterance:
    """The recogniser's side: audio from the beginning of speech, partial results while the user speaks.

    At each pause everything said so far is decoded: if that pause is the end, the text is there already.
    """

    def __init__(self, recognition: Recognition, stream: SttStream, ahead: Ahead | None) -> None:
        self._worker = recognition.stt_worker
        self._clock = recognition.clock
        self._stream = stream
        self._ahead = ahead
        self._partial_ms = recognition.settings.stt.partial_ms
        self._waiting: list[AudioFrame] = []
        self._new_ms = 0.0
        self._begun = False
        self._voiced = 0  # frames of speech so far: tells whether somebody spoke while the recogniser worked
        self._job: asyncio.Task[None] | None = None
        self._job_paused = self._paused = False
        self._said: Transcript | None = None
        self._so_far = NOTHING
        self.decoded = (0.0, 0.0)
        """When the newest text was begun and when it was there, by the clock (s)."""

    @property
    def so_far(self) -> SoFar:
        """What the endpointer may know: a text that nobody heard as a command can still be read as one."""
        so_far = self._so_far
        if so_far.whole and so_far.progress == "no-command" and self._ahead is not None and self._said is not None:
            intent = self._ahead.intent
            if intent is not None:
                return replace(so_far, progress="complete", completeness=completeness(self._said, intent))
        return so_far

    def add(self, frame: AudioFrame, *, silence_ms: float) -> None:
        """Take the next frame; decode when enough is new or a pause begins, and the worker is free.

        The silence of a pause is held back until speech goes on: the recogniser never hears the end's silence.
        """
        self._waiting.append(frame)
        self._new_ms += FRAME_MS
        self._paused = silence_ms >= PAUSE_MS
        if silence_ms == 0:
            self._voiced += 1
            if self._so_far.whole:
                self._so_far = replace(self._so_far, whole=False)
                if self._ahead is not None:
                    self._ahead.goes_on()
        if self._job is None:
            self._decode_if_due()
        elif self._paused != self._job_paused:
            self._stream.give_up()  # of a pause that is none any more, or in the way of one that has begun

    def _decode_if_due(self) -> None:
        if self._begun and not self._so_far.whole and (self._paused or self._new_ms >= self._partial_ms):
            self._new_ms = 0.0
            self._job_paused = self._paused
            work = self._decode(self._take(), self._voiced, paused=self._paused)
            self._job = asyncio.create_task(work, name="stt partial")

    def begin(self, at_ms: float) -> None:
        """Speech began at `at_ms` of the utterance: only a short lead before it is for the recogniser."""
        del self._waiting[: max(0, int((at_ms - LEAD_MS) / FRAME_MS))]
        self._begun = True

    async def finish(self, silence_ms: float) -> Transcript:
        """The final text of everything but the silence at the end; `silence_ms` is how long that has been."""
        if self._job is not None:
            await self._job
        if self._so_far.whole:
            if self._said is not None and self._said.final:
                return self._said
            self._waiting.clear()
        held_back = max(0, round((silence_ms - TAIL_MS) / FRAME_MS))
        del self._waiting[max(0, len(self._waiting) - held_back) :]
        began = self._clock.monotonic()
        said = await self._worker.run(self._finish, self._take())
        self.decoded = (began, self._clock.monotonic())
        return said

    async def aclose(self) -> None:
        """Drop a partial result under way."""
        if self._job is not None:
            self._job.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._job

    def _take(self) -> Samples:
        audio = np.concatenate([frame.samples for frame in self._waiting] or [np.zeros(0, np.float32)])
        self._waiting.clear()
        return audio

    def _finish(self, audio: Samples) -> Transcript:
        self._stream.feed(audio)
        return self._stream.finish()

    async def _decode(self, audio: Samples, voiced: int, *, paused: bool) -> None:
        def decode() -> Transcript | None:
            self._stream.feed(audio)
            return self._stream.partial()

        cost, began = Cost(), self._clock.monotonic()
        with cost.counted():
            said = await self._worker.run(decode)
        self._job = None
        whole = paused and voiced == self._voiced
        if paused and not whole and self._ahead is not None:
            self._ahead.goes_on(cost.cpu_s)
        if said is not None:
            self._said, self.decoded = said, (began, self._clock.monotonic())
            self._so_far = SoFar(said.text, said.progress, completeness(said), whole)
            if whole and self._ahead is not None:
                self._ahead.perhaps(said, cost.cpu_s)
        if self._paused and not paused:
            self._decode_if_due()  # a pause has begun meanwhile
