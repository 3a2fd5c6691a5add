"""The frames that one turn listens to, handed from the ears to the turn."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable

from edge.events import AudioFrame

MAX_FRAMES = 625
"""20 s. When full the oldest frame is dropped and counted: a turn that far behind hears the present."""


class Feed:
    """A bounded queue of frames with one reader. `hungry` is set while the reader waits for a frame."""

    def __init__(self, frames: Iterable[AudioFrame] = ()) -> None:
        self._frames: deque[AudioFrame] = deque(frames, maxlen=MAX_FRAMES)
        self._arrived = asyncio.Event()
        self.ended = False
        self.hungry = asyncio.Event()
        self.dropped = 0

    def put(self, frame: AudioFrame) -> None:
        """Append a frame; never waits."""
        self.dropped += len(self._frames) == MAX_FRAMES
        self._frames.append(frame)
        self.hungry.clear()
        self._arrived.set()

    def end(self) -> None:
        """No more frames will come."""
        self.ended = True
        self._arrived.set()

    def clear(self) -> None:
        """Forget what was not read yet."""
        self._frames.clear()

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """Frames in order, until the end."""
        while True:
            while self._frames:
                yield self._frames.popleft()
            if self.ended:
                return
            self._arrived.clear()
            self.hungry.set()
            await self._arrived.wait()
