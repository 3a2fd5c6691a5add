"""Turns the sentences of a reply into speech: cleaned, synthesised one ahead, and cached if fixed."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing, suppress
from dataclasses import replace

import numpy as np
import structlog

from edge.errors import EdgeError, EngineError
from edge.events import ReplySentence, Speech
from edge.nlu import Language
from edge.nlu.segmenter import segments
from edge.runtime.hosted import Hosted
from edge.tts import Tts
from edge.tts.plain_text import PlainText
from edge.tts.speech_cache import SpeechCache

log = structlog.get_logger("tts")

LOOK_AHEAD = 1
"""Sentences that are synthesised ahead while one is playing."""

PAUSE_MS = 160
CLAUSE_PAUSE_MS = 60
PHRASE_PAUSE_MS = 20
"""Between two sentences, after one that ends with a comma, and inside one. Engines trim their own silence."""

CACHE_S = 60.0
"""Seconds of fixed replies in the cache: 6 MB at 24 kHz."""

Spoken = tuple[ReplySentence, Speech]


class Voice:
    """Speaks replies with an engine. `tts` None: the engine is missing."""

    def __init__(self, tts: Hosted[Tts] | None, language: Language, *, cache_s: float = CACHE_S) -> None:
        self._tts = tts
        self._rules = language.sentence_rules
        self._plain = language.plain_text_rules
        self._cache = SpeechCache(cache_s)

    async def speak(self, sentences: AsyncGenerator[ReplySentence, None]) -> AsyncGenerator[Spoken, None]:
        """Each sentence with its speech, in order; those without words are skipped. `cut` makes sentences of a text.

        The next sentence is synthesised while the caller handles this one, but no further ahead. Closing the generator
        closes `sentences`; the engine finishes its current sentence. A sentence that the engine cannot speak is logged
        and skipped. Raises what `sentences` raises, after the sentences before it; at the end `EngineError`
        `tts-missing` or `tts-failed` if there were sentences and none could be spoken.
        """
        ready: asyncio.Queue[Spoken | None] = asyncio.Queue()  # `room` bounds it
        room = asyncio.Semaphore(LOOK_AHEAD)
        work = asyncio.create_task(self._synthesise(sentences, ready, room), name="tts")
        work.add_done_callback(lambda _: ready.put_nowait(None))
        try:
            while (spoken := await ready.get()) is not None:
                room.release()
                yield spoken
            await work
        finally:
            work.cancel()
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()  # the caller has it already, or has left

    async def cut(self, reply: ReplySentence) -> AsyncGenerator[ReplySentence, None]:
        """Cut a reply into the sentences that `speak` takes; the first clause of a long first sentence is separate.

        A fixed reply is cut in the same places as by `warm`.
        """
        for sentence in segments(reply.text, self._rules, "sentence" if reply.fixed else "clause"):
            yield replace(sentence, fixed=reply.fixed)

    async def warm(self, texts: Iterable[str]) -> None:
        """Synthesise fixed replies ahead of time, until the cache is full."""
        for text in texts:
            cleaner = PlainText(self._plain)
            for words in (cleaner.clean(sentence.text) for sentence in segments(text, self._rules)):
                if self._tts is None or self._cache.full:
                    return
                if words:
                    with suppress(EdgeError):
                        await self._say(words, fixed=True)

    async def _synthesise(
        self,
        sentences: AsyncGenerator[ReplySentence, None],
        ready: asyncio.Queue[Spoken | None],
        room: asyncio.Semaphore,
    ) -> None:
        cleaner = PlainText(self._plain)
        pause_ms = 0
        failure: EdgeError | None = None
        async with aclosing(sentences):
            async for sentence in sentences:
                words = cleaner.clean(sentence.text)
                if not words:
                    continue
                await room.acquire()
                inside = sentence.goes_on and words[-1].isalnum()
                try:
                    # The voice falls at the end of a text, but not before a comma.
                    speech = await self._say(f"{words}," if inside else words, fixed=sentence.fixed)
                except EdgeError as error:
                    log.warning("tts-sentence-skipped", code=error.code, message=error.message)
                    failure = error
                    speech = None
                if speech is None or not len(speech.samples):
                    room.release()
                    continue
                ready.put_nowait((sentence, _after_pause(speech, pause_ms)))
                pause_ms = PHRASE_PAUSE_MS if inside else CLAUSE_PAUSE_MS if words[-1] in ",;:" else PAUSE_MS
        if failure is not None and not pause_ms:
            raise failure

    async def _say(self, words: str, *, fixed: bool) -> Speech:
        if self._tts is None:
            raise EngineError("tts-missing", "the speech engine is missing", "the log says why; see docs/speech.md")
        cached = self._cache.get(words)
        if cached is not None:
            return cached
        speech = await self._tts.call(lambda it: synthesise_whole(it, words))
        if fixed:
            self._cache.put(words, speech)
        return speech


def synthesise_whole(tts: Tts, words: str) -> Speech:
    """The chunks of a sentence joined; without samples if there is no sound."""
    chunks = [chunk.samples for chunk in tts.synthesise(words)]
    return Speech(np.concatenate(chunks) if chunks else np.zeros(0, np.float32), tts.rate_hz)


def _after_pause(speech: Speech, pause_ms: int) -> Speech:
    if not pause_ms:
        return speech
    silence = np.zeros(speech.rate_hz * pause_ms // 1000, np.float32)
    return Speech(np.concatenate([silence, speech.samples]), speech.rate_hz)
