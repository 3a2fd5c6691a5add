import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.bench.stt import RECORDINGS, bench_stt, stream_delay_ms
from edge.bench.wer import Words, count_words, edit_distance, normaliser
from edge.errors import EngineError, UsageError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, Transcript
from edge.grammar import Grammar
from edge.settings import Settings
from edge.store import ModelStore

PROMISED = {"n", "engine", "machine", "wer", "rtf", "latency_ms", "cpu_s"}


@pytest.mark.parametrize(
    ("said", "heard", "wrong", "words"),
    [
        ("Let's meet at five!", "let us meet at 5", 0, 5),
        ("Turn ON the light", "turn on the light.", 0, 4),
        ("the colour of it", "the color of it", 0, 4),
        ("turn on the light", "turn off the light", 1, 4),
        ("stop", "", 1, 1),
        ("stop", "stop it now", 2, 1),
        ("", "thank you", 2, 0),
    ],
)
def test_words_are_compared_as_people_hear_them(said: str, heard: str, wrong: int, words: int) -> None:
    assert count_words(said, heard) == Words(wrong, words)


def test_rates_add_up_over_words_not_over_recordings() -> None:
    assert (Words(1, 1) + Words(0, 9)).rate == 0.1
    assert Words(0, 0).rate == 0
    assert Words(2, 0).rate == 1


def test_without_the_extra_the_error_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "whisper_normalizer.english", None)
    normaliser.cache_clear()
    with pytest.raises(EngineError) as caught:
        bench_stt(Settings())
    assert caught.value.code == "bench-not-installed"
    assert caught.value.hint == f"run: {sys.executable} -m pip install 'edge-voice[bench]'"


texts = st.lists(st.sampled_from("abc"), max_size=8)


@given(texts, texts, texts)
def test_edit_distance_is_a_distance(one: list[str], two: list[str], three: list[str]) -> None:
    assert edit_distance(one, one) == 0
    assert edit_distance(one, two) == edit_distance(two, one)
    assert abs(len(one) - len(two)) <= edit_distance(one, two) <= max(len(one), len(two))
    assert edit_distance(one, three) <= edit_distance(one, two) + edit_distance(two, three)


def test_the_result_has_what_the_design_promises(store: ModelStore, tmp_path: Path) -> None:
    assert store.names()
    shipped = [json.loads(line) for line in RECORDINGS.read_text().splitlines()]
    manifest = tmp_path / "manifest.jsonl"
    rows = [
        {"audio": str(RECORDINGS.parent / row["audio"]), "text": row["text"], "set": row["part"]}
        for row in shipped
        if row["audio"] in {"command-stop.flac", "command-volume-up.flac", "negative-news.flac"}
    ]
    rows.append({**rows[0], "text": "something else altogether", "set": "wrong"})
    manifest.write_text("\n".join(json.dumps(row) for row in rows))
    result = bench_stt(Settings(), manifest=manifest, verbose=True)
    assert result.keys() >= PROMISED
    assert result["n"] == 4
    assert result["engine"] == "moonshine"
    assert result["wer_by_set"] == {"command": 0.0, "negative": 0.0, "wrong": result["wer_by_set"]["wrong"]}
    assert result["wer_by_set"]["wrong"] >= 1
    assert [row["said"] for row in result["worst"]] == ["something else altogether"]
    assert 0 < result["wer"] < 1
    assert result["empty"] == 0
    assert set(result["latency_ms"]) == {"p50", "p95"}
    json.dumps(result)


def test_a_row_without_a_text_is_refused_before_anything_is_heard(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"audio": "a.wav"}\n')
    with pytest.raises(UsageError) as caught:
        bench_stt(Settings(), manifest=manifest)
    assert caught.value.code == "manifest-invalid"


class Recorder:
    """An engine that takes no time and notes what it is given."""

    name = "recorder"

    def __init__(self) -> None:
        self.calls: list[int | str] = []

    def use(self, grammar: Grammar | None) -> None:
        raise NotImplementedError

    def stream(self) -> "Recorder":
        return self

    def feed(self, samples: Samples) -> None:
        self.calls.append(len(samples))

    def partial(self) -> Transcript | None:
        self.calls.append("partial")
        return None

    def give_up(self) -> None:
        raise NotImplementedError

    def finish(self) -> Transcript:
        self.calls.append("finish")
        return Transcript("", 0.0, final=True)


def test_audio_is_fed_as_the_daemon_feeds_it() -> None:
    engine = Recorder()
    speech = np.zeros(2 * SAMPLE_RATE_HZ, np.float32)
    assert stream_delay_ms(engine, speech, 500) >= 0
    fed = [call for call in engine.calls if isinstance(call, int)]
    assert sum(fed) == len(speech)
    assert all(length % FRAME_SAMPLES == 0 for length in fed[:-1])
    assert fed[0] == 16 * FRAME_SAMPLES
    assert engine.calls.count("partial") == 3
    assert engine.calls[-1] == "finish"
