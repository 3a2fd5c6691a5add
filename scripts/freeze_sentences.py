"""Writes tests/nlu/frozen_sentences.json: the results of Home Assistant's test sentences, by their hashes.

    python scripts/freeze_sentences.py "$EDGE_VOICE_DATA"

Run it after the package home-assistant-intents or our own sentences have changed, and review the difference before you
commit it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.nlu.frozen_sentences import FROZEN, write

if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the folder
        sys.exit(__doc__)
    write(Path(sys.argv[1]))
    print(f"{FROZEN}: review the difference")
