"""Writes tests/nlu/frozen_sentences.json: what becomes of Home Assistant's test sentences, by their hashes.

    python scripts/freeze_sentences.py "$EDGE_VOICE_DATA"

Run it when the package home-assistant-intents or our own sentences changed, and read the difference before it is kept.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.nlu.frozen_sentences import FROZEN, write

if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the folder
        sys.exit(__doc__)
    write(Path(sys.argv[1]))
    print(f"{FROZEN}: read the difference")
