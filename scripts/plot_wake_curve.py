"""Draws docs/pictures/wake-curve.svg from the JSON of `edge-voice bench wake --json`, one line per file.

    python scripts/plot_wake_curve.py "openWakeWord=oww.json" "microWakeWord=mww.json"

Lower left is better. The ring marks the configured threshold. Needs the extra `bench`.
"""

import json
import sys
from itertools import cycle
from pathlib import Path

from matplotlib.ticker import PercentFormatter

from edge.bench.pictures import PALETTE, new_axes, svg

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "wake-curve.svg"

MAX_ACCEPTS, MAX_MISSES = 10.0, 0.16


def main() -> None:
    """Draw the files given on the command line."""
    axes = new_axes("false accepts an hour of dense speech", "missed wake words")
    for argument, colour in zip(sys.argv[1:], cycle(PALETTE), strict=False):
        label, _, path = argument.partition("=")
        result = json.loads(Path(path).read_text(encoding="utf-8"))
        label += f", threshold {result['threshold']:g}, patience {result['patience']}"
        _, misses, accepts = zip(*result["curve"], strict=True)
        axes.plot(accepts, misses, "o-", ms=4, color=colour, label=label)
        axes.plot(result["false_accepts_per_hour"], result["miss_rate"], "o", ms=12, mfc="none", mec=colour, mew=2)
    axes.set(xlim=(0, MAX_ACCEPTS), ylim=(0, MAX_MISSES))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.legend(frameon=False)
    PICTURE.write_text(svg(axes, "Missed wake words over false accepts an hour"), encoding="utf-8")


if __name__ == "__main__":
    main()
