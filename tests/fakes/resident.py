"""A user at home, under virtual time."""

from datetime import UTC, datetime
from pathlib import Path

from edge.events import Intent, ReplySentence, SlotValue
from edge.home import Intercom
from edge.home.intents.actions import HomeActions
from edge.runtime.virtual_time import VirtualClock
from edge.schedule import Ring
from edge.schedule.schedule import TimerSchedule
from edge.schedule.store import ScheduleStore
from edge.settings import EntitySettings
from tests.fakes.home import A_HOME, FakePublisher, FakeSpeaker, home_settings
from tests.fakes.language import ENGLISH

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, eight in the morning."""


class ZonedClock(VirtualClock):
    """A `VirtualClock` that shows local time, with its daylight saving."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now.astimezone(UTC))
        self._zone = now.tzinfo

    def now(self) -> datetime:
        return super().now().astimezone(self._zone)


class Resident:
    """A user: says commands, hears replies and rings."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: VirtualClock | None = None,
        boot: str = "boot-1",
        entities: tuple[EntitySettings, ...] = A_HOME,
        area: str | None = "Living Room",
        intercom: Intercom | None = None,
    ) -> None:
        self.clock = clock or VirtualClock(MONDAY)
        self.publisher = FakePublisher()
        self.speaker = FakeSpeaker()
        self.file = folder / "schedule.json"
        self.schedule = TimerSchedule(self.clock, ScheduleStore(self.file, boot), ENGLISH.replies)
        settings = home_settings(*entities, area=area)
        self.home = HomeActions(
            settings, self.publisher, self.speaker, self.clock, self.schedule, ENGLISH.replies, intercom=intercom
        )
        self.rung: list[tuple[datetime, Ring]] = []

    async def reply(self, intent: str, /, **slots: SlotValue) -> ReplySentence | None:
        return await self.home.act(Intent(intent, slots))

    async def says(self, intent: str, /, **slots: SlotValue) -> str | None:
        reply = await self.reply(intent, **slots)
        return reply.text if reply else None

    async def listen(self, ring: Ring) -> None:
        self.rung.append((self.clock.now(), ring))

    @property
    def heard(self) -> list[str]:
        return [ring.text for _, ring in self.rung]
