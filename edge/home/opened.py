"""The home as it is opened: its actions, its schedule, and the watch over what announces itself."""

from collections.abc import Callable
from pathlib import Path

from edge.home import Intercom, Publisher, SpeakerControl
from edge.home.actions import HomeActions
from edge.home.model import HomeModel
from edge.home.names import home_names
from edge.home.schedule import TimerSchedule
from edge.home.schedule_store import ScheduleStore
from edge.home.states import HomeStates
from edge.home.things import Things
from edge.home.watch import HomeWatch
from edge.nlu import open_language
from edge.nlu.home_names import HomeNames
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.settings import Settings


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
        intercom: Intercom | None,
        on_names: Callable[[HomeNames], None],
    ) -> None:
        language = open_language(settings.device.language)
        here = settings.device.area or ""
        self.states = HomeStates(clock)
        self.things = Things(publisher, self.states, language, clock, here)
        self.schedule = TimerSchedule(clock, ScheduleStore(state_folder / "schedule.json") if rings else None, replies)
        self.actions = HomeActions(
            settings,
            publisher,
            speaker,
            clock,
            self.schedule,
            replies,
            rings=rings,
            things=self.things,
            intercom=intercom,
        )
        self.names = HomeNames()
        self._here = here
        self._on_names = on_names
        folder = state_folder if rings and settings.home.discovery else None
        self.watch = HomeWatch(settings, self.states, clock, self._use, folder)
        self.watch.start()

    def _use(self, model: HomeModel) -> None:
        self.things.use(model)
        names = home_names(model, self._here)
        if names != self.names:
            self.names = names
            self._on_names(names)
