"""Draws docs/pictures/latency.svg: where the time from the end of speech to the first sound goes, by who answers.

    edge-voice bench turn --json > turn.json
    python scripts/plot_latency.py turn.json

The values are medians over the turns of all files. Needs the extra `bench`.
"""

import json
import sys
from pathlib import Path

from edge.bench.pictures import waterfalls
from edge.bench.waterfall import medians

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "latency.svg"

ANSWERERS = ("home", "llm", "cloud")


def main() -> None:
    """Draw the files given on the command line."""
    results = [json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]]
    turns = [turn for result in results for turn in result["turns"]]
    falls = [fall for answerer in ANSWERERS if (fall := medians(turns, answerer))]
    if not falls:
        sys.exit("no turn with a first sound in these files")
    PICTURE.write_text(waterfalls(falls), encoding="utf-8")


if __name__ == "__main__":
    main()
