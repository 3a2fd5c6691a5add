"""Draws docs/pictures/wake-curve.svg from the JSON of `edge-voice bench wake --json`, one line for each file.

    python scripts/plot_wake_curve.py "openWakeWord=oww.json" "microWakeWord=mww.json"

Towards the lower left is better. The ring marks the threshold that was configured.
"""

import json
import sys
from pathlib import Path
from typing import Any

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "wake-curve.svg"

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 400, 70, 30, 20, 60
MOST_ACCEPTS, MOST_MISSES = 10.0, 0.16
COLOURS = ("#0b6e99", "#c2571a", "#4d7c0f", "#7c3aed")


def place(false_accepts: float, misses: float) -> tuple[float, float]:
    """Where a point of the curve lies in the picture."""
    x = LEFT + (WIDTH - LEFT - RIGHT) * min(false_accepts / MOST_ACCEPTS, 1)
    y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(misses / MOST_MISSES, 1)
    return round(x, 1), round(y, 1)


def text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "#333") -> str:
    """A piece of text."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def axes() -> list[str]:
    """The frame, its grid and its captions."""
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for accepts in range(0, int(MOST_ACCEPTS) + 1, 2):
        x, bottom = place(accepts, 0)
        parts += [f'<path d="M{x} {TOP}V{bottom}" stroke="#ddd"/>', text(x, bottom + 18, str(accepts))]
    for percent in range(0, int(MOST_MISSES * 100) + 1, 4):
        left, y = place(0, percent / 100)
        parts += [
            f'<path d="M{left} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            text(left - 8, y + 4, f"{percent} %", "end"),
        ]
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, "false accepts an hour of dense speech"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(f'<g transform="rotate(-90 18 {middle})">{text(18, middle, "missed wake words")}</g>')
    return parts


def line(label: str, result: dict[str, Any], colour: str, row: int) -> list[str]:
    """One engine: its curve, its configured threshold, its name."""
    points = [place(accepts, misses) for _, misses, accepts in result["curve"]]
    ring = place(result["false_accepts_per_hour"], result["miss_rate"])
    path = " ".join(f"{x},{y}" for x, y in points)
    name = f"{label}, threshold {result['threshold']:g}, patience {result['patience']}"
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points),
        f'<circle cx="{ring[0]}" cy="{ring[1]}" r="8" fill="none" stroke="{colour}" stroke-width="2"/>',
        text(WIDTH - RIGHT - 8, TOP + 18 + 18 * row, name, "end", colour),
    ]


def main() -> None:
    """Draw what the command line names."""
    parts = axes()
    for row, argument in enumerate(sys.argv[1:]):
        label, _, path = argument.partition("=")
        parts += line(label, json.loads(Path(path).read_text(encoding="utf-8")), COLOURS[row % len(COLOURS)], row)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = ' font-family="sans-serif" font-size="13">'
    PICTURE.write_text("\n".join([head + style, *parts, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
