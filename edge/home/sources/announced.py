"""What the things of a home announce on MQTT: held in memory within limits, and on disk for the next start."""

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import structlog

from edge.home.model import Entity
from edge.home.sources.discovery.config import TAKEN
from edge.home.sources.discovery.registry import Refused, Registry
from edge.home.sources.tasmota import FILTERS, TasmotaRegistry, without_twins
from edge.runtime.files import atomic_write

_log = structlog.get_logger("home")

MAX_TOPICS: Final = 6000
MAX_BYTES: Final = 12_582_912
"""All payloads together; a home of 1,000 components has about 2 MB."""

_MAX_SAVED_BYTES: Final = 20_971_520
"""Base64 makes the payloads longer by a third, and each has a topic."""

FORGET_S: Final = 10.0
"""After this long on a connection, what the broker has not sent again was removed meanwhile. It sends all at once."""

FORGET_ALL_S: Final = 600.0
"""The same for a broker that has sent nothing at all: it may have lost what it kept, and the things return."""


class Announcements:
    """The announcements of all formats. What cannot be used changes nothing. On the event loop only."""

    def __init__(self, prefix: str) -> None:
        """`prefix` is that of Home Assistant's format."""
        self.filters: Final = (f"{prefix}/+/+/config", f"{prefix}/+/+/+/config", *FILTERS)
        """Subscribe to these."""
        self._registry = Registry(prefix)
        self._tasmota = TasmotaRegistry()
        self._held: dict[str, bytes] = {}
        self._bytes = 0
        self._too_many: Refused | None = None
        self._seen: set[str] | None = None
        self._kept_any = False

    def entities(self) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """What is announced now in the format of Home Assistant, and in that of Tasmota; see `merged`."""
        self._retry()
        return self._registry.entities, self._tasmota.entities

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The announcements that cannot be used."""
        more = () if self._too_many is None else (self._too_many,)
        return (*self._registry.refused, *self._tasmota.refused, *more)

    def feed(self, topic: str, payload: bytes, *, retained: bool = False) -> bool:
        """Take one message; an empty payload removes. Returns whether it is new. Never raises for what it contains."""
        self._kept_any = self._kept_any or retained
        if self._seen is not None:
            self._seen.add(topic)
        old = self._held.get(topic, b"")
        if old == payload:
            return False
        total = self._bytes - len(old) + len(payload)
        if payload and (total > MAX_BYTES or (not old and len(self._held) >= MAX_TOPICS)):
            message = f"the announcements have more than {MAX_BYTES} bytes or {MAX_TOPICS} topics"
            self._too_many = Refused(topic, "discovery-refused", message)
            return False
        self._bytes = total
        if payload:
            self._held[topic] = payload
        else:
            del self._held[topic]
        self._read(topic, payload)
        return True

    def expect(self) -> None:
        """A connection begins: the broker sends again what it keeps."""
        self._seen, self._kept_any = set(), False

    @property
    def kept_any(self) -> bool:
        """Whether the broker has sent anything that it keeps, since `expect`."""
        return self._kept_any

    def forget_unseen(self) -> bool:
        """Remove what was not announced since `expect`. Returns whether that was anything."""
        seen, self._seen = self._seen, None
        gone = [] if seen is None else [topic for topic in self._held if topic not in seen]
        for topic in gone:
            self.feed(topic, b"")
        return bool(gone)

    def _read(self, topic: str, payload: bytes) -> None:
        self._registry.feed(topic, payload)
        self._tasmota.feed(topic, payload)

    def _retry(self) -> None:
        """Read again what was refused because something else had its place, which may be free now."""
        for refused in self.refused:
            if refused.code == TAKEN and refused.topic in self._held:
                self._read(refused.topic, self._held[refused.topic])

    # On disk

    def load(self, path: Path) -> None:
        """Read the announcements of the last run; a file that is missing or broken has none. Blocks."""
        for topic, payload in _saved(path).items():
            self.feed(topic, payload)

    def saver(self, path: Path) -> Callable[[], None]:
        """What writes the announcements of this moment; call it in a thread. A full disk costs only the head start."""
        held = dict(self._held)

        def save() -> None:
            text = json.dumps({topic: base64.b64encode(payload).decode() for topic, payload in held.items()})
            try:
                atomic_write(path, text.encode())
            except OSError as error:
                _log.warning("home-not-saved", error=str(error))

        return save


def merged(found: tuple[Sequence[Entity], Sequence[Entity]]) -> Sequence[Entity]:
    """The entities of both formats, each device once. Pure."""
    discovered, tasmota = found
    return [*without_twins(discovered, tasmota), *tasmota]


def _saved(path: Path) -> dict[str, bytes]:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_SAVED_BYTES + 1)
        kept = json.loads(content) if len(content) <= _MAX_SAVED_BYTES else {}
        return {str(topic): base64.b64decode(payload, validate=True) for topic, payload in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        _log.warning("home-not-read", error=type(error).__name__)
        return {}
