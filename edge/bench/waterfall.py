"""Where the time of a turn goes, from the end of speech to the first sound: one row a stage, from `bench turn`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from edge.bench.plots import Axis, Plot, width_of

STAGES = ("turn", "stt", "route", "home", "llm", "tts", "audio")
"""The rows from the top. `turn` is the wait for the end of the utterance, `audio` what the sound itself begins with."""

WIDTH, ROW, BAR = 500.0, 24.0, 14.0
LEFT, RIGHT = 56.0, 64.0
HEAD, FOOT = 66.0, 50.0
"""Above the rows: the title and two marks. Below them: the axis."""

MOST_BEFORE = 1.0
"""How much of what was done while the user spoke is shown, in times of the longest wait."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stage at work, in milliseconds from the end of speech; `discarded`: for a reply that nobody heard."""

    stage: str
    begin: float
    end: float
    discarded: bool = False


@dataclass(frozen=True, slots=True)
class Waterfall:
    """One turn, or what is typical of many. `commit`: the end was sure and the text there; None: not known."""

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


def measured(turns: Iterable[Mapping[str, Any]], answerer: str) -> list[Mapping[str, Any]]:
    """The turns of an answerer that can be drawn, the quickest first."""
    found = [t for t in turns if t["answerer"] == answerer and t["first_audio_ms"] is not None and t.get("spans")]
    return sorted(found, key=lambda turn: turn["first_audio_ms"])


def median_turn(turns: Iterable[Mapping[str, Any]], answerer: str) -> Waterfall | None:
    """The turn in the middle, of two the quicker one. None where there is none."""
    found = measured(turns, answerer)
    if not found:
        return None
    middle = found[(len(found) - 1) // 2]
    return of_turn(middle, f"{answerer}: the median of {_turns(len(found))}")


def medians(turns: Iterable[Mapping[str, Any]], answerer: str) -> Waterfall | None:
    """What is typical: for each stage that was at work in half of the turns, the medians of its begin and its end.

    Of a stage that worked several times before the first sound, the first begin and the last end count. Discarded work
    is a row of its own only where half of the turns have it. None where there is no turn.
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


def _turns(count: int) -> str:
    return f"{count} turn" if count == 1 else f"{count} turns"


def _hull(one: Waterfall, stage: str, *, discarded: bool) -> tuple[float, float] | None:
    of_it = [bar for bar in one.bars if bar.stage == stage and bar.discarded == discarded]
    before = [bar for bar in of_it if bar.begin <= one.first_sound]
    if not before:
        return None
    return min(bar.begin for bar in before), min(max(bar.end for bar in before), one.first_sound)


def draw(name: str, falls: Sequence[Waterfall], *, until: float | None = None) -> Plot:
    """One below another on one axis that ends at `until` (ms), or a little after the last first sound."""
    until = until or 1.08 * max(fall.first_sound for fall in falls)
    since = min(0.0, *(bar.begin for fall in falls for bar in fall.bars))
    axis = Axis(max(since, -MOST_BEFORE * until) - 0.05 * until, until, LEFT, WIDTH - RIGHT)
    stages = [stage for stage in STAGES if any(bar.stage == stage for fall in falls for bar in fall.bars)]
    each = HEAD + ROW * len(stages)
    plot = Plot(name, WIDTH, (each + FOOT) * len(falls), "; ".join(_words(fall) for fall in falls))
    for number, fall in enumerate(falls):
        _draw(plot, replace(fall, bars=tuple(_shown(fall, axis))), stages, axis, (each + FOOT) * number)
    return plot


def _words(fall: Waterfall) -> str:
    return f"{fall.title}, first sound {fall.first_sound:.0f} ms after the end of speech"


def _shown(fall: Waterfall, axis: Axis) -> Iterator[Bar]:
    """What is inside the axis; of what lies before it an empty bar at its begin is left."""
    for bar in fall.bars:
        if bar.begin <= axis.high:
            begin, end = (min(max(at, axis.low), axis.high) for at in (bar.begin, bar.end))
            yield replace(bar, begin=begin, end=end)


def _draw(plot: Plot, fall: Waterfall, stages: Sequence[str], axis: Axis, top: float) -> None:
    rows = top + HEAD
    bottom = rows + ROW * len(stages)
    plot.text(LEFT, top + 18, fall.title, "bold", "start")
    plot.box(axis.begin, rows, axis(0) - axis.begin, bottom - rows, "area", "the user speaks")
    plot.x_axis(axis, rows, bottom, "ms after the end of speech", most=8)
    plot.path(f"M{axis(0):g} {rows:g}V{bottom:g}", "ink")
    for number, stage in enumerate(stages):
        _row(plot, fall, stage, axis, rows + ROW * number)
    _mark(plot, axis, fall.first_sound, f"first sound {fall.first_sound:.0f} ms", (top + 38, bottom), "bold")
    if fall.commit is not None:
        _mark(plot, axis, fall.commit, f"commit {fall.commit:.0f} ms", (top + 56, bottom), "")


def _row(plot: Plot, fall: Waterfall, stage: str, axis: Axis, top: float) -> None:
    series = STAGES.index(stage) + 1
    plot.text(LEFT - 8, top + ROW - 8, stage, "", "end")
    if any(bar.begin == axis.low for bar in fall.bars if bar.stage == stage):
        plot.text(axis.begin + 2, top + ROW - 8, "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "bold", "start")
    worked = 0.0
    own = sorted((bar for bar in fall.bars if bar.stage == stage), key=lambda bar: not bar.discarded)
    for bar in own:
        if bar.end <= axis.low:
            continue
        tip = f"{stage}: {bar.begin:.0f} to {bar.end:.0f} ms" + (", discarded" if bar.discarded else "")
        place = (axis(bar.begin), top + (ROW - BAR) / 2, max(2.5, axis(bar.end) - axis(bar.begin)), BAR)
        if bar.discarded:
            plot.hatched(*place, series, tip)
        else:
            plot.box(*place, f"f{series}", tip)
            worked += max(0.0, min(bar.end, fall.first_sound) - bar.begin)
    if any(not bar.discarded for bar in own):
        plot.text(WIDTH - 4, top + ROW - 8, f"{worked:.0f} ms" if worked >= 1 else "< 1 ms", "muted", "end")


def _mark(plot: Plot, axis: Axis, at: float, words: str, rows: tuple[float, float], kind: str) -> None:
    """A line through all rows; its words stand above to the left of it, as on a flag, where there is room."""
    x = axis(at)
    fits = x - width_of(words) > LEFT / 2
    plot.path(f"M{x:g} {rows[0] - 10:g}V{rows[1]:g}", "ink" if kind else "ink dashed")
    plot.text(x - 5 if fits else x + 5, rows[0], words, kind, "end" if fits else "start")
