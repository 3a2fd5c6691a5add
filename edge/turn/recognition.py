"""Turns frames into words: runs the recogniser and the endpointer on one utterance."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from edge.events import FRAME_MS, HeardFrame, Intent, Samples, Transcript
from edge.nlu import Language
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted
from edge.settings import Settings, TurnSettings
from edge.stt import Stt, SttStream
from edge.turn.endpointer import NOTHING, Endpointer, EndReason, PartialTurn, SpeechStarted, UtteranceEnded
from edge.turn.wake_tail import WakeTail

LEAD_MS = 300.0
"""Audio kept before the first voiced frame, because words begin quietly."""
TAIL_MS = 200.0
"""Audio kept after the last voiced frame, because words end quietly."""
PAUSE_MS = 32.0
"""Silence after which all speech so far is decoded, in case the utterance is over."""
CUE_AFTER_MS = 480.0
"""Silence after the wake word that means the user is waiting for a cue."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A recognised utterance. Times are seconds of the clock.

    The last voiced frame arrived at `voiced_until`; the endpoint was detected at `ended`. The text was decoded from
    `decode_began` to `decoded`: both before the endpoint, or both after it.
    """

    transcript: Transcript
    reason: EndReason
    voiced_until: float
    ended: float
    decode_began: float
    decoded: float


class TurnListener(Protocol):
    """Told what the user says and about pauses, so that a reply can be prepared early. Calls must not block."""

    @property
    def intent(self) -> Intent | None:
        """The command found in the text of the last `eager_end`; None until it is known."""
        ...

    def goes_on(self, said: Transcript) -> None:
        """The user is speaking: the text so far, whose last word may be half of one."""
        ...

    def eager_end(self, said: Transcript) -> None:
        """The user paused: the turn may be over with this text."""
        ...

    def turn_resumed(self) -> None:
        """The user speaks again: the turn was not over."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """Turns frames into words with a recogniser that is loaded once."""

    stt: Hosted[Stt]
    language: Language
    settings: Settings
    clock: Clock

    async def hear(
        self,
        frames: AsyncIterator[HeardFrame],
        *,
        word_end: int | None = None,
        start_timeout_ms: int | None = None,
        on_waiting: Callable[[], None] | None = None,
        listener: TurnListener | None = None,
        endpointer: Endpointer | None = None,
    ) -> Utterance:
        """Listen until the utterance ends, or until the start timeout passes without speech.

        `on_waiting` is called once if the user does not start to speak; `listener` with each text so far, at each pause
        and when speech resumes. `endpointer` defaults to one with the configured settings. `word_end` is the sample at
        which the wake word ended; the frames then begin before it (`WAKE_WORD_MS`). Raises the recogniser's errors;
        cancelling drops everything.
        """
        endpointer = endpointer or Endpointer(self._turn(start_timeout_ms), threshold=self.settings.vad.threshold)
        voiced_until = self.clock.monotonic()
        ended: UtteranceEnded | None = None
        decoding = _Decoding(self, await self.stt.call(lambda it: it.stream()), listener)
        try:
            async with aclosing(self._behind_wake_word(frames, word_end)) as command:
                async for heard in command:
                    event = endpointer.step(heard.speech, decoding.partial)
                    decoding.add(heard, silence_ms=endpointer.silence_ms)
                    if isinstance(event, SpeechStarted):
                        decoding.begin(event.at_ms)
                    elif isinstance(event, UtteranceEnded):
                        ended = event
                        break
                    if endpointer.started and endpointer.silence_ms == 0:
                        voiced_until = heard.at
                    if on_waiting and not endpointer.started and endpointer.silence_ms >= CUE_AFTER_MS:
                        on_waiting()
                        on_waiting = None
            # Without an event the recording is over, and the speech so far is the utterance.
            reason = ended.reason if ended else "silence" if endpointer.started else "nothing-said"
            stopped = self.clock.monotonic()
            if reason == "nothing-said":
                return Utterance(Transcript("", 0.0, final=True), reason, voiced_until, stopped, stopped, stopped)
            transcript = await decoding.finish(endpointer.silence_ms)
            return Utterance(transcript, reason, voiced_until, stopped, *decoding.decoded)
        finally:
            await decoding.aclose()

    async def _behind_wake_word(
        self, frames: AsyncIterator[HeardFrame], word_end: int | None
    ) -> AsyncGenerator[HeardFrame, None]:
        """Yield the frames of the command without those of the wake word."""
        tail = None if word_end is None else WakeTail(word_end, self.settings.vad.threshold)
        held: list[HeardFrame] = []
        async for heard in frames:
            if tail is None:
                yield heard
                continue
            held.append(heard)
            start = tail.step(heard.frame, heard.speech)
            if start is not None:
                tail = None
                for one in held:
                    if one.frame.end > start:
                        yield one
                held.clear()
        for one in held:
            yield one

    def _turn(self, start_timeout_ms: int | None) -> TurnSettings:
        turn = self.settings.turn
        return turn if start_timeout_ms is None else turn.model_copy(update={"start_timeout_ms": start_timeout_ms})


class _Decoding:
    """Feeds the recogniser from the beginning of speech, and decodes partial results while the user speaks.

    At each pause all speech so far is decoded, so that the text is ready if the pause turns out to be the end.
    """

    def __init__(self, recognition: Recognition, stream: SttStream, listener: TurnListener | None) -> None:
        self._stt = recognition.stt
        self._language = recognition.language
        self._clock = recognition.clock
        self._stream = stream
        self._listener = listener
        self._partial_ms = recognition.settings.stt.partial_ms
        self._waiting: list[HeardFrame] = []
        self._now_ms = self._new_ms = 0.0
        self._begun = False
        self._voiced_frames = 0  # shows whether the user spoke while the recogniser worked
        self._pause_decoded = -1  # `_voiced_frames` at the last decoded pause: each pause is decoded once
        self._job: asyncio.Task[None] | None = None
        self._job_in_pause = self._in_pause = False
        self._said: Transcript | None = None
        self._partial = NOTHING
        self.decoded: tuple[float, float]
        """When decoding of the newest text began and finished (seconds of the clock)."""

    @property
    def partial(self) -> PartialTurn:
        """The text so far for the endpointer. A text that no grammar matched may still be a command to the router."""
        partial = self._partial
        if partial.covers_all_audio and partial.progress == "no-command" and self._listener and self._said is not None:
            intent = self._listener.intent
            if intent is not None:
                return replace(
                    partial, progress="complete", completeness=self._language.completeness(self._said, intent)
                )
        return partial

    def add(self, heard: HeardFrame, *, silence_ms: float) -> None:
        """Take the next frame. Decode if the recogniser is free and there is enough new audio or a pause begins.

        The silence of a pause is held back until speech resumes, so the recogniser never gets the silence at the end.
        """
        self._waiting.append(heard)
        self._now_ms += FRAME_MS
        self._new_ms += FRAME_MS
        self._in_pause = silence_ms >= PAUSE_MS
        if silence_ms == 0:
            self._voiced_frames += 1
            if self._partial.covers_all_audio:
                self._partial = replace(self._partial, covers_all_audio=False)
                if self._listener is not None:
                    self._listener.turn_resumed()
        if self._job is None:
            self._decode_if_due()
        elif self._in_pause != self._job_in_pause:
            self._stream.give_up()  # its pause is over, or a pause has begun that must be decoded first

    def begin(self, at_ms: float) -> None:
        """Start recognition `LEAD_MS` before `at_ms`, the beginning of speech, and drop earlier frames."""
        del self._waiting[: max(0, int((at_ms - LEAD_MS) / FRAME_MS))]
        self._begun = True

    async def finish(self, silence_ms: float) -> Transcript:
        """The final text. `silence_ms` is the length of the silence at the end, which is not decoded."""
        while self._job is not None:  # after a partial result, that of the pause may follow
            await self._job
        if self._partial.covers_all_audio:
            if self._said is not None and self._said.final:
                return self._said
            self._waiting.clear()
        held_back = max(0, round((silence_ms - TAIL_MS) / FRAME_MS))
        del self._waiting[max(0, len(self._waiting) - held_back) :]
        began = self._clock.monotonic()
        audio = self._take()
        said = await self._stt.call(lambda _: self._finish(audio))
        self.decoded = (began, self._clock.monotonic())
        return said

    async def aclose(self) -> None:
        """Cancel the current partial result."""
        if self._job is not None:
            self._job.cancel()
            await asyncio.wait({self._job})
            if not self._job.cancelled():
                self._job.exception()  # retrieved: `finish` raised it, or the utterance was dropped

    def _decode_if_due(self) -> None:
        due = self._voiced_frames != self._pause_decoded if self._in_pause else self._new_ms >= self._partial_ms
        if self._begun and due:
            self._new_ms = 0.0
            self._job_in_pause = self._in_pause
            if self._in_pause:
                self._pause_decoded = self._voiced_frames
            work = self._decode(self._take(), self._voiced_frames, in_pause=self._in_pause)
            self._job = asyncio.create_task(work, name="stt partial")

    def _take(self) -> Samples:
        audio = np.concatenate([heard.frame.samples for heard in self._waiting] or [np.zeros(0, np.float32)])
        self._waiting.clear()
        return audio

    def _finish(self, audio: Samples) -> Transcript:
        self._stream.feed(audio)
        return self._stream.finish()

    def _feed_and_decode(self, audio: Samples) -> Transcript | None:
        self._stream.feed(audio)
        return self._stream.partial()

    async def _decode(self, audio: Samples, voiced_frames: int, *, in_pause: bool) -> None:
        began, covered_ms = self._clock.monotonic(), self._now_ms
        said = await self._stt.call(lambda _: self._feed_and_decode(audio))
        self._job = None
        covers_all_audio = in_pause and voiced_frames == self._voiced_frames
        if said is None and covers_all_audio:
            said = self._said  # no new words: the text so far is complete
        if said is not None:
            self._said, self.decoded = said, (began, self._clock.monotonic())
            self._partial = PartialTurn(
                said.text, said.progress, self._language.completeness(said), covers_all_audio, covered_ms
            )
            if self._listener is not None:
                (self._listener.eager_end if covers_all_audio else self._listener.goes_on)(said)
        self._decode_if_due()  # a pause may have begun in the meantime
