"""The English sentences, and the preparation of texts for matching. See `edge.nlu.Commands`."""

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from edge.grammar.matching import Reader
from edge.nlu.en.alarm_time import normalise_alarm_time
from edge.nlu.en.command_like import command_like
from edge.nlu.en.free_text import ZONES, is_plausible
from edge.nlu.en.home_phrases import normalise_home_phrases
from edge.nlu.en.later import delays, undone, unwanted
from edge.nlu.en.reminders import split_moved_reminder, split_reminder
from edge.nlu.en.sequences import pieces, referring, spelled_out
from edge.nlu.en.short_names import with_timer
from edge.nlu.en.spoken_forms import read_duration, read_moment, with_points, written_forms
from edge.nlu.en.strip_phrases import strip_filler
from edge.nlu.en.temperature_units import temperature_unit
from edge.nlu.en.timer_phrases import normalise_timer_phrases
from edge.nlu.en.unknown_entities import unknown_entity_command
from edge.nlu.en.unsupported_schedule import unsupported_schedule_command

__all__ = [
    "command_like",
    "covered_intents",
    "delays",
    "folder",
    "is_plausible",
    "left_out",
    "normalise_alarm_time",
    "normalise_home_phrases",
    "normalise_timer_phrases",
    "pieces",
    "pressed",
    "readers",
    "referring",
    "spelled_out",
    "split_moved_reminder",
    "split_reminder",
    "strip_filler",
    "temperature_unit",
    "undone",
    "unknown_entity_command",
    "unsupported_schedule_command",
    "unwanted",
    "with_points",
    "with_timer",
    "written_forms",
    "zones",
]

folder: Final[Traversable] = resources.files(__package__)
readers: Final[Mapping[str, Reader]] = {"duration": read_duration, "moment": read_moment}
zones: Final = ZONES

covered_intents: Final = frozenset(
    {
        "HassCancelAllTimers",
        "HassCancelTimer",
        "HassDecreaseTimer",
        "HassGetCurrentDate",
        "HassGetCurrentTime",
        "HassIncreaseTimer",
        "HassNevermind",
        "HassPauseTimer",
        "HassRespond",
        "HassStartTimer",
        "HassTimerStatus",
        "HassUnpauseTimer",
    }
)
"""Skipping Home Assistant's sentences for these avoids parsing half of its templates. A test samples them."""

left_out: Final = frozenset(
    {"[<the>] {name}", "[<numeric_value_set>] [<the>] {area} [to] {brightness}[([ ]%)| percent]"}
)
"""A bare name is usually a clipped command ("turn off the kitchen light"); "the office one" is no brightness."""

_ARTICLE: Final = re.compile(r"(?<!\S)(?:the|my|our) ")


def pressed(text: str) -> Iterator[str]:
    """See `Commands.pressed`. One word alone is too little: it may be half of something else."""
    for name in dict.fromkeys((text, _ARTICLE.sub("", text))):
        if " " in name:
            yield f"press {name}"
