"""Draws docs/pictures/speech-to-intent.svg: how many orders are understood over noise, beside the published engines.

    edge-voice bench intent --manifest $EDGE_VOICE_DATA/speech-to-intent.jsonl \
      --sentences $EDGE_VOICE_DATA/coffee-sentences.yaml --noise $EDGE_VOICE_DATA/noise/kitchen/kitchen.flac \
      --snr 6 --snr 9 --snr 12 --snr 15 --snr 18 --snr 21 --snr 24 --json > noise.json
    python scripts/plot_noise_curve.py noise.json

Several files (other `--seed`s) are averaged, and the thin bar shows their range. Towards the upper left is better.
"""

import json
import sys
from pathlib import Path
from typing import Any

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "speech-to-intent.svg"

PUBLISHED_SNR_DB = (6, 9, 12, 15, 18, 21, 24)
PUBLISHED = {
    "Picovoice Rhino": (0.95, 0.98, 0.98, 0.99, 0.99, 0.99, 0.99),
    "IBM Watson": (0.72, 0.84, 0.89, 0.93, 0.95, 0.95, 0.96),
    "Microsoft LUIS": (0.86, 0.89, 0.90, 0.91, 0.92, 0.93, 0.93),
    "Amazon Lex": (0.80, 0.84, 0.85, 0.87, 0.87, 0.87, 0.88),
    "Google Dialogflow": (0.70, 0.78, 0.78, 0.80, 0.81, 0.82, 0.83),
}
"""Kitchen noise, 619 recordings: the arrays of `benchmark/plot.py` in github.com/Picovoice/speech-to-intent-benchmark
(Apache-2.0), the version whose mean for Rhino over kitchen and cafe is 97.6 %; read in November 2026."""

OURS = "edge-voice"
COLOURS = ("#c2571a", "#7c3aed", "#4d7c0f", "#a16207", "#737373")
OUR_COLOUR = "#0b6e99"

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 680, 420, 70, 24, 150, 60
LEAST, MOST = 0.65, 1.0
LEAST_DB, MOST_DB = 6, 24
LINE = 15.0
"""Between two names at the right edge."""


def place(snr_db: float, accuracy: float) -> tuple[float, float]:
    """Where a point lies in the picture."""
    x = LEFT + (WIDTH - LEFT - RIGHT) * (snr_db - LEAST_DB) / (MOST_DB - LEAST_DB)
    y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (max(accuracy, LEAST) - LEAST) / (MOST - LEAST)
    return round(x, 1), round(y, 1)


def text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "#333") -> str:
    """A piece of text."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def axes() -> list[str]:
    """The frame, its grid and its captions."""
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for snr_db in PUBLISHED_SNR_DB:
        x, bottom = place(snr_db, LEAST)
        parts += [f'<path d="M{x} {TOP}V{bottom}" stroke="#ddd"/>', text(x, bottom + 18, f"{snr_db} dB")]
    for percent in range(round(LEAST * 100), round(MOST * 100) + 1, 5):
        left, y = place(LEAST_DB, percent / 100)
        parts += [
            f'<path d="M{left} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            text(left - 8, y + 4, f"{percent} %", "end"),
        ]
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, "speech over kitchen noise"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(f'<g transform="rotate(-90 16 {middle})">{text(16, middle, "orders with every value right")}</g>')
    return parts


def line(points: dict[float, float], colour: str, width: float) -> list[str]:
    """One engine: accuracy by SNR."""
    places = [place(snr_db, accuracy) for snr_db, accuracy in sorted(points.items())]
    path = " ".join(f"{x},{y}" for x, y in places)
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>',
        *(f'<circle cx="{x}" cy="{y}" r="{width + 1}" fill="{colour}"/>' for x, y in places),
    ]


def names(lines: dict[str, tuple[dict[float, float], str]]) -> list[str]:
    """The name of each engine at the right end of its line, from the top down, never one on another."""
    ends = sorted((place(max(points), points[max(points)])[1], name) for name, (points, _) in lines.items())
    parts: list[str] = []
    last = -LINE
    for y, name in ends:
        last = max(y, last + LINE)
        parts.append(text(WIDTH - RIGHT + 10, last + 4, name, "start", lines[name][1]))
    return parts


def ours(results: list[dict[str, Any]]) -> dict[float, list[float]]:
    """The accuracies at each SNR."""
    found: dict[float, list[float]] = {}
    for result in results:
        for level in result["by_snr"]:
            found.setdefault(level["snr_db"], []).append(level["accuracy"])
    return found


def main() -> None:
    """Draw what the command line names."""
    measured = ours([json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]])
    lines: dict[str, tuple[dict[float, float], str]] = {
        name: (dict(zip(map(float, PUBLISHED_SNR_DB), accuracies, strict=True)), colour)
        for (name, accuracies), colour in zip(PUBLISHED.items(), COLOURS, strict=True)
    }
    lines[OURS] = ({snr_db: sum(all_of) / len(all_of) for snr_db, all_of in measured.items()}, OUR_COLOUR)
    parts = axes()
    for name, (points, colour) in lines.items():
        parts += line(points, colour, 3 if name == OURS else 1.5)
    for snr_db, accuracies in measured.items():
        (x, low), (_, high) = place(snr_db, min(accuracies)), place(snr_db, max(accuracies))
        parts.append(f'<path d="M{x} {low}V{high}" stroke="{OUR_COLOUR}"/>')
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = ' font-family="sans-serif" font-size="13">'
    PICTURE.write_text("\n".join([head + style, *parts, *names(lines), "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
