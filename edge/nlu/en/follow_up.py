"""Texts that mean something only in their context: answers to a question, and corrections of the last command. Pure.

"The kitchen one", "ten minutes", "yes" answer a question; "make it twelve", "cancel that", "no, the other one" refer to
the last command. Most become a whole sentence that the recogniser of commands reads.
"""

import re
from collections.abc import Sequence

from edge.events import Context, Intent, PendingQuestion
from edge.nlu import Understand
from edge.nlu.en.corrections import NUMBER, NUMBER_SLOTS, correction, number_of, takes_back
from edge.nlu.en.normalise import normalise
from edge.nlu.en.same_thing import about_the_same, names_its_own
from edge.nlu.en.schedule_follow_up import CANCELS, ORDINALS, with_slots
from edge.nlu.en.sequences import pieces
from edge.nlu.en.spoken_code import spoken_code
from edge.nlu.en.strip_phrases import strip_filler

Choices = Sequence[tuple[str, Intent]]

_SWITCHES = frozenset({"HassTurnOff", "HassTurnOn", "HassLightSet", "HassSetPosition", "HassFanSetSpeed"})
"""Commands that may be meant for all of the things that were offered."""

NEVERMIND = Intent("HassNevermind")
DECLINED = Intent("HassNevermind", {"declined": 1})

_ALL = (
    r"(?:(?:cancel|delete|remove|clear) )?(?:them|all|everything|both"
    r"|all of (?:them|it)|both of them|them all|the lot)"
)
_YES = re.compile(
    r"(?:yes|yeah|yep|yup|sure|of course|okay|ok|correct|right|exactly"
    r"|do it|do that|go ahead|i am|i'm sure|please do"
    rf"|please|absolutely|definitely|certainly|{_ALL})"
    rf"(?: (?:please|sure|do it|do that|go ahead|i am|i'm sure|of course|yes|{_ALL}))*"
)
_NO = re.compile(
    r"(?:no|no way|nope|nah|none|neither|never|stop|hang on|hold on|don't|do not|cancel|forget "
    r"it|nothing|never ?mind|better not|not really"
    r"|rather not|i'd rather not|wait|keep (?:them|it|both|all)|leave (?:them|it))"
    r"(?: (?:no|no way|thanks|thank you|of (?:them|those|these)|do it|do that|don't|never ?mind|it|that|please|keep"
    r"|keep (?:them|it|both|all)|leave|them|all of them|as (?:it is|they are)))*"
)
_BOTH = re.compile(r"\b(?:both|them|all of (?:them|those)|everything again)\b")
_ALL_CHOICES = re.compile(
    r"(?:both|all|every one|all (?:of )?(?:them|those)|both of (?:them"
    r"|those)|both(?: please)?|them all|the lot|everything)(?: please)?"
)
_CANCEL_ONLY = re.compile(r"(?:no )?(?:(?:only|just) )?(?:(?:cancel|delete|remove|clear) )?(?:(?:only|just) )?")
"""Around the one that is chosen to be cancelled: "just delete the first one"."""
_ORDINAL = re.compile(rf"(?:the |number |the number )?(?P<which>{'|'.join(ORDINALS)})(?: (?:one|1))?")
_THE_ONE = re.compile(r"(?<=\S) (?:1|ones)(?= |$)")
"""Normalised: "the pasta one" is "the pasta 1"."""
_NO_CONTENT = frozenset(
    "a about an and at called for i in it mean meant my of on one ones please that the this to want".split()  # noqa: SIM905 - more readable than a list of strings
)
_UNIT = re.compile(r"(?:hour|minute|second)s?")
_OTHER = re.compile(r"(?:no |sorry |wait |i (?:meant?|said) |not that(?: one)? )*the other(?: one| 1)?")
_LACKING = {
    "EdgeChangeAlarm": "change my alarm to",
    "EdgeSetAlarm": "set an alarm for",
    "HassStartTimer": "set a timer for",
}
"""The sentences of commands that lack their end."""


def follow_up(text: str, context: Context, command: Understand) -> Intent | None:  # noqa: PLR0911 - one return a case
    """See `Language.follow_up`."""
    said = normalise(text)
    if context.asked_since and takes_back(said):
        return Intent("EdgeUnsupported", {"what": "nothing-to-undo"})
    if context.question is None and context.last is None and not context.other_choices:
        return None
    bare = strip_filler(said)
    if context.question is not None and context.question.secret and (code := spoken_code(said)):
        return with_slots(context.question.intent, {"code": code})
    if context.question is not None and (answer := _answer(said, bare, context.question, command)) is not None:
        return answer
    if _OTHER.fullmatch(said) and len(context.other_choices) == 1:
        return context.other_choices[0][1]
    if context.other_choices and (corrects := re.fullmatch(r"(?:no|sorry|i (?:said|meant?))(?: i meant?)? (.+)", said)):
        chosen = _chosen(corrects[1], context.other_choices)
        if chosen is not None:
            return chosen
    if context.last is None or names_its_own(pieces(text), command):
        return None
    if context.also and _BOTH.search(said):
        each = [about_the_same(said, it, command) for it in (*context.also, context.last)]
        found = [it for it in each if it is not None]
        return Intent(found[0].name, found[0].slots, tuple(found[1:])) if len(found) == len(each) else None
    return correction(said, context.last, command)


def _answer(said: str, bare: str, question: PendingQuestion, command: Understand) -> Intent | None:  # noqa: PLR0911 - one return a case
    if question.confirmation or question.secret:
        if question.confirmation and _YES.fullmatch(said):
            return question.intent
        if _NO.fullmatch(said):
            return DECLINED
    elif _NO.fullmatch(said):
        return NEVERMIND
    if question.choices and question.intent.name in _SWITCHES and _ALL_CHOICES.fullmatch(said):
        first, *others = (intent for _, intent in question.choices)
        return Intent(first.name, first.slots, tuple(others))
    if question.choices:
        cancels = question.intent.name.startswith(CANCELS)
        return _chosen(_CANCEL_ONLY.sub("", bare, count=1) if cancels else bare, question.choices)
    if question.confirmation or question.secret:
        return None
    return _completed(bare, question.intent, command)


def _chosen(said: str, choices: Choices) -> Intent | None:
    """The one choice whose label has every word that tells something; or the one with that number."""
    if ordinal := _ORDINAL.fullmatch(said):
        place = ORDINALS[ordinal["which"]]
        number = ordinal["which"] if ordinal["which"].isdigit() else said  # "number 3" of "Lamp 3" and "Lamp 4"
        if len(by_label := _labelled(number, choices)) == 1:
            return by_label[0]
        if place < len(choices):
            return choices[place][1]
    found = _labelled(said, choices)
    return found[0] if len(found) == 1 else None


def _labelled(said: str, choices: Choices) -> list[Intent]:
    words = [word for word in _THE_ONE.sub("", said).split() if word not in _NO_CONTENT]
    if not words:
        return []
    exact = [intent for label, intent in choices if normalise(label) == said]
    if exact:
        return exact
    return [intent for label, intent in choices if _singular(words) <= _singular(normalise(label).split())]


def _singular(words: Sequence[str]) -> set[str]:
    return {word.removesuffix("'s").removesuffix("s") if len(word) > 3 else word for word in words}  # noqa: PLR2004 - "gas"


def _completed(said: str, intent: Intent, command: Understand) -> Intent | None:
    """`intent` with the part that it lacks."""
    slot = NUMBER_SLOTS.get(intent.name)
    if slot is not None:
        number = NUMBER.fullmatch(said)
        return None if number is None else with_slots(intent, {slot: number_of(number["number"])})
    for sentence in _sentences(said, intent):
        found = command(sentence)
        if found is not None and found.name == intent.name and found.slots.items() - intent.slots.items():
            return with_slots(found, {**intent.slots, **found.slots})
    return None


def _sentences(said: str, intent: Intent) -> list[str]:
    """Whole sentences that the answer may stand for."""
    name = intent.name
    value = re.sub(r"^(?:for|at|to|in|on) ", "", said)
    if name in _LACKING:
        unit = " minutes" if name == "HassStartTimer" and value.isdigit() else ""
        count = f"{intent.slots['count']} " if "count" in intent.slots and _UNIT.fullmatch(value) else ""
        return [f"{_LACKING[name]} {count}{value}{unit}"]
    if name == "EdgeChangeReminder":
        return [f"change my reminder {before}{value}" for before in ("to ", "to in ", "in ")]
    if name == "EdgeSetReminder":
        return _reminders(said, value, str(intent.slots.get("message", "")))
    if name in {"HassTurnOn", "HassTurnOff"}:
        side = "on" if name == "HassTurnOn" else "off"
        place = re.sub(r"^the ", "", _THE_ONE.sub("", re.sub(r"^(?:the )?(?:1|ones) in ", "", value)))
        return [f"turn {side} the {place}", f"turn {side} the {place} lights", f"turn {side} the lights in the {place}"]
    return []


def _reminders(said: str, value: str, message: str) -> list[str]:
    """Whole sentences for what a reminder is about, or for its moment."""
    if not message and said.startswith(("to ", "about ", "that ")):
        return [f"set a reminder {said}"]
    aim = message if message.startswith(("about ", "that ")) or not message else f"to {message}"
    return [f"set a reminder {before}{value} {aim}".strip() for before in ("in ", "for ", "on ", "")]
