"""From frames to words: recogniser and endpointer over one stretch of audio."""

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
"""Audio recognised before the first voiced frame: word beginnings are quieter than words."""
TAIL_MS = 200.0
"""Audio kept behind the last voiced frame: word ends are quieter than words."""
PAUSE_MS = 32.0
"""Silence after which everything said so far is decoded, in case it is all."""
CUE_AFTER_MS = 480.0
"""Silence after the wake word that shows that the user waits for a cue."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a stretch of audio said. Times are the clock's seconds.

    The last voiced frame arrived at `voiced_until`, the endpoint was known at `ended`. The text was begun at
    `decode_began` and there at `decoded`: both before the endpoint, or both after it.
    """

    transcript: Transcript
    reason: EndReason
    voiced_until: float
    ended: float
    decode_began: float
    decoded: float


class TurnListener(Protocol):
    """Told about pauses, so that a reply can be prepared early. Calls must not block."""

    @property
    def intent(self) -> Intent | None:
        """The command that was found in the text of the last `eager_end`; None while that is not known."""
        ...

    def eager_end(self, said: Transcript) -> None:
        """A pause: this may be all that is said."""
        ...

    def turn_resumed(self) -> None:
        """It was not all: the user speaks again."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """Turns frames into words with an engine that is loaded once."""

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
        """Listen until the utterance ends, or until nothing was said for the start timeout.

        `on_waiting` is called once when the user does not begin to speak, `listener` at each pause and when it was not
        the end. `endpointer` None: one of the settings. `word_end` is the sample at which a wake word ended: the frames
        then begin before it (`WAKE_WORD_MS`). Raises what the recogniser raises; cancelling drops everything.
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
            # Without an event the recording is over: what was said so far is the utterance.
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
        """The frames of the command, without those of the wake word."""
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
    """The recogniser's side: audio from the beginning of speech, partial results while the user speaks.

    At each pause everything said so far is decoded: if that pause is the end, the text is there already.
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
        self._voiced_frames = 0  # tells whether the user spoke while the recogniser worked
        self._pause_decoded = -1  # the voiced frames before the newest pause that was decoded: each is decoded once
        self._job: asyncio.Task[None] | None = None
        self._job_in_pause = self._in_pause = False
        self._said: Transcript | None = None
        self._partial = NOTHING
        self.decoded: tuple[float, float]
        """When the newest text was begun and when it was there, by the clock (s)."""

    @property
    def partial(self) -> PartialTurn:
        """What the endpointer may know: a text without a match may still be a command to the router."""
        partial = self._partial
        if partial.covers_all_audio and partial.progress == "no-command" and self._listener and self._said is not None:
            intent = self._listener.intent
            if intent is not None:
                return replace(
                    partial, progress="complete", completeness=self._language.completeness(self._said, intent)
                )
        return partial

    def add(self, heard: HeardFrame, *, silence_ms: float) -> None:
        """Take the next frame; decode when enough is new or a pause begins, and the recogniser is free.

        The silence of a pause is held back until speech goes on: the recogniser never hears the end's silence.
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
            self._stream.give_up()  # of a pause that is over, or in the way of one that has begun

    def begin(self, at_ms: float) -> None:
        """Speech began at `at_ms` of the utterance: only a short lead before it is recognised."""
        del self._waiting[: max(0, int((at_ms - LEAD_MS) / FRAME_MS))]
        self._begun = True

    async def finish(self, silence_ms: float) -> Transcript:
        """The final text of everything but the silence at the end, which has lasted `silence_ms`."""
        while self._job is not None:  # behind a partial result there may be that of the pause
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
        """Drop a partial result under way."""
        if self._job is not None:
            self._job.cancel()
            await asyncio.wait({self._job})
            if not self._job.cancelled():
                self._job.exception()  # `finish` raised it, or the utterance was dropped

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
            said = self._said  # no new words: the text so far is all that was said
        if said is not None:
            self._said, self.decoded = said, (began, self._clock.monotonic())
            self._partial = PartialTurn(
                said.text, said.progress, self._language.completeness(said), covers_all_audio, covered_ms
            )
            if covers_all_audio and self._listener is not None:
                self._listener.eager_end(said)
        self._decode_if_due()  # a pause may have begun meanwhile
