"""How digits, letters and signs are spoken in English, for `edge.nlu.privacy.SpokenForms`."""

from typing import Final

from edge.nlu.en.numbers import SMALL, TENS
from edge.nlu.en.privacy.words import WORDS
from edge.nlu.privacy import SpokenForms

_ALPHABET: Final = WORDS["spoken_alphabet"]

FORMS: Final = SpokenForms(
    numbers={word: str(value) for value, word in enumerate(SMALL)}
    | dict.fromkeys(("oh", "o", "nought", "naught", "null", "nil"), "0"),
    tens={word: str(value) for value, word in enumerate(TENS) if word},
    repeats={"double": 2, "triple": 3, "treble": 3},
    hundreds=frozenset({"hundred"}),
    within=frozenset({"and"}),
    letters={word: word[0] for word in _ALPHABET}
    | {"alfa": "a", "juliett": "j", "whisky": "w", "zed": "z", "zee": "z"},
    signs={
        "dash": "-",
        "underscore": "_",
        "hyphen": "-",
        "minus": "-",
        "dot": ".",
        "point": ".",
        "slash": "/",
        "plus": "+",
        "space": " ",
        "colon": ":",
        "stroke": "/",
    }
    | dict.fromkeys(("um", "uh", "er", "erm", "hm"), " "),
    alike={"to": "2", "too": "2", "for": "4", "fore": "4", "won": "1", "ate": "8"},
    words=frozenset({"a", "i"}),
)
