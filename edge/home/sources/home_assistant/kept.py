"""What was known of a home in Home Assistant, kept on disk: names and commands work before it has answered."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import structlog

from edge.home.sources.home_assistant.entities import capabilities
from edge.home.sources.home_assistant.payload import Object, number_of, object_of, objects_of, text_of, texts_of
from edge.home.sources.home_assistant.registry import ENTITY_ID, MAX_ENTITIES, Exposed, Home, Room, Storey
from edge.home.sources.home_assistant.snapshot import Snapshot
from edge.runtime.files import atomic_write
from edge.settings import HomeAssistantSettings

_log = structlog.get_logger("home")

_MAX_BYTES: Final = 8_388_608
"""2,000 entities with long lists of options take 3 MB."""


class KeptHome:
    """The file. It holds names, rooms and what things can do, and no states."""

    def __init__(self, settings: HomeAssistantSettings, folder: Path | None) -> None:
        """`folder` None: nothing is kept. What was kept of another address is not used."""
        self._path = None if folder is None else folder / "home-assistant.json"
        self._url = str(settings.url or "")

    def load(self) -> Snapshot:
        """What was known; nothing if the file is missing or damaged. Blocks."""
        if self._path is None:
            return Snapshot()
        try:
            with self._path.open("rb") as stream:
                content = stream.read(_MAX_BYTES + 1)
            kept = object_of(json.loads(content)) if len(content) <= _MAX_BYTES else {}
        except FileNotFoundError:
            return Snapshot()
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("home-not-read", error=type(error).__name__)
            return Snapshot()
        return _snapshot(kept) if kept.get("url") == self._url else Snapshot()

    def save(self, home: Home, abilities: Mapping[str, Object], unit: str) -> None:
        """Write this home, with the `capabilities` by entity id. Blocks. A full disk costs only the head start."""
        if self._path is None:
            return
        kept = {"url": self._url, "unit": unit, "abilities": abilities, **dataclasses.asdict(home)}
        try:
            atomic_write(self._path, json.dumps(kept, default=sorted).encode())
        except OSError as error:
            _log.warning("home-not-saved", error=str(error))


def _snapshot(kept: Object) -> Snapshot:
    exposed = [_exposed(it) for it in objects_of(kept.get("exposed"))[:MAX_ENTITIES]]
    home = Home(
        tuple(it for it in exposed if ENTITY_ID.fullmatch(it.entity_id)),
        {key: _room(object_of(it)) for key, it in object_of(kept.get("rooms")).items()},
        {key: _storey(object_of(it)) for key, it in object_of(kept.get("floors")).items()},
    )
    abilities = {key: capabilities(object_of(it)) for key, it in object_of(kept.get("abilities")).items()}
    return Snapshot.of(home, abilities, text_of(kept.get("unit")) or "°C")


def _exposed(kept: Object) -> Exposed:
    fields: dict[str, Any] = {field.name: text_of(kept.get(field.name)) for field in dataclasses.fields(Exposed)}
    lists = {"aliases": texts_of(kept.get("aliases")), "device_ids": frozenset(texts_of(kept.get("device_ids")))}
    return Exposed(**(fields | lists))


def _room(kept: Object) -> Room:
    return Room(text_of(kept.get("name")), texts_of(kept.get("aliases")), text_of(kept.get("floor")))


def _storey(kept: Object) -> Storey:
    return Storey(text_of(kept.get("name")), texts_of(kept.get("aliases")), number_of(kept.get("level")))
