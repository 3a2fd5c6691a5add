"""The retained topic `timers`: what is set, as JSON. It changes only when a timer or an alarm does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from edge.mqtt import Mqtt
from edge.runtime.clock import Clock
from edge.schedule import PendingAlarm, PendingTimer, Schedule
from edge.settings import Settings
from edge.telemetry import messages
from edge.telemetry.retained import RetainedTopic


class TimersTopic:
    """Publishes the timers and alarms whenever they change."""

    def __init__(self, mqtt: Mqtt, settings: Settings, schedule: Schedule, clock: Clock) -> None:
        """`run` publishes."""
        self._schedule = schedule
        self._clock = clock
        self._labels = settings.telemetry.transcripts
        self._topic = RetainedTopic(mqtt, f"edge-voice/{settings.device.id}/timers")
        schedule.watch(self._update)
        self._update()

    async def run(self) -> None:
        """Publish until cancelled."""
        await self._topic.run()

    def again(self) -> None:
        """Publish it once more, unchanged."""
        self._topic.again()

    def _update(self) -> None:
        timers, alarms = self._schedule.pending()
        self._topic.set(payload(timers, alarms, self._clock.now(), labels=self._labels))


def payload(timers: Sequence[PendingTimer], alarms: Sequence[PendingAlarm], now: datetime, *, labels: bool) -> bytes:
    """The message. `labels` false: without what they are called, which is a text that was said.

    A running timer has the moment at which it ends, a paused one the seconds that are left: no field counts down.
    """
    listed = [_timer(timer, now) | _label(timer.label, labels=labels) for timer in timers]
    rings = [
        {"id": it.id, "at": _moment(it.at), "days": sorted(it.days), **_label(it.label, labels=labels)} for it in alarms
    ]
    fields: dict[str, Any] = {
        "next_timer": next((it["ends_at"] for it in listed if "ends_at" in it), None),
        "next_alarm": rings[0]["at"] if rings else None,
        "timers": listed,
        "alarms": rings,
    }
    return messages.encode(fields, expendable=("alarms", "timers"))


def _timer(timer: PendingTimer, now: datetime) -> dict[str, Any]:
    when: dict[str, Any] = {"left_s": round(timer.left_s)}
    if not timer.paused:
        ends = now + timedelta(seconds=timer.left_s)
        when = {"ends_at": ends.isoformat(timespec="seconds")}
    return {"id": timer.id, "seconds": timer.seconds, "paused": timer.paused, **when}


def _moment(at: datetime) -> str:
    """The local date and time of an alarm with the offset that is valid then, which Home Assistant needs."""
    return at.astimezone().isoformat(timespec="seconds")


def _label(label: str, *, labels: bool) -> dict[str, str]:
    return {"label": label} if labels else {}
