"""The home as it is opened: its actions, its schedule, and the watch over what announces itself."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
from pydantic import SecretStr

from edge.errors import SettingsError
from edge.home import Intercom, Publisher, SpeakerControl
from edge.home.acting.code import Code, read_code
from edge.home.intents.actions import HomeActions
from edge.home.intents.things import Things
from edge.home.model import HomeModel
from edge.home.modelling.grammar_names import home_names
from edge.home.modelling.watch import HomeWatch
from edge.home.planning.risk import Gates
from edge.home.sources.home_assistant.kept import KeptHome
from edge.home.sources.home_assistant.snapshot import Snapshot
from edge.home.sources.home_assistant.source import HomeAssistant
from edge.home.states import HomeStates
from edge.mqtt import Mqtt
from edge.nlu import open_language
from edge.nlu.home_names import HomeNames
from edge.nlu.replies import Replies
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import Clock
from edge.schedule.schedule import TimerSchedule
from edge.schedule.store import ScheduleStore
from edge.settings import Settings

_SETTLE_S: Final = 5.0

_log = structlog.get_logger("home")


class OpenHome:
    """See `edge.home.open_home`: `actions` is the `Home`, `schedule` the `Schedule`, `names` what can be said now."""

    def __init__(
        self,
        settings: Settings,
        publisher: Publisher | None,
        speaker: SpeakerControl,
        clock: Clock,
        state_folder: Path,
        replies: Replies,
        *,
        rings: bool,
        schedule: Path | None = None,
        intercom: Intercom | None,
        on_names: Callable[[HomeNames], None],
    ) -> None:
        language = open_language(settings.device.language)
        here = settings.device.area or ""
        self.states = HomeStates(clock)
        folder = state_folder if rings and settings.home.discovery else None
        self.watch = HomeWatch(settings, self.states, clock, self._prepare, folder)
        kept = KeptHome(settings.home.home_assistant, state_folder if rings else None)
        self.assistant = _home_assistant(settings, clock, self.watch, kept)
        """None: no Home Assistant is configured."""
        if (assistant := self.assistant) is not None:
            self.states.assistant_connected = lambda: assistant.connected
        gates, code = Gates.of(settings.home), Code(_code_of(settings), clock)
        self.things = Things(publisher, self.states, language, clock, here, gates, code, caller=self.assistant)
        kept_in = state_folder if rings else schedule
        store = None if kept_in is None else ScheduleStore(kept_in / "schedule.json")
        self.schedule = TimerSchedule(clock, store, replies, rings=rings)
        self.actions = HomeActions(
            settings,
            publisher,
            speaker,
            clock,
            self.schedule,
            replies,
            schedules=store is not None,
            things=self.things,
            intercom=intercom,
        )
        self.names = HomeNames()
        self._here = here
        self._discovers = settings.home.discovery
        self._on_names = on_names
        self.watch.start(Snapshot() if self.assistant is None else kept.load())

    def follow(self, background: BackgroundTasks, mqtt: Mqtt | None) -> None:
        """Start to follow what announces itself at the broker, and Home Assistant."""
        if mqtt and self._discovers:
            background.start("home", lambda: self.watch.run(mqtt), on_crash="restart")
        else:
            self.watch.settled.set()
        if self.assistant is not None:
            background.start("home assistant", self.assistant.run, on_crash="restart")

    async def settled(self) -> None:
        """Return when the home is known, as far as what tells about it can be reached; after 5 s at the latest."""
        await self.watch.settled.wait()
        if self.assistant is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SETTLE_S):
                    await self.assistant.settled.wait()

    async def report_misfits(self) -> None:
        """Log what the owner says of things that fits none of them, once the home is known."""
        await self.watch.settled.wait()
        for it in self.watch.misfits:
            key = ".".join(map(str, ("home", *it.key)))
            _log.warning("setting-fits-nothing", key=key, problem=it.message, hint=it.hint)

    def _prepare(self, model: HomeModel) -> Callable[[], None]:
        prepared, names = self.things.prepare(model), home_names(model, self._here)

        def use() -> None:
            self.things.use(prepared)
            if names != self.names:
                self.names = names
                self._on_names(names)

        return use


def _home_assistant(settings: Settings, clock: Clock, watch: HomeWatch, kept: KeptHome) -> HomeAssistant | None:
    if settings.home.home_assistant.url is None:
        return None
    return HomeAssistant(
        settings.home.home_assistant,
        clock,
        prepare=watch.prepare,
        on_snapshot=watch.use_home_assistant,
        on_report=watch.report,
        on_lost=watch.lose_home_assistant,
        kept=kept,
    )


def _code_of(settings: Settings) -> SecretStr | None:
    """The code, if the settings ask for one. Without it, what needs it is refused."""
    if not settings.home.uses_code:
        return None
    try:
        code = read_code(settings.home.code_file)
    except SettingsError as error:
        _log.error("home-code-unusable", code=error.code, error=error.message, hint=error.hint)
        return None
    if code is None:
        _log.error("home-code-missing", hint="name a file in [home] code_file, see docs/home.md")
    return code
