"""Estimates from its words how complete an utterance is: will the user say more? Pure.

It depends on the kind of text: of 217 pauses inside sentences that were read aloud, one in twenty followed a seeming
question, half followed a full stop (the recogniser ends a sentence at every pause), and a fifth followed a word that
cannot be the last one.
"""

import re

from edge.events import Intent, Transcript
from edge.nlu.en.numbers import is_number_word

STATEMENT = 0.5
COMMA = 0.4
LACKING = 0.0
"""The completeness of a command without a part that people usually say ..."""
PERHAPS_LACKING = 0.45
"""... and of one without a part that many people omit."""

_QUESTION = re.compile(
    r"(?:please |hey |so |and |okay |ok )*"
    r"(?:what|who|whose|when|where|why|how|which|is|are|was|were|do|does|did|can|could|will|would|should|has|have|"
    r"tell|explain|describe|define|name|give|list|write|translate|recommend|suggest|teach|help|let's|spell|calculate|"
    r"compare|sing|say|read)\b",
    re.IGNORECASE,
)
"""Beginnings of questions and requests to an assistant, which are rare in stories and conversations."""

_HANGING = frozenset(
    """
    a about after am an and any are as at because before between but by can could do does each every for from had has
    have how i if in into is it's its my no not of on onto or our over per set should so some than that that's the their
    there's these this those through to turn under until very was were what what's when where which while who why will
    with without would your
    """.split()  # noqa: SIM905 - more readable than a list of strings
)
"""Words that rarely end an utterance."""

_ALONE = frozenset({"EdgeStop", "HassNevermind", "EdgeThanks"})
"""Commands of one word: a user who says "stop" does not want to wait."""
_NOT_UNDERSTOOD = "EdgeNotUnderstood"
"""What a text was only taken for: "turn on the kitchen light and" goes on..."""
_UNSUPPORTED = "EdgeUnsupported"
"""... and so does "call my"."""
_BEGINS_MORE = frozenset({"cancel", "okay", "ok", "alright", "all", "fine", "i", "understood"})
"""Exceptions: words that usually begin a longer command ("cancel the timer", "okay, turn on the light")."""
_QUOTES = " '\"\u2018\u2019\u201c\u201d"
"""The recogniser puts some questions in quotation marks."""
_TIMERS = frozenset({"EdgeChangeTimer", "HassStartTimer", "HassIncreaseTimer", "HassDecreaseTimer"})
_MOMENTS = frozenset({"hour", "hours", "minutes", "seconds"})


def completeness(said: Transcript, intent: Intent | None = None) -> float:
    """How complete the utterance is: 1 for a complete command or question, 0 if its last word needs another.

    `intent` is the command found in a text without a grammar match; of several commands the last one counts.
    """
    sentence = said.text
    if said.match is not None:
        intent, sentence = said.match.intent, said.match.sentence
    if intent is not None and intent.then:
        intent = intent.then[-1]
    if intent is None or intent.name == _NOT_UNDERSTOOD:
        return _text(said.text)
    words = re.findall(r"[\w']+", sentence.casefold())
    if intent.name == _UNSUPPORTED and words and words[-1] in _HANGING:
        return LACKING
    return min(_command(intent, words), _intonation(said.text))


def _intonation(text: str) -> float:
    """How complete a command sounds. Without falling intonation, the recogniser writes a comma or no punctuation.

    After 216 complete commands it wrote 10 commas and twice no punctuation; after 76 incomplete ones, 21 and 15.
    """
    text = text.strip(_QUOTES)
    if text.endswith(","):
        return PERHAPS_LACKING
    writes_sentences = text != text.casefold()  # some recognisers write neither capitals nor punctuation
    return LACKING if writes_sentences and text[-1] not in ".?!" else 1.0


def _text(text: str) -> float:
    text = text.strip(_QUOTES)
    words = re.findall(r"[a-z']+", text.casefold())
    if not words or text[-1] not in ".?!,":
        return 0.0
    asks = _QUESTION.match(text) is not None
    if words[-1] in _HANGING and not (asks and text[-1] == "?" and len(words) > 3):  # noqa: PLR2004 - "what is it for?"
        return 0.0
    if text[-1] == "?" or (asks and text[-1] in ".!"):
        return 1.0
    return STATEMENT if text[-1] in ".!" else COMMA


def _command(intent: Intent, words: list[str]) -> float:
    """Less than 1 if people often say more: "turn off the lights" (in the kitchen), "for an hour" (and a half)."""
    if not words or (intent.name in _ALONE and words[0] not in _BEGINS_MORE):
        return 1.0
    if _lacks(intent, words):
        return LACKING
    return PERHAPS_LACKING if _perhaps_lacks(intent, words) else 1.0


def _lacks(intent: Intent, words: list[str]) -> bool:
    slots = intent.slots
    return (
        len(words) == 1
        or (len(words) == 2 and words[0] in {"what", "which"})  # noqa: PLR2004 - "which timers"
        or is_number_word(words[-1])  # a unit may follow, or a further digit
        or (intent.name in _TIMERS and "minutes" not in slots and "seconds" not in slots)
        or (intent.name == "HassDecreaseTimer" and words[-1] == "off")  # "take two minutes off" (the pasta timer)
        or (intent.name == "EdgeSetAlarm" and "hour" not in slots)
        or (intent.name == "EdgeSetReminder" and not _MOMENTS & slots.keys())
        or (intent.name == "EdgeChangeAlarm" and not (_MOMENTS | {"day"}) & slots.keys())
    )


def _perhaps_lacks(intent: Intent, words: list[str]) -> bool:
    slots = intent.slots
    if intent.name == "EdgeSetAlarm":
        return "day" not in slots
    if "name" in slots or not ("domain" in slots or "device_class" in slots):
        return False
    place = str(slots.get("area") or slots.get("floor") or "")
    # An area that was not spoken is filled in: it is in the slots, but not in the words.
    return not place or not set(place.casefold().split()) <= set(words)
