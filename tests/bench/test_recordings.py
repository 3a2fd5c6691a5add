"""The recordings that ship: what the demo, the benchmarks and other tests rely on."""

from pathlib import Path

import numpy as np
import pytest

import edge.bench
from edge.audio.recordings import read_recording
from edge.bench.common import Row, read_manifest

FOLDER = Path(edge.bench.__file__).parent / "recordings"
ROWS = read_manifest(FOLDER / "manifest.jsonl")


def part(name: str) -> list[Row]:
    return [row for row in ROWS if row.fields["part"] == name]


def test_they_are_small_and_each_is_named_once() -> None:
    files = {file.name for file in FOLDER.glob("*.flac")}
    assert sorted(row.audio.name for row in ROWS) == sorted(files)
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 1_500_000


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


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.audio.stem)
def test_the_words_lie_where_the_manifest_says(row: Row) -> None:
    samples = read_recording(row.audio)
    assert 0.3 < np.abs(samples).max() < 0.6
    assert np.count_nonzero(samples == 0) < len(samples) / 4  # a room is never digitally silent
    if "speech" not in row.fields:
        return
    start, end = (ms * 16 for ms in row.fields["speech"])
    assert 0 < start < end < len(samples) - 16 * 250
    assert np.abs(samples[end + 16 * 50 :]).max() < 0.01 < np.abs(samples[start:end]).max()
