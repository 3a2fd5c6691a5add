"""The home: its model, and what is done and answered in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from edge.events import Intent, PendingQuestion, ReplySentence
from edge.home.model import ServiceCall
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.settings import Settings

if TYPE_CHECKING:
    from edge.home.opened import OpenHome
    from edge.nlu.home_names import HomeNames


@dataclass(frozen=True, slots=True)
class Asks:
    """A reply of an action that asks for a part of its command."""

    text: str
    question: PendingQuestion


class Publisher(Protocol):
    """Sends a command to the home: `edge.home.acting.publisher`."""

    async def publish(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Return when the broker has acknowledged it; raise `HomeError` when it does not within 2 s."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """An announcement was sent to `asked` other speakers, and `took` of them have confirmed that they say it."""

    asked: int
    took: int


class Intercom(Protocol):
    """The other speakers of the home: `edge.peers.intercom`."""

    async def announce(self, text: str, room: str = "") -> Delivery:
        """Let the other speakers say a text, those of one room or all. Returns within 3 s.

        Raises `HomeError` "speakers-unreachable".
        """
        ...

    def count(self, room: str = "") -> int:
        """The number of other speakers that are there now, in one room or everywhere."""
        ...


class ServiceCaller(Protocol):
    """Calls services of Home Assistant: `edge.home.sources.home_assistant`."""

    async def call(self, call: ServiceCall) -> Mapping[str, Any]:
        """Return what the service answers, {} if it answers nothing.

        A service that is still at work after 2 s is left to it; one with an answer is waited for, 10 s at most. Raises
        `HomeError`.
        """
        ...


class SpeakerControl(Protocol):
    """The parts of the speaker that a command may read or change."""

    volume: int
    """Percent."""

    last_reply: str
    """The last reply, for "repeat that"; empty if there was none."""


class Home(Protocol):
    """Carries out intents."""

    async def act(self, intent: Intent) -> ReplySentence | None:
        """Carry it out, then its `then` in order, and return the reply to all. None: done, without a reply ("stop").

        A failure is a reply that says so, never an exception.
        """
        ...

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        """The reply that `act` would most likely return. Has no effects: nothing is sent, saved or logged."""
        ...


def open_home(
    settings: Settings,
    publisher: Publisher | None,
    speaker: SpeakerControl,
    clock: Clock,
    state_folder: Path,
    replies: Replies,
    *,
    rings: bool = True,
    schedule: Path | None = None,
    intercom: Intercom | None = None,
    on_names: "Callable[[HomeNames], None]" = lambda _: None,
) -> "OpenHome":
    """The home and its timers and alarms, as saved in `state_folder` (created if it is missing).

    `publisher` None: no broker is configured, and the reply to a home command says so. `rings` false: the schedule does
    not run, and `state_folder` is not touched; timers and alarms are kept in the folder `schedule` for the speaker, and
    the reply says that it must be running then (None: they are refused). `intercom` None: no other speaker is
    known. `on_names` is called with the names of the home whenever they have changed. Reads two small files.
    """
    from edge.home.opened import OpenHome

    return OpenHome(
        settings,
        publisher,
        speaker,
        clock,
        state_folder,
        replies,
        rings=rings,
        schedule=schedule,
        intercom=intercom,
        on_names=on_names,
    )
