"""No speaker: sound is swallowed at the speed at which it would be heard."""

from edge.audio.pacing import QUEUED_S, PlayQueue, wait_below
from edge.events import Speech
from edge.runtime.clock import Clock


class NullSink:
    """Behaves in time like a speaker, so that turns and interruptions work without one."""

    def __init__(self, clock: Clock) -> None:
        self.volume = 100
        self._clock = clock
        self._queue = PlayQueue(clock)

    @property
    def underruns(self) -> int:
        """See `AudioSink.underruns`."""
        return self._queue.underruns

    def prepare(self) -> None:
        """Nothing to open."""

    async def write(self, speech: Speech) -> None:
        """See `AudioSink.write`."""
        self._queue.add(speech.duration_ms / 1000)
        await wait_below(QUEUED_S, self._queue.waiting_s, self._clock)

    async def drain(self) -> None:
        """See `AudioSink.drain`."""
        self._queue.complete()
        await wait_below(0, self._queue.waiting_s, self._clock)

    def flush(self) -> None:
        """See `AudioSink.flush`."""
        self._queue.clear()

    async def aclose(self) -> None:
        """Nothing to let go of."""
