"""Speech to recognise, spoken by the project's own voice, and sounds that are no speech."""

from collections.abc import Callable

import numpy as np
import pytest
import soxr

from edge.events import SAMPLE_RATE_HZ, Samples
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from edge.tts.hibari import HibariTts

Say = Callable[[str], Samples]


@pytest.fixture(scope="session")
def say() -> Say:
    """`say("turn on the light")`: 16 kHz, with 300 ms of silence on both sides."""
    voice = HibariTts()
    said: dict[str, Samples] = {}

    def speak(text: str) -> Samples:
        if text not in said:
            speech = np.concatenate([piece.samples for piece in voice.synthesise(text)])
            sound = soxr.resample(speech, voice.rate_hz, SAMPLE_RATE_HZ)
            said[text] = np.pad(sound, round(0.3 * SAMPLE_RATE_HZ)).astype(np.float32)
        return said[text]

    return speak


@pytest.fixture(scope="session")
def moonshine(store: ModelStore) -> Stt:
    return open_stt(SttSettings(), store)
