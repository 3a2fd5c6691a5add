"""Mistakes in the slots of the owner's sentences: which ones an intent has, and what they may hold. Pure."""

import difflib
from collections.abc import Mapping
from typing import Any

from hassil.expression import ListReference, RuleReference

from edge.nlu.intent_slots import DOMAINS, SLOTS, unknown_slots

_PERCENT = (0, 100)
_WEEK_H = 7 * 24

NUMBERS: Mapping[str, tuple[int, int]] = {
    "brightness": _PERCENT,
    "position": _PERCENT,
    "percentage": _PERCENT,
    "volume_level": _PERCENT,
    "hour": (0, 24),
    "minute": (0, 59),
    **dict.fromkeys(("hours", "start_hours"), (0, _WEEK_H)),
    **dict.fromkeys(("minutes", "start_minutes"), (0, _WEEK_H * 60)),
    **dict.fromkeys(("seconds", "start_seconds"), (0, _WEEK_H * 3600)),
}
"""Slots that hold a number, with its limits."""

CHOICES: Mapping[str, frozenset[str]] = {"meridiem": frozenset({"am", "pm"})}
"""Slots that hold one of a few texts."""


def unknown_slot_mistakes(intents: Any, base: Any) -> list[str]:
    """Slots that an intent does not have, and kinds of entities that do not exist: a misspelt one widens a command."""
    mistakes: list[str] = []
    for name, intent in intents.intents.items():
        for number, block in enumerate(intent.data, 1):
            place = f"intents.{name}.data[{number}]"
            rules = {**base.expansion_rules, **intents.expansion_rules, **block.expansion_rules}
            said = {slot for sentence in block.sentences for slot in said_slots(sentence.expression, rules)}
            if "name" in block.slots:
                said = set()  # what is switched is certain: a list may serve for its words alone
            for slot in unknown_slots(name, {*block.slots, *said}):
                known = sorted(SLOTS[name])
                near = difflib.get_close_matches(slot, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
                mistakes.append(f"{place}: {name} has no slot {slot!r}, {hint}")
            domain = block.slots.get("domain")
            if domain is not None and name in SLOTS and domain not in DOMAINS:
                mistakes.append(f"{place}: slots.domain: {domain!r} is none of {', '.join(sorted(DOMAINS))}")
    return mistakes


def said_slots(expression: Any, rules: Mapping[str, Any]) -> set[str]:
    """The slots of the lists in a template whose references are known to be right."""
    if isinstance(expression, ListReference):
        return {expression.slot_name}
    if isinstance(expression, RuleReference):
        return said_slots(rules[expression.rule_name].expression, rules)
    return {slot for item in getattr(expression, "items", ()) for slot in said_slots(item, rules)}


def value_mistakes(slots: Mapping[str, Any]) -> list[str]:
    """The fixed values of a block that no handler takes."""
    mistakes = []
    for slot, value in slots.items():
        if slot in NUMBERS:
            low, high = NUMBERS[slot]
            if isinstance(value, str):
                mistakes.append(f"slots.{slot}: {value!r} is not a number")
            elif not low <= value <= high:
                mistakes.append(f"slots.{slot}: {value} is not between {low} and {high}")
        elif slot == "volume_step" and isinstance(value, int | float) and abs(value) > _PERCENT[1]:
            mistakes.append(f"slots.{slot}: {value} is not between -100 and 100")
        elif slot in CHOICES and value not in CHOICES[slot]:
            mistakes.append(f"slots.{slot}: {value!r} is none of {', '.join(sorted(CHOICES[slot]))}")
    if "meridiem" in slots and isinstance(hour := slots.get("hour"), int) and hour > 12:  # noqa: PLR2004 - am and pm
        mistakes.append(f"slots.hour: {hour} has no am or pm")
    return mistakes
