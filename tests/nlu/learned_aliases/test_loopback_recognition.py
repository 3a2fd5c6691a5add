"""The real voice and the real recogniser, on names that the recogniser spells differently."""

from collections.abc import AsyncIterator

import pytest

from edge.nlu.learned_aliases.loopback_recognition import PACES, LoopbackRecognition
from edge.runtime.hosted import Hosted
from edge.services import loopback
from edge.settings import SttSettings, TtsSettings
from edge.store import ModelStore
from edge.stt import open_stt
from edge.tts import open_tts


@pytest.fixture
async def transcribe(store: ModelStore) -> AsyncIterator[LoopbackRecognition]:
    tts = await Hosted.open("tts", lambda: open_tts(TtsSettings(), store))
    stt = await Hosted.open("stt", lambda: open_stt(SttSettings(), store))
    yield loopback(tts, stt)
    await stt.aclose()
    await tts.aclose()


async def test_a_sentence_is_heard_once_for_each_pace(transcribe: LoopbackRecognition) -> None:
    assert await transcribe("Turn on the kitchen light.") == ("Turn on the kitchen light.",) * len(PACES)
    assert await transcribe("Turn on the Aqara hub.") == ("Turn on the Akara hub.",) * len(PACES)


async def test_paces_sound_different(transcribe: LoopbackRecognition) -> None:
    assert len(set(await transcribe("Turn on the Genkan."))) > 1


async def test_what_cannot_be_spoken_is_not_heard(transcribe: LoopbackRecognition) -> None:
    assert await transcribe("...") == ()
