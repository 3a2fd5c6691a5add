import numpy as np

from edge.ears.detectors import Detectors
from edge.events import FRAME_SAMPLES, AudioFrame
from tests.fakes.engines import FakeVad, FakeWake

FRAME = AudioFrame(np.full(FRAME_SAMPLES, 0.5, np.float32), 0)


def test_detectors_say_which_wake_words_they_listen_for() -> None:
    assert Detectors(FakeWake(), FakeVad()).words == ("alexa",)
    assert Detectors(None, FakeVad()).words == ()


def test_without_voice_activity_nothing_is_speech() -> None:
    assert Detectors(FakeWake(), None).feed([FRAME], 1, at_once=True) == ([0.0], None)
