"""Vosk for real, on the one small model that package registries hold: Korean."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import yaml
from hassil import Intents

from edge.events import SAMPLE_RATE_HZ, Intent, Samples, Transcript
from edge.grammar import Grammar
from edge.grammar.templates import Source, compile_network
from edge.nlu import open_language
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.stt.conftest import Say

pytest.importorskip("vosk", reason="needs the extra `vosk`")

ENGLISH = "the library will stay open until nine on weekdays"

KOREAN = """
language: ko
intents:
  HassTurnOn:
    data: [{sentences: ["{area} {thing} (켜|켜 줘)"]}]
  HassGetCurrentTime:
    data: [{sentences: ["[지금] 몇 시 (야|예요)", "zweifelsohne [지금] xyzzy"]}]
  HassStartTimer:
    data: [{sentences: ["{minutes} 분 타이머 [시작]"]}]
lists:
  area: {values: [거실, 주방, 침실]}
  thing: {values: [불, 선풍기, 커피 머신]}
  minutes: {values: [{in: 오, out: 5}, {in: 십, out: 10}, {in: 삼십, out: 30}]}
"""

SPOKEN = {
    "지금 몇 시 야": "ʧiɡˈum mjˈʌt sˈi jˈɑ",  # noqa: RUF001 - phonemes
    "주방 선풍기 켜 줘": "ʤubˈɑŋ sˈʌnpˌuŋɡi kjˈʌ ʤwˈʌ",  # noqa: RUF001 - phonemes
    "삼십 분 타이머": "sˈɑmsip bˈun tˈɑimʌ",  # noqa: RUF001 - phonemes
}
"""As the English voice says it, in its phonemes: an accent, but it can be understood."""


@pytest.fixture(scope="module")
def loaded(store: ModelStore, optional_model: Callable[[str], Path]) -> Stt:
    optional_model("vosk-ko")
    return open_stt(SttSettings(engine="vosk", model="vosk-ko"), store)


@pytest.fixture
def vosk(loaded: Stt) -> Iterator[Stt]:
    yield loaded
    loaded.use(None)


def hear(vosk: Stt, speech: Samples) -> Transcript:
    stream = vosk.stream()
    stream.feed(speech)
    return stream.finish()


def hear_partly(vosk: Stt, speech: Samples) -> tuple[list[Transcript], Transcript]:
    stream = vosk.stream()
    partials = []
    for start in range(0, len(speech), SAMPLE_RATE_HZ // 4):
        stream.feed(speech[start : start + SAMPLE_RATE_HZ // 4])
        partial = stream.partial()
        if partial is not None:
            partials.append(partial)
    return partials, stream.finish()


def grammar(document: str) -> Grammar:
    surface = open_language("en").surface
    return Grammar(compile_network([Source(Intents.from_dict(yaml.safe_load(document)))], surface), surface)


def grammar_of(sentence: str) -> Grammar:
    return grammar(f"""{{language: ko, intents: {{Heard: {{data: [{{sentences: ["{sentence}"]}}]}}}}}}""")


def korean(say: Say, sentence: str) -> Samples:
    return say(" ".join(f"[x](/{word}/)" for word in SPOKEN[sentence].split()))


def test_partial_results_grow_while_audio_comes(vosk: Stt, say: Say) -> None:
    speech = say(ENGLISH)
    partials, final = hear_partly(vosk, speech)
    texts = [partial.text for partial in partials]
    assert not any(partial.final for partial in partials)
    assert final.final
    assert final.text
    assert 0 < final.confidence <= 1
    assert final.audio_ms == pytest.approx(len(speech) / 16)
    assert len(texts) > 2
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("seconds", [0, 1, 5])
@pytest.mark.parametrize("bound", [False, True])
def test_silence_is_empty(vosk: Stt, seconds: int, bound: bool) -> None:
    vosk.use(grammar(KOREAN) if bound else None)
    heard = hear(vosk, np.zeros(seconds * SAMPLE_RATE_HZ, np.float32))
    assert (heard.text, heard.confidence, heard.match) == ("", 0.0, None)


@pytest.mark.parametrize(
    ("sentence", "intent"),
    [
        ("지금 몇 시 야", Intent("HassGetCurrentTime")),
        ("주방 선풍기 켜 줘", Intent("HassTurnOn", {"area": "주방", "thing": "선풍기"})),
        ("삼십 분 타이머", Intent("HassStartTimer", {"minutes": 30})),
    ],
)
def test_a_sentence_of_the_grammar_is_heard_where_free_text_is_not_it(
    vosk: Stt, say: Say, sentence: str, intent: Intent
) -> None:
    speech = korean(say, sentence)
    assert hear(vosk, speech).text != sentence
    vosk.use(grammar(KOREAN))
    heard = hear(vosk, speech)
    assert heard.match is not None
    assert (heard.match.sentence, heard.match.intent) == (sentence, intent)
    assert heard.text == sentence
    assert 0.5 <= heard.match.probability == heard.confidence <= 1
    assert heard.progress == "complete"


def test_other_speech_is_free_text_as_without_a_grammar(vosk: Stt, say: Say) -> None:
    free = hear(vosk, say(ENGLISH))
    vosk.use(grammar(KOREAN))
    heard = hear(vosk, say(ENGLISH))
    assert (heard.text, heard.match) == (free.text, None)


def test_streams_one_after_the_other_and_side_by_side_do_not_mix(vosk: Stt, say: Say) -> None:
    vosk.use(grammar(KOREAN))
    sentences = ["지금 몇 시 야", "삼십 분 타이머"]
    streams = [vosk.stream() for _ in sentences]
    for stream, sentence in zip(streams, sentences, strict=True):
        stream.feed(korean(say, sentence))
    assert [stream.finish().text for stream in streams] == sentences
    assert hear(vosk, korean(say, sentences[0])).text == sentences[0]


def test_what_is_said_so_far_tells_how_far_a_command_has_come(vosk: Stt, say: Say) -> None:
    speech = korean(say, "주방 선풍기 켜 줘")
    text = hear(vosk, speech).text
    vosk.use(grammar_of(text))
    partials, final = hear_partly(vosk, speech)
    assert "could-go-on" in {partial.progress for partial in partials}
    assert final.match is not None
    assert final.match.sentence == text


def test_words_that_the_model_does_not_know_are_left_out_quietly(
    vosk: Stt, say: Say, capfd: pytest.CaptureFixture[str]
) -> None:
    vosk.use(grammar(KOREAN))  # "zweifelsohne xyzzy" is in it
    assert hear(vosk, korean(say, "지금 몇 시 야")).match is not None
    assert capfd.readouterr() == ("", "")


def test_a_grammar_without_a_word_that_the_model_knows_is_no_grammar(vosk: Stt, say: Say) -> None:
    free = hear(vosk, say(ENGLISH))
    vosk.use(grammar_of("zweifelsohne xyzzy"))
    heard = hear(vosk, say(ENGLISH))
    assert (heard.text, heard.match) == (free.text, None)
