"""A speaker in a house whose things are in Home Assistant, on a real WebSocket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from edge.events import NO_CONTEXT, Decision
from edge.home.opened import OpenHome
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames
from edge.nlu.kinds import OPEN
from edge.route.router import GrammarFirstRouter
from edge.runtime.clock import SystemClock
from edge.settings import DeviceSettings, HomeAssistantSettings, HomeSettings, Settings
from edge.turn.dialogue import Dialogue
from tests.fakes.home import FakePublisher, FakeSpeaker
from tests.fakes.home_assistant import FakeHomeAssistant, served
from tests.fakes.language import ENGLISH


class HastyClock(SystemClock):
    """Pauses are short; what was waited for is kept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(min(seconds, 0.02))


async def becomes(condition: Callable[[], bool]) -> None:
    """Wait for something that happens on a socket."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - watched from outside
            await asyncio.sleep(0.005)


class House:
    """The speaker, as its user hears it."""

    def __init__(self, assistant: FakeHomeAssistant, settings: Settings, folder: Path, *, rings: bool = False) -> None:
        """With `rings`, its timers run, and what it knows of the home is kept in the folder."""
        self.assistant = assistant
        self.clock = HastyClock()
        self.publisher = FakePublisher()
        self.speaker = FakeSpeaker()
        self.named: list[HomeNames] = []
        self.home = OpenHome(
            settings,
            self.publisher,
            self.speaker,
            self.clock,
            folder,
            ENGLISH.replies,
            rings=rings,
            intercom=None,
            on_names=self.named.append,
        )
        self._settings = settings
        self._router: tuple[HomeNames, GrammarFirstRouter] | None = None
        self.dialogue = Dialogue(self.clock)

    def decide(self, text: str) -> Decision:
        if self._router is None or self._router[0] != self.home.names:
            router = GrammarFirstRouter(
                lambda names: HassilRecognizer(self._settings, names),
                self.home.names,
                ENGLISH,
                wake_words=["alexa"],
                escalate="never",
                cloud=lambda: "no-key",
                fit=OPEN,
            )
            self._router = (self.home.names, router)
        context = self.dialogue.context or NO_CONTEXT
        return self._router[1].decide(text, None, context)

    async def says(self, text: str) -> str:
        decision = self.decide(text)
        if decision.intent is None:
            self.dialogue.chatted()
            return "to the model"
        reply = await self.home.actions.act(decision.intent)
        self.dialogue.acted(decision.intent, reply)
        return reply.text if reply else ""

    def calls(self) -> list[tuple[str, str, dict[str, object]]]:
        """The services called since the last time."""
        calls, self.assistant.calls = self.assistant.calls, []
        return calls


def settings_for(url: str | None, folder: Path, *, area: str | None = "Lounge", token: str = "") -> Settings:
    file = folder / "token"
    file.write_text(token or "a-long-lived-token")
    file.chmod(0o600)
    assistant = HomeAssistantSettings(url=url, token_file=file)
    return Settings(device=DeviceSettings(area=area), home=HomeSettings(home_assistant=assistant))


@asynccontextmanager
async def house(assistant: FakeHomeAssistant, folder: Path, *, area: str | None = "Lounge") -> AsyncIterator[House]:
    """The speaker, connected and in the know."""
    async with served(assistant):
        found = House(assistant, settings_for(assistant.url, folder, area=area), folder)
        assert found.home.assistant is not None
        following = asyncio.create_task(found.home.assistant.run())
        try:
            await asyncio.wait_for(found.home.assistant.settled.wait(), 10)
            yield found
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    assert assistant.faults == []
