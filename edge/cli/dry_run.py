"""`edge-voice ask --dry-run TEXT`: who would answer, and the request that a cloud would get. Sends nothing to it."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from edge.cli.home_alone import home_alone
from edge.events import ASK_CLOUD, Context, Decision
from edge.nlu.suggestions import BY
from edge.settings import Settings

if TYPE_CHECKING:
    from edge.nlu.suggestions.menu import Menu

_ANSWER: Final = b'data: {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'
"""In place of the cloud's, so that the turn ends as usual."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would happen to a text. `asks_first`: the cloud is asked only after a yes; the request is the one after it.

    `url` and `body` are those of the request, None if a cloud gets none.
    """

    answerer: str
    reason: str
    asks_first: bool = False
    url: str | None = None
    body: bytes | None = None

    def as_text(self) -> str:
        """Lines for people; the last one is the body as it would be sent."""
        first = " (after a yes to the question whether the cloud may be asked)" if self.asks_first else ""
        lines = [f"answered by: {self.answerer}, {self.reason}{first}"]
        if self.body is None:
            return "\n".join([*lines, "sent to a cloud: nothing"])
        return "\n".join([*lines, f"sent to a cloud: POST {self.url}", self.body.decode()])

    def as_json(self) -> str:
        """One object; `body` is the text of the body."""
        body = None if self.body is None else self.body.decode()
        fields = {"answerer": self.answerer, "reason": self.reason, "asks_first": self.asks_first, "url": self.url}
        return json.dumps({**fields, "body": body})


async def dry_run(settings: Settings, text: str) -> DryRun:
    """Decide about a text as the first one of a conversation. Carries nothing out, and asks no model.

    The home is read from the settings, the broker and Home Assistant, because its names take part in the decision.
    """
    from edge.llm import open_llm
    from edge.reference import open_works
    from edge.route import open_router
    from edge.route.fitness import fit_kinds
    from edge.runtime.clock import SystemClock
    from edge.runtime.opener import Opener
    from edge.store import open_store

    clock, opener, store = SystemClock(), Opener(), open_store(settings.models)
    local = await asyncio.to_thread(opener.try_now, "llm", lambda: open_llm(settings.llm, store, clock))
    try:
        fit = fit_kinds(settings.llm, store, None if local is None else local.name)
        works = await asyncio.to_thread(open_works, store, settings.device.language)
        async with home_alone(settings) as home:
            router = await asyncio.to_thread(lambda: open_router(settings, names=home.names, fit=fit, works=works))
            decision = await asyncio.to_thread(router.decide, text)
            menu = await asyncio.to_thread(router.menu, text)
            asks_first = decision.intent is not None and decision.intent.name == ASK_CLOUD
            if asks_first:
                decision = await asyncio.to_thread(router.decide, text, None, Context(consent="yes"))
    finally:
        if local is not None:
            await local.aclose()
    return await _request(settings, decision, menu, asks_first=asks_first)


async def _request(settings: Settings, decision: Decision, menu: "Menu | None", *, asks_first: bool) -> DryRun:
    """The request of a turn, caught where it would leave the process."""
    chooses = decision.intent is not None and decision.intent.slots.get(BY) == "cloud"
    if decision.answerer != "cloud" and not chooses:
        return DryRun(decision.answerer, decision.reason, asks_first)
    import httpx

    from edge.llm import open_cloud
    from edge.llm.chat_service import ChatService, ReplyRecord
    from edge.nlu import open_language
    from edge.runtime.clock import SystemClock

    caught: list[httpx.Request] = []

    def catch(request: httpx.Request) -> httpx.Response:
        caught.append(request)
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=_ANSWER)

    clock = SystemClock()
    with TemporaryDirectory() as budget:  # nothing is sent, so nothing is spent
        chat = ChatService(
            None,
            open_cloud(settings.llm.cloud, clock, Path(budget), transport=httpx.MockTransport(catch)),
            settings=settings.llm,
            language=open_language(settings.device.language),
            clock=clock,
            area=settings.device.area,
            privacy=settings.privacy,
        )
        try:
            record = None
            if chooses and menu is not None:
                await chat.choose(decision.text, menu, "cloud")
            else:
                record = [piece async for piece in chat.reply(decision) if isinstance(piece, ReplyRecord)][-1]
        finally:
            await chat.aclose()
    if not caught:
        answered = decision if record is None else record
        return DryRun(answered.answerer, answered.reason, asks_first)
    return DryRun(decision.answerer, decision.reason, asks_first, str(caught[0].url), caught[0].content)
