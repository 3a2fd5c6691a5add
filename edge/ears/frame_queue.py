"""The queue of frames from the ears to one reader."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Self

from edge.events import HeardFrame

MAX_FRAMES = 625
"""20 s. If the queue is full, the oldest frame is dropped and counted, so that a slow reader catches up."""

GAP_FRAMES = 13
"""Silence that separates utterances: 416 ms."""


class FrameQueue:
    """A bounded queue with one reader. `starved` is set while the reader waits for a frame, and after closing.

    As a context manager, it closes on exit.
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
        """Append a frame. Never waits."""
        self.dropped += len(self._frames) == MAX_FRAMES
        self._frames.append(frame)
        self.starved.clear()
        self._arrived.set()

    def end(self) -> None:
        """Signal that no more frames will come."""
        self.ended = True
        self._arrived.set()

    def clear(self) -> None:
        """Drop the frames that have not been read."""
        self._frames.clear()

    def skip_to_speech(self, threshold: float) -> None:
        """Drop everything before the last gap: keep the gap and the utterance after it, if any."""
        quiet = 0
        for index in reversed(range(len(self._frames))):
            quiet = quiet + 1 if self._frames[index].speech < threshold else 0
            if quiet == GAP_FRAMES:
                for _ in range(index):
                    self._frames.popleft()
                return

    def close(self) -> None:
        """Stop reading. May be called again."""
        self.end()
        self.clear()
        self.starved.set()
        self._on_close()

    async def frames(self) -> AsyncIterator[HeardFrame]:
        """Yield frames in order until the end."""
        while True:
            while self._frames:
                yield self._frames.popleft()
            if self.ended:
                return
            self._arrived.clear()
            self.starved.set()
            await self._arrived.wait()
