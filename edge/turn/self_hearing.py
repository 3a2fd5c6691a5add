"""The speaker hears itself, without a sound: what its recogniser writes for what its voice says."""

from functools import partial

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Speech
from edge.runtime.hosted import Hosted
from edge.stt import Stt
from edge.tts import Tts
from edge.tts.voice import synthesise_whole

PACES = (1.0, 0.9, 1.1)
"""Played slower and lower, faster and higher, one voice stands for several (speed perturbation, Ko et al. 2015)."""

_SILENCE = np.zeros(SAMPLE_RATE_HZ * 3 // 10, np.float32)


class SelfHearing:
    """A `Hear` of `edge.route.heard_names`: blocks no loop, one call of an engine at a time."""

    def __init__(self, tts: Hosted[Tts], stt: Hosted[Stt]) -> None:
        self._tts = tts
        self._stt = stt

    async def __call__(self, text: str) -> tuple[str, ...]:
        """What is heard of `text` at each pace; nothing where the voice says nothing. Raises `EngineError`."""
        speech = await self._tts.call(lambda it: synthesise_whole(it, text))
        if not len(speech.samples):
            return ()
        return tuple([await self._stt.call(partial(_hear, speech, pace)) for pace in PACES])


def _hear(speech: Speech, pace: float, stt: Stt) -> str:
    import soxr  # noqa: PLC0415 - turns are tested without sound

    sound = soxr.resample(speech.samples, speech.rate_hz * pace, SAMPLE_RATE_HZ)
    stream = stt.stream()
    stream.feed(np.concatenate([_SILENCE, sound, _SILENCE]).astype(np.float32))
    said = stream.finish()
    return said.candidates[0].text if said.candidates else said.text  # the free text, whatever grammar is in use
