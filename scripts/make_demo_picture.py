"""Draws docs/pictures/demo.svg from a real run of `edge-voice demo`."""

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from edge.cli.dialogue import alone, show_dialogue
from edge.runtime.config_file import load_settings
from edge.runtime.logs import set_up_logging

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "demo.svg"


def main() -> None:
    """Run the demo and save its output."""
    set_up_logging("warning")
    console = Console(record=True, width=110, force_terminal=True)
    with TemporaryDirectory() as replies:
        asyncio.run(show_dialogue(alone(load_settings(None)), Path(replies), console, show_folder=False))
    picture = console.export_svg(title="edge-voice demo")
    # No fonts from elsewhere: a picture of a private speaker must not load anything.
    picture = re.sub(r"@font-face\s*\{[^}]*\}", "", picture)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
