"""What a recogniser writes for a recording when no grammar binds it."""

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Speech
from edge.stt import Stt

_SILENCE = np.zeros(SAMPLE_RATE_HZ * 3 // 10, np.float32)


def free_text(stt: Stt, speech: Speech, pace: float = 1.0) -> str:
    """The free text of `speech`, whatever grammar is in use. `pace` 0.9 plays it slower and lower, 1.1 the opposite.

    Blocks for as long as the engine takes: run it on the engine's worker. Raises `EngineError`.
    """
    import soxr

    sound = soxr.resample(speech.samples, speech.rate_hz * pace, SAMPLE_RATE_HZ)
    stream = stt.stream()
    stream.feed(np.concatenate([_SILENCE, sound, _SILENCE]).astype(np.float32))
    transcript = stream.finish()
    return transcript.candidates[0].text if transcript.candidates else transcript.text
