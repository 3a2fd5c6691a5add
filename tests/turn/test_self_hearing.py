"""The real voice and the real recogniser, on the names that they make something else of."""

from collections.abc import AsyncIterator

import pytest

from edge.runtime.hosted import Hosted
from edge.settings import SttSettings, TtsSettings
from edge.store import ModelStore
from edge.stt import open_stt
from edge.tts import open_tts
from edge.turn.self_hearing import PACES, SelfHearing


@pytest.fixture
async def hear(store: ModelStore) -> AsyncIterator[SelfHearing]:
    tts = await Hosted.open("tts", lambda: open_tts(TtsSettings(), store))
    stt = await Hosted.open("stt", lambda: open_stt(SttSettings(), store))
    yield SelfHearing(tts, stt)
    await stt.aclose()
    await tts.aclose()


async def test_a_sentence_is_heard_once_for_each_pace(hear: SelfHearing) -> None:
    assert await hear("Turn on the kitchen light.") == ("Turn on the kitchen light.",) * len(PACES)
    assert any("Aqara" not in text for text in await hear("Turn on the Aqara hub."))


async def test_what_cannot_be_spoken_is_not_heard(hear: SelfHearing) -> None:
    assert await hear("...") == ()
