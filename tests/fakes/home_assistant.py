"""A Home Assistant that holds a client to the protocol of its WebSocket API, on a real socket of the loopback.

What it checks is that of Home Assistant 2025.4 (`components/websocket_api`): sign in first, then commands with growing
ids and nothing but the keys that they know. A client that breaks a rule is told so, and the test sees it in `faults`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

TOKEN = "a-long-lived-token"

_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    # command: required keys, optional keys
    "call_service": (frozenset({"domain", "service"}), frozenset({"service_data", "target", "return_response"})),
    "config/area_registry/list": (frozenset(), frozenset()),
    "config/device_registry/list": (frozenset(), frozenset()),
    "config/entity_registry/get_entries": (frozenset({"entity_ids"}), frozenset()),
    "config/entity_registry/list": (frozenset(), frozenset()),
    "config/floor_registry/list": (frozenset(), frozenset()),
    "get_config": (frozenset(), frozenset()),
    "homeassistant/expose_entity/list": (frozenset(), frozenset()),
    "homeassistant/expose_new_entities/get": (frozenset({"assistant"}), frozenset()),
    "subscribe_entities": (frozenset(), frozenset({"entity_ids"})),
    "subscribe_events": (frozenset(), frozenset({"event_type"})),
    "unsubscribe_events": (frozenset({"subscription"}), frozenset()),
}
_ADMIN = frozenset({"homeassistant/expose_entity/list", "homeassistant/expose_new_entities/get"})

Answer = Callable[[str, str, Mapping[str, Any]], Mapping[str, Any] | None]
"""What a service answers, by service, entity and data."""


class FakeHomeAssistant:
    """One home. Change its attributes, then call `changed` to tell the clients."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.admin = True
        self.expose_new = True
        self.areas: list[dict[str, Any]] = []
        self.floors: list[dict[str, Any]] | None = []
        self.devices: list[dict[str, Any]] = []
        self.entries: dict[str, dict[str, Any]] = {}
        self.exposed: set[str] = set()
        self.states: dict[str, tuple[str, dict[str, Any]]] = {}
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        """Service, entity, data."""
        self.answers: dict[str, Answer] = {}
        self.refused: dict[str, str] = {}
        """Services that fail, with Home Assistant's code."""
        self.silent: set[str] = set()
        """Commands and services that are never answered."""
        self.on_call: Callable[[str, str, Mapping[str, Any]], None] = lambda *_: None
        self.faults: list[str] = []
        self.connections = 0
        self.url = ""
        self._clients: set[_Client] = set()
        self._server: Server | None = None

    def add(
        self,
        entity_id: str,
        state: str,
        attributes: Mapping[str, Any] | None = None,
        *,
        area: str | None = None,
        exposed: bool = True,
        **entry: Any,
    ) -> None:
        """An entity with an entry in the registry."""
        name = entity_id.partition(".")[2].replace("_", " ").capitalize()
        self.entries[entity_id] = {
            "entity_id": entity_id,
            "id": f"id-{entity_id}",
            "unique_id": f"unique-{entity_id}",
            "platform": "hue",
            "area_id": area,
            "device_id": None,
            "name": None,
            "aliases": [],
            "options": {"conversation": {"should_expose": exposed}},
            "disabled_by": None,
            "hidden_by": None,
            "entity_category": None,
            **entry,
        }
        self.states[entity_id] = (state, {"friendly_name": entry.get("name") or name, **(attributes or {})})
        if exposed:
            self.exposed.add(entity_id)

    async def becomes(self, entity_id: str, state: str | None, /, **attributes: Any) -> None:
        """An entity has another state, or further attributes; None: it is removed."""
        self.set(entity_id, state, **attributes)
        await asyncio.gather(*(client.flush() for client in self._clients))

    def set(self, entity_id: str, state: str | None, /, **attributes: Any) -> None:
        """As `becomes`, from within `on_call`."""
        before = self.states.pop(entity_id, ("", {}))
        if state is None:
            event: dict[str, Any] = {"r": [entity_id]}
        else:
            self.states[entity_id] = (state, {**before[1], **attributes})
            event = {"c": {entity_id: {"+": {"s": state, "a": attributes, "lc": 1.0e9}}}}
        for client in self._clients:
            client.tell(entity_id, event)

    async def changed(self, registry: str) -> None:
        """A registry was changed: area, floor, device or entity."""
        for client in self._clients:
            await client.event(f"{registry}_registry_updated")

    async def drop(self) -> None:
        """Every connection is lost."""
        await asyncio.gather(*(client.socket.close() for client in list(self._clients)))

    async def say(self, raw: str) -> None:
        """Send this text to every client, whatever it is."""
        for client in self._clients:
            await client.socket.send(raw)

    async def serve(self, socket: ServerConnection) -> None:
        client = _Client(self, socket)
        try:
            if await client.signs_in():
                self.connections += 1
                self._clients.add(client)
                await client.run()
        except ConnectionClosed:
            pass
        finally:
            self._clients.discard(client)


class _Client:
    def __init__(self, home: FakeHomeAssistant, socket: ServerConnection) -> None:
        self.socket = socket
        self._home = home
        self._last_id = 0
        self._entities: dict[int, frozenset[str] | None] = {}
        self._events: dict[int, str] = {}
        self._waiting: list[dict[str, Any]] = []

    async def signs_in(self) -> bool:
        await self._send({"type": "auth_required", "ha_version": "2025.4.4"})
        said = json.loads(await self.socket.recv())
        if set(said) != {"type", "access_token"} or said["type"] != "auth":
            self._home.faults.append(f"no sign-in: {sorted(said)}")
        if said.get("access_token") != self._home.token:
            await self._send({"type": "auth_invalid", "message": "Invalid access token or password"})
            return False
        await self._send({"type": "auth_ok", "ha_version": "2025.4.4"})
        return True

    async def run(self) -> None:
        async for raw in self.socket:
            await self._take(json.loads(raw))
            await self.flush()

    def tell(self, entity_id: str, event: dict[str, Any]) -> None:
        for number, wanted in self._entities.items():
            if wanted is None or entity_id in wanted:
                self._waiting.append({"id": number, "type": "event", "event": event})

    async def event(self, kind: str) -> None:
        for number, wanted in self._events.items():
            if wanted == kind:
                await self._send({"id": number, "type": "event", "event": {"event_type": kind, "data": {}}})

    async def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            await self._send(message)

    async def _take(self, message: dict[str, Any]) -> None:
        number, kind = message.pop("id", None), str(message.pop("type", ""))
        if not isinstance(number, int) or number <= self._last_id:
            self._home.faults.append(f"id {number} after {self._last_id}")
            await self._fail(number, "id_reuse")
            return
        self._last_id = number
        if kind not in _KEYS:
            self._home.faults.append(f"unknown command {kind}")
            await self._fail(number, "unknown_command")
            return
        required, optional = _KEYS[kind]
        if not required <= message.keys() <= required | optional:
            self._home.faults.append(f"{kind} with {sorted(message)}")
            await self._fail(number, "invalid_format")
            return
        if kind in self._home.silent:
            return
        if kind in _ADMIN and not self._home.admin:
            await self._fail(number, "unauthorized")
            return
        await self._carry_out(number, kind, message)

    async def _carry_out(self, number: int, kind: str, message: dict[str, Any]) -> None:
        match kind:
            case "call_service":
                await self._call(number, message)
            case "config/floor_registry/list" if self._home.floors is None:
                await self._fail(number, "unknown_command")
            case "subscribe_entities":
                await self._subscribe(number, message.get("entity_ids"))
            case "subscribe_events":
                self._events[number] = message.get("event_type", "")
                await self._result(number, None)
            case "unsubscribe_events":
                self._entities.pop(message["subscription"], None)
                await self._result(number, None)
            case _:
                await self._result(number, self._known(kind, message))

    def _known(self, kind: str, message: dict[str, Any]) -> Any:
        home = self._home
        return {
            "config/area_registry/list": home.areas,
            "config/device_registry/list": home.devices,
            "config/entity_registry/get_entries": {it: home.entries.get(it) for it in message.get("entity_ids", ())},
            "config/entity_registry/list": [
                {key: value for key, value in it.items() if key != "aliases"} for it in home.entries.values()
            ],
            "config/floor_registry/list": home.floors,
            "get_config": {"unit_system": {"temperature": "°C"}},
            "homeassistant/expose_entity/list": {
                "exposed_entities": {it: {"conversation": True} for it in home.exposed}
            },
            "homeassistant/expose_new_entities/get": {"expose_new": home.expose_new},
        }[kind]

    async def _subscribe(self, number: int, wanted: list[str] | None) -> None:
        self._entities[number] = frozenset(wanted) if wanted else None
        await self._result(number, None)
        found = {key: it for key, it in self._home.states.items() if not wanted or key in wanted}
        states = {key: {"s": state, "a": more, "c": "x", "lc": 1.0e9} for key, (state, more) in found.items()}
        await self._send({"id": number, "type": "event", "event": {"a": states}})

    async def _call(self, number: int, message: dict[str, Any]) -> None:
        home = self._home
        service = f"{message['domain']}.{message['service']}"
        entity = str(message.get("target", {}).get("entity_id"))
        data = dict(message.get("service_data", {}))
        home.calls.append((service, entity, data))
        if service in home.silent:
            return
        if service in home.refused:
            await self._fail(number, home.refused[service])
            return
        result: dict[str, Any] = {"context": {"id": "x"}}
        answers = home.answers.get(service)
        if bool(answers) != bool(message.get("return_response")):
            await self._fail(number, "service_validation_error")
            return
        home.on_call(service, entity, data)
        if answers is not None:
            result["response"] = {entity: answers(service, entity, data)}
        await self._result(number, result)

    async def _result(self, number: int, result: Any) -> None:
        await self._send({"id": number, "type": "result", "success": True, "result": result})

    async def _fail(self, number: Any, code: str) -> None:
        error = {"code": code, "message": f"it failed: {code}"}
        await self._send({"id": number, "type": "result", "success": False, "error": error})

    async def _send(self, message: dict[str, Any]) -> None:
        await self.socket.send(json.dumps(message))


@asynccontextmanager
async def served(home: FakeHomeAssistant) -> AsyncIterator[FakeHomeAssistant]:
    """Serve it on a port of the loopback."""
    async with serve(home.serve, "127.0.0.1", 0) as server:
        home.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield home


LIGHT = {"supported_color_modes": ["color_temp", "rgb"], "supported_features": 44}
DIMMER = {"supported_color_modes": ["brightness"]}
PLAYER = {"supported_features": 1 | 4 | 8 | 16 | 32 | 128 | 256 | 4096 | 16384, "volume_level": 0.4}


def a_house() -> FakeHomeAssistant:
    """Two floors with some of everything."""
    home = FakeHomeAssistant()
    home.floors = [
        {"floor_id": "ground", "name": "Ground floor", "level": 0, "aliases": []},
        {"floor_id": "first", "name": "First floor", "level": 1, "aliases": ["top floor"]},
    ]
    home.areas = [
        {"area_id": "kitchen", "name": "Kitchen", "aliases": ["Galley"], "floor_id": "ground"},
        {"area_id": "lounge", "name": "Lounge", "aliases": [], "floor_id": "ground"},
        {"area_id": "bedroom", "name": "Bedroom", "aliases": [], "floor_id": "first"},
        {"area_id": "bath", "name": "Bathroom", "aliases": [], "floor_id": "first"},
    ]
    home.add("light.kitchen_ceiling", "off", LIGHT, area="kitchen", name="Kitchen ceiling", aliases=["big light"])
    home.add("light.bed_lamp", "on", {**DIMMER, "brightness": 128}, area="bedroom", name="Bed lamp")
    home.add("light.mirror", "on", {"supported_color_modes": ["onoff"]}, area="bath", name="Mirror light")
    home.add("switch.heater", "off", area="bath", name="Towel heater")
    home.add("lock.front_door", "locked", {"supported_features": 0}, name="Front door")
    home.add("cover.garage", "closed", {"device_class": "garage", "supported_features": 3}, name="Garage door")
    home.add(
        "climate.lounge",
        "heat",
        {
            "hvac_modes": ["off", "heat"],
            "supported_features": 1,
            "min_temp": 5,
            "max_temp": 30,
            "temperature": 20,
            "current_temperature": 19.5,
        },
        area="lounge",
        name="Lounge thermostat",
    )
    home.add(
        "media_player.tv",
        "playing",
        {**PLAYER, "media_title": "The News", "is_volume_muted": False},
        area="lounge",
        name="Television",
    )
    home.add(
        "media_player.radio",
        "paused",
        {**PLAYER, "media_title": "Blue in Green", "media_artist": "Miles Davis"},
        area="kitchen",
        name="Kitchen radio",
    )
    home.add("scene.movie", "unknown", name="Movie night")
    home.add("script.bedtime", "off", name="Bedtime")
    home.add("person.anna", "home", name="Anna")
    home.add("todo.shopping", "1", {"supported_features": 15}, name="Shopping list", platform="shopping_list")
    home.add("todo.chores", "0", {"supported_features": 15}, name="Chores")
    home.add(
        "weather.home",
        "rainy",
        {"temperature": 11.6, "temperature_unit": "°C", "humidity": 80, "supported_features": 3},
        name="Home weather",
    )
    home.add("calendar.family", "off", name="Family")
    home.add("sensor.outdoor", "9.5", {"device_class": "temperature", "unit_of_measurement": "°C"}, name="Garden")
    home.add("light.secret", "on", DIMMER, area="bedroom", name="Secret lamp", exposed=False)
    return home
