"""Timers, alarms and delayed commands on disk: one JSON file, replaced atomically."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, ValidationError

from edge.nlu.delayed import MAX_CHARS
from edge.runtime.clock import Clock
from edge.runtime.files import atomic_write
from edge.schedule.alarms import MAX_ALARMS, Alarm
from edge.schedule.delayed import MAX_DELAYED, AfterTimer, DelayedCommands, KeptDelayed
from edge.schedule.timers import MAX_SECONDS, MAX_TIMERS, Timer

_log = structlog.get_logger("home")

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_MAX_BYTES = 1_000_000

_Seconds = Annotated[float, Field(allow_inf_nan=False)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _TimerRecord(_Record):
    id: int
    name: str = Field(max_length=200)
    seconds: int = Field(ge=0, le=MAX_SECONDS)
    paused: bool
    left: _Seconds
    """Seconds left when the file was written: the maximum for the timer after a reboot."""
    deadline: _Seconds
    """Monotonic seconds of the boot `boot_id`."""
    wall_deadline: _Seconds
    """Seconds since the epoch."""
    message: str | None = Field(default=None, max_length=MAX_CHARS)
    """Of a reminder, or a delayed command. What is None is not written: an earlier version reads the file of plain
    timers."""


class _AlarmRecord(_Record):
    id: int
    at: Annotated[NaiveDatetime, Field(strict=False)]
    days: list[Annotated[int, Field(ge=0, le=6)]]
    name: str | None = Field(default=None, max_length=200)
    message: str | None = Field(default=None, max_length=MAX_CHARS)
    skipped: list[Annotated[date, Field(strict=False)]] | None = Field(default=None, max_length=400)
    """Dates on which a repeating alarm does not ring."""


class _AfterRecord(_Record):
    timer: int
    said: str = Field(max_length=200)
    command: str = Field(max_length=MAX_CHARS)


class _DelayedRecord(_Record):
    timers: list[_TimerRecord] = Field(max_length=MAX_DELAYED)
    alarms: list[_AlarmRecord] = Field(max_length=MAX_DELAYED)
    after: list[_AfterRecord] = Field(max_length=MAX_DELAYED)


class _File(_Record):
    version: Literal[1] = 1
    boot_id: str
    timers: list[_TimerRecord] = Field(max_length=2 * MAX_TIMERS)
    alarms: list[_AlarmRecord] = Field(max_length=2 * MAX_ALARMS)
    delayed: _DelayedRecord | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The saved timers, alarms and delayed commands."""

    timers: Sequence[Timer] = ()
    alarms: Sequence[Alarm] = ()
    delayed: KeptDelayed = field(default_factory=KeptDelayed)


def this_boot() -> str:
    """The kernel's id of this boot; empty if there is none, and every start then counts as a reboot."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


class ScheduleStore:
    """Reads and writes the file. Blocks; `write` may run in a thread."""

    def __init__(self, path: Path, boot_id: str | None = None) -> None:
        self._path = path
        self._boot_id = this_boot() if boot_id is None else boot_id

    def read(self, clock: Clock) -> Kept:
        """The saved timers and alarms. An invalid file is renamed (`.corrupt`) with one warning and counts as empty."""
        try:
            with self._path.open("rb") as stream:
                raw = stream.read(_MAX_BYTES + 1)
        except FileNotFoundError:
            return Kept()
        except OSError as error:
            _log.warning("schedule-unreadable", path=str(self._path), error=error.strerror)
            return Kept()
        try:
            kept = _File.model_validate_json(raw)  # a file that is too large was cut and is no longer JSON
        except ValidationError as error:
            self._put_aside(f"{error.error_count()} mistakes")
            return Kept()
        same_boot = kept.boot_id == self._boot_id != ""
        return Kept(
            [_timer(record, clock, same_boot=same_boot) for record in kept.timers],
            [_alarm(record) for record in kept.alarms],
            _delayed(kept.delayed, clock, same_boot=same_boot) if kept.delayed is not None else KeptDelayed(),
        )

    def encode(
        self,
        timers: Sequence[tuple[Timer, float]],
        alarms: Sequence[Alarm],
        clock: Clock,
        delayed: DelayedCommands | None = None,
    ) -> bytes:
        """The file for these timers, each with the seconds it has left, these alarms and delayed commands."""
        file = _File(
            boot_id=self._boot_id,
            timers=[_timer_record(timer, left, clock) for timer, left in timers],
            alarms=[_alarm_record(alarm) for alarm in alarms],
            delayed=_DelayedRecord(
                timers=[_timer_record(it, delayed.timers.left_s(it), clock) for it in delayed.timers.all()],
                alarms=[_alarm_record(it) for it in delayed.alarms.all()],
                after=[_AfterRecord(timer=it.timer_id, said=it.said[:200], command=it.command) for it in delayed.after],
            )
            if delayed
            else None,
        )
        return file.model_dump_json(indent=1, exclude_none=True).encode()

    def write(self, content: bytes) -> bool:
        """Replace the file as a whole; whether the disk took it. If not, that is logged: timers go on in memory."""
        try:
            atomic_write(self._path, content)
        except OSError as error:
            _log.warning("schedule-not-saved", path=str(self._path), error=error.strerror)
            return False
        return True

    def _put_aside(self, reason: str) -> None:
        aside = self._path.with_suffix(".corrupt")
        try:
            self._path.replace(aside)
        except OSError as failure:
            reason = f"{reason}; not put aside: {failure.strerror}"
        _log.warning("schedule-corrupt", path=str(self._path), kept_as=str(aside), error=reason)


def _timer(record: _TimerRecord, clock: Clock, *, same_boot: bool) -> Timer:
    timer = Timer(record.id, record.name, record.seconds, message=record.message)
    if record.paused:
        return replace(timer, left=record.left)
    if same_boot:
        return replace(timer, deadline=record.deadline)
    # A board without a battery clock boots in the past: its timers have at most the time that was left.
    return replace(timer, deadline=clock.monotonic() + record.left, wall_deadline=record.wall_deadline)


def _alarm(record: _AlarmRecord) -> Alarm:
    days, skipped = frozenset(record.days), frozenset(record.skipped or ())
    return Alarm(record.id, record.at, days, record.name or "", record.message, skipped)


def _delayed(record: _DelayedRecord, clock: Clock, *, same_boot: bool) -> KeptDelayed:
    return KeptDelayed(
        [_timer(it, clock, same_boot=same_boot) for it in record.timers],
        [_alarm(it) for it in record.alarms],
        [AfterTimer(it.timer, it.said, it.command) for it in record.after],
    )


def _timer_record(timer: Timer, left: float, clock: Clock) -> _TimerRecord:
    return _TimerRecord(
        id=timer.id,
        name=timer.name[:200],
        seconds=timer.seconds,
        paused=timer.paused,
        left=left,
        deadline=clock.monotonic() + left,
        wall_deadline=clock.now().timestamp() + left,
        message=None if timer.message is None else timer.message[:MAX_CHARS],
    )


def _alarm_record(alarm: Alarm) -> _AlarmRecord:
    return _AlarmRecord(
        id=alarm.id,
        at=alarm.at,
        days=sorted(alarm.days),
        name=alarm.name[:200] or None,
        message=None if alarm.message is None else alarm.message[:MAX_CHARS],
        skipped=sorted(alarm.skipped) or None,
    )
