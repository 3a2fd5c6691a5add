"""The frames that one reader takes from the ears."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Self

from edge.events import HeardFrame

MAX_FRAMES = 625
"""20 s. When full, the oldest frame is dropped and counted: a reader that far behind hears the present."""

GAP_FRAMES = 13
"""A silence that separates one utterance from the next: 416 ms."""


class FrameQueue:
    """A bounded queue with one reader. `starved` is set while the reader waits for a frame, and once it is closed.

    A context manager: leaving it closes the queue.
    """

    def __init__(self, frames: Iterable[HeardFrame] = (), *, on_close: Callable[[], None] = lambda: None) -> None:
        self._frames: deque[HeardFrame] = deque(frames, maxlen=MAX_FRAMES)
        self._arrived = asyncio.Event()
        self._on_close = on_close
        self.ended = False
        self.starved = asyncio.Event()
        self.dropped = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, frame: HeardFrame) -> None:
        """Append a frame; never waits."""
        self.dropped += len(self._frames) == MAX_FRAMES
        self._frames.append(frame)
        self.starved.clear()
        self._arrived.set()

    def end(self) -> None:
        """No more frames will come."""
        self.ended = True
        self._arrived.set()

    def clear(self) -> None:
        """Forget the frames that were not read yet."""
        self._frames.clear()

    def skip_to_speech(self, threshold: float) -> None:
        """Forget what was said before the last gap: keep the utterance under way, or one gap."""
        quiet = 0
        for index in reversed(range(len(self._frames))):
            quiet = quiet + 1 if self._frames[index].speech < threshold else 0
            if quiet == GAP_FRAMES:
                for _ in range(index):
                    self._frames.popleft()
                return

    def close(self) -> None:
        """Take no more frames. Does no harm when repeated."""
        self.end()
        self.clear()
        self.starved.set()
        self._on_close()

    async def frames(self) -> AsyncIterator[HeardFrame]:
        """Frames in order, until the end."""
        while True:
            while self._frames:
                yield self._frames.popleft()
            if self.ended:
                return
            self._arrived.clear()
            self.starved.set()
            await self._arrived.wait()
