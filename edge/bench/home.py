"""A large home: how long it takes to know it, to say its names and to command it, and what it costs in memory."""

import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from edge.bench.common import machine, percentiles
from edge.bench.made_broker import MadeBroker
from edge.bench.made_home import announcements
from edge.events import Intent
from edge.home.acting.publisher import MqttPublisher
from edge.home.model import Entity, Feature
from edge.home.opened import OpenHome
from edge.nlu import open_language
from edge.nlu.home_names import HomeNames
from edge.nlu.spoken_grammar import open_grammar
from edge.route import Router, open_router
from edge.runtime.clock import SystemClock
from edge.runtime.memory import return_free_memory
from edge.runtime.processes import memory_mb
from edge.runtime.worker import ThreadWorker
from edge.settings import MqttSettings, Settings

ENTITIES: Final = 1060
"""Of the home at its own size."""

_PROBE_S: Final = 0.001
_COMMANDS: Final = 40
_NEW_NAME: Final = "Zanzibar lantern"

SENTENCES: Final = (
    "turn on the {name}",
    "is the {name} on",
    "set the {name} to 40 percent",
    "turn off the {name} and open the kitchen cover",
    "turn on the {misspelt}",
    "turn off the lights in the kitchen",
    "what's the temperature in the bedroom",
    "set a timer for ten minutes",
    "why is the sky blue",
    "what is the capital of mozambique",
    "turn on the frobnicator in the garage",
)


async def bench_home(settings: Settings, *, entities: int = ENTITIES) -> dict[str, object]:
    """A made-up home of about so many entities announces itself to a speaker: no network, no sound, no model.

    All times are milliseconds. `loaded_ms`: until the home is known, with half a second of waiting for more;
    `longest_block_ms`: of the event loop meanwhile; `from_disk_ms`: from the file of the last run. `grammar_ms`: to
    compile the speech grammar in its thread. `typed_ms`: to understand a sentence. `command_ms`: from the decision to
    the message on MQTT, `confirmed_ms`: from the state that comes back to the reply. `renamed_ms`: from a new name on
    MQTT until speech grammar and typed text know it. `rss_mb`: what home, grammar and names take in memory, more than
    those of an empty home.
    """
    settings = settings.model_copy(update={"mqtt": MqttSettings(host="made-up.home")})
    compiler = ThreadWorker("grammar")
    empty = await compiler.run(open_grammar, settings, HomeNames())
    router = open_router(settings, names=HomeNames(), cloud=lambda: "no-key", fit=None)
    before_mb = _memory_mb()
    del empty
    broker = MadeBroker(announcements(entities / ENTITIES))
    with tempfile.TemporaryDirectory() as folder:
        async with _opened(settings, broker, Path(folder)) as (home, loaded):
            began = time.perf_counter()
            grammar = await compiler.run(open_grammar, settings, home.names)
            measured: dict[str, object] = {**loaded, "grammar_ms": _ms_since(began)}
            router.use(home.names)
            measured["rss_mb"] = round(_memory_mb() - before_mb, 1)
            lights = _lights(home)
            measured["typed_ms"] = percentiles(list(_understood(router, list(lights))))
            measured |= await _commanded(home, broker, lights)
            del grammar
            measured["renamed_ms"] = await _renamed(settings, home, broker, router, compiler)
        began = time.perf_counter()
        home = _home(settings, broker, Path(folder))
        measured["from_disk_ms"] = _ms_since(began)
    await broker.aclose()
    await compiler.aclose()
    n, names = len(home.watch.model.entities), len(home.names.entities)
    return {"n": n, "names": names, "engine": "hassil", "machine": machine(), **measured}


class _Speaker:
    """A `SpeakerControl`."""

    volume = 50
    last_reply = ""


def _home(settings: Settings, broker: MadeBroker, folder: Path) -> OpenHome:
    replies = open_language(settings.device.language).replies
    clock, publisher = SystemClock(), MqttPublisher(broker)
    return OpenHome(
        settings, publisher, _Speaker(), clock, folder, replies, rings=True, intercom=None, on_names=lambda _: None
    )


@asynccontextmanager
async def _opened(
    settings: Settings, broker: MadeBroker, folder: Path
) -> AsyncIterator[tuple[OpenHome, dict[str, object]]]:
    """The home when it is known, and how long that took."""
    home = _home(settings, broker, folder)
    probe = asyncio.create_task(_longest_block_ms(home.watch.settled))
    began = time.perf_counter()
    running = asyncio.create_task(home.watch.run(broker))
    try:
        await home.watch.settled.wait()
        loaded_ms = _ms_since(began)
        yield home, {"loaded_ms": loaded_ms, "longest_block_ms": await probe}
    finally:
        running.cancel()
        await asyncio.wait({running})
        await home.watch.aclose()


async def _longest_block_ms(until: asyncio.Event) -> float:
    longest = 0.0
    while not until.is_set():
        began = time.perf_counter()
        await asyncio.sleep(_PROBE_S)
        longest = max(longest, time.perf_counter() - began - _PROBE_S)
    return round(longest * 1000, 1)


def _lights(home: OpenHome) -> dict[str, Entity]:
    """Lights that answer, by a name that no other thing has."""
    spoken = home.watch.model.spoken()
    forms = Counter(name.casefold() for it in spoken for name in {it.name, *it.aliases})
    return {
        name: it
        for it in spoken
        if it.domain == "light" and it.source.publisher.startswith("Zigbee2MQTT")
        for name in (it.name, *it.aliases)
        if forms[name.casefold()] == 1
    }


def _understood(router: Router, names: list[str]) -> Iterator[float]:
    for at, name in enumerate(names[:_COMMANDS] or ["kitchen light"]):
        words = name.split()
        misspelt = " ".join([*words[:-1], words[-1][:2] + words[-1][3:]])
        began = time.perf_counter()
        router.decide(SENTENCES[at % len(SENTENCES)].format(name=name.lower(), misspelt=misspelt.lower()))
        yield (time.perf_counter() - began) * 1000


async def _commanded(home: OpenHome, broker: MadeBroker, lights: Mapping[str, Entity]) -> dict[str, object]:
    command_ms, confirmed_ms = [], []
    for name, entity in list(lights.items())[:_COMMANDS]:
        began = time.perf_counter()
        await home.actions.act(Intent("HassTurnOn", {"name": name}))
        ended = time.perf_counter()
        if home.states.of(entity).values.get(Feature.POWER) is True:
            command_ms.append((broker.published_at - began) * 1000)
            confirmed_ms.append((ended - broker.answered_at) * 1000)
    return {"command_ms": percentiles(command_ms), "confirmed_ms": percentiles(confirmed_ms)}


async def _renamed(
    settings: Settings, home: OpenHome, broker: MadeBroker, router: Router, compiler: ThreadWorker
) -> float | None:
    """Rename the first light; None if there is none."""
    topic = next((it for it in broker.retained if "/light/light/" in it or it.endswith("/light/config")), None)
    if topic is None:
        return None
    config = json.loads(broker.retained[topic])
    config["device" if "device" in config else "dev"]["name"] = _NEW_NAME
    before = home.names
    began = time.perf_counter()
    broker.send(topic, json.dumps(config).encode())
    while home.names is before:  # noqa: ASYNC110 - watched from outside
        await asyncio.sleep(_PROBE_S)
    grammar = await compiler.run(open_grammar, settings, home.names)
    router.use(home.names)
    took = _ms_since(began)
    sentence = f"turn on the {_NEW_NAME.lower()}"
    heard = grammar.match(sentence)
    decision = router.decide(sentence)
    known = heard is not None and decision.intent is not None and decision.intent == heard
    return took if known else None


def _memory_mb() -> float:
    return_free_memory()
    return memory_mb("self")["rss_mb"]


def _ms_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
