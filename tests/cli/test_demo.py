"""The main job, on the real engines, in real time: what `make run` shows on a machine without a microphone."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from edge.bench.common import read_manifest
from edge.bench.turn import RECORDINGS
from edge.nlu.en.normalise import normalise
from edge.store import ModelStore

EXPECTED = [row.fields for row in read_manifest(RECORDINGS) if row.fields["part"] == "dialogue"]


@pytest.fixture(scope="module")
def demo(store: ModelStore, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, object]], Path]:
    assert store.names()
    replies = tmp_path_factory.mktemp("replies")
    command = [sys.executable, "-m", "edge", "demo", "--json", "--replies", str(replies)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)["turns"], replies


@pytest.mark.parametrize("number", range(len(EXPECTED)), ids=[fields["audio"] for fields in EXPECTED])
def test_each_turn_is_understood_word_for_word_and_answered(
    demo: tuple[list[dict[str, object]], Path], number: int
) -> None:
    turn, expect = demo[0][number], EXPECTED[number]["expect"]
    assert normalise(str(turn["transcript"])) == normalise(expect["transcript"])
    assert turn["intent"] == expect["intent"]
    if expect["reply"] is not None:
        assert turn["reply"] == expect["reply"]
    assert turn["outcome"] == "answered"


def test_replies_that_depend_on_the_clock_say_what_they_should(demo: tuple[list[dict[str, object]], Path]) -> None:
    replies = {str(turn["audio"]): str(turn["reply"]) for turn in demo[0]}
    assert re.fullmatch(r"It's \d{1,2}:\d\d [AP]M\.", replies["01-time.flac"])
    assert re.fullmatch(r"9 minutes and \d+ seconds left on the 10 minute timer\.", replies["03-timer-left.flac"])
    assert replies["07-never-mind.flac"] == ""


def test_free_answers_are_finished_and_short(demo: tuple[list[dict[str, object]], Path]) -> None:
    free = [turn for turn in demo[0] if turn["intent"] is None]
    assert len(free) >= 2
    for turn in free:
        reply = str(turn["reply"])
        assert turn["answerer"] == "llm"
        assert reply.endswith((".", "!", "?"))
        assert len(reply.split()) <= 80


def test_every_spoken_reply_is_kept_as_sound(demo: tuple[list[dict[str, object]], Path]) -> None:
    turns, replies = demo
    for number, turn in enumerate(turns, 1):
        found = list(replies.glob(f"{number:02}-*.wav"))
        assert len(found) == 1, turn
        samples, rate_hz = soundfile.read(found[0])
        assert rate_hz == 24_000
        assert abs(samples).max() > 0.05


def test_every_turn_says_where_its_time_went(demo: tuple[list[dict[str, object]], Path]) -> None:
    for turn in demo[0]:
        stages = turn["stages_ms"]
        assert isinstance(stages, dict)
        assert {"turn", "stt", "route"} <= set(stages)
        assert turn["first_audio_ms"] is not None  # where nothing is to be said, a sound
