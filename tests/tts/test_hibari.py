# ruff: noqa: RUF001 - phonemes are letters of their own
import gzip
import json
from pathlib import Path

import hibari
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.errors import EngineError, ModelError
from edge.events import Speech
from edge.settings import TtsSettings
from edge.store import ModelStore
from edge.tts import Tts, open_tts
from edge.tts.hibari import HibariTts, _Phonemiser
from edge.tts.json_table import JsonTable
from edge.tts.plain_text import PlainText
from edge.tts.voice import synthesise_whole
from tests.fakes.language import ENGLISH
from tests.tts.test_spoken_numbers import KINDS

ASSETS = Path(hibari.__file__).parent / "assets"

READ = (
    "It is 3.5 degrees, or 20°C, at 5:30 PM on November 23, 2026.",
    "Dr. Smith lives on St. James St. and pays $5.99, i.e. 10% more.",
    "Mix 1/2 cup of water; call 555-123-4567, or +1 (555) 123-4567!",
    'He said "read what I read", didn\'t he? Well... NASA, e.g., did.',
    "The 2nd of 1,250 people walked 3 km at 10 mph in the 1920s.",
    "Zyxwvu's blorptastic quxes; naïve café; Wi-Fi and MQTT {x} ~ | ^ \\ `",
    "",
)


@pytest.fixture(scope="module")
def voice() -> HibariTts:
    return HibariTts()


@pytest.mark.parametrize("accent", ["us", "gb"])
@pytest.mark.parametrize("kind", ["gold", "silver"])
def test_every_word_of_the_package_is_found_in_the_compact_table(accent: str, kind: str) -> None:
    document = gzip.decompress((ASSETS / f"lexicon_{accent}_{kind}.json.gz").read_bytes())
    table = JsonTable.sorted_words(document)
    words = json.loads(document)
    sample = dict(list(words.items())[::7])
    assert {word: table.get(word) for word in sample} == sample


@pytest.mark.parametrize("british", [False, True])
def test_the_compact_phonemiser_reads_like_the_package_s_own(british: bool) -> None:
    own, compact = hibari.g2p.G2P(british=british), _Phonemiser(british=british)
    assert [compact(text) for text in READ] == [own(text) for text in READ]


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("Low of \u221212°.", "lˈO ʌv mˈInəs twˈɛlv dəɡɹˈiz."),
        ("You owe -$5.", "jˌu ˈO mˈInəs fˈIv dˈɑləɹz."),
        ("15 - 7 = 8", "fˌɪftˈin mˈInəs sˈɛvən ˈikwᵊlz ˈAt"),
        ("20,5 °C", "twˈɛnti pˈYnt fˈIv dəɡɹˈiz sˈɛlsiəs"),
        ("1½ cups", "wˈʌn ænd ɐ hˈæf kˈʌps"),
        ("2 tbsp", "tˈu tˈAbəlspˌunz"),
        ("1h 30m", "wˈʌn ˈWəɹ θˈɜɹTi mˈɪnəts"),
        ("CO₂", "sˈi ˈO tˈu"),
        ("10 AM to 5 PM", "tˈɛn ˌAˈɛm tə fˈIv pˌiˈɛm"),
        ("in 1908", "ɪn nˌIntˈin ˈO ˈAt"),
        ("ZIP code 90210", "zˈɪp kˈOd nˈIn zˈɪɹO tˈu wˈʌn zˈɪɹO"),
    ],
)
def test_the_voice_says_the_value_of_what_is_written(written: str, phonemes: str) -> None:
    words = PlainText(ENGLISH.plain_text_rules).clean(written)
    assert _Phonemiser(british=False)(words) == phonemes


def test_the_voice_s_own_reading_of_numbers_changes_no_word_of_ours() -> None:
    voice = _Phonemiser(british=False)
    words = [said for cases in KINDS.values() for _, said in cases]
    assert [voice(said) for said in words] == [voice(said, normalize_text=False) for said in words]


def test_a_sentence_becomes_speech_without_silence_around_it(voice: HibariTts) -> None:
    speech = synthesise_whole(voice, "The timer has ten minutes left.")
    assert speech.rate_hz == voice.rate_hz == 24_000
    assert 1000 < speech.duration_ms < 3000
    assert speech.samples.dtype == np.float32
    assert 0.3 < np.abs(speech.samples).max() <= 1
    quiet = np.abs(speech.samples) < 0.01
    assert not quiet[: 24 * 60].all()
    assert not quiet[-24 * 60 :].all()


def test_the_same_text_is_the_same_sound(voice: HibariTts) -> None:
    first, second = (synthesise_whole(voice, "Good morning.").samples for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("text", ["", " ", "...", "-", "你好", "😀"])
def test_a_text_without_words_is_no_speech(voice: HibariTts, text: str) -> None:
    assert not len(synthesise_whole(voice, text).samples)


def test_a_faster_voice_is_shorter() -> None:
    slow, fast = (
        synthesise_whole(HibariTts(speed=speed), "The timer has ten minutes left.").duration_ms for speed in (0.8, 1.5)
    )
    assert fast < 0.75 * slow


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(max_size=40))
def test_any_text_is_speech_or_one_clear_error(voice: HibariTts, text: str) -> None:
    try:
        speech = synthesise_whole(voice, text)
    except EngineError as error:
        assert error.code == "tts-failed"  # noqa: PT017 - both ways are right
    else:
        assert isinstance(speech, Speech)
        assert np.isfinite(speech.samples).all()


def test_the_default_voice_needs_no_model_of_the_store(store: ModelStore) -> None:
    opened: Tts = open_tts(TtsSettings(), store)
    assert opened.name == "hibari"
    assert open_tts(TtsSettings(model="heart"), store).name == "hibari"


def test_a_voice_of_one_s_own_is_a_path(store: ModelStore, tmp_path: Path) -> None:
    own = tmp_path / "bf_own.onnx"
    own.write_bytes((ASSETS / "hibari.onnx").read_bytes())
    assert len(synthesise_whole(open_tts(TtsSettings(model=str(own)), store), "Hello.").samples)


@pytest.mark.parametrize(
    ("model", "code"), [("emma", "model-unknown"), ("/nowhere/x.onnx", "model-missing"), ("DAMAGED", "model-invalid")]
)
def test_a_voice_that_is_not_there_is_one_clear_error(store: ModelStore, tmp_path: Path, model: str, code: str) -> None:
    if model == "DAMAGED":
        model = str(tmp_path / "x.onnx")
        Path(model).write_bytes(b"not a model")
    with pytest.raises(ModelError) as caught:
        open_tts(TtsSettings(model=model), store)
    assert caught.value.code == code
    assert caught.value.hint
