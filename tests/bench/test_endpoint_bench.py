"""Pauses that are made, ends that are tried on what was heard, and the real engines on commands that ship."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from edge.audio.waveform import noise_floor, speech_s, with_pause
from edge.bench.common import read_manifest
from edge.bench.endpoint import RECORDINGS, HeardRow, bench_endpoint, chosen, replay
from edge.errors import UsageError
from edge.events import FRAME_MS, SAMPLE_RATE_HZ, Samples
from edge.settings import Settings, TurnSettings
from edge.turn.endpointer import SILENCE_TIMEOUTS, PartialTurn, SilenceTimeouts

NOISE = 1e-3


def two_words(gap_s: float = 0.06) -> Samples:
    """0.5 s of faint noise, 0.6 s of a tone, a gap, 0.6 s of a tone, 0.5 s of faint noise."""
    rate = SAMPLE_RATE_HZ
    tone = 0.3 * np.sin(np.arange(round(0.6 * rate)) * 0.2)
    gap = np.zeros(round(gap_s * rate))
    silence = np.zeros(rate // 2)
    sound = np.concatenate([silence, tone, gap, tone, silence])
    return (sound + NOISE * np.random.default_rng(3).standard_normal(len(sound))).astype(np.float32)


@given(st.integers(20, 2000))
def test_a_pause_has_its_length_lies_between_the_words_and_sounds_like_the_room(pause_ms: int) -> None:
    samples = two_words()
    paused = with_pause(samples, pause_ms, np.random.default_rng(1))
    assert len(paused) - len(samples) == pause_ms * SAMPLE_RATE_HZ // 1000
    added = paused[round(1.115 * SAMPLE_RATE_HZ) : round((1.145 + pause_ms / 1000) * SAMPLE_RATE_HZ)]
    assert np.sqrt(np.mean(added**2, dtype=np.float64)) == pytest.approx(NOISE, rel=0.5)
    assert speech_s(paused, SAMPLE_RATE_HZ)[1] == pytest.approx(1.76 + pause_ms / 1000, abs=0.021)


def test_the_same_seed_makes_the_same_pause() -> None:
    first, again = (with_pause(two_words(), 300, np.random.default_rng(1)) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_no_pause_changes_nothing_and_silence_has_no_place_for_one() -> None:
    samples = two_words()
    assert with_pause(samples, 0, np.random.default_rng(1)) is samples
    silence = np.zeros(SAMPLE_RATE_HZ, np.float32)
    assert not with_pause(silence, 300, np.random.default_rng(1)).any()
    assert len(noise_floor(silence[:10], 100, np.random.default_rng(1))) == 100


def heard(*pieces: tuple[float, float, PartialTurn], end_ms: float) -> HeardRow:
    """Frames of (milliseconds, probability, what was recognised)."""
    frames = [(probability, partial) for ms, probability, partial in pieces for _ in range(round(ms / FRAME_MS))]
    return HeardRow("a.wav", "Turn on the lamp, please.", 400, end_ms, tuple(frames))


BEGUN = PartialTurn("turn on", "could-go-on", 0.0, covers_all_audio=True)
COMPLETE = PartialTurn("turn on the lamp", "complete", 1.0, covers_all_audio=True)


def test_an_end_in_a_pause_is_a_cut_and_one_behind_the_voice_is_none() -> None:
    one = heard((640, 0.9, PartialTurn()), (640, 0.0, BEGUN), (640, 0.9, BEGUN), (2560, 0.0, COMPLETE), end_ms=640 * 3)
    patient = replay(one, Settings(), SILENCE_TIMEOUTS["normal"])
    assert (patient.cut, patient.text, patient.ready) == (False, "turn on the lamp", True)
    assert patient.after_ms == SILENCE_TIMEOUTS["normal"].complete
    hasty = replay(one, Settings(), SilenceTimeouts(*[320] * 5))
    assert (hasty.cut, hasty.text) == (True, "turn on")
    assert hasty.after_ms == 320 - 640 * 2


def test_a_pause_behind_a_whole_command_is_told_from_one_inside_it() -> None:
    behind = heard((640, 0.9, PartialTurn()), (640, 0.0, COMPLETE), (640, 0.9, COMPLETE), end_ms=1920)
    assert not behind.unfinished
    assert heard((640, 0.9, PartialTurn()), (640, 0.0, BEGUN), (640, 0.9, BEGUN), end_ms=1920).unfinished
    misheard = PartialTurn("turn off the lamp", "complete", 1.0, covers_all_audio=True)
    assert heard((640, 0.9, PartialTurn()), (640, 0.0, misheard), end_ms=1920).unfinished
    over = heard((640, 0.9, PartialTurn()), (640, 0.0, COMPLETE), end_ms=640)
    assert over.unfinished  # nothing paused: the command was over
    assert not replace(behind, text="").unfinished  # what was heard in the end stands for the text


def test_energy_behind_the_last_voice_is_no_speech_that_could_be_cut_off() -> None:
    one = heard((640, 0.9, PartialTurn()), (2560, 0.1, COMPLETE), end_ms=2000)
    end = replay(one, Settings(), SILENCE_TIMEOUTS["normal"])
    assert end.after_ms < 0
    assert not end.cut


def test_nothing_heard_has_no_end() -> None:
    end = replay(heard((2560, 0.0, PartialTurn()), end_ms=0), Settings(), SILENCE_TIMEOUTS["normal"])
    assert not end.ready


def manifest(folder: Path, **fields: object) -> Path:
    soundfile.write(folder / "a.flac", two_words(), SAMPLE_RATE_HZ)
    path = folder / "rows.jsonl"
    path.write_text(json.dumps({"audio": "a.flac", **fields}) + "\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("pauses", ["300", [300, "x"], -1, [20_000], True])
def test_a_wrong_length_is_refused_with_the_row(pauses: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.flac: pauses_ms is"):
        bench_endpoint(Settings(), manifest=manifest(tmp_path, pauses_ms=pauses))


def test_rows_are_chosen_by_a_field() -> None:
    rows = read_manifest(RECORDINGS)
    assert {row.fields["part"] for row in chosen(rows, "part=command")} == {"command"}
    for where in ("part=nothing", "nonsense", "=x"):
        with pytest.raises(UsageError, match="no row has"):
            chosen(rows, where)


@pytest.mark.models
def test_commands_that_ship_are_heard_to_the_end_by_the_real_engines(tmp_path: Path) -> None:
    rows = [row for row in read_manifest(RECORDINGS) if row.fields["part"] == "command"][:4]
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({**row.fields, "audio": str(row.audio), "pauses_ms": [0, 300]}) + "\n" for row in rows)
    )
    result = bench_endpoint(Settings(turn=TurnSettings(endpointing="relaxed")), manifest=path)
    assert result["n"] == 8
    assert result["endpointing"] == "relaxed"
    assert result["unfinished"]["cutoff_rate"] == 0
    assert result["text_ready"] == 1
    assert [it["pause_ms"] for it in result["by_pause"]] == [0, 300]
    cut_off = [rate for _, rate, _, _ in result["curve"]]
    assert cut_off == sorted(cut_off, reverse=True)
    by_endpointing = result["by_endpointing"]
    assert by_endpointing["quick"]["latency_ms"]["p50"] <= by_endpointing["relaxed"]["latency_ms"]["p50"]
