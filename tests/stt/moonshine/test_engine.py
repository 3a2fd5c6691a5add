from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import yaml
from hassil import Intents

from edge.bench.wer import edit_distance
from edge.errors import ModelError
from edge.events import SAMPLE_RATE_HZ, Intent, Samples, Transcript
from edge.grammar import Grammar
from edge.grammar.templates import Source, compile_network
from edge.settings import ModelSettings
from edge.store import ModelStore, open_store
from edge.store.tuning import read_tuning
from edge.stt import Stt
from edge.stt.moonshine.engine import MoonshineStt
from edge.stt.moonshine.tuning import Tuning
from tests.fakes.language import ENGLISH
from tests.stt.conftest import Say

TUNING = read_tuning(Tuning, open_store(ModelSettings()).manifest("moonshine-tiny-en"))

SENTENCES = (
    "turn on the kitchen light",
    "set a timer for ten minutes",
    "what is the capital of france",
    "the library will stay open until nine on weekdays",
)


def hear(stt: Stt, samples: Samples, chunk: int = SAMPLE_RATE_HZ // 2) -> Transcript:
    stream = stt.stream()
    for start in range(0, len(samples), chunk):
        stream.feed(samples[start : start + chunk])
    return stream.finish()


def words(text: str) -> str:
    kept = "".join(c for c in text.lower() if c.isalnum() or c == " ").split()
    return " ".join({"9": "nine", "10": "ten"}.get(word, word) for word in kept)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_heard_word_for_word(moonshine: Stt, say: Say, sentence: str) -> None:
    heard = hear(moonshine, say(sentence))
    assert words(heard.text) == sentence
    assert heard.confidence > 0.7
    assert heard.final
    assert heard.audio_ms == pytest.approx(len(say(sentence)) / 16)


@pytest.mark.parametrize("word", ["Stop.", "Yes.", "Seven.", "Computer."])
def test_one_word_without_any_silence_around_it_is_heard(moonshine: Stt, say: Say, word: str) -> None:
    lead = round(0.3 * SAMPLE_RATE_HZ)
    heard = hear(moonshine, say(word)[lead:-lead]).text
    assert words(heard.replace("7", "seven")) == words(word)


@pytest.mark.parametrize("gain", [0.003, 0.02, 4.0])
def test_quiet_and_clipped_recordings_are_heard(moonshine: Stt, say: Say, gain: float) -> None:
    recording = say(SENTENCES[0])
    loud = np.clip(recording * (gain / np.abs(recording).max()), -1, 1).astype(np.float32)
    assert words(hear(moonshine, loud).text) == SENTENCES[0]


def test_speech_over_a_fan_is_heard(moonshine: Stt, say: Say) -> None:
    speech = say(SENTENCES[1])
    noise = np.random.default_rng(1).normal(0, np.abs(speech).max() / 60, len(speech)).astype(np.float32)
    # Integer kernels round differently from one processor to the next: over noise an article may differ.
    heard = words(hear(moonshine, speech + noise).text).split()
    assert edit_distance(SENTENCES[1].split(), heard) <= 1


def no_speech(kind: str, level: float, seconds: float) -> Samples:
    n = round(seconds * SAMPLE_RATE_HZ)
    t = np.arange(n) / SAMPLE_RATE_HZ
    white = np.random.default_rng(7).standard_normal(n)
    match kind:
        case "white":
            sound = white
        case "rumble":
            sound = np.convolve(white, np.ones(200) / 14, mode="same")
        case "fan":
            sound = np.convolve(white, np.ones(40) / 6, mode="same") * (1 + 0.4 * np.sin(2 * np.pi * 7 * t))
        case "hum":
            sound = np.sin(2 * np.pi * 50 * t) + 0.3 * np.sin(2 * np.pi * 150 * t) + 0.05 * white
        case "tone":
            sound = np.sin(2 * np.pi * 1000 * t)
        case "clicks":
            sound = np.where(np.arange(n) % 8000 < 40, white * 5, 0.01 * white)
        case _:
            sound = np.zeros(n)
    return np.clip(sound * level, -1, 1).astype(np.float32)


@pytest.mark.parametrize("seconds", [0.4, 3.0])
@pytest.mark.parametrize("level", [0.0003, 0.01, 0.2])
@pytest.mark.parametrize("kind", ["white", "rumble", "fan", "hum", "tone", "clicks"])
def test_noise_does_not_become_words(moonshine: Stt, kind: str, level: float, seconds: float) -> None:
    heard = hear(moonshine, no_speech(kind, level, seconds))
    assert (heard.text, heard.confidence) == ("", 0.0)


def test_an_hour_of_silence_is_empty_and_counted(moonshine: Stt) -> None:
    stream = moonshine.stream()
    minute = np.zeros(60 * SAMPLE_RATE_HZ, np.float32)
    for _ in range(60):
        stream.feed(minute)
    assert stream.finish() == Transcript("", 0.0, final=True, audio_ms=3_600_000)


@pytest.mark.parametrize("length", [0, 1, 100, 900])
def test_almost_no_audio_is_nothing_said(moonshine: Stt, length: int) -> None:
    assert hear(moonshine, np.full(length, 0.1, np.float32)).text == ""


def test_long_audio_keeps_every_sentence_in_order(moonshine: Stt, say: Say) -> None:
    long = np.concatenate([say(sentence) for sentence in SENTENCES * 4])
    assert len(long) > 25 * SAMPLE_RATE_HZ
    assert words(hear(moonshine, long).text) == " ".join(SENTENCES * 4)


def test_a_partial_result_comes_once_and_the_final_one_repeats_it(moonshine: Stt, say: Say) -> None:
    speech = say(SENTENCES[0])
    half = len(speech) // 2
    stream = moonshine.stream()
    stream.feed(speech[:half])
    early = stream.partial()
    assert early is not None
    assert stream.partial() is None
    stream.feed(speech[half:])
    late = stream.partial()
    assert late is not None
    assert late.final
    assert len(early.text) < len(late.text)
    final = stream.finish()
    assert (final.text, final.confidence, final.final) == (late.text, late.confidence, True)
    assert words(final.text) == SENTENCES[0]


def test_streams_of_one_engine_do_not_disturb_each_other(moonshine: Stt, say: Say) -> None:
    first, second = moonshine.stream(), moonshine.stream()
    first.feed(say(SENTENCES[0]))
    second.feed(say(SENTENCES[1]))
    first.partial()
    assert words(second.finish().text) == SENTENCES[1]
    assert words(first.finish().text) == SENTENCES[0]


def test_confidence_tells_speech_from_speech_that_is_drowned(moonshine: Stt, say: Say) -> None:
    speech = say(SENTENCES[3])
    noise = np.random.default_rng(2).normal(0, np.abs(speech).max() / 6, len(speech)).astype(np.float32)
    assert hear(moonshine, speech).confidence > hear(moonshine, speech + noise).confidence + 0.1


HOME = """
language: en
intents:
  HassTurnOn: {data: [{sentences: ["turn on [the] {name}"]}]}
  HassSetPosition: {data: [{sentences: ["(open|set) [the] {name} [to] {position}[ percent]"]}]}
lists:
  name: {values: [kitchen light, pantry lamp, {in: "xanthe's blind", out: Blind}]}
  position: {range: {from: 0, to: 100}}
"""


@pytest.fixture
def listening(moonshine: Stt) -> Iterator[Stt]:
    network = compile_network([Source(Intents.from_dict(yaml.safe_load(HOME)))], ENGLISH.surface)
    moonshine.use(Grammar(network, ENGLISH.surface))
    yield moonshine
    moonshine.use(None)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Turn on the kitchen light.", Intent("HassTurnOn", {"name": "kitchen light"})),
        ("turn on the pantry lamp", Intent("HassTurnOn", {"name": "pantry lamp"})),
        ("set Xanthe's blind to forty three percent", Intent("HassSetPosition", {"name": "Blind", "position": 43})),
    ],
)
def test_a_command_is_heard_in_the_audio_with_its_slots(listening: Stt, say: Say, said: str, intent: Intent) -> None:
    heard = hear(listening, say(said))
    assert heard.match is not None
    assert heard.match.intent == intent
    assert heard.progress == "complete"
    assert heard.confidence == heard.match.probability > TUNING.min_probability


@pytest.mark.parametrize(
    "said", ["I want to talk about kitchens.", "Who turned on the news this morning?", SENTENCES[2], SENTENCES[3]]
)
def test_what_the_grammar_does_not_contain_stays_free_text(listening: Stt, say: Say, said: str) -> None:
    heard = hear(listening, say(said))
    assert heard.match is None
    assert words(heard.text) == words(said)
    assert heard.candidates[0].intent is None


def test_the_beginning_of_a_command_could_go_on(listening: Stt, say: Say) -> None:
    assert hear(listening, say("turn on the")).progress == "could-go-on"
    assert hear(listening, say("the weather today")).progress == "no-command"


@pytest.mark.parametrize("kind", ["white", "fan", "tone", "clicks"])
def test_no_noise_is_a_command(listening: Stt, kind: str) -> None:
    assert hear(listening, no_speech(kind, 0.1, 3)).match is None


def test_a_command_in_the_middle_of_a_long_story_is_none(listening: Stt, say: Say) -> None:
    story = np.tile(say("the library will stay open until nine on weekdays"), 7)
    assert hear(listening, np.concatenate([story, say("turn on the kitchen light"), story])).match is None


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        MoonshineStt(tmp_path, TUNING)
    assert caught.value.code == "model-missing"
    assert caught.value.hint


@pytest.mark.parametrize("damage", ["empty", "truncated", "text", "swapped", "weights"])
def test_a_corrupt_model_is_one_clear_error(store: ModelStore, tmp_path: Path, damage: str) -> None:
    for file in store.locate("moonshine-tiny-en").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    decoder = tmp_path / "decoder_step.onnx"
    match damage:
        case "empty":
            decoder.write_bytes(b"")
        case "truncated":
            decoder.write_bytes(decoder.read_bytes()[:100_000])
        case "text":
            decoder.write_text("not found")
        case "weights":
            (tmp_path / "weights.bin").write_bytes(b"")
        case _:
            decoder.write_bytes((tmp_path / "encoder.onnx").read_bytes())
    with pytest.raises(ModelError) as caught:
        MoonshineStt(tmp_path, TUNING)
    assert caught.value.code == "model-invalid"
    assert caught.value.hint


def test_a_partial_result_that_is_given_up_ends_at_its_next_step(moonshine: Stt, say: Say) -> None:
    speech = say(SENTENCES[0])
    stream = moonshine.stream()
    stream.feed(speech)
    stream.give_up()
    assert stream.partial() is None
    stream.feed(np.zeros(0, np.float32))
    late = stream.partial()
    assert late is not None
    assert words(late.text) == SENTENCES[0]
    stream.give_up()
    assert stream.finish() == late
