"""The ears: always on, also while the product itself speaks.

microphone -> wake word and voice activity on every frame -> any number of readers

Recognition and the stop word are readers; each has a queue of its own, so that none takes a frame from another.
"""

from collections.abc import Callable

import structlog

from edge.audio import AudioSource
from edge.ears.detectors import Detectors
from edge.ears.frame_queue import FrameQueue
from edge.ears.preroll import PreRoll
from edge.errors import EdgeError
from edge.events import AudioFrame, HeardFrame, WakeDetected
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted

log = structlog.get_logger("ears")

PREROLL_MS = 2500
"""Longer than a wake word and the time until its detector is certain."""

BATCH_FRAMES = 32
"""Frames after which voice activity is computed, together, while there is no reader. One by one, each takes five times
as long: after 32 ms of pause the model is no longer in the processor's cache."""


class Ears:
    """Hears every frame of one source and hands it to the readers."""

    def __init__(self, source: AudioSource, detectors: Hosted[Detectors], clock: Clock) -> None:
        self.source = source
        self.muted = False
        """The microphone is off: no frame is looked at, kept or handed on. Set by `mute`."""
        self._detectors = detectors
        self._clock = clock
        self._preroll = PreRoll(PREROLL_MS)
        self._pending: list[tuple[AudioFrame, float]] = []
        self._new = 0
        self._samples = 0
        self._step_samples: int | None = None
        self._readers: list[tuple[FrameQueue, int]] = []
        self._heard_until = 0
        self._audio = object()  # stands for the audio since the microphone was last switched off or on
        self._ended = False
        self._failure = ""
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Frames lost so far: by the source, and by readers that were too far behind."""
        return self.source.dropped + self._dropped + sum(reader.dropped for reader, _ in self._readers)

    async def run(self, *, on_wake: Callable[[WakeDetected], None], on_frame: Callable[[], None]) -> None:
        """Hear every frame until the source ends.

        `on_wake` is called when a wake word is heard, `on_frame` after each frame; both return at once. A source that
        is not paced waits for its readers. Detectors that fail are logged; the frames go on without them.
        """
        async for frame in self.source.frames():
            if not self.muted:
                self._pending.append((frame, self._clock.monotonic()))
                self._heard_until = frame.end
                if self._is_due(frame):
                    await self._hear(on_wake)
            on_frame()
            if not self.source.paced:
                await self._wait_for_readers()
        self._ended = True
        for reader, _ in self._readers:
            reader.end()

    def read(self, *, since: int | None = None) -> FrameQueue:
        """A new reader, which must be closed: the frames from now on, or from sample `since` as far as it is kept."""
        since = self._heard_until if since is None else since
        reader = FrameQueue(self._preroll.since(since), on_close=lambda: self._close(reader))
        self._readers.append((reader, since))
        if self._ended:
            reader.end()
        return reader

    async def mute(self, muted: bool) -> None:
        """Switch the microphone off or on. Nothing heard before is kept, and a frame under way is forgotten."""
        self.muted = muted
        self._audio = object()
        self._preroll.clear()
        self._pending, self._new, self._samples = [], 0, 0
        for reader, _ in self._readers:
            reader.clear()
        if not muted:
            try:
                await self._detectors.call(lambda it: it.reset())
            except EdgeError as error:
                self._log_once(error)

    def _is_due(self, frame: AudioFrame) -> bool:
        """Whether the detectors could tell something new: a step of the wake word is complete, or a reader waits."""
        self._new += 1
        before, self._samples = self._samples, self._samples + len(frame.samples)
        step = self._step_samples or 1
        return bool(self._readers) or self._samples // step > before // step

    async def _hear(self, on_wake: Callable[[WakeDetected], None]) -> None:
        audio = self._audio
        speech, wake = await self._detect()
        if self._audio is audio:  # else it was muted meanwhile: these frames were never heard
            self._hand_on(speech)
            if wake is not None:
                on_wake(wake)

    async def _detect(self) -> tuple[list[float], WakeDetected | None]:
        frames, new, self._new = [frame for frame, _ in self._pending], self._new, 0
        at_once = bool(self._readers) or len(frames) >= BATCH_FRAMES
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
        """Hand on the pending frames with their probabilities of speech; none: they stay pending."""
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
