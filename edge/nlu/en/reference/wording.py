"""One spelling for names and questions, so that what is asked finds what is in a table or a reference work. Pure."""

import re
from typing import Final

from edge.nlu.en.numbers import words_to_digits
from edge.runtime.folding import folded

MAX_CHARS: Final = 200
"""Longer texts are no questions for a reference work."""

_SAME: Final = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh",
    "8th": "eighth", "9th": "ninth", "10th": "tenth", "16th": "sixteenth",
    "biggest": "largest", "greatest": "largest", "tallest": "highest", "closest": "nearest", "furthest": "farthest",
    "quickest": "fastest", "tiniest": "smallest", "color": "colour", "colors": "colours", "colored": "coloured",
    "grey": "gray", "center": "centre", "ii": "2", "saint": "st", "doctor": "dr", "mister": "mr", "mt": "mount",
    "toward": "towards", "usa": "united states", "eu": "european union",
}  # fmt: skip
_ARTICLES: Final = frozenset({"a", "an", "the"})
_WORLD_WAR: Final = re.compile(r"\b(?:(?P<first>first world war|world war i|wwi|ww1)|second world war|wwii|ww2)\b")
_ANYWAY: Final = re.compile(
    r"(?P<kept>.*\b(?:\w{2,}est|most|only|1st|first)\b.*?)"
    r" (?:(?:in|on|of|across) (?:our |whole |entire |this )*(?:world|earth|planet|globe|sea|ocean)|ever|in history"
    r"|of all time)"
)
"""What a superlative means anyway."""

_IRREGULAR: Final = {
    "geese": "goose", "mice": "mouse", "men": "man", "women": "woman", "children": "child", "oxen": "ox",
    "gas": "gas", "gases": "gas", "series": "series", "species": "species", "lens": "lens",
    "people": "person", "feet": "foot", "toes": "toe", "teeth": "tooth", "dice": "die", "wolves": "wolf",
    "calves": "calf",
}  # fmt: skip
_MANY: Final = {
    **{one: many for many, one in _IRREGULAR.items()}, "fish": "fish", "sheep": "sheep", "deer": "deer",
    "person": "people", "series": "series", "species": "species",
}  # fmt: skip
_PLURALS: Final = (
    ("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"),
    ("toes", "to"), ("noes", "no"), ("goes", "go"), ("does", "do"), ("roes", "ro"),
)  # fmt: skip


_VERBS: Final = {**dict.fromkeys(("is", "are", "was", "were"), "be"), **dict.fromkeys(("does", "did"), "do")}
"""One form for verbs of questions that claim something."""
_HEDGES: Final = frozenset({
    "really", "actually", "technically", "considered", "ever", "still", "all", "any", "type", "kind", "sort", "of",
    "truly", "generally", "usually", "normally", "counted", "as", "classified", "classed",
})  # fmt: skip
"""Words without which such a question claims the same."""

_OF_FORM: Final = frozenset({
    "is", "are", "was", "were", "be", "do", "does", "did", "to", "look", "looks", "appear", "appears", "seem", "seems",
    "so", "that", "my", "our", "your", "exactly", "actually",
})  # fmt: skip
"""Words without which the same is to be explained."""
_ANYBODY: Final = {
    **dict.fromkeys(("we", "you", "i", "us", "me", "humans", "someone", "somebody"), "people"),
    **dict.fromkeys(("cannot", "cant", "dont", "doesnt", "isnt", "arent", "shouldnt", "should"), "not"),
}
_LEAVES: Final = {"leave": "leaf"}


def key(text: str) -> str:
    """The spelling under which a name is kept: folded, without articles, with one word for what is the same."""
    plain = (word.removesuffix("'s").replace("'", "") for word in folded(text).split())
    words = (_SAME.get(word, word) for word in words_to_digits(list(plain)))
    kept = " ".join(word for word in words if word not in _ARTICLES)
    kept = _WORLD_WAR.sub(lambda found: f"world war {1 if found['first'] else 2}", kept)
    return found["kept"] if (found := _ANYWAY.fullmatch(kept)) is not None else kept


def with_capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def singular(words: str) -> str:
    """Words whose last one is a plural, as one: "red foxes" is "red fox". Other words may come out changed."""
    *before, last = words.split(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif ending := next(((plural, one) for plural, one in _PLURALS if last.endswith(plural)), None):
        last = last.removesuffix(ending[0]) + ending[1]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return " ".join([*before, last])


def plural(noun: str) -> str:
    """A noun in the plural, by the rules and the commonest exceptions."""
    *before, last = noun.split(" ")
    if last in _MANY:
        last = _MANY[last]
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    else:
        last += "s"
    return " ".join([*before, last])


def an(noun: str) -> str:
    """A noun with its indefinite article: "an insect", "a US state"."""
    return f"{'an' if noun[0] in 'aeiouAEIO' else 'a'} {noun}"


def as_stated(question: str) -> str:
    """The spelling under which the table of statements keeps a question: "are tomatoes fruits" is "be tomato fruit"."""
    words = [_VERBS.get(it, it) for it in key(question).split() if it not in _HEDGES]
    return " ".join(singular(it) for it in words)


def as_reason(question: str) -> str:
    """The spelling under which the table of reasons keeps what is explained, and what a question for it asks of.

    "do we yawn" and "people yawn" are "person yawn", "can't dogs swim" and "dogs don't swim" are "not dog swim".
    """
    words = [_ANYBODY.get(it, it) for it in key(question).split() if it not in _OF_FORM]
    denied = ["not"] if "not" in words else []
    return " ".join([*denied, *(_LEAVES.get(one := singular(it), one) for it in words if it != "not")])
