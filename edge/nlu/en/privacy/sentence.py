"""A sentence as the rules of private matters read it: plain words, contractions apart, and who it is about. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.privacy.words import BARE_RELATIVE, FIRST_PERSON, POSSESSIVES, RELATIVE, THIRD_PERSON, WORDS
from edge.nlu.en.signs import SIGNS

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[a-z]+)?|[$\u20ac\u00a3]")
_CONTRACTIONS: Final = {
    "i'm": "i am", "i've": "i have", "i'd": "i would", "i'll": "i will", "we're": "we are", "we've": "we have",
    "he's": "he is", "she's": "she is", "it's": "it is", "they're": "they are", "can't": "can not", "cannot": "can not",
    "won't": "will not", "what's": "what is", "im": "i am", "ive": "i have", "dont": "do not", "cant": "can not",
    "whats": "what is", "wont": "will not", "gonna": "going to", "hows": "how is", "how's": "how is", "wi": "wifi",
}  # fmt: skip
_FRAMES: Final = re.compile(
    r"\b(?:(?:tell|give|show|teach|remind|read|ask|find|get|play|let|help) (?:me|us)|explain (?:it )?to me"
    r"|(?:i|we) (?:am|are|was) (?:curious|wondering|reading|writing|studying|learning|interested|researching|watching)"
    r"|(?:i|we) (?:want|would like|need|like|love|wish) to (?:know|learn|understand|hear|read|watch|listen)"
    r"|(?:i|we) (?:wonder|wondered|heard|read|saw)|(?:can|could|may) i (?:ask|know|hear)|dying to"
    r"|how (?:do|can|should|would) i (?:spell|say|pronounce)|(?:get|have) (?:the|a) (?:definition|meaning|recipe)"
    r"|write (?:me )?(?:a|an) (?:\w+ )?(?:story|poem|song|limerick|play) about (?!.*\b(?:my|our|i|we|me)\b).*"
    r"|do you (?:know|think|have)|for my (?:essay|homework|class|exam|presentation|book|novel|report|blog|story|quiz)"
    r"|(?:why|how|when|what|where) (?:do|did|can|should) we"
    r"|what (?:do|did|can|should|would) we call)\b"
)
"""Words with "me" or "I" that ask for something and tell nothing about the person."""
_IDIOMS: Final = LazyPattern(
    r"\b(?:dying (?:for|to)|lends? (?:me |us |you )?a hand|owes? (?:you|me|us|my \w+|him|her|them|a \w+) (?:one\b"
    r"|(?:a|an) (?:letter|favou?r|call|visit|drink|answer|story|postcard|reply|game|song|apology|explanation))"
    r"|strokes? (?:him|her|it|them|my|the)|appetite for|scared of (?:spiders|heights|sharks|ghosts|snakes|thunder)"
    r"|can not stop (?:humming|singing|laughing|smiling|reading|watching|listening|playing|dancing|whistling"
    r"|thinking about|talking about)|(?:sick|tired) (?:and tired )?of(?! (?:life|living|being|it all|everything)))\b"
)
"""What means no illness, death or debt."""
_SHORTEST_STEM: Final = 3
_WHOLE: Final = frozenset({"scared", "does", "goes"})
"""Words that are no forms of what they look like: of "scar", "doe"."""
_PETS: Final = WORDS["sentence_pets"]
_THINGS: Final = WORDS["sentence_things"]
"""What is owned and is no person: the health of a dog or of a computer is none of the classes."""


@dataclass(frozen=True)
class Sentence:
    """A text in lower case without punctuation, `words` with contractions apart ("i'm" is "i", "am")."""

    words: tuple[str, ...]

    @cached_property
    def plain(self) -> str:
        """The words with single blanks, and one at both ends."""
        return f" {' '.join(self.words)} "

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The words without those that only ask for an answer ("tell me", "I want to know")."""
        return tuple(_FRAMES.sub(" ", self.plain).split())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The told words, and what they may be forms of: "coughing" is "coughing", "cough", "coughe"."""
        return frozenset(stem for word in self.told for stem in _stems(word))

    @cached_property
    def says_i(self) -> bool:
        """Whether it tells of "I", "we" or anything that is "mine"."""
        return not (FIRST_PERSON | POSSESSIVES).isdisjoint(self.told)

    @cached_property
    def about_user(self) -> bool:
        """Whether it tells of the user: "I", "we", "my" something that is a person's."""
        words = self.told
        if not FIRST_PERSON.isdisjoint(words):
            return True
        return any(word in POSSESSIVES and _THINGS.isdisjoint(words[at + 1 : at + 3]) for at, word in enumerate(words))

    @cached_property
    def has_pet(self) -> bool:
        """Whether it names an animal of the home, which "he" or "her" may mean."""
        return not _PETS.isdisjoint(self.words)

    @cached_property
    def about_person(self) -> bool:
        """Whether it is about the user or a person around: "my father", "she", "grandma"."""
        return self.about_user or self.has_person

    @cached_property
    def has_person(self) -> bool:
        """Whether a person is in it: "I", "she", "grandma", "my father", and not only something that is "mine"."""
        persons = FIRST_PERSON | BARE_RELATIVE | (frozenset() if self.has_pet else THIRD_PERSON)
        return self.has_relative or not persons.isdisjoint(self.told)

    @cached_property
    def has_relative(self) -> bool:
        """Whether it names a relative, a friend or a neighbour of a person: "our neighbour"."""
        owned = POSSESSIVES | {"his", "her", "their"}
        return any(
            word in RELATIVE and not owned.isdisjoint(self.told[max(0, at - 3) : at])
            for at, word in enumerate(self.told)
        )

    def owns(self, things: frozenset[str], *, owners: frozenset[str] = POSSESSIVES, distance: int = 3) -> bool:
        """Whether a word of `things` follows one of `owners` ("my old mortgage")."""
        words = self.words
        return any(
            word in things and not owners.isdisjoint(words[max(0, at - distance) : at]) for at, word in enumerate(words)
        )


def _stems(word: str) -> Iterator[str]:
    """A word, and its forms without an ending."""
    yield word
    if word in _WHOLE:
        return
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", ""), ("ing", "")):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            yield word[: -len(ending)] + instead
    if word.endswith("ing") and len(word) > len("ing") + _SHORTEST_STEM:
        yield word[:-3] + "e"
        if word[-4] == word[-5]:
            yield word[:-4]


def either(*phrases: str) -> LazyPattern:
    """A pattern that finds one of the phrases, regular expressions of whole words, in `Sentence.plain`."""
    return LazyPattern(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def sentence_of(text: str) -> Sentence:
    """Read a text."""
    words: list[str] = []
    for word in _WORD.findall(text.translate(SIGNS).casefold()):
        if word in _CONTRACTIONS:
            words += _CONTRACTIONS[word].split()
        elif word.endswith("n't"):
            words += [word[:-3], "not"]
        elif "'" in word:
            stem, _, ending = word.partition("'")
            words += [stem] if ending == "s" else [stem, {"re": "are", "ve": "have", "ll": "will"}.get(ending, ending)]
        else:
            words.append(word)
    return Sentence(tuple(_IDIOMS.compiled.sub(" ", " ".join(words)).split()))
