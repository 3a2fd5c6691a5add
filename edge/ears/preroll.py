"""Keeps the audio from before the detection of the wake word, so that a command without a pause is complete."""

import math
from collections import deque

from edge.events import FRAME_MS, HeardFrame


class PreRoll:
    """Keeps the newest frames: `keep_ms` of audio, rounded up to whole frames."""

    def __init__(self, keep_ms: float) -> None:
        self._frames: deque[HeardFrame] = deque(maxlen=max(1, math.ceil(keep_ms / FRAME_MS)))

    def add(self, frame: HeardFrame) -> None:
        """Add a frame, and drop the oldest if the buffer is full."""
        self._frames.append(frame)

    def since(self, index: int) -> tuple[HeardFrame, ...]:
        """The frames from the one that contains sample `index`, oldest first; all frames if it is already dropped."""
        return tuple(heard for heard in self._frames if heard.frame.end > index)

    def clear(self) -> None:
        """Drop all frames (the microphone was muted)."""
        self._frames.clear()
