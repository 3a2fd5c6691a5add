"""The last moments before the wake word was certain, so that a command in the same breath loses nothing."""

import math
from collections import deque

from edge.events import FRAME_MS, HeardFrame


class PreRoll:
    """Keeps the newest frames, `keep_ms` of sound (rounded up to whole frames)."""

    def __init__(self, keep_ms: float) -> None:
        self._frames: deque[HeardFrame] = deque(maxlen=max(1, math.ceil(keep_ms / FRAME_MS)))

    def add(self, frame: HeardFrame) -> None:
        """Remember a frame, forget the oldest if there are enough."""
        self._frames.append(frame)

    def since(self, index: int) -> tuple[HeardFrame, ...]:
        """The kept frames from the one that holds sample `index` on, oldest first; all of them if that one is gone."""
        return tuple(heard for heard in self._frames if heard.frame.end > index)

    def clear(self) -> None:
        """Forget everything (the microphone was muted)."""
        self._frames.clear()
