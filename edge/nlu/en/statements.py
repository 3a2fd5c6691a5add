"""What users tell of themselves and their day without asking anything: "I had a rough day". Pure patterns."""

import re
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern

BAD_NEWS: Final = LazyPattern(
    r"\b(?:i|i'm|i've|i'd|my|we|we're|we've|our|me|today|work|it)\b.*\b(?:rubbish|bad|awful|terrible|horrible|rough"
    r"|hard|tough|worst|worse|lousy|miserable|sad|upset|lonely|stressed|anxious|ill|sick|fed up|died|dead|lost|broken?"
    r"|failed|sacked|fired|dumped|divorced?|hurts?|aches?|sore|crying|cried|cancer|funeral|exhausted|headache|tired"
    r"|passed away|bored|stolen|scared|afraid|worried|angry|in pain)\b",
    re.IGNORECASE,
)

_TOLD: Final = LazyPattern(
    r"(?:(?:well|oh|so|ah|um|and|hey|you know)[ ,]+)*"
    r"(?:i(?:'m|'ve|'d)?|we(?:'re|'ve|'d)?|my (?:\w+ ){0,2}\w+|our (?:\w+ )?\w+|today|yesterday|work|it) (?!please\b)"
    r"(?:just |really |so |finally |have |has |had |been |never |also |always |already )*"
    r"(?:\w+ed|am|are|is|was|were|did|had|got|went|feel|felt|won|lost|broke|hurts?|aches?|ate|ran|came|saw|slept|met|made|left|bought"
    r"|found|fell|cut|hate|love|like|live|work|(?<='m )\w+|(?<='re )\w+|(?<='ve )\w+|(?<=am )\w+|(?<=so )\w+)\b",
    re.IGNORECASE,
)
_ASKS: Final = LazyPattern(
    r"\?|\b(?:what|who|where|when|why|which|how|whether|can you|could you|would you|will you|should i|do i|am i|is it"
    r"|is there|do you|tell me|help|remind|please|need|want|wonder|wish|would like|looking for|trying to"
    r"|supposed to)\b",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 16
"""In a longer text, something may be asked in words that are not known here."""


def statement(text: str) -> str | None:
    """The word of `Replies.unsupported` for a text that tells of its speaker and asks nothing; None for others."""
    text = text.replace("\u2019", "'")
    if len(text.split()) > _MOST_WORDS or _ASKS.search(text) or _TOLD.match(text) is None:
        return None
    return "bad-news" if BAD_NEWS.search(text) else "statement"
