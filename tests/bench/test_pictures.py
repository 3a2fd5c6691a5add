"""Pictures of results, the same bytes each time; and the scripts that draw those of the documents."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from edge.bench.pictures import wake_curve, waterfalls
from edge.bench.waterfall import of_turn, worked_ms

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
NOISE = {"by_snr": [{"snr_db": 6.0, "accuracy": 0.9}, {"snr_db": 24.0, "accuracy": 0.99}]}


def texts(picture: str) -> set[str]:
    return {text.strip() for text in ET.fromstring(picture).itertext()}


def test_work_before_and_after_the_first_sound_is_drawn_and_counted() -> None:
    spans = [("llm", -9000.0, -8000.0, True), ("turn", 0.0, 300.0, False), ("tts", 300.0, 9000.0, False)]
    fall = of_turn({"spans": spans, "first_audio_ms": 400.0}, "home")
    assert (worked_ms(fall, "turn"), worked_ms(fall, "tts"), worked_ms(fall, "llm")) == (300.0, 100.0, None)
    shown = texts(waterfalls([fall]))
    assert {
        "turn",
        "llm",
        "tts",
        "300 ms",
        "100 ms",
        "home",
        "first sound 400 ms (solid line), commit 300 ms (dashed)",
    } <= shown


def test_a_turn_in_which_nothing_took_time_can_be_drawn() -> None:
    assert "route" in texts(
        waterfalls([of_turn({"spans": [("route", 0.0, 0.0, False)], "first_audio_ms": 0.0}, "home")])
    )


def test_the_same_result_is_the_same_picture_in_another_process() -> None:
    code = f"from edge.bench.pictures import wake_curve; print(wake_curve({WAKE | {'hours': 1.0}!r}), end='')"
    drawn = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "TZ": zone}
        ).stdout
        for zone in ("UTC", "Asia/Tokyo")
    ]
    assert drawn[0] == drawn[1] == wake_curve(WAKE | {"hours": 1.0})
    assert "date" not in drawn[0].lower()


def test_a_picture_loads_nothing_and_holds_text_as_text() -> None:
    drawn = wake_curve(WAKE | {"hours": 1.0})
    assert drawn is not None
    assert not re.search(r"<(script|image)|@import|@font-face|(href|src)=\"(?!#)", drawn)
    assert {"missed wake words", "threshold 0.3"} <= texts(drawn)


@pytest.mark.parametrize(
    ("script", "result", "argument", "words"),
    [
        ("plot_latency.py", TURNS, "{}", {"home: medians of 2 turns", "llm: medians of 1 turn", "tts"}),
        ("plot_wake_curve.py", WAKE, "<oww>={}", {"<oww>, threshold 0.3, patience 2", "missed wake words"}),
        ("plot_noise_curve.py", NOISE, "{}", {"edge-voice", "Picovoice Rhino", "orders with every value right"}),
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
    assert words <= texts(picture.read_text())
