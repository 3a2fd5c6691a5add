"""Engines that follow a script instead of listening: real protocols, no models.

In `speech`, a frame's samples carry its script: the first sample of a voiced frame is 0.5, of a silent one 0. The wake
word is a frame whose first sample is 0.25.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from edge.events import FRAME_SAMPLES, AudioFrame, Intent, Match, Progress, Samples, Speech, Transcript, WakeDetected
from edge.grammar import Grammar
from edge.nlu import IntentMatch

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
    step_samples = FRAME_SAMPLES

    def __init__(self, score: float = 0.9) -> None:
        self.resets = 0
        self._score = score

    def stream(self) -> "FakeWake":
        return self

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        if frame.samples[0] != WAKE:
            return []
        return [WakeDetected("alexa", self._score, frame.end, frame.end)]

    def reset(self) -> None:
        self.resets += 1


class FakeVad:
    """Speech is what has level `VOICED`."""

    def stream(self) -> "FakeVad":
        return self

    def feed(self, frame: AudioFrame) -> float:
        return 0.95 if frame.samples[0] == VOICED else 0.05


class FakeStt:
    """Hears the scripted texts, one an utterance: a word for every `WORD_MS` of voice, and in the end all of it.

    Texts of `commands` (lower case, without a full stop) are matches, their beginnings could go on.
    """

    name = "fake"

    def __init__(self, texts: Sequence[str], commands: Mapping[str, Intent] = MappingProxyType({})) -> None:
        self._texts = list(texts)
        self.commands = commands
        self.heard_ms: list[float] = []  # how much each result was made of
        self.partials = self.given_up = 0
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
        self._stt.heard_ms.append(self._samples / 16)
        return self._transcript(self._words()[: int(self._voiced / 16 / WORD_MS)])

    def give_up(self) -> None:
        """It is quick: only noted."""
        self._stt.given_up += 1

    def finish(self) -> Transcript:
        self._stt.heard_ms.append(self._samples / 16)
        words = self._words()
        said = int(self._voiced / 16 / WORD_MS)
        return self._transcript(words[:said] if self._stt.partials and said else words)

    def _words(self) -> list[str]:
        if self._text is None:
            self._text = self._stt.next_text()
        return self._text.split()

    def _transcript(self, words: list[str]) -> Transcript:
        text = " ".join(words)
        plain = text.lower().rstrip(".?!,")
        intent = self._stt.commands.get(plain)
        match = Match(plain, intent, 0.9) if intent else None
        progress: Progress = "complete" if match else "no-command"
        if not match and plain and any(command.startswith(plain + " ") for command in self._stt.commands):
            progress = "could-go-on"
        confidence = 0.9 if text else 0.0
        return Transcript(text, confidence, final=True, audio_ms=self._samples / 16, match=match, progress=progress)


class FakeTts:
    """100 ms of sound a word, in one chunk a sentence; each sentence has a level of its own."""

    name = "fake"
    rate_hz = 16_000

    def __init__(self) -> None:
        self.said: list[str] = []
        self._levels: dict[np.float32, str] = {}

    def synthesise(self, text: str) -> Iterator[Speech]:
        self.said.append(text)
        level = 0.1 + len(self.said) / 4096
        self._levels[np.float32(level)] = text
        yield Speech(np.full(1600 * len(text.split()), level, np.float32), self.rate_hz)

    def words_of(self, speech: Speech) -> str:
        """What it said with this sound; empty for other sounds."""
        return self._levels.get(np.float32(speech.samples[-1]), "")


class FakeRecognizer:
    """Intents from a table of texts, lower case without a full stop."""

    def __init__(self, intents: dict[str, Intent]) -> None:
        self._intents = intents

    def recognize(self, text: str) -> IntentMatch | None:
        intent = self._intents.get(text.lower().rstrip(".?!"))
        return None if intent is None else IntentMatch(intent)
