"""Real engine, shipped recordings. How good the numbers are is for their reader; that they add up is tested here."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from edge.bench.common import read_manifest
from edge.bench.wake import RECORDINGS, bench_wake, end_of_word
from edge.errors import ModelError, UsageError
from edge.settings import Settings, WakeSettings, WakeWordSettings
from edge.store import ModelStore

TWO_WORDS = {"alexa": WakeWordSettings(model="alexa"), "jarvis": WakeWordSettings(model="hey_jarvis")}


def manifest(folder: Path, name: str, recordings: list[str]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps({"audio": str(RECORDINGS.parent / one)}) + "\n" for one in recordings))
    return path


@pytest.fixture
def positive(tmp_path: Path) -> Path:
    return manifest(tmp_path, "positive.jsonl", ["wake-1.flac", "wake-2.flac"])


@pytest.fixture
def negative(tmp_path: Path) -> Path:
    return manifest(tmp_path, "negative.jsonl", ["negative-news.flac", "negative-exam.flac"])


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    path = tmp_path / "noise.wav"
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 16_000), 16_000)
    return path


def test_the_shipped_recordings_are_measured_without_any_input(store: ModelStore) -> None:
    assert store
    result = bench_wake(Settings())
    rows = [row.fields for row in read_manifest(RECORDINGS)]
    assert result["n"] == sum(row["wake"] for row in rows)
    assert (result["engine"], result["word"]) == ("openwakeword", "alexa")
    assert result["miss_rate"] == 0
    assert result["false_accepts_per_hour"] == 0
    assert 0 < result["cpu_percent_of_core"] < 100
    assert json.loads(json.dumps(result)) == result


def test_the_curve_holds_the_configured_threshold_and_agrees_with_it(
    store: ModelStore, positive: Path, negative: Path
) -> None:
    assert store
    words = {"alexa": WakeWordSettings(model="alexa", threshold=0.999)}
    result = bench_wake(Settings(wake=WakeSettings(words=words)), positive=positive, negative=negative)
    point = [result["threshold"], result["miss_rate"], result["false_accepts_per_hour"]]
    assert point in result["curve"]
    assert point[0] == 0.999
    misses = [miss for _, miss, _ in result["curve"]]
    assert misses == sorted(misses)


def test_recordings_without_the_word_are_missed_and_those_with_it_accepted(
    store: ModelStore, positive: Path, negative: Path
) -> None:
    assert store
    swapped = bench_wake(Settings(), positive=negative, negative=positive)
    assert swapped["miss_rate"] == 1
    assert swapped["false_accepts"] == 2
    assert [Path(one).name for one in swapped["falsely_accepted"]] == ["wake-1.flac", "wake-2.flac"]
    assert swapped["false_accepts_per_hour"] == pytest.approx(2 / swapped["hours"], rel=0.1)


def test_noise_is_the_same_each_time(store: ModelStore, positive: Path, negative: Path, noise: Path) -> None:
    assert store

    def measured() -> dict[str, Any]:
        result = bench_wake(Settings(), positive=positive, negative=negative, noise=noise, snr_db=10)
        return {key: value for key, value in result.items() if key != "cpu_percent_of_core"}

    assert measured() == measured()


@pytest.mark.parametrize("level", [{"noise": Path("noise.wav")}, {"snr_db": 10.0}])
def test_noise_and_its_level_are_given_together(level: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        bench_wake(Settings(), **level)
    assert caught.value.code == "bench-noise"


def test_of_several_words_one_is_chosen(store: ModelStore, positive: Path, negative: Path) -> None:
    assert store
    settings = Settings(wake=WakeSettings(words=TWO_WORDS))
    with pytest.raises(UsageError, match="alexa, jarvis"):
        bench_wake(settings, positive=positive, negative=negative)
    assert bench_wake(settings, positive=positive, negative=negative, word="alexa")["misses"] == 0


def test_a_word_that_is_no_model_is_one_error(store: ModelStore, positive: Path, negative: Path) -> None:
    assert store
    with pytest.raises(ModelError):
        bench_wake(Settings(), positive=positive, negative=negative, word="hey_nobody")


def test_the_end_of_a_word_is_that_of_the_loudest_stretch() -> None:
    audio = np.zeros(32_000, np.float32)
    audio[3200:8000] = 0.5
    audio[9600:12_800] = 0.1  # 100 ms later: the same word
    audio[20_000:20_160] = 0.3  # a click
    assert end_of_word(audio) == 12_800
    assert end_of_word(audio[:100]) == 100
