"""Texts that go on with an answer of a model: "and why", "tell me more", "what does it eat". Pure patterns."""

import re
from typing import Final

_MOST_WORDS: Final = 6

_OF_NOW: Final = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|now|currently|at the moment|outside|lately|recently|these days|nowadays"
    r"|(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|season|time|\w+day))\b|\bhere\W*$"
)
_OURS: Final = re.compile(r"\b(?:i|i'm|i've|i'd|we|we're|we've|my|mine|our|ours|us|this|these|your|yours|you)\b")
_CONTINUES: Final = re.compile(
    r"(?:and|but|so|because|what about|how about|really|more|another|go on|continue|tell me more|keep going|say more"
    r"|in what|explain|shorter|longer|simpler|in short|for example|like what|one more|why|how so|how come|who|where"
    r"|the (?:first|second|third|last|next) one"
    r"|(?:is|was|does|did|can|has|are|were|do|what|who|how|when|where|why|which)\b.* (?:it|that|he|she|they|them|him"
    r"|her))\b"
)


def goes_on(text: str) -> bool:
    """Whether a text that follows an answer of a model is likely to be about it."""
    asked = text.casefold().replace("\u2019", "'").strip(" .!?,;:")
    if len(asked.split()) > _MOST_WORDS or _OF_NOW.search(asked) or _OURS.search(asked):
        return False
    return _CONTINUES.match(asked) is not None
