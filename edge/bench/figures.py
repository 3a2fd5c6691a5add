"""The pictures of the report, each from the result of one benchmark; None where its result has nothing to draw."""

from collections.abc import Mapping, Sequence
from typing import Any

from edge.bench.common import percentiles
from edge.bench.plots import Axis, Plot, percent, width_of
from edge.bench.waterfall import STAGES

WIDTH = 500.0
LEFT, TOP, RIGHT, FOOT = 68.0, 20.0, 22.0, 50.0
HEIGHT = 310.0

_STRIP = 74.0
_FEW = 100
"""So many dots of the full size fit a strip."""

_GOLDEN = 0.618034
"""Multiples of it spread dots evenly, and the same way each time."""


def answerers(turns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Who answered a turn that can be drawn."""
    return sorted({turn["answerer"] for turn in turns if turn["answerer"] and turn["first_audio_ms"] is not None})


def first_sounds(result: Mapping[str, Any]) -> Plot | None:
    """A strip for each answerer: a dot is a turn, the lines are p50 and p95."""
    turns = result["turns"]
    rows = [
        (
            answerer,
            [t["first_audio_ms"] for t in turns if t["answerer"] == answerer and t["first_audio_ms"] is not None],
        )
        for answerer in answerers(turns)
    ]
    if not rows:
        return None
    axis = Axis(0.0, max(max(values) for _, values in rows) * 1.05 or 1.0, LEFT, WIDTH - RIGHT)
    bottom = TOP + _STRIP * len(rows)
    plot = Plot("first-sounds", WIDTH, bottom + FOOT, "Milliseconds from the end of speech to the first sound")
    plot.x_axis(axis, TOP, bottom, "ms from the end of speech to the first sound", most=8)
    for number, (answerer, values) in enumerate(rows):
        _strip(plot, axis, answerer, values, TOP + _STRIP * number)
    return plot


def _strip(plot: Plot, axis: Axis, answerer: str, values: Sequence[float], top: float) -> None:
    series = STAGES.index(answerer) + 1 if answerer in STAGES else 1
    middle, around = top + 46, 14.0
    plot.text(LEFT - 8, middle + 4, answerer, "", "end")
    for number, value in enumerate(sorted(values)):
        y = middle + around * (2 * (number * _GOLDEN % 1) - 1) * (len(values) > 1)
        plot.dot(axis(value), y, series, 4.0 if len(values) <= _FEW else 2.0, "faint", f"{value:.0f} ms")
    spread = percentiles(values)
    p50, p95 = spread["p50"] or 0.0, spread["p95"] or 0.0
    for value, kind in ((p50, "ink"), (p95, "ink dashed")):
        plot.path(f"M{axis(value):g} {top + 24:g}V{middle + around + 6:g}", kind)
    words = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, n = {len(values)}"
    half = width_of(words) / 2
    plot.text(min(max(axis((p50 + p95) / 2), LEFT + half), WIDTH - half - 4), top + 18, words, "bold")


def cut_off(result: Mapping[str, Any]) -> Plot | None:
    """How often a speaker is cut off over how long the end takes, as all waits grow; the ring is what is configured."""
    curve = [point for point in result.get("curve") or [] if None not in point]
    if not curve:
        return None
    longest, most = max(point[3] for point in curve), max(point[1] for point in curve)
    x, y, plot = _field(
        "cut-off", "Utterances cut off over the wait for the end", longest * 1.05, max(most * 1.1, 0.01)
    )
    plot.x_axis(x, TOP, HEIGHT - FOOT, "ms from the last word to the certain end")
    plot.y_axis(y, LEFT, WIDTH - RIGHT, "utterances cut off", percent)
    for column, kind in ((3, "dashed thin"), (2, "")):
        plot.line([(x(point[column]), y(point[1])) for point in curve], 1, kind)
    for scale, rate, p50, p95 in curve:
        plot.dot(x(p50), y(rate), 1, tip=f"waits x {scale:g}: {percent(rate)} cut off, p50 {p50:.0f}, p95 {p95:.0f} ms")
        if scale == 1:
            plot.ring(x(p50), y(rate), 1)
    plot.key(WIDTH - RIGHT, TOP + 14, [("p50", 1, ""), ("p95", 1, "dashed thin"), ("as configured", 1, "ring")])
    return plot


def pauses(result: Mapping[str, Any]) -> Plot | None:
    """How often a speaker is cut off in a pause, by how long it was."""
    rows = result.get("by_pause") or []
    if not rows:
        return None
    most = max(row["cutoff_rate"] or 0.0 for row in rows)
    _, y, plot = _field("pauses", "Pauses in which the user was cut off", 1.0, max(most * 1.15, 0.01))
    plot.y_axis(y, LEFT, WIDTH - RIGHT, "cut off in the pause", percent)
    bottom, each = HEIGHT - FOOT, (WIDTH - LEFT - RIGHT) / len(rows)
    for number, row in enumerate(rows):
        rate, middle = row["cutoff_rate"] or 0.0, LEFT + each * (number + 0.5)
        tip = f"{row['n']} pauses of {row['pause_ms']} ms"
        plot.box(middle - each * 0.32, y(rate), each * 0.64, bottom - y(rate), "f1", tip)
        plot.text(middle, y(rate) - 6, f"{percent(rate)} of {row['n']}", "small")
        plot.text(middle, bottom + 20, f"{row['pause_ms']}", "muted")
    plot.text((LEFT + WIDTH - RIGHT) / 2, bottom + 40, "ms of silence inside the utterance", "muted")
    return plot


def wake_curve(result: Mapping[str, Any]) -> Plot | None:
    """Missed wake words over false accepts an hour, by threshold; the ring is what is configured.

    A logarithmic axis has no zero: thresholds without a false accept stand at its left edge, left of what one false
    accept in all recordings would be.
    """
    curve, hours = result.get("curve") or [], result.get("hours") or 0.0
    if not curve or not hours:
        return None
    one = 1 / hours
    most = max(one * 10, *(accepts for _, _, accepts in curve))
    misses = max(0.1, *(missed * 1.1 for _, missed, _ in curve))
    _, y, plot = _field("wake", "Missed wake words over false accepts an hour", 1.0, min(misses, 1.0))
    none = LEFT + 24
    x = Axis(one * 0.8, most * 1.1, LEFT + 56, WIDTH - RIGHT, log=True)
    bottom = HEIGHT - FOOT
    plot.x_axis(x, TOP, bottom, f"false accepts an hour, in {duration(hours)}")
    plot.y_axis(y, LEFT, WIDTH - RIGHT, "missed wake words", percent)
    plot.path(f"M{none:g} {TOP:g}V{bottom:g}", "grid")
    plot.path(f"M{LEFT + 45:g} {TOP:g}V{bottom:g}", "grid dashed")
    plot.text(none, bottom + 20, "none", "muted")

    def place(missed: float, accepts: float) -> tuple[float, float]:
        return (x(accepts) if accepts > 0 else none), y(missed)

    plot.line([place(missed, accepts) for _, missed, accepts in curve], 1)
    for threshold, missed, accepts in curve:
        plot.dot(
            *place(missed, accepts), 1, tip=f"threshold {threshold:g}: {percent(missed)} missed, {accepts:g} an hour"
        )
    plot.ring(*place(result["miss_rate"], result["false_accepts_per_hour"]), 1)
    plot.key(WIDTH - RIGHT, TOP + 14, [(f"threshold {result['threshold']:g}", 1, "ring")])
    return plot


def _field(name: str, title: str, most_x: float, most_y: float) -> tuple[Axis, Axis, Plot]:
    bottom = HEIGHT - FOOT
    return Axis(0.0, most_x, LEFT, WIDTH - RIGHT), Axis(0.0, most_y, bottom, TOP), Plot(name, WIDTH, HEIGHT, title)


def duration(hours: float) -> str:
    """A length of time in the unit that suits it."""
    for unit, share in (("hours", 1), ("minutes", 60)):
        if hours * share >= 2:  # noqa: PLR2004 - one hour is better said in minutes
            return f"{hours * share:.3g} {unit}"
    return f"{hours * 3600:.0f} seconds"
