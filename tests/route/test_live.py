"""Changes of the router while it runs, and what a reload does and refuses."""

from pathlib import Path

import pytest

from edge.errors import ControlError, SettingsError
from edge.events import Decision
from edge.nlu.home_names import HomeNames, NamedArea, names_of
from edge.nlu.kinds import OPEN
from edge.route import Router, open_router
from edge.route.live import LiveRouter
from edge.route.reload import Reload
from edge.runtime.hosted import Hosted
from edge.runtime.worker import InlineWorker
from edge.settings import AudioSettings, DeviceSettings, Escalate, RouteSettings, Settings

NAMES = HomeNames(areas=(NamedArea("Attic"),))

FILE = """\
language: en
intents:
  HassTurnOn:
    data:
      - sentences: ["{words}"]
        slots: {{domain: light}}
"""


class FakeRouter:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.names: list[HomeNames] = []
        self.modes: list[Escalate] = []

    def menu(self, text: str) -> None:
        raise NotImplementedError(text)

    def use(self, names: HomeNames) -> None:
        self.names.append(names)

    def escalate(self, mode: Escalate) -> None:
        self.modes.append(mode)

    def decide(self, text: str, *_: object) -> Decision:
        return Decision("llm", "open-question", text)


async def test_names_and_mode_outlive_a_router_that_is_opened_again() -> None:
    first, second = FakeRouter(), FakeRouter()
    hosted: Hosted[Router] = Hosted("route", first, InlineWorker())
    live = LiveRouter(hosted, HomeNames(), "hard-only")
    await live.escalate("never")
    assert (first.names, first.modes) == ([], ["never"]), "names that are in use are not read again"
    await live.use(NAMES)
    await live.escalate("hard-only")
    assert (first.names, first.modes[-1]) == ([NAMES], "hard-only")
    assert hosted._configure is not None
    hosted._configure(second)
    assert (second.names, second.modes) == ([NAMES], ["hard-only"])


async def test_the_mode_decides_what_goes_to_the_cloud() -> None:
    settings = Settings(route=RouteSettings(escalate="prefer"))
    hosted: Hosted[Router] = Hosted("route", open_router(settings, cloud=lambda: "ready", fit=OPEN), InlineWorker())
    live = LiveRouter(hosted, names_of(settings), "prefer")
    question = "why is the sea deep"
    assert (await hosted.call(lambda it: it.decide(question))).answerer == "cloud"
    await live.escalate("never")
    assert (await hosted.call(lambda it: it.decide(question))).answerer == "llm"


class World:
    """A speaker with a sentence file that changes."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "own.yaml"
        self.write("party time")
        self.settings = Settings(route=RouteSettings(sentences=[self.file]))
        self.now: Settings | SettingsError = self.settings.model_copy()
        self.compiled = 0
        self.router: Hosted[Router] = Hosted("route", open_router(self.settings, fit=OPEN), InlineWorker())
        live = LiveRouter(self.router, names_of(self.settings), "hard-only")
        self.reload = Reload(self.settings, self.read, live, compile_grammar=self.compile)

    def write(self, words: str) -> None:
        self.file.write_text(FILE.format(words=words), encoding="utf-8")

    def read(self) -> Settings:
        if isinstance(self.now, SettingsError):
            raise self.now
        return self.now

    def compile(self) -> None:
        self.compiled += 1

    async def intent(self, text: str) -> str | None:
        decision = await self.router.call(lambda it: it.decide(text))
        return decision.intent.name if decision.intent and decision.reason == "intent" else None


async def test_a_reload_reads_the_sentences_again(tmp_path: Path) -> None:
    it = World(tmp_path)
    it.write("disco time")
    assert await it.intent("party time") == "HassTurnOn"
    await it.reload()
    assert await it.intent("disco time") == "HassTurnOn"
    assert await it.intent("party time") is None
    assert it.compiled == 1


async def test_a_reload_refuses_what_needs_a_restart_and_names_it(tmp_path: Path) -> None:
    it = World(tmp_path)
    device, audio = DeviceSettings(name="Other", area="Kitchen"), AudioSettings(volume=5)
    it.now = Settings(route=it.settings.route, device=device, audio=audio)
    with pytest.raises(ControlError, match=r"audio\.volume, device\.area, device\.name") as caught:
        await it.reload()
    assert caught.value.code == "reload-needs-restart"
    assert it.compiled == 0


async def test_mistakes_change_nothing(tmp_path: Path) -> None:
    it = World(tmp_path)
    it.file.write_text("intents: [", encoding="utf-8")
    with pytest.raises(SettingsError):
        await it.reload()
    it.now = SettingsError("settings-invalid", "1 mistake in the settings")
    with pytest.raises(SettingsError):
        await it.reload()
    assert await it.intent("party time") == "HassTurnOn"
    assert it.compiled == 0
