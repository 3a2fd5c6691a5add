"""The ears: always on, even while a reply is playing.

microphone -> wake word and voice activity on every frame -> any number of readers

Recognition and the stop word are readers. Each has its own queue, so readers never take frames from each other.
"""

from collections.abc import Callable

import structlog

from edge.audio import AudioSource
from edge.ears.detectors import Detectors
from edge.ears.frame_queue import FrameQueue
from edge.ears.preroll import PreRoll
from edge.ears.prominence import prominence_db
from edge.errors import EdgeError
from edge.events import AudioFrame, HeardFrame, WakeDetected
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted

log = structlog.get_logger("ears")

PREROLL_MS = 2500
"""Longer than a wake word plus the delay of its detection."""

BATCH_FRAMES = 32
"""While there is no reader, voice activity is computed for this many frames at once. One at a time, each frame takes
five times as long, because the model has left the CPU cache by the next frame, 32 ms later."""


class Ears:
    """Processes every frame of one source and passes it to the readers."""

    def __init__(
        self, source: AudioSource, detectors: Hosted[Detectors], clock: Clock, *, wakes_while_muted: bool = False
    ) -> None:
        self.source = source
        self.muted = False
        """True if the microphone is off: frames are not processed, kept or passed on. Set by `mute`.

        With `wakes_while_muted`, the owner's choice, the detectors still get them, and report the wake word.
        """
        self._wakes_while_muted = wakes_while_muted
        self._detectors = detectors
        self._clock = clock
        self._preroll = PreRoll(PREROLL_MS)
        self._pending: list[tuple[AudioFrame, float]] = []
        self._new = 0
        self._samples = 0
        self._step_samples: int | None = None
        self._readers: list[tuple[FrameQueue, int]] = []
        self._heard_until = 0
        self._audio = object()  # identifies the audio since the last `mute`
        self._ended = False
        self._failure = ""
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Frames lost so far, by the source and by readers that fell too far behind."""
        return self.source.dropped + self._dropped + sum(reader.dropped for reader, _ in self._readers)

    async def run(self, *, on_wake: Callable[[WakeDetected], None], on_frame: Callable[[], None]) -> None:
        """Process every frame until the source ends.

        `on_wake` is called when a wake word is detected, `on_frame` after each frame; neither may block. A source that
        is not paced waits for its readers. If the detectors fail, that is logged and frames are passed on without them.
        """
        async for frame in self.source.frames():
            if not self.muted:
                self._pending.append((frame, self._clock.monotonic()))
                self._heard_until = frame.end
                if self._is_due(frame):
                    await self._hear(on_wake)
            elif self._wakes_while_muted:
                self._pending.append((frame, self._clock.monotonic()))
                if self._is_due(frame):
                    await self._hear_wake_word(on_wake)
            on_frame()
            if not self.source.paced:
                await self._wait_for_readers()
        self._ended = True
        for reader, _ in self._readers:
            reader.end()

    def read(self, *, since: int | None = None) -> FrameQueue:
        """A new reader of the frames from now on, or from sample `since` if still available. It must be closed."""
        since = self._heard_until if since is None else since
        reader = FrameQueue(self._preroll.since(since), on_close=lambda: self._close(reader))
        self._readers.append((reader, since))
        if self._ended:
            reader.end()
        return reader

    async def wake_words(self) -> tuple[str, ...]:
        """The wake words that are listened for; none if they cannot be."""
        return tuple(await self._detectors.call(lambda it: it.words))

    def prominence_db(self, since: int, until: int) -> float:
        """How far the sound between two samples stands out of what was heard lately; see `edge.ears.prominence`."""
        return prominence_db(self._preroll.since(0), since, until)

    async def mute(self, muted: bool) -> None:
        """Switch the microphone off or on. All audio heard before is dropped, including frames being processed."""
        self.muted = muted
        self._audio = object()
        self._preroll.clear()
        self._pending, self._new, self._samples = [], 0, 0
        for reader, _ in self._readers:
            reader.clear()
        if not muted or self._wakes_while_muted:
            try:
                await self._detectors.call(lambda it: it.reset())
            except EdgeError as error:
                self._log_once(error)

    def _is_due(self, frame: AudioFrame) -> bool:
        """Whether to call the detectors now: a step of the wake word is complete, or there is a reader."""
        self._new += 1
        before, self._samples = self._samples, self._samples + len(frame.samples)
        step = self._step_samples or 1
        return bool(self._readers) or self._samples // step > before // step

    async def _hear(self, on_wake: Callable[[WakeDetected], None]) -> None:
        audio = self._audio
        at_once = bool(self._readers) or len(self._pending) >= BATCH_FRAMES
        speech, wake = await self._detect(at_once=at_once)
        if self._audio is audio:  # otherwise it was muted in the meantime, and these frames are dropped
            self._hand_on(speech)
            if wake is not None:
                on_wake(wake)

    async def _hear_wake_word(self, on_wake: Callable[[WakeDetected], None]) -> None:
        """Listen for the wake word and keep nothing."""
        audio = self._audio
        _, wake = await self._detect(at_once=False)
        if self._audio is audio:
            self._pending = []
            if wake is not None:
                on_wake(wake)

    async def _detect(self, *, at_once: bool) -> tuple[list[float], WakeDetected | None]:
        frames, new, self._new = [frame for frame, _ in self._pending], self._new, 0
        try:
            if self._step_samples is None:
                self._step_samples = await self._detectors.call(lambda it: it.step_samples)
            detected = await self._detectors.call(lambda it: it.feed(frames, new, at_once=at_once))
        except EdgeError as error:
            self._log_once(error)
            return [0.0] * len(frames), None
        self._failure = ""
        return detected

    def _hand_on(self, speech: list[float]) -> None:
        """Pass on the pending frames with their speech probabilities. If `speech` is empty, they stay pending."""
        if not speech:
            return
        pending, self._pending = self._pending, []
        for (frame, arrived), probability in zip(pending, speech, strict=True):
            heard = HeardFrame(frame, probability, arrived)
            self._preroll.add(heard)
            for reader, since in self._readers:
                if frame.end > since:
                    reader.put(heard)

    def _close(self, closed: FrameQueue) -> None:
        kept = [(reader, since) for reader, since in self._readers if reader is not closed]
        if len(kept) < len(self._readers):
            self._readers = kept
            self._dropped += closed.dropped

    async def _wait_for_readers(self) -> None:
        for reader, _ in tuple(self._readers):
            await reader.starved.wait()

    def _log_once(self, error: EdgeError) -> None:
        if error.code != self._failure:
            self._failure = error.code
            log.error("ears-failed", code=error.code, message=error.message, hint=error.hint)
