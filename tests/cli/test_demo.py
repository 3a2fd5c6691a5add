"""The main job, on the real engines, in real time: what `make run` shows on a machine without a microphone."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import soundfile

from edge.bench.common import read_manifest
from edge.bench.turn import RECORDINGS
from edge.nlu.en.clock import spoken_time
from edge.nlu.en.normalise import normalise
from edge.store import ModelStore

EXPECTED = [row.fields for row in read_manifest(RECORDINGS) if row.fields["part"] == "dialogue"]


@dataclass(frozen=True)
class Demo:
    """The turns as JSON, the folder of the spoken replies, and the minutes that the clock showed meanwhile."""

    turns: list[dict[str, object]]
    replies: Path
    minutes: list[datetime]


@pytest.fixture(scope="module")
def demo(store: ModelStore, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    assert store.names()
    replies = tmp_path_factory.mktemp("replies")
    command = [sys.executable, "-m", "edge", "demo", "--json", "--replies", str(replies)]
    began = datetime.now().astimezone()
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert ran.returncode == 0, ran.stderr
    passed = (datetime.now().astimezone() - began) // timedelta(minutes=1) + 2
    return Demo(json.loads(ran.stdout)["turns"], replies, [began + timedelta(minutes=n) for n in range(passed)])


@pytest.mark.parametrize("number", range(len(EXPECTED)), ids=[fields["audio"] for fields in EXPECTED])
def test_each_turn_is_understood_word_for_word_and_answered(demo: Demo, number: int) -> None:
    turn, expect = demo.turns[number], EXPECTED[number]["expect"]
    assert normalise(str(turn["transcript"])) == normalise(expect["transcript"])
    assert turn["intent"] == expect["intent"]
    if expect["reply"] is not None:
        assert turn["reply"] == expect["reply"]
    assert turn["outcome"] == "answered"


def test_replies_that_depend_on_the_clock_say_what_they_should(demo: Demo) -> None:
    replies = {str(turn["audio"]): str(turn["reply"]) for turn in demo.turns}
    assert replies["01-time.flac"] in {f"It's {spoken_time(minute)}." for minute in demo.minutes}
    assert re.fullmatch(r"9 minutes and \d+ seconds left on the 10 minute timer\.", replies["03-timer-left.flac"])
    assert replies["07-never-mind.flac"] == ""


def test_free_answers_are_finished_and_short(demo: Demo) -> None:
    free = [turn for turn in demo.turns if turn["intent"] is None]
    assert len(free) >= 2
    for turn in free:
        reply = str(turn["reply"])
        assert turn["answerer"] == "llm"
        assert reply.endswith((".", "!", "?"))
        assert len(reply.split()) <= 80


def test_every_spoken_reply_is_kept_as_sound(demo: Demo) -> None:
    for number, turn in enumerate(demo.turns, 1):
        found = list(demo.replies.glob(f"{number:02}-*.wav"))
        assert len(found) == 1, turn
        samples, rate_hz = soundfile.read(found[0])
        assert rate_hz == 24_000
        assert abs(samples).max() > 0.05


def test_every_turn_says_where_its_time_went(demo: Demo) -> None:
    for turn in demo.turns:
        stages = turn["stages_ms"]
        assert isinstance(stages, dict)
        assert {"turn", "stt", "route"} <= set(stages)
        assert turn["first_audio_ms"] is not None  # where nothing is to be said, a sound
