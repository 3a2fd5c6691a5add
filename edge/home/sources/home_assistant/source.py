"""Follows one Home Assistant: what is exposed there, in which rooms, and the states of all that; and calls services.

The connection is made again after it was lost. The pause doubles up to two minutes, with jitter (Brooker, "Exponential
Backoff And Jitter", 2015).
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, NoReturn

import structlog

from edge.errors import EdgeError
from edge.home.model import ServiceCall
from edge.home.sources.home_assistant.access import secret, tls_context
from edge.home.sources.home_assistant.connection import Connection, RefusedError, RequestError, connect, lost
from edge.home.sources.home_assistant.entities import capabilities
from edge.home.sources.home_assistant.kept import KeptHome
from edge.home.sources.home_assistant.payload import Object, number_of, object_of, text_of
from edge.home.sources.home_assistant.registry import Home, read_home
from edge.home.sources.home_assistant.snapshot import Report, Snapshot
from edge.runtime.clock import Clock
from edge.settings import HomeAssistantSettings

_log = structlog.get_logger("home")

CALL_S: Final = 2.0
"""How long a service without an answer is waited for. The state tells whether it worked."""

ANSWER_S: Final = 10.0
"""How long a service with an answer may take: a forecast comes from the internet."""

_PAUSE_S: Final = (1.0, 120.0)
_REFUSED_S: Final = 900.0
"""Home Assistant may ban an address that offers a wrong token again and again."""

_STABLE_S: Final = 60.0
_SAVE_S: Final = 600.0
"""Between two writes for things that can do something else now: the sources of a player change all the time."""

_SETTLE_S: Final = 0.5
"""Changes come in bursts: a new integration adds many entities."""

_REGISTRIES: Final = ("area", "floor", "device", "entity")


class HomeAssistant:
    """A `ServiceCaller`, and the source of what is exposed. On the event loop only."""

    def __init__(
        self,
        settings: HomeAssistantSettings,
        clock: Clock,
        prepare: Callable[[Snapshot], None],
        on_snapshot: Callable[[Snapshot], None],
        on_report: Callable[[Report], None],
        on_lost: Callable[[], None],
        kept: KeptHome,
    ) -> None:
        """`on_snapshot` is called when something else is exposed or can be done, `on_report` with each state.

        `prepare` is called before `on_snapshot`, on a thread, so that the loop is held up less for a large home.
        `on_lost` is called when a connection has ended: the states are not known any more. `kept` is written whenever
        the home has changed.
        Before each connection the secret is read, so that a new one counts without a restart.
        """
        self._settings = settings
        self._clock = clock
        self._prepare = prepare
        self._on_snapshot = on_snapshot
        self._on_report = on_report
        self._on_lost = on_lost
        self._kept = kept
        self._save_again_at = float("-inf")
        self._connection: Connection | None = None
        self._last_failure = ""
        self._decided = asyncio.Event()
        """Set while there is a connection, and between two attempts to make one."""
        self.settled = asyncio.Event()
        """Set when the home is known, or cannot be reached."""

    @property
    def connected(self) -> bool:
        """Whether there is a connection that is signed in."""
        return self._connection is not None

    async def run(self) -> NoReturn:
        """Stay connected until cancelled."""
        pause_s = _PAUSE_S[0]
        while True:
            since = self._clock.monotonic()
            refused = False
            self._decided.clear()
            try:
                await self._session()
            except RefusedError as error:
                refused = True
                self._log_once(error)
            except (EdgeError, TimeoutError, OSError) as error:
                self._log_once(error)
            except Exception:  # noqa: BLE001 - a bug must not end the speaker
                _log.exception("home-assistant-failed")
            finally:
                self._connection = None
                self._decided.set()
                self.settled.set()
            if self._clock.monotonic() - since >= _STABLE_S:
                pause_s = _PAUSE_S[0]
            wait_s = _REFUSED_S if refused else pause_s
            await self._clock.sleep(random.uniform(wait_s / 2, wait_s))  # noqa: S311 - jitter, not a secret
            pause_s = min(2 * pause_s, _PAUSE_S[1])

    async def call(self, call: ServiceCall) -> Mapping[str, Any]:
        """See `ServiceCaller.call`. While a connection is being made, the call waits for it, `CALL_S` at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CALL_S):
                await self._decided.wait()
        if self._connection is None:
            raise lost("there is no connection to Home Assistant")
        content = {
            "domain": call.domain,
            "service": call.action,
            "service_data": dict(call.data),
            "target": {"entity_id": call.entity_id},
            **({"return_response": True} if call.answers else {}),
        }
        try:
            answered = await self._connection.request(
                "call_service", content, answer_s=ANSWER_S if call.answers else CALL_S
            )
        except TimeoutError:
            if call.answers:
                raise lost("Home Assistant did not answer") from None
            return {}
        return object_of(object_of(object_of(answered).get("response")).get(call.entity_id))

    async def _session(self) -> None:
        """Connect once and follow the home until the connection is lost. Raises the reason."""
        token = secret(self._settings)
        tls = await asyncio.to_thread(tls_context, self._settings)
        async with connect(str(self._settings.url), token.get_secret_value(), tls) as connection:
            reading = asyncio.create_task(connection.read(), name="read from Home Assistant")
            following = asyncio.create_task(_Following(self, connection).run(), name="follow Home Assistant")
            try:
                _log.info("home-assistant-connected", version=connection.version)
                self._connection = connection
                self._decided.set()
                done, _ = await asyncio.wait({reading, following}, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                self._connection = None
                for task in (reading, following):
                    task.cancel()
                await asyncio.gather(reading, following, return_exceptions=True)
                self._on_lost()

    async def known(self, snapshot: Snapshot) -> None:
        """The home is known, or has changed."""
        await asyncio.to_thread(self._prepare, snapshot)
        self._last_failure = ""
        self._on_snapshot(snapshot)
        self.settled.set()

    async def keep(self, home: Home, abilities: Mapping[str, Object], unit: str, *, at_once: bool) -> None:
        """Write the home for the next start; if it need not be `at_once`, not more often than every ten minutes."""
        now = self._clock.monotonic()
        if at_once or now >= self._save_again_at:
            self._save_again_at = now + _SAVE_S
            await asyncio.to_thread(self._kept.save, home, abilities, unit)

    def report(self, report: Report) -> None:
        """A state was told."""
        self._on_report(report)

    def local_time(self, timestamp: float | None) -> datetime | None:
        """A moment of Home Assistant's clock as local time; None if it tells none, or one in the future."""
        now = self._clock.now()
        if timestamp is None:
            return None
        with suppress(ValueError, OverflowError, OSError):
            at = datetime.fromtimestamp(timestamp, tz=now.tzinfo)
            return min(at, now)
        return None

    async def settle(self) -> None:
        """Wait until a burst of changes is over, most likely."""
        await self._clock.sleep(_SETTLE_S)

    def _log_once(self, error: Exception) -> None:
        message = str(error) or type(error).__name__
        code = error.code if isinstance(error, EdgeError) else "home-assistant-unreachable"
        if message != self._last_failure:
            _log.warning("home-assistant-lost", code=code, error=message)
        self._last_failure = message


class _Following:
    """One connection's view of the home: the registries, and the states of what is exposed."""

    def __init__(self, owner: HomeAssistant, connection: Connection) -> None:
        self._owner = owner
        self._connection = connection
        self._changed = asyncio.Event()
        self._registries_changed = True
        self._subscription: int | None = None
        self._home = Home()
        self._unit = "°C"
        self._states: dict[str, _Known] = {}
        self._snapshot: Snapshot | None = None

    async def run(self) -> NoReturn:
        for registry in _REGISTRIES:
            with suppress(RequestError):  # an older one has no floors
                await self._connection.subscribe(
                    "subscribe_events", {"event_type": f"{registry}_registry_updated"}, self._on_registry
                )
        config = object_of(await self._connection.request("get_config"))
        self._unit = text_of(object_of(config.get("unit_system")).get("temperature")) or "°C"
        while True:
            self._changed.clear()
            registries_changed, self._registries_changed = self._registries_changed, False
            if registries_changed:
                await self._follow(await read_home(self._connection))
            await self._use(registries_changed=registries_changed)
            await self._changed.wait()
            await self._owner.settle()

    def _on_registry(self, _: Object) -> None:
        self._registries_changed = True
        self._changed.set()

    async def _follow(self, home: Home) -> None:
        """Use the registries, and follow the states of all that is exposed."""
        ids = [it.entity_id for it in home.exposed]
        if ids != [it.entity_id for it in self._home.exposed] and self._subscription is not None:
            await self._connection.unsubscribe(self._subscription)
            self._subscription = None
            self._states.clear()
        self._home = home
        if ids and self._subscription is None:
            told = asyncio.Event()

            def on_event(event: Object) -> None:
                self._take(event)
                told.set()

            self._subscription = await self._connection.subscribe("subscribe_entities", {"entity_ids": ids}, on_event)
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    await told.wait()

    def _take(self, event: Object) -> None:
        """States in Home Assistant's compressed form: "a" added, "c" changed, "r" removed."""
        wanted = {it.entity_id for it in self._home.exposed}
        before = {entity_id: known.abilities for entity_id, known in self._states.items()}
        told: dict[str, Object] = {}
        for entity_id, added in object_of(event.get("a")).items():
            if entity_id in wanted:
                told[entity_id] = state = object_of(added)
                self._states[entity_id] = _Known(text_of(state.get("s")), object_of(state.get("a")))
        for entity_id, change in object_of(event.get("c")).items():
            if entity_id in self._states:
                told[entity_id] = object_of(object_of(change).get("+"))
                self._states[entity_id] = self._states[entity_id].changed(object_of(change))
        removed = event.get("r")
        gone = [it for it in removed if self._states.pop(str(it), None)] if isinstance(removed, list) else []
        if before != {entity_id: known.abilities for entity_id, known in self._states.items()}:
            self._changed.set()
        for entity_id, state in told.items():
            known, changed = self._states[entity_id], self._owner.local_time(number_of(state.get("lc")))
            self._owner.report(Report.of(entity_id, known.state, known.attributes, changed))
        for entity_id in gone:
            self._owner.report(Report(str(entity_id), {}, available=False))

    async def _use(self, *, registries_changed: bool) -> None:
        states = {entity_id: known.abilities for entity_id, known in self._states.items()}
        snapshot = Snapshot.of(self._home, states, self._unit)
        if snapshot != self._snapshot:
            self._snapshot = snapshot
            await self._owner.known(snapshot)
            await self._owner.keep(self._home, states, self._unit, at_once=registries_changed)


class _Known:
    """The state of one entity, with its attributes, and those of them that make it what it is."""

    def __init__(self, state: str, attributes: Object) -> None:
        self.state = state
        self.attributes = attributes
        self.abilities = capabilities(attributes)

    def changed(self, change: Object) -> "_Known":
        """The state after a compressed change: "+" holds what is new, "-" the names of attributes that are gone."""
        more, less = object_of(change.get("+")), object_of(change.get("-")).get("a")
        gone = {it for it in less if isinstance(it, str)} if isinstance(less, list) else set()
        kept = {key: value for key, value in self.attributes.items() if key not in gone}
        attributes = {**kept, **object_of(more.get("a"))}
        return _Known(text_of(more["s"]) if "s" in more else self.state, attributes)
