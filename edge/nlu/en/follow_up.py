"""Texts that mean something only in their context: answers to a question, and corrections of the last command. Pure.

"The kitchen one", "ten minutes", "yes" answer a question; "make it twelve", "cancel that", "no, the other one" refer to
the last command. Most become a whole sentence that the recogniser of commands reads.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from edge.events import AS_SPELLED, UNDO, Context, Intent, PendingQuestion, SlotValue
from edge.nlu.en.normalise import normalise
from edge.nlu.en.strip_phrases import strip_filler

Command = Callable[[str], Intent | None]
Choices = Sequence[tuple[str, Intent]]

NEVERMIND = Intent("HassNevermind")
DECLINED = Intent("HassNevermind", {"declined": 1})

_ALL = (
    r"(?:(?:cancel|delete|remove|clear) )?(?:them|all|everything|both|all of (?:them|it)|both of them|them all|the lot)"
)
_YES = re.compile(
    r"(?:yes|yeah|yep|yup|sure|of course|okay|ok|correct|right|exactly|do it|do that|go ahead|i am|i'm sure|please do"
    rf"|please|absolutely|definitely|certainly|{_ALL})"
    rf"(?: (?:please|sure|do it|do that|go ahead|i am|i'm sure|of course|yes|{_ALL}))*"
)
_NO = re.compile(
    r"(?:no|nope|nah|none|neither|never|stop|don't|do not|cancel|forget it|nothing|never ?mind|better not|not really"
    r"|rather not|i'd rather not|wait|keep (?:them|it|both|all)|leave (?:them|it))"
    r"(?: (?:no|thanks|thank you|of (?:them|those|these)|do it|do that|don't|never ?mind|it|that|please|keep"
    r"|keep (?:them|it|both|all)|leave|them|all of them|as (?:it is|they are)))*"
)
_CANCELS = ("EdgeCancel", "HassCancel")
_CANCEL_ONLY = re.compile(r"(?:no )?(?:(?:only|just) )?(?:(?:cancel|delete|remove|clear) )?(?:(?:only|just) )?")
"""Around the one that is chosen to be cancelled: "just delete the first one"."""
_ORDINALS = {
    "first": 0, "1st": 0, "1": 0, "former": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2,
    "fourth": 3, "4th": 3, "4": 3, "fifth": 4, "5th": 4, "5": 4, "sixth": 5, "6th": 5, "6": 5,
    "last": -1, "latter": -1, "final": -1,
}  # fmt: skip
_ORDINAL = re.compile(rf"(?:the |number |the number )?(?P<which>{'|'.join(_ORDINALS)})(?: (?:one|1))?")
_THE_ONE = re.compile(r"(?<=\S) (?:1|ones)(?= |$)")
"""Normalised: "the pasta one" is "the pasta 1"."""
_NO_CONTENT = frozenset(
    "a about an and at called for i in it mean meant my of on one ones please that the this to want".split()
)  # noqa: SIM905
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
_IT = re.compile(r"(?P<begin>turn|switch) (?:(?P<side>on|off) (?:it|them)|(?:it|them) (?P<later>on|off))(?: again)?")

_LISTS: Mapping[str, tuple[str, str]] = {
    "EdgeAlarmStatus": ("EdgeCancelAlarm", "EdgeCancelAllAlarms"),
    "EdgeReminderStatus": ("EdgeCancelReminder", "EdgeCancelAllReminders"),
    "HassTimerStatus": ("HassCancelTimer", "HassCancelAllTimers"),
}
"""A question that lists what is set: the commands that cancel one of the list, and all of it."""
_CANCEL_LISTED = re.compile(
    r"(?:cancel|delete|remove|clear|stop|drop|get rid of) "
    rf"(?:(?P<all>them(?: all)?|both(?: of them)?|all(?: of them)?)|(?:the |number )*(?P<which>{'|'.join(_ORDINALS)})(?: (?:one|1))?)"
)
_PRONOUNS = ("timer", "alarm", "reminder")
"""The parts of the names of intents that are about one; the word that "it" then stands for."""
_PRONOUN = re.compile(
    r"(?:no |wait |sorry |actually |then |and |please )*(?P<begin>(?!(?:turn|switch|stop|cancel|delete|remove)\b)[a-z]+(?: [a-z]+)??)"
    r" (?:it|that)(?P<end>(?: .+)?)"
)
_AND_ONE = re.compile(r"(?:and |also |plus |then )+(?:(?:1|one|another)(?: (?:1|one))? )?(?:at |for )(?P<when>.+)")
_HOW_LONG = re.compile(
    r"(?:how long|how much(?: time)?|how much time is left|how long left|is it (?:done|ready|finished)(?: yet)?)"
)
_LOUDER = re.compile(r"(?:(?:even|still|just|and) )?(?:a (?:bit|little|touch) )?(?P<how>more|less)(?: please| still)*")

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
        if _YES.fullmatch(said):
            return question.intent
        if _NO.fullmatch(said):
            return DECLINED
    elif _NO.fullmatch(said):
        return NEVERMIND
    if question.choices:
        cancels = question.intent.name.startswith(_CANCELS)
        return _chosen(_CANCEL_ONLY.sub("", bare, count=1) if cancels else bare, question.choices)
    if question.confirmation:
        return None
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
    if name == "EdgeChangeReminder":
        return [f"change my reminder {before}{value}" for before in ("to ", "to in ", "in ")]
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
    if _UNDO.fullmatch(said):
        return _undone(last)
    if (it := _IT.fullmatch(said)) and last.name in {"HassTurnOn", "HassTurnOff", "HassLightSet"}:
        name = "HassTurnOn" if (it["side"] or it["later"]) == "on" else "HassTurnOff"
        target = {
            slot: last.slots[slot] for slot in ("name", AS_SPELLED, "area", "domain", "floor") if slot in last.slots
        }
        return Intent(name, {**target, UNDO: 1}) if target else None
    if (meant := _pronoun_for(said, last, command)) is not None:
        return meant
    if last.name in _LISTS and (listed := _CANCEL_LISTED.fullmatch(said)) is not None:
        return _cancelled(listed, last)
    if last.name == "HassSetVolumeRelative" and (louder := _LOUDER.fullmatch(said)) is not None:
        return last if louder["how"] == "more" else _opposite_step(last)
    corrects = _CORRECTS.fullmatch(said)
    return None if corrects is None else _changed(corrects["value"], last, command)


def _pronoun_for(said: str, last: Intent, command: Command) -> Intent | None:
    """A command about the timer, alarm or reminder of the last one: "pause it", "and one at eight", "how long"."""
    kind = next((it for it in _PRONOUNS if it in last.name.casefold()), None)
    if kind is None or last.name.startswith(_CANCELS):
        return None
    if (more := _AND_ONE.fullmatch(said)) is not None and last.name in {"HassStartTimer", "EdgeSetAlarm"}:
        found = command(f"set {'an alarm' if kind == 'alarm' else 'a timer'} for {more['when']}")
        same = {slot: last.slots[slot] for slot in ("day", "meridiem", "wake") if slot in last.slots}
        return Intent(found.name, {**same, **found.slots}) if found is not None and found.name == last.name else None
    if kind == "timer" and _HOW_LONG.fullmatch(said):
        said = "check it"
    if (it := _PRONOUN.fullmatch(said)) is None:
        return None
    found = command(f"{it['begin']} the {kind}{it['end']}")
    if found is None or kind not in found.name.casefold() or found.name in {"HassStartTimer", "EdgeSetAlarm"}:
        return None
    if kind == "reminder":
        return _with(found, {"message": last.slots["message"]} if "message" in last.slots else {})
    return _with(found, {"name": last.slots["name"]} if "name" in last.slots else {"which": "newest"})


def _cancelled(listed: re.Match[str], last: Intent) -> Intent:
    """Cancel one of the things that were listed, or all."""
    one, everything = _LISTS[last.name]
    same = {slot: last.slots[slot] for slot in ("name", "day") if slot in last.slots}
    if listed["all"]:
        return Intent(everything, same)
    place = _ORDINALS[listed["which"]]
    return Intent(one, {**same, "which": "last" if place < 0 else place + 1})


def _opposite_step(last: Intent) -> Intent:
    step = last.slots.get("volume_step", "up")
    turned: SlotValue = {"up": "down", "down": "up"}.get(step, "down") if isinstance(step, str) else -step
    return _with(last, {"volume_step": turned})


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
    if last.name in {"EdgeSetReminder", "EdgeChangeReminder"} and "message" in last.slots:
        found = command(f"change my reminder to {value}")
        same = {"message": last.slots["message"]}
        return _with(found, same) if found is not None and found.name == "EdgeChangeReminder" else None
    if last.name == "HassSetVolumeRelative":
        found = command(f"set the volume to {value}")
        return found if found is not None and found.name == "HassSetVolume" else None
    if last.name == "EdgeChangeAlarm" and "hour" in last.slots:
        found = command(f"change my alarm to {value}")
        moved = {
            f"from_{slot}": last.slots[slot] for slot in ("hour", "minute", "meridiem", "day") if slot in last.slots
        }
        return _with(found, moved) if found is not None and found.name == "EdgeChangeAlarm" else None
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
