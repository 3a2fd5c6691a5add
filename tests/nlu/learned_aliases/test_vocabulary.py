"""The recogniser and the router get the names of the home at once, and the learned aliases later."""

import asyncio
from pathlib import Path

import pytest

from edge.events import Intent
from edge.grammar import Grammar
from edge.nlu.home_names import HomeNames, NamedEntity, names_of
from edge.nlu.learned_aliases.vocabulary import Vocabulary
from edge.route import open_router
from edge.runtime.virtual_time import VirtualClock
from edge.runtime.worker import InlineWorker
from edge.services import loopback
from edge.settings import EntitySettings, HomeSettings, MqttSettings, Settings
from tests.fakes.engines import FakeStt, FakeTts
from tests.fakes.hosted import hosted

pytestmark = pytest.mark.slow  # compiles the grammar of homes

LAMP = HomeSettings(entities=[EntitySettings(name="Xanthe's lamp", topic="home/lamp")])
SETTINGS = Settings(home=LAMP, mqtt=MqttSettings(host="broker"))


class MishearingStt(FakeStt):
    """Writes "zanti" for "Xanthe", whatever the voice makes of it."""

    def __init__(self, tts: FakeTts) -> None:
        super().__init__([])
        self.grammars: list[Grammar | None] = []
        self._tts = tts

    def use(self, grammar: Grammar | None) -> None:
        super().use(grammar)
        self.grammars.append(grammar)

    def next_text(self) -> str:
        return self._tts.said[-1].replace("Xanthe", "Zanti")


def vocabulary(
    folder: Path, stt: FakeStt, told: list[HomeNames], tts: FakeTts | None = None, rest: asyncio.Event | None = None
) -> Vocabulary:
    free = rest or asyncio.Event()
    if rest is None:
        free.set()

    async def wait() -> None:
        await free.wait()

    async def use_grammar(grammar: Grammar) -> None:
        stt.use(grammar)

    async def use_names(names: HomeNames) -> None:
        told.append(names)

    return Vocabulary(
        SETTINGS,
        names_of(SETTINGS),
        InlineWorker(),
        use_grammar=use_grammar,
        use_names=use_names,
        transcribe=None if tts is None else loopback(hosted(tts), hosted(stt)),
        folder=folder,
        rest=wait,
        clock=VirtualClock(),
    )


def meaning(stt: FakeStt, text: str) -> Intent | None:
    assert stt.grammar is not None
    return stt.grammar.match(text)


XANTHE = Intent("HassTurnOn", {"name": "Xanthe's lamp"})


async def test_the_recogniser_is_told_what_can_be_said_to_this_home(tmp_path: Path) -> None:
    stt, told = FakeStt([]), list[HomeNames]()
    names = vocabulary(tmp_path, stt, told)
    await names.use(names_of(SETTINGS))
    assert meaning(stt, "turn on xanthe's lamp") == XANTHE
    assert told == []  # it was opened with the same names
    assert list((tmp_path / "grammar").glob("*.json")) != []


async def test_a_home_that_changes_is_told_to_the_recogniser_and_the_router(tmp_path: Path) -> None:
    stt, told = FakeStt([]), list[HomeNames]()
    names = vocabulary(tmp_path, stt, told)
    sauna = HomeNames(entities=(NamedEntity("Sauna", "switch"),))
    await names.use(sauna)
    assert meaning(stt, "turn on the sauna") == Intent("HassTurnOn", {"name": "Sauna"})
    assert meaning(stt, "turn on xanthe's lamp") is None
    await names.use(names_of(SETTINGS))
    assert meaning(stt, "turn on the sauna") is None
    assert [len(home.entities) for home in told] == [1, 1]
    assert told[1].entities[0].name == "Xanthe's lamp"


async def test_a_name_that_is_heard_otherwise_is_known_by_that_too_and_after_a_restart(tmp_path: Path) -> None:
    tts, told = FakeTts(), list[HomeNames]()
    stt = MishearingStt(tts)
    await vocabulary(tmp_path, stt, told, tts).use(names_of(SETTINGS))
    first, learned = stt.grammars
    assert first is not None
    assert learned is not None
    assert first.match("turn on zanti's lamp") is None
    assert learned.match("turn on zanti's lamp") == XANTHE
    assert open_router(SETTINGS, names=told[-1], fit=None).decide("Turn on Zanti's lamp.").intent == XANTHE

    said = len(tts.said)
    again = MishearingStt(tts)
    await vocabulary(tmp_path, again, told, tts).use(names_of(SETTINGS))
    assert meaning(again, "turn on zanti's lamp") == XANTHE
    assert len(tts.said) == said  # nothing was spoken again


async def test_names_are_spoken_only_while_nobody_needs_the_engines(tmp_path: Path) -> None:
    tts, free = FakeTts(), asyncio.Event()
    stt = MishearingStt(tts)
    learning = asyncio.create_task(vocabulary(tmp_path, stt, [], tts, free).use(names_of(SETTINGS)))
    for _ in range(50):
        await asyncio.sleep(0)
    assert meaning(stt, "turn on xanthe's lamp") == XANTHE
    assert tts.said == []
    free.set()
    await learning
    assert tts.said != []


async def test_learning_ends_when_it_is_cancelled_and_the_speaker_goes_on(tmp_path: Path) -> None:
    tts = FakeTts()
    stt = MishearingStt(tts)
    learning = asyncio.create_task(vocabulary(tmp_path, stt, [], tts, asyncio.Event()).use(names_of(SETTINGS)))
    for _ in range(50):
        await asyncio.sleep(0)
    learning.cancel()
    await asyncio.wait({learning})
    assert learning.cancelled()
    assert meaning(stt, "turn on xanthe's lamp") == XANTHE


async def test_a_folder_that_cannot_be_written_costs_only_the_time_of_the_next_start(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    stt = FakeStt([])
    await vocabulary(blocked, stt, []).use(names_of(SETTINGS))
    assert meaning(stt, "turn on xanthe's lamp") == XANTHE
