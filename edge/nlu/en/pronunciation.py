"""A rough pronunciation of English spelling, and the distance between sounds. Pure; rules of thumb, no dictionary.

It compares recogniser output ("akara hub", "delong high") with a name the recogniser does not know ("Aqara hub",
"De'Longhi"). Both are spelled by English rules, so reading both by the same rules works, right or wrong.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from edge.nlu.edit_distance import edit_distance
from edge.nlu.en.signs import LETTERS

Sounds = str
"""One character per sound. Vowels: a e i o u, long A E I O U. Consonants as in English, and C (chat) S (shut) T (thin)
J (jam) N (sing) Z (vision)."""

_VOWELS = frozenset("aeiouAEIOU")
_FAINT = frozenset("hwyr")
_VOWEL, _FAINT_ONE, _CONSONANT = 0.5, 0.6, 1.0
"""The cost of deleting or inserting a sound."""
_OTHER_VOWEL = 0.3
_OTHER_CONSONANT = 1.0
_OTHER_KIND = 1.3

_ALIKE: dict[frozenset[str], float] = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.3, "pb td kg fv sz SZ CJ Nn yE yi wU wu"),
        (0.4, "fT sT dT SC ZJ mn tT zT"),
        (0.5, "sS zZ zS tC dJ bv mN lr sC zJ kC"),
        (0.6, "vw pf wr"),
        (0.7, "tk dg bd pt pk bg bw sf gJ kh"),
    )
    for pair in pairs.split()
}

_LETTERS = dict(
    zip(
        "bcdefghjklmnopqrstuvwxyz",
        "bE sE dE E ef JE AC JA kA el em en O pE kU ar es tE U vE dubu eks wI zE".split(),  # noqa: SIM905 - as they are read
        strict=True,
    )
)
_DIGITS = dict(zip("0123456789", "zEro wun tU TrE for fIv siks seven At nIn".split(), strict=True))  # noqa: SIM905 - the same

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        (r"^(?:kn|gn|pn|mn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "z"),
        (r"wh", "w"),
        (r"mb$", "m"),
        (r"(?<=[aeiou])igh?|igh", "I"),
        (r"(?:tion|sion|cian|tian)", "Sun"),
        (r"(?:t|s)?sch|sh", "S"),
        (r"tch|ch", "C"),
        (r"th", "T"),
        (r"ph", "f"),
        (r"gh(?=[aeiou])", "g"),
        (r"gh", ""),
        (r"dge?(?=[eiy])|dg", "J"),
        (r"ck", "k"),
        (r"qu", "kw"),
        (r"q", "k"),
        (r"ng(?![aeiou])", "N"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=[eiy](?!r))", "J"),
        (r"j", "J"),
        (r"x", "ks"),
        (r"(?<=[^aeiou])y$|ie$|ee|ea|ey$", "E"),
        (r"(?<=[^aeiou])es$", "s"),
        (r"(?<=[^aeiouy])e$", ""),
        (r"oo|ou|ue$|ew", "U"),
        (r"ai|ay|ei|ey", "A"),
        (r"oa|ow|oe$", "O"),
        (r"au|aw", "o"),
        (r"y(?=[aeiouAEIOU])", "y"),
        (r"(?<=[^aeiouAEIOU])y(?=[^aeiouAEIOU])|^y(?=[^aeiouAEIOU])", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@functools.lru_cache(maxsize=20_000)
def sounds(text: str) -> Sounds:
    """The sounds of `text`, without word boundaries. Symbols and accents are ignored."""
    return "".join(_word(word) for word in re.findall(r"[a-z]+|[0-9]", _plain(text)))


@functools.lru_cache(maxsize=20_000)
def length(said: Sounds) -> float:
    """The cost of deleting all sounds."""
    return sum(map(_cost, said))


def likeness(first: Sounds, second: Sounds, minimum: float = 0.0) -> float:
    """The likeness of two texts by weighted edit distance: 1 for the same sounds, 0 for nothing in common.

    A likeness below `minimum` may be returned as 0, because the comparison stops early.
    """
    longest = max(length(first), length(second))
    if not longest:
        return 0.0
    apart = edit_distance(first, second, left_out=_cost, replaced=_apart, limit=(1 - minimum) * longest)
    return max(0.0, 1 - apart / longest)


_LEFT_OUT: Final = _VOWELS | frozenset("wy")
"""Sounds that the comparison of consonants leaves out: vowels, and what is close to one."""


class Consonants:
    """The consonants of many texts, compared with those of another text at once.

    Their distance is a lower bound of the distance of all sounds: it finds the few texts that are worth the comparison.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        said = [sounds(text) for text in texts]
        consonants = [_consonants(each) for each in said]
        self._lengths = np.array([length(each) for each in said], np.float32)
        self._counts = np.array([len(each) for each in consonants], np.intp)
        longest = max(map(len, consonants), default=0)
        self._sounds = np.zeros((longest, len(texts)), np.intp)
        for at, each in enumerate(consonants):
            self._sounds[: len(each), at] = [_KNOWN.index(sound) for sound in each]

    def alike(self, text: str, minimum: npt.NDArray[np.float32], slack: npt.NDArray[np.float32]) -> Sequence[int]:
        """The numbers of the texts whose likeness to `text` may be at least `minimum`, one for each of them.

        `slack` is how much closer each may be than its sounds tell.
        """
        said = sounds(text)
        inserted = _DELETED[self._sounds]
        rows = np.zeros((len(self._sounds) + 1, len(self._counts)), np.float32)
        rows[1:] = np.cumsum(inserted, axis=0)
        for sound in _consonants(said):
            number = _KNOWN.index(sound)
            replaced, deleted = _REPLACED[number][self._sounds], _DELETED[number]
            fresh = rows + deleted
            np.minimum(fresh[1:], rows[:-1] + replaced, out=fresh[1:])
            for at in range(len(inserted)):
                np.minimum(fresh[at + 1], fresh[at] + inserted[at], out=fresh[at + 1])
            rows = fresh
        apart = rows[self._counts, np.arange(len(self._counts))] - slack
        return [
            int(at)
            for at in np.flatnonzero(apart <= (1 - minimum) * np.maximum(self._lengths, length(said)) + _EPSILON)
        ]


_EPSILON: Final = 1e-3
"""For the rounding of sums."""


def _consonants(said: Sounds) -> str:
    return "".join(sound for sound in said if sound not in _LEFT_OUT)


def _cost(sound: str) -> float:
    return _VOWEL if sound in _VOWELS else _FAINT_ONE if sound in _FAINT else _CONSONANT


@functools.cache
def _apart(sound: str, other: str) -> float:
    if sound == other:
        return 0.0
    alike = _ALIKE.get(frozenset((sound, other)))
    if alike is not None:
        return alike
    vowels = (sound in _VOWELS) + (other in _VOWELS)
    return (_OTHER_CONSONANT, _OTHER_KIND, _OTHER_VOWEL)[vowels]


_KNOWN: Final = "bdfghjklmnpqrstvxzCSTJNZc"
"""The consonants that the rules yield, and those that they may leave as they are."""

_DELETED: Final = np.array(
    [min(_cost(sound), *(_apart(sound, other) for other in sorted(_LEFT_OUT))) for sound in _KNOWN], np.float32
)
_REPLACED: Final = np.array([[_apart(sound, other) for other in _KNOWN] for sound in _KNOWN], np.float32)


def _word(word: str) -> str:
    if word.isdigit():
        return _DIGITS[word]
    if word in _LETTERS:
        return _LETTERS[word]
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("'", "")
