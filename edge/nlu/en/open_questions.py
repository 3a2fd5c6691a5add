"""Texts that a small model on the board may be asked: questions about the world, and texts to write. Pure patterns.

A small model answers "I'm home" and "is the dog inside" like anything else: with whatever comes to it. It is asked only
what it may be wrong about without saying something false about this home, this moment, or what was done.
"""

import re
from typing import Final

from edge.nlu.en.unknown_entities import ENTITY_NOUN

_POLITE: Final = re.compile(
    r"^(?:(?:please|hey|okay|ok|so|and|but|well|then|um|uh|oh|now|hello|hi|yes|no|wait|sorry)[ ,.!]+"
    r"|(?:can|could|would|will) you (?:please )?(?=tell|explain|describe|write|give|recommend|suggest|name|teach|help"
    r"|define|make up|think of|list|read|show|translate|spell|sing|recite|summari|compare|say)"
    r"|(?:can|could) you tell (?:me|us) |do you (?:happen to )?know "
    r"|tell (?:me|us) (?:in \w+ (?:\w+ )?)?(?=what|who|why|how|when|where|which|if)"
    r"|i(?:'d| would) (?:like|love) to (?:know|hear|learn) |i (?:want|need) to (?:know|hear|learn) |i wonder |any idea "
    r"|quick question[ ,:]+|question[ ,:]+)+"
)

_OF_NOW: Final = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|now|currently|at the moment|outside|lately|recently|these days|nowadays"
    r"|so far|up to date|latest|newest|most recent|upcoming|trending|current|in here|over here|around here|down here"
    r"|(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|season|time|\w+day))\b|\bhere\W*$"
)
_OURS: Final = re.compile(
    r"\b(?:i|i'm|i've|i'd|we|we're|we've|my|mine|our|ours|us|this|these|your|yours|yourself"
    r"|(?<!when )(?<!if )(?<!before )(?<!after )(?<!while )(?<!that )(?<!for )you)\b"
)
"""Persons, and what one points at; "you" may be anyone in "when you open a parachute"."""
_OF_THE_HOME: Final = re.compile(
    rf"^(?!.*\b(?:invent|discover|first|history|made of)).*\b(?:the|that|any|which|what) (?:\w+ )?(?:{ENTITY_NOUN}"
    r"|car|wi ?fi|house|room|kitchen|bedroom|bathroom|cellar|garage|garden|hall|attic|dishwasher|laundry|washing"
    r"|dinner|doorbell|alarm|timer|fridge|freezer|shower|bath)s?"
    r"(?: (?:been|on|off|open|opened|closed|locked|set|left|last|running|ready|done|finished|now|doing|to|at))*$"
)
_REFERS: Final = re.compile(
    r"\b(?:it|that|he|she|they|them|him|her|one|there|true|what)\W*$"
    r"|\b(?:does|did|do|was|were|has|can) (?:it|he|she|they) (?!mean|take|feel|cost|hurt|matter|come|help|work|make)\w"
)
"""Without a conversation, nothing is meant by these."""

_ADVICE: Final = re.compile(
    r"(?:how (?:(?:long|much|many|often|hot|thick|big|far|soon) )?(?:do|can|could|should|would|might|must)|how to"
    r"|what (?:can|should|could|would|might) (?:i|we|you|one)"
    r"|what do (?:i|we|you|one) (?:do|call|say|use|need|eat|put|wear)"
    r"|(?:what|which) \w+ (?:can|should|could|would|do) (?:i|we|you)"
    r"|where (?:can|should|could) (?:i|we|you)|where do (?:i|we|you) (?:find|get|buy|put|start|look|go)"
    r"|when (?:should|can|do) (?:i|we|you)|(?:should|can|could|may|must) (?:i|we|one)|why [\w']+ \w+)\b"
)
"""How questions begin in which the speaker's user may appear."""
_OF_THE_WORLD = (
    r"the (?:earth|moon|sun|sea|sky|ocean|world|universe|internet|human|heart|brain|pope|king|queen|romans?|chinese"
    r"|english|french|germans?|greeks?|egyptians?|whale|titanic|bible|pyramids|planets?|stars?)\b"
)
_JUDGED = (
    r"it (?:safe|bad|healthy|unhealthy|ok|okay|good|possible|true|legal|illegal|rude|better|worse|dangerous|easy|hard"
    r"|normal|necessary|worth|hurt|cheaper|useful|wise|common|polite|wrong|right) (?:to|that|for|if|when)\b"
)
_DONE = (
    r"(?:ready|done|finished|home|here|in|on|off|open|closed|free|busy|awake|asleep|coming|going|back|late|early|up"
    r"|down|over|out|full|empty|running|working|served|called|arrived|gone|left|outside|inside|clean|dry|sick)"
)
_QUESTION: Final = re.compile(
    r"how come \w+ \w+|how (?:\w+ ){1,3}(?:is|are|was|were|does|do|work|works|form|forms|makes?|got)\b"
    r"|how (?:do|does|did|can|could|would|should|might|are|is|was|were|many|much|far|tall|long|big|deep|old|fast|hot"
    r"|high|heavy|often|large|small|wide|strong|loud|cold|quickly|common|dangerous|smart|intelligent|rare|hard|easy"
    r"|expensive|has|have|'s) \w+"
    r"|(?:what|which|who(?:m|se)?|where|when)(?:'s)? \S+"
    r"|(?:on|in|to|for|from|at|of|by|with|about) (?:what|which|whom|whose) \w+"
    rf"|(?:is|are|was|were|do|does|did|can|could|should|would)(?!.* {_DONE}$) (?:an? |all |most |some |many "
    rf"|there (?:really |any |life |such |more )|{_OF_THE_WORLD}|{_JUDGED}"
    r"|(?!(?:the|it|that|this|there|he|she|they|any\w*|some\w*|every\w*|no ?one|nobody|you|i|we|my|our|his|her)\b)"
    r"\w+ \w)"
)
"""Questions about the world. Of questions for yes or no, those about things in general: not "is the washing done"."""
_ASIDE: Final = re.compile(
    r"\w,? (?:what|who|why|how|which|where) (?:is|are|does|do|did|was|were|fast|far|many|much|to)\b"
    r"|(?<!guess) (?:what|who|whom|where|why|how)\W*$|, (?:is|are|was|were|does|do|did) (?:it|that|they|there) "
    r"|\w,? (?:who|what) \w+ it$|\w (?:at|in|of|from|is) (?:what|which) \w+"
)
"""The question of a text that begins with its subject: "dim sum is what", "set theory, what is it"."""

_TEXTS = (
    "stor(?:y|ies)|tales?|poems?|songs?|rhymes?|limericks?|haikus?|riddles?|quiz(?:zes)?|sentences?|words?|names?"
    "|nicknames?|titles?|facts?|ideas?|tips?|hints?|examples?|reasons?|recipes?|lists?|synonyms?|antonyms?|quotes?"
    "|summar(?:y|ies)|questions?|advice|explanations?|definitions?|topics?|outlines?|overviews?|descriptions?|plans?"
    "|compliments?|jokes? about|arguments?|instructions|suggestions?|recommendations?|toasts?|speech(?:es)?|letters?"
    "|puns?|proverbs?|inspiration|motivation"
)
_WRITE: Final = re.compile(
    r"(?:tell (?:me |us )?(?:an? \w+|another|some\w*|about|more about|how|why"
    r"|the (?:story|tale|history|difference|meaning|legend|rules))"
    rf"|(?:make|give|find|write) (?:me |us )?(?:\w+ ){{0,3}}?(?:{_TEXTS})"
    r"|explain|describe|define|compare|summari[sz]e|list|name|write|compose|draft|make up|invent|recite|translate|spell"
    r"|recommend|suggest|teach|read (?:me |us )?(?:an?|some) (?:poem|story|tale)"
    r"|help (?:me|us) (?:with|to|fall|sleep|relax|understand|write|think|learn|find)|show (?:me|us) how"
    r"|let's (?:play|talk|discuss)|talk (?:about|to me about)|set (?:me |us )?a riddle|ask me|quiz me|think of|imagine"
    r"|pretend|say something|play (?:a|twenty|with)|continue the|finish the|rhyme|plan (?:a|an|my|our)|sing|entertain"
    r"|inspire|motivate|cheer)\b"
)
_NOUNS: Final = re.compile(
    r"\b(?:recipes?|ideas?|tips|advice|facts?|synonyms?|instructions|suggestions?|recommendations|definition|meaning"
    r"|poem|story|riddle|haiku|limerick|essay|fairy tale|lyrics|jokes? about)\b"
    r"|\b(?:capital|population|author|inventor|president|height|distance|volume|area|speed|size"
    r"|history|currency|colou?r|name|opposite|plural|symptoms|causes|benefits|rules) of (?!.*\b(?:i|we|my|our)\b)"
)

_ASKS: Final = re.compile(
    r"(?:what|who|whose|which|where|when|why|how|is|are|was|were|am|do (?:i|you|we|they|\w+s\b)|does|did|has|have|had"
    r"|will|would|can|could|should|may|isn't|aren't|doesn't|don't (?:you|i|we|they)|didn't|won't)(?:'s|'re|'ll|'d)?\b"
)
_CONTINUES: Final = re.compile(
    r"(?:and|but|so|because|what about|how about|really|more|another|go on|continue|tell me more|keep going|say more"
    r"|in what|explain|shorter|longer|simpler|in short|for example|like what|one more|why|how so|how come|who|where"
    r"|the (?:first|second|third|last|next) one"
    r"|(?:is|was|does|did|can|has|are|were|do|what|who|how|when|where|why|which)\b.* (?:it|that|he|she|they|them|him"
    r"|her))\b"
)
_MOST_WORDS = 6
"""Of a text that goes on with an answer."""


def not_open(text: str, *, chatting: bool) -> str | None:
    """Why a small model is not asked this text, a word of `Replies.unsupported`; None: it is open.

    "unknown" for a question that is not about the world, "unclear" for what is no question. After an answer of a model
    (`chatting`), short questions go on with it.
    """
    asked = text.casefold().replace("\u2019", "'").strip(" .!?,;:")
    if chatting and _goes_on(asked):
        return None
    asked = _POLITE.sub("", asked)
    if _is_open(asked):
        return None
    return "unknown" if text.rstrip().endswith("?") or _ASKS.match(asked) else "unclear"


def _goes_on(asked: str) -> bool:
    if len(asked.split()) > _MOST_WORDS or _OF_NOW.search(asked) or _OURS.search(asked) or _OF_THE_HOME.search(asked):
        return False
    return _CONTINUES.match(asked) is not None


def _is_open(asked: str) -> bool:
    if " " not in asked:
        return False
    if _WRITE.match(asked) or _NOUNS.search(asked):
        return True
    if _ADVICE.match(asked):
        return _REFERS.search(asked) is None
    if _OF_NOW.search(asked) or _OURS.search(asked) or _OF_THE_HOME.search(asked):
        return False
    return _ASIDE.search(asked) is not None or (_QUESTION.match(asked) is not None and _REFERS.search(asked) is None)
