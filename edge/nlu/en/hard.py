"""Puzzles, plans and arguments, by their form: more than a small model can do. Pure patterns."""

import re
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern

_BEFORE = r"(?:(?:please|hey|so|um|okay|ok|can you|could you|would you|will you|i want you to|i need you to)[ ,]+)*"
_WEIGHED = r"(?:compare|weigh up|analy[sz]e|outline|argue|discuss|debate|think (?:through|about))"
_MADE = r"(?:draft|organi[sz]e|draw up|design|plan|make|create|set up)"
_SCHEME = r"(?:plan|rota|schedule|timetable|itinerary|strategy|budget|curriculum|comparison|proof|trip|route|week|diet)"
_ASKS_FOR_THOUGHT: Final = LazyPattern(
    rf"{_BEFORE}(?:{_WEIGHED} (?!prices?\b)(?:\S+ ){{4}}|(?:{_MADE}|write) (?:\S+ ){{1,4}}?{_SCHEME}\b(?= \S+ \S+)"
    r"|prove (?!(?:to me )?(?:that )?you)|explain step by step (?:why|how) (?!to\b)"
    r"|solve (?:this|the|a) (?:\w+ )?(?:riddle|puzzle|problem|mystery)"
    r"|(?:help me )?(?:work|figure) out (?:whether|which|if)\b"
    r"|help (?:me|us) (?:decide|choose|think|plan|structure|prepare|arrange|organi[sz]e)\b"
    r"|what strateg(?:y|ies)\b|in (?:what|which) order\b|which order\b|put (?:these|them) in)"
    r"|.*\b(?:weigh (?:it|this|that) up|think (?:it|this|that) through|arguments? (?:for|against))\b",
    re.IGNORECASE,
)
_STORY: Final = LazyPattern(
    r"(?!(?:how|what|who|when|where|why|which|is|are|do|does|did|can|could|would|will|should|tell|explain)\b)"
    r"(?!.*\b(?:need|want|like) to know\b)"
    r"(?=.*\b(?:\d+|a couple|several|each|every|all|some|both|others|twice|identical|none)\b)"
    r"(?:.{24,}? (?:how|who|which|what|when|where|why)|if (?:all|some|every|no) .{12,}? (?:do|does|is|are|can|must)) ",
    re.IGNORECASE,
)
"""A situation with numbers or quantities, and a question about it."""
_SHORTEST: Final = 7
_SHORTEST_STORY: Final = 12
"""In words."""


def asks_for_thought(text: str) -> bool:
    """Whether a text asks for a plan, a proof, a comparison or an argument."""
    return len(text.split()) >= _SHORTEST and _ASKS_FOR_THOUGHT.match(text) is not None


def is_puzzle(text: str) -> bool:
    """Whether a text tells of a situation and asks what follows from it. Numbers in `text` are digits."""
    return len(text.split()) >= _SHORTEST_STORY and _STORY.match(text) is not None
