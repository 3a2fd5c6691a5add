"""Pictures of benchmark results as SVG text, drawn with matplotlib (the extra `bench`); no data, no picture.

The same result gives the same bytes: no date, no random ids. Text stays text. Importing this without matplotlib raises
`EngineError` "bench-not-installed".
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edge.bench.common import not_installed, percentiles
from edge.bench.waterfall import Waterfall, answerers, worked_ms
from edge.telemetry.trace import STAGES

try:
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter, ScalarFormatter
except ImportError as error:
    raise not_installed("pictures", "matplotlib") from error

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import RcKeyType

PALETTE = ("#0b6e99", "#c2571a", "#4d7c0f", "#7c3aed", "#b8860b", "#be185d", "#64748b")
COLOUR = PALETTE[0]

_COLOUR_OF = dict(zip(STAGES, PALETTE, strict=True))

_STYLE: "dict[RcKeyType, Any]" = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "edge-voice",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#dfe3e8",
    "hatch.linewidth": 0.8,
}
_SIZE = (6.4, 4.0)
_ROW_HEIGHT = 0.36
_MAX_BEFORE = 1.0
"""How much of the work before the end of speech is shown, in times of the wait for the first sound."""

_GOLDEN = 0.618034
"""Multiples of it modulo 1 spread points evenly, and in the same way each time."""


def new_axes(x_label: str, y_label: str = "", *, size: tuple[float, float] = _SIZE) -> "Axes":
    """An empty picture with one pair of axes, `size` in inches."""
    return new_rows(1, x_label, y_label, size=size)[0]


def new_rows(count: int, x_label: str, y_label: str = "", *, size: tuple[float, float]) -> "list[Axes]":
    """The same with several axes, one below the other on a shared x axis."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=size, layout="constrained")
        rows = list(figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0])
    for axes in rows:
        axes.set_ylabel(y_label)
    rows[-1].set_xlabel(x_label)
    return rows


def svg(axes: "Axes", title: str) -> str:
    """The picture of these axes as an SVG file; `title` is what a screen reader says."""
    file = io.StringIO()
    with mpl.rc_context(_STYLE):
        metadata = {"Title": _label(title), "Date": None, "Creator": None}
        axes.figure.savefig(file, format="svg", metadata=metadata)  # type: ignore[union-attr]  # no subfigures here
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def mark_configured(axes: "Axes", x: float, y: float, label: str) -> None:
    """A ring around the point that is configured."""
    axes.plot([x], [y], "o", ms=12, mfc="none", mec=COLOUR, mew=2, label=label)


def waterfalls(falls: Sequence[Waterfall], *, until_ms: float | None = None) -> str:
    """One below another on one axis, which ends at `until_ms` or a little after the last first sound."""
    until = until_ms or max(1.0, 1.08 * max(fall.first_sound for fall in falls))
    earliest = min(0.0, *(bar.begin for fall in falls for bar in fall.bars))
    stages = [stage for stage in STAGES if any(bar.stage == stage for fall in falls for bar in fall.bars)]
    height = len(falls) * (1.1 + _ROW_HEIGHT * len(stages))
    rows = new_rows(len(falls), "ms after the end of speech", size=(_SIZE[0], height))
    for axes, fall in zip(rows, falls, strict=True):
        axes.set_xlim(max(earliest, -_MAX_BEFORE * until) - 0.05 * until, until)
        _waterfall(axes, fall, stages)
    titles = (f"{fall.title}, first sound {fall.first_sound:.0f} ms after the end of speech" for fall in falls)
    return svg(rows[0], "; ".join(titles))


def _waterfall(axes: "Axes", fall: Waterfall, stages: Sequence[str]) -> None:
    axes.set_yticks(range(len(stages)), stages)
    axes.set_ylim(len(stages) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    axes.axvspan(axes.get_xlim()[0], 0, color="#dfe3e8", alpha=0.5, lw=0)
    for bar in sorted(fall.bars, key=lambda bar: not bar.discarded):
        colour = _COLOUR_OF[bar.stage]
        drawn = {"fill": False, "hatch": "/////"} if bar.discarded else {"color": colour}
        axes.barh(stages.index(bar.stage), bar.end - bar.begin, 0.6, bar.begin, ec=colour, lw=1, **drawn)
    for row, stage in enumerate(stages):
        worked = worked_ms(fall, stage)
        if worked is not None:
            words = f"{worked:.0f} ms" if worked >= 1 else "< 1 ms"
            axes.text(1.01, row, words, transform=axes.get_yaxis_transform(), va="center", color="#636c76")
    axes.axvline(fall.first_sound, color="#24292f")
    marks = f"first sound {fall.first_sound:.0f} ms (solid line)"
    if fall.commit is not None:
        axes.axvline(fall.commit, color="#24292f", ls="--", lw=1.2)
        marks += f", commit {fall.commit:.0f} ms (dashed)"
    axes.set_title(f"{_label(fall.title)}\n{marks}", loc="left", fontsize="medium")


def first_sounds(result: Mapping[str, Any]) -> str | None:
    """A row for each answerer of `bench turn`: a dot is a turn, the lines are p50 and p95."""
    turns, names = result["turns"], answerers(result["turns"])
    if not names:
        return None
    axes = new_axes("ms from the end of speech to the first sound", size=(_SIZE[0], 1.0 + 0.8 * len(names)))
    labels = []
    for row, name in enumerate(names):
        values = sorted(t["first_audio_ms"] for t in turns if t["answerer"] == name and t["first_audio_ms"] is not None)
        spread = 0.5 * (np.arange(len(values)) * _GOLDEN % 1 - 0.5)
        axes.scatter(values, row + spread, s=14, alpha=0.6, color=_COLOUR_OF.get(name, COLOUR), lw=0)
        at = percentiles(values)
        p50, p95 = at["p50"] or 0.0, at["p95"] or 0.0
        axes.vlines(p50, row - 0.35, row + 0.35, colors="#24292f")
        axes.vlines(p95, row - 0.35, row + 0.35, colors="#24292f", linestyles="--")
        labels.append(f"{_label(name)}, n = {len(values)}\np50 {p50:.0f} ms\np95 {p95:.0f} ms")
    axes.set_yticks(range(len(names)), labels)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(left=0)
    return svg(axes, "Milliseconds from the end of speech to the first sound")


def cut_off(result: Mapping[str, Any]) -> str | None:
    """The rate of cut-off utterances of `bench endpoint` over the wait, as all waits are stretched alike."""
    curve = [point for point in result.get("curve") or [] if None not in point]
    if not curve:
        return None
    axes = new_axes("ms from the last word to the certain end", "utterances cut off")
    rates = [rate for _, rate, _, _ in curve]
    axes.plot([p50 for _, _, p50, _ in curve], rates, "o-", color=COLOUR, label="p50")
    axes.plot([p95 for *_, p95 in curve], rates, "--", color=COLOUR, lw=1, label="p95")
    for scale, rate, p50, _ in curve:
        if scale == 1:
            mark_configured(axes, p50, rate, "as configured")
    axes.set_xlim(left=0)
    _rate_axis(axes, rates)
    axes.legend(frameon=False)
    return svg(axes, "Utterances cut off over the wait for the end")


def pauses(result: Mapping[str, Any]) -> str | None:
    """How often `bench endpoint` took a pause for the end, by the length of the pause."""
    rows = result.get("by_pause") or []
    if not rows:
        return None
    axes = new_axes("ms of silence inside the utterance", "cut off in the pause")
    rates = [row["cutoff_rate"] or 0.0 for row in rows]
    bars = axes.bar(range(len(rows)), rates, 0.64, color=COLOUR)
    axes.bar_label(
        bars,
        [f"{100 * rate:.3g} % of {_label(row['n'])}" for rate, row in zip(rates, rows, strict=True)],
        fontsize="small",
    )
    axes.set_xticks(range(len(rows)), [_label(row["pause_ms"]) for row in rows])
    axes.grid(visible=False, axis="x")
    _rate_axis(axes, rates)
    return svg(axes, "Pauses in which the user was cut off")


def wake_curve(result: Mapping[str, Any]) -> str | None:
    """Missed wake words of `bench wake` over false accepts an hour, by threshold.

    The x axis is logarithmic from one false accept in all recordings on, and linear below, so that zero has a place.
    """
    curve, hours = result.get("curve") or [], result.get("hours") or 0.0
    if not curve or not hours:
        return None
    axes = new_axes(f"false accepts an hour, in {duration(hours)}", "missed wake words")
    axes.set_xscale("symlog", linthresh=1 / hours)
    axes.xaxis.set_major_formatter(ScalarFormatter())
    accepts, misses = [point[2] for point in curve], [point[1] for point in curve]
    axes.plot(accepts, misses, "o-", color=COLOUR)
    mark_configured(axes, result["false_accepts_per_hour"], result["miss_rate"], f"threshold {result['threshold']:g}")
    axes.set_xlim(-0.2 / hours, 1.2 * max(10 / hours, *accepts))
    _rate_axis(axes, misses)
    axes.legend(frameon=False)
    return svg(axes, "Missed wake words over false accepts an hour")


def _label(text: object) -> str:
    """A text of a result, without characters that the font lacks."""
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in str(text))


def _rate_axis(axes: "Axes", rates: Sequence[float]) -> None:
    """Percent from 0 to a little above the highest rate."""
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_ylim(0, max(0.01, 1.15 * max(rates)))


def duration(hours: float) -> str:
    """A length of time in a unit that suits it."""
    for unit, share in (("hours", 1), ("minutes", 60)):
        if hours * share >= 2:  # noqa: PLR2004 - one hour is easier to read in minutes
            return f"{hours * share:.3g} {unit}"
    return f"{hours * 3600:.0f} seconds"
