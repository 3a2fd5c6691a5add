"""The grammar of all commands, as a lazily built automaton. Pure: it knows no runtime, audio or language."""

from collections.abc import Mapping
from functools import lru_cache

from edge.events import Intent, Progress
from edge.grammar.automaton import Automaton
from edge.grammar.matching import Reader, Reading, readings
from edge.grammar.network import Network
from edge.grammar.surface import Surface

READINGS_KEPT = 256


class Grammar:
    """A compiled network that can match texts. Not thread-safe."""

    def __init__(
        self,
        network: Network,
        surface: Surface,
        context: Mapping[str, str] | None = None,
        readers: Mapping[str, Reader] | None = None,
    ) -> None:
        """`surface` and `context` must be those of the compilation; `readers` are the functions that lists refer to."""
        self.network = network
        self.automaton = Automaton(network)
        self.surface = surface
        self._context = dict(context or {})
        self._readers = dict(readers or {})
        # A growing utterance is decoded several times and finds the same sentences.
        self._readings = lru_cache(READINGS_KEPT)(self._read)

    def match(self, text: str) -> Intent | None:
        """The intent of a sentence as a recogniser may spell it; None if it is not in the grammar."""
        for reading in self._readings(self._command(text)):
            return Intent(reading.sentences.intent, {slot.name: slot.value for slot in reading.slots})
        return None

    def free_share(self, text: str) -> float:
        """The share of a sentence's characters that is free text, 0 to 1; 0 if it is not in the grammar."""
        command = self._command(text)
        for reading in self._readings(command):
            return sum(len(str(slot.value)) for slot in reading.slots if slot.is_free_text) / len(command)
        return 0.0

    def _command(self, text: str) -> str:
        """The canonical text without the phrases that may surround a command."""
        return self.surface.canonical(text)

    def _read(self, command: str) -> tuple[Reading, ...]:
        return tuple(readings(self.network, command, self.surface, self._context, self._readers))

    def progress(self, text: str) -> Progress:
        """Whether `text` is a sentence, the beginning of one (including where free text may follow), or neither."""
        state = self.automaton.walk(self.surface.canonical(text).rstrip())
        if self.automaton.closed(state):
            return "no-command" if self.match(text) is None else "complete"
        return "no-command" if state == Automaton.NOWHERE else "could-go-on"
