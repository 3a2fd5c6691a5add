"""Counting and cutting with fakes, then the real engine on the orders that ship."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from edge.bench.intent import SHIPPED, Heard, Order, Tally, bench_intent, read_orders, same, spoken_part
from edge.errors import SettingsError, UsageError
from edge.events import AudioFrame, HeardFrame, Intent, Match, Transcript
from edge.nlu.sentence_files import speech_grammar
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings
from edge.store import ModelStore
from edge.stt.commands import command, described
from edge.turn.recognition import PAUSE_MS, Recognition
from tests.fakes.engines import SILENT, VOICED, FakeStt, FakeVad, sound
from tests.fakes.hosted import hosted
from tests.fakes.language import ENGLISH

SENTENCES = SHIPPED / "sentences.yaml"
PROMISED = {"n", "engine", "machine", "accuracy", "rejected", "wrong", "latency_ms", "rtf"}
BUN = Intent("orderBread", {"bread": "bun", "count": 2})


def order(intent: Intent | None) -> Order:
    return Order("a.wav", Path("a.wav"), intent)


def match(intent: Intent) -> Match:
    return Match("words", intent, 0.9)


@pytest.mark.parametrize(
    ("found", "equal"),
    [
        (BUN, True),
        (Intent("orderBread", {"count": 2.0, "bread": "Bun "}), True),
        (Intent("orderBread", {"count": "2", "bread": "bun"}), True),
        (Intent("orderBread", {"count": 3, "bread": "bun"}), False),
        (Intent("orderBread", {"bread": "bun"}), False),
        (Intent("orderBread", {**BUN.slots, "size": "large"}), False),
        (Intent("askPrice", BUN.slots), False),
        (None, False),
    ],
)
def test_an_order_is_right_when_the_intent_and_every_slot_are(found: Intent | None, equal: bool) -> None:
    assert same(BUN, found) is equal


def test_nothing_is_right_where_nothing_was_ordered() -> None:
    assert same(None, None)
    assert not same(None, BUN)


def test_orders_are_right_wrong_or_rejected_and_others_refused_or_falsely_accepted() -> None:
    tally = Tally()
    tally.add(order(BUN), Heard(match(BUN), BUN, 100.0, 0.2, 2.0))
    tally.add(order(BUN), Heard(match(Intent("cancel")), None, 200.0, 0.2, 2.0))
    tally.add(order(BUN), Heard(None, BUN, 300.0, 0.2, 2.0))
    tally.add(order(BUN), Heard(None))  # the voice detector found nothing
    for _ in range(3):
        tally.add(order(None), Heard(None, None, 5000.0, 0.2, 2.0))
    tally.add(order(None), Heard(match(BUN), BUN, 5000.0, 0.2, 2.0))
    assert tally.result() == {
        "accuracy": 0.25,
        "rejected": 0.5,
        "wrong": 0.25,
        "dictation_accuracy": 0.5,
        "false_accept_rate": 0.25,
        "latency_ms": {"p50": 200.0, "p95": 290.0},  # of orders only
        "rtf": 0.1,
    }
    assert [one["heard"] for one in tally.mistakes] == ["cancel", "", "", "orderBread bread=bun, count=2"]
    assert [one["said"] for one in tally.mistakes][-1] == ""


@given(st.lists(st.sampled_from(["right", "wrong", "rejected"]), min_size=1))
def test_the_rates_of_orders_add_up_to_one(what: list[str]) -> None:
    heard = {"right": match(BUN), "wrong": match(Intent("cancel")), "rejected": None}
    tally = Tally()
    for one in what:
        tally.add(order(BUN), Heard(heard[one]))
    result = tally.result()
    assert result["accuracy"] + result["wrong"] + result["rejected"] == pytest.approx(1, abs=2e-4)
    assert result["latency_ms"] == {"p50": None, "p95": None}
    assert result["rtf"] is None


def test_a_text_is_looked_up_where_the_engine_does_not_listen_for_sentences() -> None:
    grammar = speech_grammar(SENTENCES, ENGLISH)
    price = Intent("askPrice", {"bread": "bagel"})
    assert command(Transcript("How much is a bagel?", 0.7, final=True), grammar) == Match(
        "How much is a bagel?", price, 0.7
    )
    assert command(Transcript("How much is it?", 0.7, final=True), grammar) is None
    assert command(Transcript("", 0.0, final=True), grammar) is None
    heard = Match("forget my order", Intent("cancelOrder"), 0.8)
    assert command(Transcript("how much is a bagel", 0.9, final=True, match=heard), grammar) == heard


def test_an_intent_fits_on_a_line() -> None:
    assert described(BUN) == "orderBread bread=bun, count=2"
    assert described(Intent("cancel")) == "cancel"
    assert described(None) == ""


Pieces = list[tuple[float, float]]


async def in_speaker(samples: np.ndarray, settings: Settings) -> float:
    """Milliseconds that the recogniser of the speaker hears."""
    clock = VirtualClock()

    async def frames() -> AsyncIterator[HeardFrame]:
        vad = FakeVad()
        for at in range(0, len(samples), 512):
            await clock.sleep(0.032)
            frame = AudioFrame(samples[at : at + 512], at)
            yield HeardFrame(frame, vad.feed(frame), clock.monotonic())

    stt = FakeStt(["words"])
    await Recognition(hosted(stt), ENGLISH, settings, clock).hear(frames())
    return stt.heard_ms[-1] if stt.heard_ms else 0.0


@pytest.mark.parametrize(
    "pieces",
    [
        [(VOICED, 640)],
        [(SILENT, 96), (VOICED, 640), (SILENT, 96)],
        [(SILENT, 1600), (VOICED, 640), (SILENT, 3200)],
        [(SILENT, 1600), (VOICED, 32), (SILENT, 640), (VOICED, 320), (SILENT, 448), (VOICED, 64), (SILENT, 3200)],
        [(SILENT, 3200)],
    ],
)
@instantly
async def test_the_recogniser_hears_what_it_hears_in_the_speaker(pieces: Pieces) -> None:
    samples = np.concatenate(sound(*pieces))
    settings = Settings()
    cut = spoken_part(FakeVad(), samples, settings)
    assert len(cut) / 16 == pytest.approx(await in_speaker(samples, settings), abs=1e-3)


def test_a_long_pause_does_not_cut_a_recording_in_two() -> None:
    samples = np.concatenate(sound((SILENT, 6400), (VOICED, 640), (SILENT, 2560), (VOICED, 640), (SILENT, 640)))
    assert abs(len(spoken_part(FakeVad(), samples, Settings())) / 16 - (300 + 640 + 2560 + 640 + PAUSE_MS)) <= 64


def manifest(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize(
    "row",
    [
        {"audio": "a.wav"},
        {"audio": "a.wav", "intent": None},
        {"audio": "a.wav", "intent": "x", "slots": ["a"]},
        {"audio": "a.wav", "intent": "x", "slots": {"a": None}},
    ],
)
def test_a_row_without_an_intent_is_refused_before_anything_is_heard(row: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="manifest-invalid"):
        bench_intent(Settings(), manifest=manifest(tmp_path, row), sentences=SENTENCES)


def test_a_row_has_an_intent_or_a_text_that_means_one(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"audio": "a.wav", "intent": "cancelOrder"},
        {"audio": "b.wav", "text": "How much is a bagel?"},
        {"audio": "c.wav", "text": "How much is a car?"},
        {"audio": "d.wav", "text": "How much is a car?", "intent": "askPrice", "slots": {"bread": "bagel"}},
    ]
    orders, outside = read_orders(manifest(tmp_path, *rows), speech_grammar(SENTENCES, ENGLISH))
    price = Intent("askPrice", {"bread": "bagel"})
    assert [one.intent for one in orders] == [Intent("cancelOrder"), price, price]
    assert outside == 1


def test_wrong_use_is_refused_before_anything_is_heard(tmp_path: Path) -> None:
    orders = SHIPPED / "manifest.jsonl"
    noise = SHIPPED / "smell.flac"
    with pytest.raises(UsageError, match="bench-noise"):
        bench_intent(Settings(), noise=noise)
    with pytest.raises(UsageError, match="bench-noise"):
        bench_intent(Settings(), snrs_db=[6])
    with pytest.raises(UsageError, match="bench-noise"):
        bench_intent(Settings(), noise=noise, snrs_db=[float("nan")])
    with pytest.raises(UsageError, match="bench-orders"):
        bench_intent(Settings(), manifest=orders)
    with pytest.raises(UsageError, match="bench-orders"):
        bench_intent(Settings(), sentences=SENTENCES)
    with pytest.raises(UsageError, match="bench-orders"):
        bench_intent(Settings(), manifest=orders, sentences=SENTENCES, home=True)
    with pytest.raises(UsageError, match="bench-orders"):
        bench_intent(Settings(), home=True)
    other = tmp_path / "other.yaml"
    other.write_text("intents: {greet: {data: [{sentences: [hello]}]}}")
    with pytest.raises(UsageError, match=r"has askPrice, cancelOrder, orderBread, the sentences greet"):
        bench_intent(Settings(), manifest=orders, sentences=other)
    with pytest.raises(SettingsError, match="sentences-invalid"):
        bench_intent(Settings(), manifest=orders, sentences=tmp_path / "none.yaml")


def test_every_shipped_order_is_a_sentence_with_that_meaning_and_the_others_are_not() -> None:
    grammar = speech_grammar(SENTENCES, ENGLISH)
    for name, expected in (("manifest", 10), ("negative", 4)):
        rows = [json.loads(line) for line in (SHIPPED / f"{name}.jsonl").read_text().splitlines()]
        assert len(rows) == expected
        for row in rows:
            meant = Intent(row["intent"], row["slots"]) if "intent" in row else None
            assert same(meant, grammar.match(row["text"])), row["text"]
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 700_000


def test_the_shipped_orders_are_measured_without_any_input(store: ModelStore) -> None:
    assert store.names()
    result = bench_intent(Settings())
    assert result.keys() >= PROMISED
    assert (result["n"], result["n_negative"]) == (10, 4)
    assert result["engine"] == "moonshine"
    assert result["accuracy"] >= 0.9
    assert result["false_accept_rate"] == 0
    assert json.loads(json.dumps(result)) == result


def test_noise_is_the_same_each_time_and_each_level_has_its_figures(store: ModelStore, tmp_path: Path) -> None:
    assert store.names()
    noise = tmp_path / "noise.wav"
    soundfile.write(noise, np.random.default_rng(1).normal(0, 0.1, 16_000), 16_000)
    rows = [json.loads(line) for line in (SHIPPED / "manifest.jsonl").read_text().splitlines()]
    few = manifest(tmp_path, *({**row, "audio": str(SHIPPED / row["audio"])} for row in rows[:2]))

    def heard(*snrs_db: float, seed: int = 1) -> dict[str, Any]:
        result = bench_intent(Settings(), manifest=few, sentences=SENTENCES, noise=noise, snrs_db=snrs_db, seed=seed)
        for one in (result, *result["by_snr"]):
            del one["latency_ms"], one["rtf"]
        return result

    both = heard(30, -30)
    assert both["by_snr"][0] == {**both["by_snr"][0], "snr_db": 30, "accuracy": 1.0}
    assert both["by_snr"][1] == {**both["by_snr"][1], "snr_db": -30, "rejected": 1.0}
    assert both["accuracy"] == 1.0
    assert [one["snr_db"] for one in both["mistakes"]] == [-30, -30]
    assert "false_accept_rate" not in both
    assert heard(30, -30) == both
    assert heard(-30)["by_snr"] == both["by_snr"][1:]


def test_the_home_s_own_sentences_are_listened_for(store: ModelStore, tmp_path: Path) -> None:
    assert store.names()
    shipped = SHIPPED.parent / "recordings"
    rows = [json.loads(line) for line in (shipped / "manifest.jsonl").read_text().splitlines()]
    some = [row for row in rows if row["audio"] in {"command-volume-up.flac", "command-pause-timer.flac"}]
    some.append(next(row for row in rows if row["part"] == "negative"))
    path = manifest(tmp_path, *({**row, "audio": str(shipped / row["audio"])} for row in some))
    result = bench_intent(Settings(), manifest=path, home=True)
    assert (result["n"], result["outside"], result["accuracy"]) == (2, 1, 1.0)
    none = bench_intent(Settings(), negative=path, home=True)
    assert (none["n"], none["n_negative"], none["accuracy"]) == (0, 3, None)
    assert none["false_accept_rate"] == round(2 / 3, 4)
