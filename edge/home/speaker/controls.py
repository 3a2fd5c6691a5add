"""Commands to the speaker itself: the time, the volume, "repeat that"."""

from collections.abc import Mapping
from datetime import timedelta

from edge.events import HERE, SlotValue
from edge.home import SpeakerControl
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock

_STEP = 10
_MIN_VOLUME_BY_STEPS = 10
"""Steps never end in silence, because the reply could not be heard. "Mute" does."""


class SpeakerActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply."""

    def __init__(self, speaker: SpeakerControl, clock: Clock, area: str, replies: Replies) -> None:
        """`area` is the room that the speaker is in, or empty."""
        self._speaker = speaker
        self._clock = clock
        self._replies = replies
        self._here = frozenset({HERE, area.casefold()})
        self._before_mute = 0

    async def time(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """HassGetCurrentTime."""
        return self._replies.current_time(self._clock.now())

    async def date(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassGetCurrentDate; `asked`: year, tomorrow, yesterday."""
        today = self._clock.now().date()
        match slots.get("asked"):
            case "year":
                return self._replies.current_year(today)
            case "tomorrow":
                return self._replies.date_of("tomorrow", today + timedelta(days=1))
            case "yesterday":
                return self._replies.date_of("yesterday", today - timedelta(days=1))
            case _:
                return self._replies.current_date(today)

    async def current_volume(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeVolume."""
        return self._replies.volume(self._speaker.volume)

    async def set_volume(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassSetVolume; `volume_level` in percent."""
        level = slots.get("volume_level")
        if self._is_elsewhere(slots) or not isinstance(level, int | float):
            return self._replies.fixed("own-volume-only")
        if not 0 <= level <= 100:  # noqa: PLR2004 - percent
            return self._replies.out_of_range("volume_level", 0, 100)
        return self._set(level)

    async def change_volume(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassSetVolumeRelative; `volume_step`: up, down, or signed percent."""
        if self._is_elsewhere(slots):
            return self._replies.fixed("own-volume-only")
        step = slots.get("volume_step", "up")
        change = {"up": _STEP, "down": -_STEP}.get(step, 0) if isinstance(step, str) else step
        now = self._speaker.volume
        if change > 0 and now >= 100:  # noqa: PLR2004 - percent
            return self._replies.fixed("volume-at-max")
        if change < 0 and now <= _MIN_VOLUME_BY_STEPS:
            return self._replies.fixed("volume-at-min")
        return self._set(max(_MIN_VOLUME_BY_STEPS, now + change) if change < 0 else now + change)

    async def mute(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassMediaPlayerMute."""
        if self._is_elsewhere(slots):
            return self._replies.fixed("own-volume-only")
        if self._speaker.volume:
            self._before_mute = self._speaker.volume
        self._speaker.volume = 0
        return None

    async def unmute(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassMediaPlayerUnmute."""
        if self._is_elsewhere(slots):
            return self._replies.fixed("own-volume-only")
        return self._set(self._speaker.volume or self._before_mute or 50)

    async def repeat(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeRepeat."""
        return self._speaker.last_reply or self._replies.fixed("nothing-to-repeat")

    def _is_elsewhere(self, slots: Mapping[str, SlotValue]) -> bool:
        return "name" in slots or "floor" in slots or str(slots.get("area", HERE)).casefold() not in self._here

    def _set(self, percent: float) -> str | None:
        volume = min(100, max(0, round(percent)))
        self._speaker.volume = volume
        return self._replies.volume(volume) if volume else None
