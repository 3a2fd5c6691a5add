"""Engines that follow a script instead of listening: real protocols, no models.

In `speech`, a frame's samples carry its script: the first sample of a voiced frame is 0.5, of a silent one 0. The wake
word is a frame whose first sample is 0.25.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from edge.events import FRAME_SAMPLES, AudioFrame, Intent, Progress, Samples, Speech, Transcript, WakeDetected
from edge.grammar import Grammar
from edge.route import Understood

VOICED, WAKE, SILENT = 0.5, 0.25, 0.0


def sound(*pieces: tuple[float, float]) -> list[Samples]:
    """Frames of (level, milliseconds), e.g. `sound((SILENT, 320), (VOICED, 960))`."""
    frames: list[Samples] = []
    for level, ms in pieces:
        frames += [np.full(FRAME_SAMPLES, level, np.float32)] * round(ms / 32)
    return frames


class FakeWake:
    """Detects frames of level `WAKE`."""

    words: tuple[str, ...] = ("alexa",)

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        if frame.samples[0] != WAKE:
            return []
        return [WakeDetected("alexa", 0.9, frame.end, frame.end)]

    def reset(self) -> None:
        pass


class FakeVad:
    """Speech is what has level `VOICED`."""

    def stream(self) -> "FakeVad":
        return self

    def feed(self, frame: AudioFrame) -> float:
        return 0.95 if frame.samples[0] == VOICED else 0.05


class FakeStt:
    """Hears the scripted texts, one an utterance: a word for every `WORD_MS` of voice, and in the end all of it.

    Texts of `commands` (lower case, without a full stop) are complete ones, their beginnings could go on.
    """

    name = "fake"

    def __init__(self, texts: Sequence[str], commands: Iterable[str] = ()) -> None:
        self._texts = list(texts)
        self.commands = tuple(commands)
        self.heard_ms: list[float] = []
        self.partials = 0
        self.grammar: Grammar | None = None

    def use(self, grammar: Grammar | None) -> None:
        self.grammar = grammar

    def stream(self) -> "FakeSttStream":
        return FakeSttStream(self)

    def next_text(self) -> str:
        return self._texts.pop(0) if self._texts else ""


WORD_MS = 160


class FakeSttStream:
    def __init__(self, stt: FakeStt) -> None:
        self._stt = stt
        self._samples = 0
        self._voiced = 0
        self._text: str | None = None

    def feed(self, samples: Samples) -> None:
        self._samples += len(samples)
        self._voiced += int(np.count_nonzero(samples == VOICED))

    def partial(self) -> Transcript | None:
        self._stt.partials += 1
        return self._transcript(self._words()[: int(self._voiced / 16 / WORD_MS)], final=False)

    def finish(self) -> Transcript:
        self._stt.heard_ms.append(self._samples / 16)
        words = self._words()
        said = int(self._voiced / 16 / WORD_MS)
        return self._transcript(words[:said] if self._stt.partials and said else words, final=True)

    def _words(self) -> list[str]:
        if self._text is None:
            self._text = self._stt.next_text()
        return self._text.split()

    def _transcript(self, words: list[str], *, final: bool) -> Transcript:
        text = " ".join(words)
        plain = text.lower().rstrip(".?!,")
        progress: Progress = "no-command"
        if plain in self._stt.commands:
            progress = "complete"
        elif plain and any(command.startswith(plain + " ") for command in self._stt.commands):
            progress = "could-go-on"
        return Transcript(text, 0.9 if text else 0.0, final=final, audio_ms=self._samples / 16, progress=progress)


class FakeTts:
    """100 ms of sound a word, in one chunk a sentence."""

    name = "fake"
    rate_hz = 16_000

    def __init__(self) -> None:
        self.said: list[str] = []

    def synthesise(self, text: str) -> Iterator[Speech]:
        self.said.append(text)
        yield Speech(np.full(1600 * len(text.split()), 0.1, np.float32), self.rate_hz)


class FakeRecognizer:
    """Intents from a table of texts, lower case without a full stop."""

    def __init__(self, intents: dict[str, Intent]) -> None:
        self._intents = intents

    def understand(self, text: str) -> Understood | None:
        intent = self._intents.get(text.lower().rstrip(".?!"))
        return None if intent is None else Understood(intent)
