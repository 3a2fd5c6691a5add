"""The time of a turn by stage, from the end of speech to the first sound: a typical turn of many. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from edge.telemetry.trace import STAGES, Bar


@dataclass(frozen=True, slots=True)
class Waterfall:
    """One turn, or the medians of many. `commit`: when the end was certain and the text final; None: unknown."""

    title: str
    bars: tuple[Bar, ...]
    first_sound: float
    commit: float | None


def of_turn(turn: Mapping[str, Any], title: str) -> Waterfall:
    """One turn of `bench turn` with a first sound."""
    bars = [Bar(*span) for span in turn["spans"]]
    first_sound = turn["first_audio_ms"]
    hearing = [bar.end for bar in bars if bar.stage in {"turn", "stt"} and not bar.discarded]
    ready = [bar.end for bar in bars if not bar.discarded and bar.end <= first_sound]
    if ready:
        bars.append(Bar("audio", max(ready), first_sound))
    return Waterfall(title, tuple(bars), first_sound, max(hearing, default=None))


def answerers(turns: Iterable[Mapping[str, Any]]) -> list[str]:
    """The answerers of turns with a first sound."""
    return sorted({turn["answerer"] for turn in turns if turn["answerer"] and turn["first_audio_ms"] is not None})


def measured(turns: Iterable[Mapping[str, Any]], answerer: str) -> list[Mapping[str, Any]]:
    """The turns of an answerer that can be drawn, the fastest first."""
    found = [t for t in turns if t["answerer"] == answerer and t["first_audio_ms"] is not None and t.get("spans")]
    return sorted(found, key=lambda turn: turn["first_audio_ms"])


def median_turn(turns: Iterable[Mapping[str, Any]], answerer: str) -> Waterfall | None:
    """The median turn, of two the faster one; None if there is no turn."""
    found = measured(turns, answerer)
    if not found:
        return None
    middle = found[(len(found) - 1) // 2]
    return of_turn(middle, f"{answerer}: the median of {_turns(len(found))}")


def medians(turns: Iterable[Mapping[str, Any]], answerer: str) -> Waterfall | None:
    """The medians of the begin and end of each stage that ran in half of the turns.

    If a stage ran several times before the first sound, its first begin and its last end count. Discarded work gets a
    bar only if half of the turns have it. None if there is no turn.
    """
    found = [of_turn(turn, "") for turn in measured(turns, answerer)]
    if not found:
        return None
    bars = []
    for stage in STAGES:
        for discarded in (False, True):
            hulls = [hull for one in found if (hull := _hull(one, stage, discarded=discarded))]
            if len(hulls) * 2 >= len(found):
                begin, end = (median(values) for values in zip(*hulls, strict=True))
                bars.append(Bar(stage, begin, max(begin, end), discarded))
    commits = [one.commit for one in found if one.commit is not None]
    return Waterfall(
        f"{answerer}: medians of {_turns(len(found))}",
        tuple(bars),
        median(one.first_sound for one in found),
        median(commits) if commits else None,
    )


def worked_ms(fall: Waterfall, stage: str) -> float | None:
    """How long a stage ran before the first sound; None if it did only discarded work, or none."""
    bars = [bar for bar in fall.bars if bar.stage == stage and not bar.discarded]
    return sum(max(0.0, min(bar.end, fall.first_sound) - bar.begin) for bar in bars) if bars else None


def _turns(count: int) -> str:
    return f"{count} turn" if count == 1 else f"{count} turns"


def _hull(one: Waterfall, stage: str, *, discarded: bool) -> tuple[float, float] | None:
    of_it = [bar for bar in one.bars if bar.stage == stage and bar.discarded == discarded]
    before = [bar for bar in of_it if bar.begin <= one.first_sound]
    if not before:
        return None
    return min(bar.begin for bar in before), min(max(bar.end for bar in before), one.first_sound)
