"""How finished what was said so far is: what its words tell about whether more will come. Pure.

Nobody can know, but kinds of text differ: of 217 pauses inside sentences that were read aloud, one in twenty came
behind what looked like a question, half behind a full stop (the recogniser hears an end in every pause), and a fifth
behind a word that cannot be the last one.
"""

import re

from edge.events import Intent, Transcript

STATEMENT = 0.5
COMMA = 0.4
LACKING = 0.0
"""A command without what people usually say with it."""

_QUESTION = re.compile(
    r"(?:please |hey |so |and |okay |ok )*"
    r"(?:what|who|whose|when|where|why|how|which|is|are|was|were|do|does|did|can|could|will|would|should|has|have|"
    r"tell|explain|describe|define|name|give|list|write|translate|recommend|suggest|teach|help|let's|spell|calculate|"
    r"compare|sing|say|read)\b",
    re.IGNORECASE,
)
"""How questions and requests to an assistant begin; stories and talk seldom do."""

_HANGING = frozenset(
    """
    a about after am an and any are as at because before between but by can could do does each every for from had has
    have how i if in into is it's its my no not of on onto or our over per set should so some than that that's the their
    there's these this those through to turn under until very was were what what's when where which while who why will
    with without would your
    """.split()  # noqa: SIM905 - words are read more easily than a list of strings
)
"""Words that an utterance seldom ends with."""

_ALONE = frozenset({"EdgeStop", "HassNevermind", "EdgeThanks"})
"""Commands of one word that are meant as such: nobody who says "stop" wants to wait."""


def completeness(said: Transcript, intent: Intent | None = None) -> float:
    """How finished, 0 to 1: a command that lacks nothing and a whole question are 1, a hanging word is 0.

    `intent` is the command that a text without a match was found to be.
    """
    if said.match is not None:
        return LACKING if _lacks(said.match.intent, said.match.sentence) else 1.0
    if intent is not None:
        return LACKING if _lacks(intent, said.text) else 1.0
    return _text(said.text)


def _text(text: str) -> float:
    words = re.findall(r"[a-z']+", text.casefold())
    if not words or text[-1] not in ".?!,":
        return 0.0
    asks = _QUESTION.match(text) is not None
    if words[-1] in _HANGING and not (asks and text[-1] == "?" and len(words) > 3):  # noqa: PLR2004 - "what is it for?"
        return 0.0
    if text[-1] == "?" or (asks and text[-1] in ".!"):
        return 1.0
    return STATEMENT if text[-1] in ".!" else COMMA


def _lacks(intent: Intent, sentence: str) -> bool:
    """Whether people often say more: "turn off the lights" in the kitchen, "wake me at seven" tomorrow."""
    if intent.name in _ALONE:
        return False
    slots = intent.slots
    if intent.name == "EdgeSetAlarm":
        return "day" not in slots
    if "name" not in slots and ("domain" in slots or "device_class" in slots):
        place = str(slots.get("area") or slots.get("floor") or "")
        return not place or place.casefold() not in sentence.casefold()  # the room that nobody named is filled in
    return " " not in sentence
