"""The question whether a guess was right, in English. See `HomeReplies.offer`."""

from collections.abc import Mapping, Sequence
from typing import Final

from edge.nlu.en.clock import spoken_list
from edge.nlu.en.home_words import FEATURES, REALLY, UNITS
from edge.nlu.home_replies import FeatureValue

_PERCENT: Final = frozenset({"brightness", "position", "speed", "target-humidity", "tilt", "volume"})


def offer(
    domain: str, names: Sequence[str], more: int, change: Mapping[str, FeatureValue], unit: str, *, alike: bool
) -> str:
    """See `HomeReplies.offer`."""
    listed = spoken_list([*names, *([f"{more} more"] if more else [])])
    things = listed if listed.casefold().startswith(("the ", "my ")) else f"the {listed}"
    (feature, value), *_ = sorted(change.items(), key=lambda it: it[0] == "power")
    if feature == "press":
        return f"Do you want me to {'press' if domain == 'button' else 'start'} {listed}?"
    return f"Do you want me to {_wanted(things, feature, value if alike else '', unit)}?"


def _wanted(things: str, feature: str, value: FeatureValue, unit: str) -> str:
    match value:
        case bool():
            return _switched(things, feature, on=value)
        case str() if value:
            return _chosen(things, feature, value)
        case int() | float():
            amount = (
                f"{round(value)} percent" if feature in _PERCENT else f"{round(value, 2):g} {UNITS.get(unit, unit)}"
            )
            return f"set the {FEATURES.get(feature, feature)} of {things} to {amount}".rstrip()
        case _:
            return f"change the {FEATURES.get(feature, feature)} of {things}"


def _switched(things: str, feature: str, *, on: bool) -> str:
    match feature:
        case "muted":
            return f"{'mute' if on else 'unmute'} {things}"
        case "oscillation":
            return f"let {things} oscillate" if on else f"stop {things} from oscillating"
        case _:
            return f"turn {'on' if on else 'off'} {things}"


def _chosen(things: str, feature: str, value: str) -> str:
    if (feature, value) == ("activity", "dock"):
        return f"send {things} home"
    if (verb := REALLY.get((feature, value))) is not None:
        return f"{verb} {things}"
    return f"turn off {things}" if value == "off" else f"set {things} to {value.replace('_', ' ')}"
