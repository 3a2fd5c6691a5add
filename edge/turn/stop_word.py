"""Saying "stop" without the wake word while the speaker speaks, where the microphone does not hear the speaker."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from edge.errors import EdgeError
from edge.route import Router
from edge.runtime.worker import Worker
from edge.turn.feed import Feed
from edge.turn.recognition import Recognition

log = structlog.get_logger("turn")

WINDOW_MS = 30_000

STOP_INTENTS = frozenset({"EdgeStop", "HassNevermind"})
"""What ends a reply."""

RING_STOP_INTENTS = STOP_INTENTS | {"EdgeCancelAlarm", "EdgeThanks", "HassCancelTimer", "HassCancelAllTimers"}
"""What ends a ringing."""


class StopWord:
    """Listens while something is spoken, with the turn's own recogniser and router."""

    def __init__(self, recognition: Recognition, router: Router, route_worker: Worker) -> None:
        self._recognition = recognition
        self._router = router
        self._route_worker = route_worker

    async def guard(self, speaking: Coroutine[Any, Any, None], feed: Feed, intents: frozenset[str]) -> bool:
        """Run `speaking` to its end, or until one of `intents` is heard. True when it was stopped.

        Raises what `speaking` raises; cancelling cancels both.
        """
        spoken = asyncio.create_task(speaking, name="reply")
        heard = asyncio.create_task(self._hear(feed, intents), name="stop word")
        try:
            await asyncio.wait({spoken, heard}, return_when=asyncio.FIRST_COMPLETED)
            if spoken.done():
                await spoken
                return False
            return True
        finally:
            for task in (spoken, heard):
                task.cancel()
            await asyncio.wait({spoken, heard})

    async def _hear(self, feed: Feed, intents: frozenset[str]) -> None:
        """Return when one of `intents` is heard. An engine that fails costs this way of stopping only."""
        try:
            while not feed.ended:
                heard = await self._recognition.hear(feed.frames(), start_timeout_ms=WINDOW_MS)
                said = heard.transcript
                decision = await self._route_worker.run(self._router.decide, said.text, said.match)
                if decision.intent is not None and decision.intent.name in intents:
                    return
        except EdgeError as error:
            log.warning("stop-word-deaf", code=error.code, message=error.message)
        await asyncio.Event().wait()
