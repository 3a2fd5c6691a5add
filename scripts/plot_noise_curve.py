"""Draws docs/pictures/speech-to-intent.svg: accuracy over noise, beside the published engines.

    edge-voice bench intent --manifest $EDGE_VOICE_DATA/speech-to-intent.jsonl \
      --sentences $EDGE_VOICE_DATA/coffee-sentences.yaml --noise $EDGE_VOICE_DATA/noise/kitchen/kitchen.flac \
      --snr 6 --snr 9 --snr 12 --snr 15 --snr 18 --snr 21 --snr 24 --json > noise.json
    python scripts/plot_noise_curve.py noise.json

Several files (with different `--seed`s) are averaged, and a thin bar shows their range. Upper left is better. Needs
the extra `bench`.
"""

import json
import sys
from pathlib import Path
from statistics import fmean
from typing import Any

from matplotlib.ticker import PercentFormatter

from edge.bench.pictures import PALETTE, new_axes, svg

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


def levels(results: list[dict[str, Any]]) -> dict[float, list[float]]:
    """The accuracies at each SNR in dB."""
    found: dict[float, list[float]] = {}
    for result in results:
        for level in result["by_snr"]:
            found.setdefault(level["snr_db"], []).append(level["accuracy"])
    return dict(sorted(found.items()))


def main() -> None:
    """Draw the files given on the command line."""
    measured = levels([json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]])
    axes = new_axes("speech over kitchen noise, dB", "orders with every value right")
    means = [fmean(accuracies) for accuracies in measured.values()]
    below = [mean - min(accuracies) for mean, accuracies in zip(means, measured.values(), strict=True)]
    above = [max(accuracies) - mean for mean, accuracies in zip(means, measured.values(), strict=True)]
    axes.errorbar(list(measured), means, (below, above), fmt="o-", lw=3, elinewidth=1, color=PALETTE[0], label=OURS)
    for (name, accuracies), colour in zip(PUBLISHED.items(), PALETTE[1:], strict=False):
        axes.plot(PUBLISHED_SNR_DB, accuracies, "o-", lw=1.5, ms=4, color=colour, label=name)
    axes.set_xticks(PUBLISHED_SNR_DB)
    axes.set_ylim(0.65, 1.01)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.legend(frameon=False)
    PICTURE.write_text(svg(axes, "Orders with every value right over noise"), encoding="utf-8")


if __name__ == "__main__":
    main()
