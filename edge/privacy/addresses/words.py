"""The words of `streets.toml`: they belong to the country, not to the language that is spoken. Pure."""

from typing import Final

from edge.nlu.word_lists import read_word_lists

_WORDS: Final = read_word_lists(__package__, "streets.toml")

NUMBER_BEHIND: Final = _WORDS["number_behind"]
"""Words for streets with the house number behind them: "Augsburger Strasse 36"."""
BEHIND: Final = _WORDS["behind"] | NUMBER_BEHIND
"""Words for streets behind the name: "12 Baker Street"."""
BEHIND_IF_CAPITAL: Final = _WORDS["behind_if_capital"]
"""Those that are also common words."""
BEHIND_A_NUMBER: Final = _WORDS["behind_a_number"]
"""Those of them that are clear behind a house number and a name."""
BEHIND_THE: Final = _WORDS["behind_the"]
"""Those that are a name with "the" alone: "5 The Paddocks"."""
ROUTES: Final = _WORDS["routes"]
"""Words for roads with a number."""
AHEAD: Final = _WORDS["ahead"]
"""Words for streets ahead of the name: "Via Roma 12"."""
AHEAD_IF_CAPITAL: Final = _WORDS["ahead_if_capital"]
"""Those that are also common words."""
PARTICLES: Final = _WORDS["particles"]
"""Words without a capital inside a name: "Rue de la Paix"."""
ENDINGS: Final = tuple(_WORDS["endings"])
"""Of one word that names a street: "Hauptstraße"."""
CLEAR_ENDINGS: Final = tuple(_WORDS["clear_endings"])
"""Those of them that are clear without a capital."""
JOINED_ENDINGS: Final = tuple(_WORDS["joined_endings"])
"""Of one word behind the number: "66 Gallowgate"."""
UNITS: Final = _WORDS["units"]
"""Words for parts of houses, with a number behind them."""
CLEAR_UNITS: Final = _WORDS["clear_units"]
"""Those of them that are an address by themselves."""
NUMBERED: Final = _WORDS["numbered"]
"""Words for "number"."""
BOXES: Final = frozenset({"p", "o", "po", "post"})
"""Words before the "box" of a post office."""
POST_OFFICES: Final = frozenset({"apo", "fpo", "dpo"})
FORCES: Final = frozenset({"aa", "ae", "ap"})
"""Behind the post offices of the forces of the United States, in place of a state."""
DIRECTIONS: Final = _WORDS["directions"]
STATES: Final = _WORDS["states"]
"""Short names of states, beside a postcode."""
_PUBLIC: Final = frozenset(tuple(it.split("-")) for it in _WORDS["public"])
_LONGEST_PUBLIC: Final = max(map(len, _PUBLIC))


def is_public(words: tuple[str, ...]) -> bool:
    """Whether an address in lower case begins as one that everybody knows."""
    return any(words[:length] in _PUBLIC for length in range(2, _LONGEST_PUBLIC + 1))
