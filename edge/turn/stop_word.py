"""Listens for "stop" without the wake word during a reply or a ring, if the microphone does not hear the output."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from edge.ears import Ears
from edge.errors import EdgeError
from edge.events import Intent, Transcript
from edge.route import Router
from edge.runtime.background import to_the_end
from edge.runtime.hosted import Hosted
from edge.turn.recognition import Recognition

log = structlog.get_logger("turn")

WINDOW_MS = 30_000

STOP_INTENTS = frozenset({"EdgeStop", "HassNevermind"})
"""Intents that end a reply."""

RING_STOP_INTENTS = STOP_INTENTS | {
    "EdgeCancelAlarm",
    "EdgeSnooze",
    "EdgeThanks",
    "HassCancelAllTimers",
    "HassCancelTimer",
}
"""Intents that end a ring."""


class StopWord:
    """Listens during playback, with the recogniser and router of the turn and with its own reader of the ears."""

    def __init__(self, ears: Ears, recognition: Recognition, router: Hosted[Router]) -> None:
        self._ears = ears
        self._recognition = recognition
        self._router = router

    async def guard(self, playing: Coroutine[Any, Any, None], intents: frozenset[str]) -> Intent | None:
        """Run `playing` until it ends or one of `intents` is heard. Return the command that stopped it.

        Raises the errors of `playing`; cancelling cancels both. If the listener fails, that is logged and `playing`
        continues.
        """
        played = asyncio.create_task(playing, name="play")
        heard = asyncio.create_task(self._heard(intents), name="stop word")
        try:
            await asyncio.wait({played, heard}, return_when=asyncio.FIRST_COMPLETED)
            if not played.done() and (stopped := heard.result()) is not None:
                return stopped
            await played
            return None
        finally:
            for task in (played, heard):
                task.cancel()
            await to_the_end(_ended(played, heard))

    async def _heard(self, intents: frozenset[str]) -> Intent | None:
        """Return the first of `intents` that is heard, None when listening is over."""
        try:
            with self._ears.read() as frames:
                while not frames.ended:
                    said = (await self._recognition.hear(frames.frames(), start_timeout_ms=WINDOW_MS)).transcript
                    intent = await self._intent(said)
                    if intent is not None and intent.name in intents:
                        return intent
        except EdgeError as error:
            log.warning("stop-word-listener-failed", code=error.code, message=error.message)
        except Exception:  # a bug here must not end the reply
            log.exception("stop-word-listener-failed", code="internal-error")
        return None

    async def _intent(self, said: Transcript) -> Intent | None:
        return (await self._router.call(lambda it: it.decide(said.text, said.match))).intent


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    await asyncio.wait(tasks)
