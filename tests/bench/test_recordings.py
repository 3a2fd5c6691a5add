"""The recordings that ship: what the demo, the benchmarks and other tests rely on."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

import edge.bench
from edge.audio.recordings import read_recording
from edge.bench.common import Row, read_manifest
from edge.bench.turn import TURNS
from edge.nlu.kinds import OPEN
from edge.route import open_router
from edge.settings import Settings
from edge.turn.endpointer import SILENCE_TIMEOUTS
from scripts.recordings import turns

FOLDER = Path(edge.bench.__file__).parent / "recordings"
ROWS = read_manifest(FOLDER / "manifest.jsonl")
TURN_ROWS = read_manifest(TURNS)


def part(name: str) -> list[Row]:
    return [row for row in ROWS if row.fields["part"] == name]


def test_they_are_small_and_each_is_named_once() -> None:
    for folder, rows, limit in ((FOLDER, ROWS, 1_500_000), (TURNS.parent, TURN_ROWS, 3_000_000)):
        files = {file.name for file in folder.glob("*.flac")}
        assert sorted(row.audio.name for row in rows) == sorted(files)
        assert sum(file.stat().st_size for file in folder.iterdir()) < limit


def test_there_is_something_for_every_benchmark() -> None:
    assert len(part("dialogue")) >= 8
    assert len(part("command")) >= 10
    assert len(part("wake")) >= 5
    assert len(part("negative")) >= 3
    assert all(row.fields["wake"] for row in part("wake"))
    assert not any(row.fields["wake"] for row in part("command") + part("negative"))


def test_a_turn_says_what_is_expected_of_it() -> None:
    for row in part("dialogue"):
        assert row.fields["wake"] != row.fields.get("follow_up", False)
        assert row.fields["text"].lower().endswith(row.fields["expect"]["transcript"].lower())
        assert {"transcript", "intent", "reply"} <= row.fields["expect"].keys()


@pytest.mark.parametrize("row", [*ROWS, *TURN_ROWS], ids=lambda row: row.audio.stem)
def test_the_words_lie_where_the_manifest_says(row: Row) -> None:
    samples = read_recording(row.audio)
    assert 0.3 < np.abs(samples).max() < 0.6
    assert np.count_nonzero(samples == 0) < len(samples) / 4  # a room is never digitally silent
    if "speech" not in row.fields:
        return
    start, end = (ms * 16 for ms in row.fields["speech"])
    assert 0 < start < end < len(samples) - 16 * 250
    assert np.abs(samples[end + 16 * 50 :]).max() < 0.01 < np.abs(samples[start:end]).max()


def test_the_turns_are_thirty_commands_and_thirty_questions() -> None:
    parts = [row.fields["part"] for row in TURN_ROWS]
    assert parts == ["command"] * 30 + ["question"] * 30
    texts = [row.fields["text"] for row in TURN_ROWS]
    assert len({text.lower() for text in texts}) == 60
    assert all(2 <= len(text.split()) <= 14 for text in texts)
    for row in TURN_ROWS:
        assert not row.fields["wake"]
        assert row.fields["expect"]["transcript"] == row.fields["text"]
        assert (row.fields["expect"]["intent"] is not None) == (row.fields["part"] == "command")


def test_the_turns_are_what_the_script_says() -> None:
    said = [(f"{take.name}.flac", take.text) for takes in turns.TURNS.values() for take in takes]
    assert said == [(row.audio.name, row.fields["text"]) for row in TURN_ROWS]
    for takes in turns.TURNS.values():
        assert len({(take.voice, take.speed, take.pitch) for take in takes}) >= 6
        assert {take.voice for take in takes} == {"heart", "joe"}
        assert all(0.85 <= take.speed <= 1.2 and 0.9 <= take.pitch <= 1.12 for take in takes)


@pytest.mark.parametrize("row", TURN_ROWS, ids=lambda row: row.audio.stem)
def test_a_turn_ends_before_its_recording(row: Row) -> None:
    assert soundfile.info(row.audio).subtype == "PCM_16"
    assert soundfile.info(row.audio).samplerate == 16_000
    start, end = row.fields["speech"]
    assert start == 500
    assert 300 < end - start < 6000
    assert len(read_recording(row.audio)) / 16 - end == pytest.approx(1500, abs=1)
    patience = SILENCE_TIMEOUTS[Settings().turn.endpointing]
    assert patience.open < 1500  # milliseconds of silence that end any utterance


def test_a_speaker_without_a_home_answers_the_turns_as_expected() -> None:
    """Of thirty questions, at most three are taken for something else: kinds are learned, not certain.

    At least half are left to a model: `edge-voice bench turn` tells their times apart from those that are looked up.
    """
    router = open_router(Settings(), cloud=lambda: "no-key", fit=OPEN)
    missed, asked = [], 0
    for row in TURN_ROWS:
        decision = router.decide(row.fields["text"])
        intent = decision.intent.name if decision.intent else None
        if row.fields["expect"]["intent"] is None:
            asked += decision.answerer == "llm"
            missed += [row.fields["text"]] if decision.answerer != "llm" and decision.reason != "looked-up" else []
        else:
            assert (intent, decision.answerer) == (row.fields["expect"]["intent"], "home")
    assert len(missed) <= 3, missed
    assert asked >= 15
