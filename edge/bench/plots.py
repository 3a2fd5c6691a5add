"""Small pictures as SVG text: axes, ticks, bars, lines, marks. Pure; every text is escaped.

Colours are classes, so that one picture follows a light and a dark page: `style` has their rules, once for a page or
inside a picture that stands alone. Series are numbered from 1 to `SERIES`.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Anchor = Literal["start", "middle", "end"]

SERIES = 7

_LIGHT = ("#ffffff", "#24292f", "#636c76", "#dfe3e8")
_DARK = ("#15191f", "#e6e9ee", "#98a2ae", "#323a45")
_LIGHT_SERIES = ("#0b6e99", "#c2571a", "#4d7c0f", "#7c3aed", "#b8860b", "#be185d", "#64748b")
_DARK_SERIES = ("#4fb3dd", "#f0935a", "#93c84a", "#b094f7", "#e0b543", "#f27bb0", "#94a3b8")

_CHARACTER = 0.56
"""How wide a character is on average, in sizes of its font: good enough to keep two texts apart."""

_DECADES = 3
"""So many powers of ten on an axis need no ticks between them."""

FONT = 13.0


def style() -> str:
    """The CSS rules of all pictures."""
    light, dark = _rules(_LIGHT, _LIGHT_SERIES), _rules(_DARK, _DARK_SERIES)
    return (
        f".plot{{font:{FONT:g}px system-ui,sans-serif}}.plot .small{{font-size:11px}}.plot .bold{{font-weight:600}}"
        ".plot .line{fill:none;stroke-width:2;stroke-linejoin:round}.plot .thin{stroke-width:1}"
        ".plot .dashed{stroke-dasharray:5 4}.plot .ring{fill:none;stroke-width:2.5}.plot .faint{opacity:.6}"
        f"{light}@media (prefers-color-scheme:dark){{{dark}}}"
    )


def _rules(base: Sequence[str], series: Sequence[str]) -> str:
    paper, ink, muted, grid = base
    own = "".join(f".plot .f{n}{{fill:{c}}}.plot .s{n}{{stroke:{c}}}" for n, c in enumerate(series, 1))
    return (
        f".plot .paper{{fill:{paper}}}.plot text{{fill:{ink}}}.plot text.muted{{fill:{muted}}}"
        f".plot .grid{{stroke:{grid};fill:none}}.plot .area{{fill:{grid};opacity:.5}}"
        f".plot .ink{{stroke:{ink};fill:none}}.plot .halo{{stroke:{paper}}}{own}"
    )


def escaped(text: str) -> str:
    """A text as it may stand in HTML and in XML, between tags and in attributes."""
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def percent(share: float) -> str:
    """A share from 0 to 1 as it is written at an axis."""
    return f"{round(share * 100, 2):g} %"


def width_of(text: str, size: float = FONT) -> float:
    """About how wide a text is."""
    return len(text) * size * _CHARACTER


@dataclass(frozen=True, slots=True)
class Axis:
    """A range of values on a range of places; the logarithmic one knows no values of 0 and below."""

    low: float
    high: float
    begin: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """The place of a value; one outside of the range lies on its edge."""
        low, high, at = (math.log(v) if self.log else v for v in (self.low, self.high, max(value, self.low)))
        share = (min(at, high) - low) / ((high - low) or 1.0)
        return round(self.begin + share * (self.end - self.begin), 1)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values inside the range, `most` or fewer; a logarithmic axis has 1, 2, 5 or only 1 in each decade."""
        if self.log:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            if last - first >= _DECADES:
                return [10.0**power for power in range(first, last + 1)]
            values = [step * 10.0**power for power in range(first - 1, last + 1) for step in (1, 2, 5)]
            return [value for value in values if self.low <= value <= self.high]
        step = round_step((self.high - self.low) / max(1, most - 1))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(number * step, 10) for number in range(first, last + 1)]


def round_step(at_least: float) -> float:
    """1, 2 or 5 times a power of ten, not less than `at_least`."""
    if at_least <= 0 or not math.isfinite(at_least):
        return 1.0
    power = 10.0 ** math.floor(math.log10(at_least))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= at_least * (1 - 1e-9)))


class Plot:
    """A picture that is drawn from the back to the front; places count from the upper left corner."""

    def __init__(self, name: str, width: float, height: float, title: str) -> None:
        """`name` is a word of its own on the page; `title` is what a screen reader says."""
        self.width, self.height = width, height
        self._name, self._title = name, title
        self._parts: list[str] = []
        self._hatches: set[int] = set()

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: Anchor = "middle") -> None:
        """A text whose baseline is at `y`."""
        css = f' class="{kind}"' if kind else ""
        self._parts.append(f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{css}>{escaped(words)}</text>')

    def upright(self, x: float, y: float, words: str) -> None:
        """A text that is read from below, its middle at the place."""
        self._parts.append(f'<g transform="rotate(-90 {x:g} {y:g})">')
        self.text(x, y, words, "muted")
        self._parts.append("</g>")

    def path(self, d: str, kind: str) -> None:
        """A path, e.g. "M0 0H10"."""
        self._parts.append(f'<path class="{kind}" d="{d}"/>')

    def box(self, x: float, y: float, width: float, height: float, kind: str, tip: str = "") -> None:
        """A filled bar; `tip` is shown by browsers when the pointer rests on it."""
        size = f'width="{max(width, 0):.6g}" height="{height:g}"'
        self._parts.append(f'<rect class="{kind}" x="{x:g}" y="{y:g}" {size} rx="2">{_tip(tip)}</rect>')

    def hatched(self, x: float, y: float, width: float, height: float, series: int, tip: str = "") -> None:
        """A bar of hatching with an outline: work that came to nothing."""
        self._hatches.add(series)
        self._parts.append(
            f'<rect class="s{series} thin" x="{x:g}" y="{y:g}" width="{max(width, 0):.6g}" height="{height:g}" rx="2" '
            f'fill="url(#{self._name}-{series})">{_tip(tip)}</rect>'
        )

    def line(self, points: Iterable[tuple[float, float]], series: int, kind: str = "") -> None:
        """A line through places."""
        joined = " ".join(f"{x:g},{y:g}" for x, y in points)
        self._parts.append(f'<polyline class="{f"line s{series} {kind}".strip()}" points="{joined}"/>')

    def dot(self, x: float, y: float, series: int, radius: float = 3.5, kind: str = "", tip: str = "") -> None:
        """A filled dot."""
        css = f"f{series} {kind}".strip()
        self._parts.append(f'<circle class="{css}" cx="{x:g}" cy="{y:g}" r="{radius:g}">{_tip(tip)}</circle>')

    def ring(self, x: float, y: float, series: int) -> None:
        """The mark of what is configured."""
        self._parts.append(f'<circle class="ring s{series}" cx="{x:g}" cy="{y:g}" r="8"/>')

    def x_axis(
        self,
        axis: Axis,
        top: float,
        bottom: float,
        words: str,
        show: Callable[[float], str] = "{:g}".format,
        most: int = 6,
    ) -> None:
        """Ticks with a grid from `top` to `bottom`, and what the axis means below them."""
        for tick in axis.ticks(most):
            x = axis(tick)
            self.path(f"M{x:g} {top:g}V{bottom:g}", "grid")
            self.text(x, bottom + 20, show(tick), "muted")
        self.text((axis.begin + axis.end) / 2, bottom + 40, words, "muted")

    def y_axis(
        self,
        axis: Axis,
        left: float,
        right: float,
        words: str,
        show: Callable[[float], str] = "{:g}".format,
        most: int = 6,
    ) -> None:
        """Ticks with a grid from `left` to `right`, and what the axis means beside them."""
        for tick in axis.ticks(most):
            y = axis(tick)
            self.path(f"M{left:g} {y:g}H{right:g}", "grid")
            self.text(left - 7, y + 4, show(tick), "muted", "end")
        self.upright(14, (axis.begin + axis.end) / 2, words)

    def key(self, right: float, top: float, entries: Iterable[tuple[str, int, str]]) -> None:
        """What is what, from the upper right corner down: words, series, and the kind of line ("ring": a ring)."""
        for row, (words, series, kind) in enumerate(entries):
            y = top + 18 * row
            x = right - width_of(words) - 20
            self.text(right, y, words, "muted", "end")
            if kind == "ring":
                self._parts.append(f'<circle class="ring s{series}" cx="{x - 2:g}" cy="{y - 4:g}" r="6"/>')
            else:
                self.line([(x - 14, y - 4), (x + 6, y - 4)], series, kind)

    def svg(self, *, alone: bool = False) -> str:
        """The picture as an element of a page, or with its own rules and paper as a file."""
        size = f'viewBox="0 0 {self.width:g} {self.height:g}" role="img" aria-label="{escaped(self._title)}"'
        space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
        own = [f"<style>{style()}</style>", '<rect class="paper" width="100%" height="100%"/>'] if alone else []
        hatches = [_hatch(f"{self._name}-{series}", series) for series in sorted(self._hatches)]
        defs = [f"<defs>{''.join(hatches)}</defs>"] if hatches else []
        head = f'<svg class="plot"{space} {size}>'
        return "\n".join([head, *own, *defs, *self._parts, "</svg>"])


def _hatch(name: str, series: int) -> str:
    pattern = f'<pattern id="{escaped(name)}" width="6" height="6" patternUnits="userSpaceOnUse">'
    return f'{pattern}<path class="s{series}" d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke-width="1.5"/></pattern>'


def _tip(words: str) -> str:
    return f"<title>{escaped(words)}</title>" if words else ""
