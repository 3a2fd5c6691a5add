"""Commands that announce something on the other speakers of the home."""

from collections.abc import Mapping

from edge.errors import HomeError
from edge.events import SlotValue
from edge.home import Asks, Delivery, Intercom
from edge.nlu.replies import Replies


class AnnouncementActions:
    """The handler takes the slots of HassBroadcast: `message`, and `area` or `room` for one room."""

    def __init__(self, intercom: Intercom | None, replies: Replies) -> None:
        """`intercom` None: no broker is configured, so no other speaker is known."""
        self._intercom = intercom
        self._replies = replies

    async def broadcast(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassBroadcast."""
        message = str(slots.get("message", "")).strip()
        room = str(slots.get("area") or slots.get("room", "")).strip()
        if not message:
            return self._replies.unsupported("announcements")
        try:
            delivery = Delivery(0, 0) if self._intercom is None else await self._intercom.announce(message, room)
        except HomeError:
            return self._replies.fixed("speakers-unreachable")
        if not delivery.asked:
            return self._replies.no_speaker(room)
        return self._replies.announced(room, delivery.took, delivery.asked)


class RehearsedIntercom:
    """An `Intercom` that sends nothing, and expects that every speaker takes the text."""

    def __init__(self, intercom: Intercom) -> None:
        self._intercom = intercom

    async def announce(self, text: str, room: str = "") -> Delivery:
        """See `Intercom.announce`."""
        _ = text
        there = self._intercom.count(room)
        return Delivery(there, there)

    def count(self, room: str = "") -> int:
        """See `Intercom.count`."""
        return self._intercom.count(room)
