"""What is on the calendars of Home Assistant."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from edge.home import Asks
from edge.home.acting.send import Sender
from edge.home.errands.days import EVENING, date_of, local_time
from edge.home.model import Entity, ServiceCall
from edge.home.planning.planned import Errand, Slots
from edge.home.planning.targets import Targets
from edge.home.sources.home_assistant.payload import Object, garbled, object_of, objects_of, text_of
from edge.nlu import Language
from edge.nlu.home_replies import Event
from edge.runtime.clock import Clock

DOMAIN: Final = "calendar"

_LISTED: Final = 6
"""Most events in one reply."""

_AHEAD: Final = timedelta(days=60)
"""How far "my next appointment" is looked for."""


class Calendar:
    """The calendars of one model."""

    def __init__(self, targets: Targets, sender: Sender, clock: Clock, language: Language) -> None:
        self._targets = targets
        self._sender = sender
        self._clock = clock
        self._replies = language.replies
        self._says = language.home_replies

    def tell(self, slots: Slots) -> Errand | str | Asks:
        """EdgeCalendar: `day` is today, tonight, tomorrow, a weekday, or next: the next event of all."""
        found = self._targets.of_domain("EdgeCalendar", DOMAIN, slots)
        if isinstance(found, str | Asks):
            return found
        if not found:
            return self._replies.unsupported("calendar") or ""
        return Errand(lambda: self._events(found, str(slots.get("day", "today"))))

    async def _events(self, calendars: Sequence[Entity], day: str) -> str:
        start, end = self._window(day)
        told = await asyncio.gather(*(self._of(it, start, end) for it in calendars))
        events = sorted((event for some in told for event in some), key=self._begins)
        if day == "next":
            events = [event for event in events if self._begins(event) >= self._clock.now()][:1]
        now = self._clock.now()
        return self._says.events(day, events[:_LISTED], max(0, len(events) - _LISTED), now)

    async def _of(self, calendar: Entity, start: datetime, end: datetime) -> Sequence[Event]:
        window = {"start_date_time": start.isoformat(), "end_date_time": end.isoformat()}
        answer = await self._sender.call(ServiceCall(DOMAIN, "get_events", calendar.service_id, window, answers=True))
        if not isinstance(answer.get("events"), list):
            raise garbled("the events of a calendar are missing")
        found = (self._event(object_of(it)) for it in objects_of(answer["events"]))
        return [event for event in found if event is not None]

    def _event(self, event: Object) -> Event | None:
        """None if it has no text or no time. A day without a time of day is one that the event lasts for."""
        summary, said = text_of(event.get("summary")), text_of(event.get("start"))
        start = local_time(said, self._clock.now().tzinfo)
        if not summary or start is None:
            return None
        return Event(summary, start, all_day="T" not in said and ":" not in said)

    def _begins(self, event: Event) -> datetime:
        return event.start

    def _window(self, day: str) -> tuple[datetime, datetime]:
        now = self._clock.now()
        if day == "next":
            return now, now + _AHEAD
        at: date = date_of(day, now.date())
        midnight = datetime.combine(at, time(), now.tzinfo)
        begins = midnight + timedelta(hours=EVENING) if day == "tonight" else midnight
        return begins, midnight + timedelta(days=1)
