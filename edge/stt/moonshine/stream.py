"""One utterance of the Moonshine recogniser: collects audio and decodes all of it whenever a result is wanted."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Candidate, Match, Progress, Samples, Transcript
from edge.stt.loudness import pieces
from edge.stt.moonshine.beam import SearchCancelledError

MAX_SAMPLES = 20 * SAMPLE_RATE_HZ
"""Longer audio is cut: the model was trained on less than 30 s, and the cost grows with the square."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The result of one piece of audio; `log_probs` of its tokens."""

    text: str = ""
    log_probs: tuple[float, ...] = ()
    match: Match | None = None
    progress: Progress = "no-command"
    candidates: tuple[Candidate, ...] = ()


NOTHING = Decoded()


class Decode(Protocol):
    """See `edge.stt.moonshine.engine.MoonshineStt.decode`."""

    def __call__(self, samples: Samples, cancelled: Callable[[], bool] = ..., /) -> Decoded:
        """Recognise at most `MAX_SAMPLES`."""
        ...


class MoonshineStream:
    """See `edge.stt.SttStream`. Partial results are as good as final ones, which repeat them if no audio followed."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._waiting: list[Samples] = []
        self._length = 0
        self._settled = NOTHING
        self._settled_length = 0
        self._latest: Decoded | None = None
        self._given_up = False

    def feed(self, samples: Samples) -> None:
        """See `SttStream.feed`. Beyond 20 s the first piece of the audio is decoded at once, which takes seconds."""
        self._given_up = False
        if not len(samples):
            return
        self._waiting.append(samples)
        self._length += len(samples)
        self._latest = None
        if self._length > MAX_SAMPLES:
            *whole, rest = pieces(np.concatenate(self._waiting), MAX_SAMPLES)
            for piece in whole:
                self._settled = join(self._settled, self._decode(piece))
                self._settled_length += len(piece)
            self._waiting = [rest]
            self._length = len(rest)

    def partial(self) -> Transcript | None:
        """See `SttStream.partial`."""
        if self._latest is not None:
            return None
        try:
            return self._transcript(lambda: self._given_up)
        except SearchCancelledError:
            return None

    def give_up(self) -> None:
        """See `SttStream.give_up`; the next `feed` resets it."""
        self._given_up = True

    def finish(self) -> Transcript:
        """See `SttStream.finish`."""
        return self._transcript()

    def _transcript(self, cancelled: Callable[[], bool] = lambda: False) -> Transcript:
        if self._latest is None:
            audio = np.concatenate(self._waiting) if self._waiting else np.zeros(0, np.float32)
            self._waiting = [audio]
            self._latest = self._decode(audio, cancelled)
        decoded = join(self._settled, self._latest)
        confidence = math.exp(sum(decoded.log_probs) / len(decoded.log_probs)) if decoded.log_probs else 0.0
        audio_ms = (self._settled_length + self._length) * 1000 / SAMPLE_RATE_HZ
        return Transcript(
            decoded.text,
            decoded.match.probability if decoded.match else confidence,
            final=True,
            audio_ms=audio_ms,
            match=decoded.match,
            progress=decoded.progress,
            candidates=decoded.candidates,
        )


def join(first: Decoded, second: Decoded) -> Decoded:
    """One after the other. Audio in two pieces is free text: no command is that long."""
    if not first.text or not second.text:
        return first if first.text else second
    return Decoded(f"{first.text} {second.text}", first.log_probs + second.log_probs)
