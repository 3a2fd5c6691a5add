"""The scripts that draw the pictures of the documents, on results like those that their docstrings ask for."""

import json
import runpy
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"

SPANS = [["turn", 80.0, 400.0, False], ["tts", 400.0, 480.0, False]]
TURNS = {"turns": [{"answerer": who, "first_audio_ms": 500.0, "spans": SPANS} for who in ("home", "llm", "home")]}
WAKE = {
    "curve": [[0.1, 0.0, 5.0], [0.3, 0.04, 1.8], [0.9, 0.5, 0.0]],
    "threshold": 0.3,
    "patience": 2,
    "miss_rate": 0.04,
    "false_accepts_per_hour": 1.8,
}


@pytest.mark.parametrize(
    ("script", "result", "argument", "words"),
    [
        ("plot_latency.py", TURNS, "{}", {"home: medians of 2 turns", "llm: medians of 1 turn", "first sound 500 ms"}),
        ("plot_wake_curve.py", WAKE, "<oww>={}", {"<oww>, threshold 0.3, patience 2", "missed wake words", "15 %"}),
    ],
)
def test_a_picture_is_drawn_from_a_result(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, result: dict[str, Any], argument: str, words: set[str]
) -> None:
    file, picture = tmp_path / "result.json", tmp_path / "picture.svg"
    file.write_text(json.dumps(result))
    main = runpy.run_path(str(SCRIPTS / script))["main"]
    monkeypatch.setitem(main.__globals__, "PICTURE", picture)
    monkeypatch.setattr(sys, "argv", [script, argument.format(file)])
    main()
    assert words <= {text.strip() for text in ET.parse(picture).getroot().itertext()}
