"""The speaker transcribes its own voice, without playing it: synthesised speech goes straight to the recogniser."""

from collections.abc import Awaitable, Callable

from edge.events import Speech

PACES = (1.0, 0.9, 1.1)
"""Played slower and lower, faster and higher, one voice stands for several (speed perturbation, Ko et al. 2015)."""


class LoopbackRecognition:
    """A `Transcribe` of `edge.nlu.learned_aliases.aliases`."""

    def __init__(
        self, speak: Callable[[str], Awaitable[Speech]], recognize: Callable[[Speech, float], Awaitable[str]]
    ) -> None:
        """`speak` synthesises a text; `recognize` returns the free text of speech that is played at a pace."""
        self._speak = speak
        self._recognize = recognize

    async def __call__(self, text: str) -> tuple[str, ...]:
        """What the recogniser writes for `text`, once for each pace; nothing if the voice makes no sound of it.

        Raises what the engines raise.
        """
        speech = await self._speak(text)
        if not len(speech.samples):
            return ()
        return tuple([await self._recognize(speech, pace) for pace in PACES])
