"""What can be said to this home, as an automaton that is walked lazily. Pure: no runtime, no audio."""

from collections.abc import Mapping

from edge.events import Intent
from edge.grammar.automaton import Automaton
from edge.grammar.matching import match
from edge.grammar.network import Network
from edge.grammar.surface import canonical


class Grammar:
    """A compiled network, ready to be walked. Not to be used from two threads at once."""

    def __init__(self, network: Network, context: Mapping[str, str] | None = None) -> None:
        """`context`: the facts that the network was compiled with."""
        self.network = network
        self.automaton = Automaton(network)
        self._context = dict(context or {})

    def match(self, text: str) -> Intent | None:
        """What a sentence means, in any spelling of a recogniser; None when it is not in the grammar."""
        return match(self.network, canonical(text), self._context)
