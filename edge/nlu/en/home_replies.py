"""The English replies about the things of the home. See `edge.nlu.home_replies`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from edge.nlu.en import offers, service_replies
from edge.nlu.en.clock import spoken_list, spoken_past_day, spoken_time
from edge.nlu.en.home_words import (
    ACTIVITIES,
    ALARMS,
    BINARY,
    FEATURES,
    LOCKS,
    MEASURES,
    MOVES,
    NUMBERS,
    PLAYBACK,
    REALLY,
    TRACKED,
    UNABLE,
    UNITS,
)
from edge.nlu.home_replies import Doubt, FeatureValue

events = service_replies.events
list_item = service_replies.list_item
list_items = service_replies.list_items
no_list = service_replies.no_list
no_weather = service_replies.no_weather
offer = offers.offer
nothing_plays = service_replies.nothing_plays
only = service_replies.only
plays = service_replies.plays
weather_now = service_replies.weather_now
weather_on = service_replies.weather_on

_DOUBTS: Final[Mapping[Doubt, tuple[str, str]]] = {
    "offline": ("{names} is offline.", "{names} are offline."),
    "unconfirmed": (
        "I sent it, but {names} didn't confirm.",
        "I sent it, but {names} didn't confirm.",
    ),
    "unreachable": ("I can't reach {names}.", "I can't reach {names}."),
    "unreported": ("{names} hasn't reported its state.", "{names} haven't reported their state."),
    "unheard": (
        "{names} hasn't reported its state since I lost the connection.",
        "{names} haven't reported their state since I lost the connection.",
    ),
}


_PLURAL: Final = re.compile(r"(?:light|lamp|blind|curtain|shutter|shade|drape|sprinkler|bulb|awning)s$")


def done(domain: str, name: str, change: Mapping[str, FeatureValue], unit: str) -> str:
    """See `HomeReplies.done`."""
    (feature, value), *_ = sorted(change.items(), key=lambda it: it[0] == "power")
    match value:
        case bool():
            return _capital(_switched(domain, name, feature, on=value))
        case int() | float():
            return f"{_capital(name)} set to {_amount(value, unit)}." if "colour" not in feature else _recoloured(name)
        case tuple():
            return _recoloured(name)
        case str():
            return _capital(_put(name, feature, value))


def _switched(domain: str, name: str, feature: str, *, on: bool) -> str:
    if feature == "press":
        return f"Starting {name}." if domain in {"scene", "script"} else f"Pressed {name}."
    if feature == "muted":
        return f"{name} {'muted' if on else 'has its sound back'}."
    if feature == "oscillation":
        return f"{name} {'oscillates' if on else 'stopped oscillating'}."
    if domain in {"scene", "script"}:
        return f"{'Starting' if on else 'Stopping'} {name}."
    return f"{name} {'on' if on else 'off'}."


def _put(name: str, feature: str, value: str) -> str:
    match feature:
        case "movement":
            return f"{MOVES.get(value, 'Moving')} {name}."
        case "lock":
            return f"{LOCKS.get(value, 'Switching')} {name}."
        case "playback":
            return PLAYBACK.get(value, "{name}: {value}.").format(name=name, value=value)
        case "activity":
            return ACTIVITIES.get(value, "{name}: {value}.").format(name=name, value=value)
        case "alarm":
            armed = value.removeprefix("arm_").replace("_", " ")
            return ALARMS.get(value, "{name} armed, {armed}.").format(name=name, armed=armed)
        case _:
            return f"{name} off." if value == "off" else f"{name} set to {value.replace('_', ' ')}."


def _recoloured(name: str) -> str:
    have = "have" if _PLURAL.search(name.casefold()) else "has"
    return f"{_capital(name)} {have} a new colour."


def named(name: str, area: str, *, alike: bool) -> str:
    """See `HomeReplies.named`."""
    return f"{name} in the {area}" if alike and area else name


def doubt(doubt: Doubt, names: Sequence[str], more: int) -> str:
    """See `HomeReplies.doubt`."""
    listed = [*names, *([f"{more} more"] if more else [])]
    one, several = _DOUBTS[doubt]
    plural = len(listed) > 1 or (len(names) == 1 and names[0].endswith("s") and not names[0].endswith("ss"))
    text = (several if plural else one).format(names=spoken_list(listed))
    return _capital(text)


def confirm(domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
    """See `HomeReplies.confirm`."""
    return f"Do you really want to {_do(domain, names, change)}? Say yes or no."


def ask_code(domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
    """See `HomeReplies.ask_code`."""
    return f"Say the code to {_do(domain, names, change)}."


def not_allowed(domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
    """See `HomeReplies.not_allowed`."""
    return f"I'm not allowed to {_do(domain, names, change)}."


def _do(domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
    (feature, value), *_ = sorted(change.items(), key=lambda it: it[0] == "power")
    verb = REALLY.get((feature, str(value)))
    if verb is None:
        switched = "turn on" if value is True else "turn off" if value in {False, "off"} else "set"
        verb = "press" if feature == "press" else switched
        if domain == "cover" and feature != "movement":
            verb = "close" if value == 0 else "open"
    return f"{verb} {_the(spoken_list(list(names)))}"


def cannot(domain: str, name: str, wanted: str) -> str:
    """See `HomeReplies.cannot`."""
    match wanted:
        case "on" | "off":
            verb = {"scene": "stop", "button": "switch off"}.get(domain, f"turn {wanted}")
            return f"I can't {verb} {name}."
        case _ if wanted in UNABLE:
            return f"I can't {UNABLE[wanted].format(name=name)}."
        case "brightness" | "position":
            return f"I can't {'dim' if wanted == 'brightness' else 'move'} the {name}."
        case _:
            return f"I can't set the {FEATURES.get(wanted, wanted)} of the {name}."


def out_of_range(feature: str, low: float, high: float, unit: str) -> str:
    """See `HomeReplies.out_of_range`."""
    what = FEATURES.get(feature, feature)
    return f"I can set the {what} from {_number(low)} to {_amount(high, unit)}."


def unknown_now(feature: str, name: str) -> str:
    """See `HomeReplies.unknown_now`."""
    return f"I don't know the {FEATURES.get(feature, feature)} of {name} now. Say a number."


def options(name: str, options: Sequence[str]) -> str:
    """See `HomeReplies.options`."""
    listed = [option.replace("_", " ") for option in options[:6]]
    return f"{_capital(name)} can be set to {', '.join(listed[:-1])}{' or ' if listed[1:] else ''}{listed[-1]}."


def state(domain: str, name: str, feature: str, value: FeatureValue, device_class: str, unit: str) -> str:
    """See `HomeReplies.state`."""
    is_ = "are" if domain in {"cover", "light", "switch"} and _PLURAL.search(name.casefold()) else "is"
    match feature, value:
        case "value", bool():
            on, off = BINARY.get(device_class, ("on", "off"))
            return f"{_capital(name)} {is_} {on if value else off}."
        case _, bool():
            return f"{_capital(name)} {is_} {'on' if value else 'off'}."
        case _, int() | float():
            what = "at" if feature in NUMBERS and domain != "sensor" else ""
            return f"{_capital(name)} {is_} {what} {_amount(value, unit)}.".replace("  ", " ")
        case "presence", str():
            return where(name, value)
        case _:
            return f"{_capital(name)} {is_} {str(value).replace('_', ' ')}."


def yes_no(answer: bool | None, sentence: str) -> str:
    """See `HomeReplies.yes_no`."""
    if answer is None:
        return sentence
    return f"{'Yes' if answer else 'No'}. {sentence}"


def which_are(names: Sequence[str], more: int, state: str, kind: str, *, every: bool) -> str:
    """See `HomeReplies.which_are`."""
    said = state.replace("_", " ")
    if not names:
        return f"None of the {kind} {'are' if kind.endswith('s') else 'is'} {said}."
    listed = [*names, *([f"{more} more"] if more else [])]
    if every and len(listed) > 1:
        return f"All {kind} are {said}: {spoken_list(listed)}."
    return f"{_capital(spoken_list(listed))} {'are' if len(listed) > 1 else 'is'} {said}."


def text_length(shortest: int, longest: int) -> str:
    """See `HomeReplies.text_length`."""
    return f"That text can have {f'{shortest} to ' if shortest else 'up to '}{longest} characters."


def low_batteries(names: Sequence[str], more: int) -> str:
    """See `HomeReplies.low_batteries`."""
    listed = [*names, *([f"{more} more"] if more else [])]
    batteries = "batteries" if len(listed) > 1 else "battery"
    return (
        f"The {batteries} of {spoken_list(listed)} {'are' if len(listed) > 1 else 'is'} low."
        if listed
        else "No battery is low."
    )


def measured(measure: str, where: str, value: float | str, unit: str) -> str:
    """See `HomeReplies.measured`."""
    amount = value.replace("_", " ") if isinstance(value, str) else _amount(value, unit)
    what = MEASURES.get(measure, measure.replace("_", " "))
    if measure == "temperature":
        return f"It's {amount} in the {where}." if where else f"It's {amount}."
    if measure == "power":
        return f"{_capital(_the(where))} is at {amount}." if where else f"That's {amount}."
    return f"The {what} of the {where} is {amount}." if where else f"The {what} is {amount}."


def not_measured(measure: str, where: str) -> str:
    """See `HomeReplies.not_measured`."""
    what = MEASURES.get(measure, measure.replace("_", " "))
    return f"I don't know the {what}" + (f" of the {where}: nothing there reports it." if where else ".")


def kind(kind: str) -> str:
    """See `HomeReplies.kind`."""
    special = {
        "cover": "covers",
        "climate": "thermostats",
        "switch": "switches",
        "everything": "things",
        "opening": "things",
    }
    plain = kind.replace("_", " ")
    return special.get(kind, plain if plain.endswith("s") else f"{plain}s")


def count(number: int, sentence: str) -> str:
    """See `HomeReplies.count`."""
    return sentence if number == 0 else f"{number}. {sentence}"


def owner(name: str) -> str:
    """See `HomeReplies.owner`."""
    words = [word for word in name.split() if word.casefold() not in TRACKED]
    return " ".join(words).removesuffix("'s") or name


def at_home(home: Sequence[str], away: Sequence[str], *, asks_who: bool = False) -> str:
    """See `HomeReplies.at_home`."""
    if not home and not away:
        return "I don't know who is at home."
    if not home:
        return "Nobody is at home." if asks_who else "No, nobody is at home."
    verb = "are" if len(home) > 1 else "is"
    sentence = f"{spoken_list(list(home))} {verb} at home."
    return sentence if asks_who else f"Yes, {sentence}"


def where(name: str, place: str) -> str:
    """See `HomeReplies.where`."""
    at = {"home": "at home", "not_home": "away"}.get(place, f"at {place}")
    return f"{_capital(name)} is {at}."


def since(sentence: str, changed: datetime | None, known_since: datetime | None, now: datetime) -> str:
    """See `HomeReplies.since`."""
    at = changed or known_since
    if at is None:
        return f"{sentence} I don't know since when."
    began = "It changed at" if changed is not None else "It has been so since at least"
    return f"{sentence} {began} {' '.join(filter(None, [spoken_time(at), spoken_past_day(at.date(), now.date())]))}."


def _amount(number: float, unit: str) -> str:
    word = UNITS.get(unit, unit)
    return f"{_number(round(number) if unit == '%' else number)} {word}".strip()


def _number(number: float) -> str:
    return f"{number:.10g}" if abs(number) >= 1000 else f"{round(number, 2):g}"  # noqa: PLR2004 - no cents of thousands


def _the(name: str) -> str:
    return name if name.casefold().startswith(("the ", "my ", "all ", "everything")) else f"the {name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
