"""The speaker hears itself, without a sound: what its recogniser writes for what its voice says."""

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Samples
from edge.runtime.worker import Worker
from edge.stt import Stt
from edge.tts import Tts

PACES = (1.0, 0.9, 1.1)
"""Played slower and lower, faster and higher, one voice stands for several (speed perturbation, Ko et al. 2015)."""

_SILENCE = np.zeros(SAMPLE_RATE_HZ * 3 // 10, np.float32)


class SelfHearing:
    """A `Hear` of `edge.route.heard_names`: blocks no loop, one call of an engine at a time."""

    def __init__(self, tts: Tts, tts_worker: Worker, stt: Stt, stt_worker: Worker) -> None:
        self._tts = tts
        self._tts_worker = tts_worker
        self._stt = stt
        self._stt_worker = stt_worker

    async def __call__(self, text: str) -> tuple[str, ...]:
        """What is heard of `text` at each pace; nothing where the voice says nothing. Raises `EngineError`."""
        speech = await self._tts_worker.run(self._speak, text)
        if not len(speech):
            return ()
        return tuple([await self._stt_worker.run(self._hear, speech, pace) for pace in PACES])

    def _speak(self, text: str) -> Samples:
        pieces = [piece.samples for piece in self._tts.synthesise(text)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def _hear(self, speech: Samples, pace: float) -> str:
        import soxr  # noqa: PLC0415 - turns are tested without sound

        sound = soxr.resample(speech, self._tts.rate_hz * pace, SAMPLE_RATE_HZ)
        stream = self._stt.stream()
        stream.feed(np.concatenate([_SILENCE, sound, _SILENCE]).astype(np.float32))
        said = stream.finish()
        return said.candidates[0].text if said.candidates else said.text  # the free text, whatever grammar is in use
