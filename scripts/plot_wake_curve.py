"""Draws docs/pictures/wake-curve.svg from the JSON of `edge-voice bench wake --json`, one line for each file.

    python scripts/plot_wake_curve.py "openWakeWord=oww.json" "microWakeWord=mww.json"

Towards the lower left is better. The ring marks the threshold that was configured.
"""

import json
import sys
from pathlib import Path

from edge.bench.plots import SERIES, Axis, Plot, percent

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "wake-curve.svg"

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 400, 70, 30, 20, 60
MOST_ACCEPTS, MOST_MISSES = 10.0, 0.16


def main() -> None:
    """Draw what the command line names."""
    x = Axis(0, MOST_ACCEPTS, LEFT, WIDTH - RIGHT)
    y = Axis(0, MOST_MISSES, HEIGHT - BOTTOM, TOP)
    plot = Plot("wake-curve", WIDTH, HEIGHT, "Missed wake words over false accepts an hour")
    plot.x_axis(x, TOP, HEIGHT - BOTTOM, "false accepts an hour of dense speech")
    plot.y_axis(y, LEFT, WIDTH - RIGHT, "missed wake words", percent)
    names = []
    for number, argument in enumerate(sys.argv[1:]):
        label, _, path = argument.partition("=")
        series = number % SERIES + 1
        result = json.loads(Path(path).read_text(encoding="utf-8"))
        points = [(x(accepts), y(misses)) for _, misses, accepts in result["curve"]]
        plot.line(points, series)
        for point in points:
            plot.dot(*point, series)
        plot.ring(x(result["false_accepts_per_hour"]), y(result["miss_rate"]), series)
        names.append((f"{label}, threshold {result['threshold']:g}, patience {result['patience']}", series, ""))
    plot.key(WIDTH - RIGHT - 8, TOP + 18, names)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(plot.svg(alone=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
