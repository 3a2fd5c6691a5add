"""Texts that mean something only in their context: answers to a question, and corrections of the last command. Pure.

"The kitchen one", "ten minutes", "yes" answer a question; "make it twelve", "cancel that", "no, the other one" refer to
the last command. Most become a whole sentence that the recogniser of commands reads.
"""

import re
from collections.abc import Callable, Sequence

from edge.events import UNDO, Context, Intent, PendingQuestion, SlotValue
from edge.nlu.en.normalise import normalise
from edge.nlu.en.strip_phrases import strip_filler

Command = Callable[[str], Intent | None]
Choices = Sequence[tuple[str, Intent]]

NEVERMIND = Intent("HassNevermind")

_YES = re.compile(
    r"(?:yes|yeah|yep|yup|sure|of course|okay|ok|correct|right|exactly|do it|go ahead|i am|i'm sure|please do|please)"
    r"(?: (?:please|sure|do it|do that|go ahead|i am|i'm sure|of course))*"
)
_NO = re.compile(
    r"(?:no|nope|nah|none|neither|never|stop|don't|do not|cancel|forget it|nothing|never ?mind)"
    r"(?: (?:no|thanks|thank you|of (?:them|those|these)|do it|do that|don't|never ?mind|it|that))*"
)
_ORDINALS = {
    "first": 0, "1st": 0, "1": 0, "former": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2,
    "fourth": 3, "4th": 3, "4": 3, "fifth": 4, "5th": 4, "5": 4, "sixth": 5, "6th": 5, "6": 5,
    "last": -1, "latter": -1, "final": -1,
}  # fmt: skip
_ORDINAL = re.compile(rf"(?:the |number |the number )?(?P<which>{'|'.join(_ORDINALS)})(?: (?:one|1))?")
_THE_ONE = re.compile(r"(?<=\S) (?:1|ones)(?= |$)")
"""Normalised: "the pasta one" is "the pasta 1"."""
_NO_CONTENT = frozenset("a an and at for i in it mean meant my of on one ones please that the this to want".split())  # noqa: SIM905
_CORRECTS = re.compile(
    r"(?:no |wait |sorry |oops |actually )*"
    r"(?:(?:make|change|set|turn) (?:it|that)(?: (?:to|for|at|into))?"
    r"|i (?:said|meant|mean)|(?:no|sorry|oops|actually)(?: wait| sorry| no| actually)*(?: i (?:said|meant|mean))?)"
    r" (?P<value>.+?)(?: instead)?"
)
_OTHER = re.compile(r"(?:no |sorry |wait |i (?:meant?|said) |not that(?: one)? )*the other(?: one| 1)?")
_UNDO = re.compile(
    r"(?:no |wait |sorry |oops |please )*(?:(?:cancel|undo|reverse|revert|take back|delete|remove) (?:that|it|this)"
    r"|undo|(?:turn|switch|put) (?:it|that|them) back)(?: please| again)*"
)
_LEAD = re.compile(r"^(?:(?:and|then|now|so|also|okay|ok) )+(?=\S)")
_IT = re.compile(r"\b(?:it|them|that|those)\b")
_SWITCHES = frozenset({"HassTurnOff", "HassTurnOn"})
_AGAIN = re.compile(r" (?:again|too|as well|back|now|then)$")
_THINGS = frozenset({"EdgeAdjust", "EdgeOscillate", "EdgeSetHumidity", "EdgeSetOption", "EdgeSetting", "HassGetState",
                     "EdgeMachine", "EdgeStopCover", "HassClimateSetTemperature", "HassFanSetSpeed", "HassLightSet",
                     "HassSetPosition", "HassTurnOff", "HassTurnOn"})  # fmt: skip
"""Commands and questions about a thing that "it" may stand for in the next sentence."""

_NUMBER = re.compile(r"(?:to |at )?(?P<number>\d{1,5}(?:\.\d{1,2})?)(?: (?:percent|degrees))?")
_NUMBER_SLOTS = {
    "HassClimateSetTemperature": "temperature",
    "HassFanSetSpeed": "percentage",
    "HassLightSet": "brightness",
    "HassSetPosition": "position",
    "HassSetVolume": "volume_level",
}
_OPPOSITE = {
    "HassTurnOn": "HassTurnOff",
    "HassTurnOff": "HassTurnOn",
    "HassMediaPlayerMute": "HassMediaPlayerUnmute",
    "HassMediaPlayerUnmute": "HassMediaPlayerMute",
    "HassPauseTimer": "HassUnpauseTimer",
    "HassUnpauseTimer": "HassPauseTimer",
}


def follow_up(text: str, context: Context, command: Command) -> Intent | None:
    """See `Language.follow_up`."""
    if context.question is None and context.last is None and not context.other_choices:
        return None
    said = normalise(text)
    bare = strip_filler(said)
    if context.question is not None and (answer := _answer(said, bare, context.question, command)) is not None:
        return answer
    if _OTHER.fullmatch(said) and len(context.other_choices) == 1:
        return context.other_choices[0][1]
    if context.other_choices and (corrects := re.fullmatch(r"(?:no|sorry|i (?:said|meant?))(?: i meant?)? (.+)", said)):
        chosen = _chosen(corrects[1], context.other_choices)
        if chosen is not None:
            return chosen
    return None if context.last is None else _correction(said, context.last, command)


def _answer(said: str, bare: str, question: PendingQuestion, command: Command) -> Intent | None:
    if question.confirmation:
        return question.intent if _YES.fullmatch(said) else NEVERMIND if _NO.fullmatch(said) else None
    if _NO.fullmatch(said):
        return NEVERMIND
    if question.choices:
        return _chosen(bare, question.choices)
    return _completed(bare, question.intent, command)


def _chosen(said: str, choices: Choices) -> Intent | None:
    """The one choice whose label has every word that tells something; or the one with that number."""
    if ordinal := _ORDINAL.fullmatch(said):
        place = _ORDINALS[ordinal["which"]]
        by_label = _labelled(said, choices)
        if len(by_label) != 1 and place < len(choices):
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


def _completed(said: str, intent: Intent, command: Command) -> Intent | None:
    """`intent` with the part that it lacks."""
    slot = _NUMBER_SLOTS.get(intent.name)
    if slot is not None:
        number = _NUMBER.fullmatch(said)
        return None if number is None else _with(intent, {slot: _value(number["number"])})
    for sentence in _sentences(said, intent):
        found = command(sentence)
        if found is not None and found.name == intent.name and found.slots.items() - intent.slots.items():
            return _with(found, {**intent.slots, **found.slots})
    return None


def _sentences(said: str, intent: Intent) -> list[str]:
    """Whole sentences that the answer may stand for."""
    name = intent.name
    value = re.sub(r"^(?:for|at|to|in|on) ", "", said)
    if name == "HassStartTimer":
        return [f"set a timer for {value}" + (" minutes" if value.isdigit() else "")]
    if name == "EdgeSetAlarm":
        return [f"set an alarm for {value}"]
    if name == "EdgeChangeAlarm":
        return [f"change my alarm to {value}"]
    if name == "EdgeSetReminder":
        message = str(intent.slots.get("message", ""))
        aim = message if message.startswith(("about ", "that ")) or not message else f"to {message}"
        return [f"set a reminder {before}{value} {aim}".strip() for before in ("in ", "for ", "on ", "")]
    if name in {"HassTurnOn", "HassTurnOff"}:
        side = "on" if name == "HassTurnOn" else "off"
        place = re.sub(r"^the ", "", _THE_ONE.sub("", re.sub(r"^(?:the )?(?:1|ones) in ", "", value)))
        return [f"turn {side} the {place}", f"turn {side} the {place} lights", f"turn {side} the lights in the {place}"]
    return []


def _correction(said: str, last: Intent, command: Command) -> Intent | None:
    said = _LEAD.sub("", said)
    if _UNDO.fullmatch(said):
        return _undone(last)
    if last.name in _THINGS and (about := _about_it(said, last, command)) is not None:
        return about
    corrects = _CORRECTS.fullmatch(said)
    return None if corrects is None else _changed(corrects["value"], last, command)


def _about_it(said: str, last: Intent, command: Command) -> Intent | None:
    """The command with the thing of the last one in place of "it": "set it to 30 percent", "is it locked"."""
    thing = _thing_of(last)
    if not thing or not _IT.search(said):
        return None
    whole = _IT.sub(thing, said, count=1)
    for sentence in (whole, _AGAIN.sub("", whole)):
        found = command(sentence)
        if found is not None and found.name in _THINGS:
            target = {slot: last.slots[slot] for slot in ("name", "area", "domain", "floor") if slot in last.slots}
            named = {slot: value for slot, value in found.slots.items() if slot not in {"name", "area", "domain"}}
            # "Turn it off" opens and unlocks nothing; "unlock it" says what is wanted.
            short: dict[str, SlotValue] = (
                {UNDO: 1} if found.name in _SWITCHES and said.startswith(("turn", "switch")) else {}
            )
            return Intent(found.name, {**target, **named, **short})
    return None


def _thing_of(last: Intent) -> str:
    """What the last command was about, in words."""
    name, area = last.slots.get("name"), last.slots.get("area")
    if name:
        return f"the {name}"
    return f"the {area} lights" if area and last.slots.get("domain") == "light" else ""


def _changed(value: str, last: Intent, command: Command) -> Intent | None:
    """The last command with another number, time, length or thing."""
    value = re.sub(r"^(?:for|at|to) ", "", value)
    if (slot := _NUMBER_SLOTS.get(last.name)) is not None:
        number = _NUMBER.fullmatch(value)
        return None if number is None else _with(last, {slot: _value(number["number"])})
    if last.name in {"HassStartTimer", "EdgeChangeTimer"}:
        found = command(f"change the timer to {value}" + (" minutes" if value.isdigit() else ""))
        which: dict[str, SlotValue] = {"name": last.slots["name"]} if "name" in last.slots else {"which": "newest"}
        return _with(found, which) if found is not None and found.name == "EdgeChangeTimer" else None
    if last.name == "EdgeSetAlarm":
        found = command(f"change my alarm to {value}")
        return _with(found, {"which": "newest"}) if found is not None and found.name == "EdgeChangeAlarm" else None
    if last.name in {"HassTurnOn", "HassTurnOff"} and "name" in last.slots:
        found = command(f"turn {'on' if last.name == 'HassTurnOn' else 'off'} {value}")
        return found if found is not None and found.name == last.name and "name" in found.slots else None
    return None


def _undone(last: Intent) -> Intent:
    """The command that takes the last one back; or the refusal."""
    if last.name in _OPPOSITE:
        return Intent(_OPPOSITE[last.name], {**last.slots, UNDO: 1})
    if last.name == "HassStartTimer":
        chosen = {"name": last.slots["name"]} if "name" in last.slots else {}
        lengths = {f"start_{unit}": last.slots[unit] for unit in ("hours", "minutes", "seconds") if unit in last.slots}
        return Intent("HassCancelTimer", {**(chosen or lengths), "which": "newest"})
    if last.name == "EdgeSetAlarm":
        moment = {slot: value for slot, value in last.slots.items() if slot != "wake"}
        return Intent("EdgeCancelAlarm", {**moment, "which": "newest"})
    if last.name == "EdgeSetReminder":
        return Intent("EdgeCancelReminder", {"message": last.slots.get("message", "")})
    return Intent("EdgeUnsupported", {"what": "undo"})


def _with(intent: Intent, slots: dict[str, SlotValue]) -> Intent:
    return Intent(intent.name, {**intent.slots, **slots})


def _value(number: str) -> int | float:
    return float(number) if "." in number else int(number)
