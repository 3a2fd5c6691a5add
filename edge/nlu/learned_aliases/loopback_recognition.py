"""Transcribes the speaker's own voice without playing it: synthesised speech goes directly to the recogniser."""

from collections.abc import Awaitable, Callable

from edge.events import Speech

PACES = (1.0, 0.9, 1.1)
"""Relative speeds that make one voice sound like several (speed perturbation, Ko et al. 2015)."""


class LoopbackRecognition:
    """A `Transcribe` of `edge.nlu.learned_aliases.aliases`."""

    def __init__(
        self, speak: Callable[[str], Awaitable[Speech]], recognize: Callable[[Speech, float], Awaitable[str]]
    ) -> None:
        """`speak` synthesises a text; `recognize` returns the free text of speech resampled to a pace."""
        self._speak = speak
        self._recognize = recognize

    async def __call__(self, text: str) -> tuple[str, ...]:
        """The transcripts of `text`, one per pace; none if the voice produces no audio for it.

        Raises the engines' errors.
        """
        speech = await self._speak(text)
        if not len(speech.samples):
            return ()
        return tuple([await self._recognize(speech, pace) for pace in PACES])
