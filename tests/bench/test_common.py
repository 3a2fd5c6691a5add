from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.bench.common import machine, mix_noise, percentiles, read_manifest
from edge.errors import UsageError


def test_a_manifest_names_recordings_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text('{"audio": "a.wav", "text": "one"}\n\n{"audio": "sub/b.wav"}\n')
    rows = read_manifest(path)
    assert [row.audio for row in rows] == [(tmp_path / "a.wav").resolve(), (tmp_path / "sub/b.wav").resolve()]
    assert rows[0].fields["text"] == "one"


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("", "manifest-empty", "no rows"),
        ('{"audio": "a"}\nnot json\n', "manifest-invalid", ":2:"),
        ('{"text": "a"}\n', "manifest-invalid", "'audio'"),
        ("[]\n", "manifest-invalid", ":1:"),
        ('{"audio": 3}\n', "manifest-invalid", ":1:"),
    ],
)
def test_a_bad_manifest_is_one_error_with_its_place(tmp_path: Path, text: str, code: str, piece: str) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        read_manifest(path)
    assert caught.value.code == code
    assert piece in caught.value.message


def test_a_missing_manifest_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="manifest-unreadable"):
        read_manifest(tmp_path / "none.jsonl")


def test_percentiles_of_nothing_are_none() -> None:
    assert percentiles([]) == {"p50": None, "p95": None}
    assert percentiles([1.0, 2.0, 3.0]) == {"p50": 2.0, "p95": 2.9}


def test_the_machine_names_its_cores() -> None:
    assert "cores" in machine()


@given(st.floats(-10, 40), st.integers(0, 2**32 - 1))
def test_noise_is_mixed_at_the_level_that_was_asked_for(snr_db: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    speech = np.zeros(8192, np.float32)
    speech[2048:4096] = 0.01
    noise = rng.uniform(-0.5, 0.5, 4096).astype(np.float32)
    mixed = mix_noise(speech, noise, snr_db, rng)
    added = (mixed - speech).astype(np.float64)
    peak_speech = (speech[2048:2560].astype(np.float64) ** 2).sum()
    peak_noise = (added.reshape(-1, 512) ** 2).sum(axis=1).max()
    assert np.abs(mixed).max() <= 1
    assert 10 * np.log10(peak_speech / peak_noise) == pytest.approx(snr_db, abs=0.1)
