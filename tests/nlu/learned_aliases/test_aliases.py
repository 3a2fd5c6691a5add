import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.learned_aliases.aliases import MAX_NAMES, LearnedAliases
from edge.nlu.spoken_grammar import open_grammar
from edge.route import open_router
from edge.runtime.worker import InlineWorker, ThreadWorker
from edge.settings import Settings
from tests.fakes.language import ENGLISH

HOME = HomeNames(
    entities=(
        NamedEntity("Kitchen light", "light"),
        NamedEntity("Aqara hub", "switch"),
        NamedEntity("Xochitl's lamp", "light"),
        NamedEntity("Sade", "scene"),
        NamedEntity("Lamp 3", "light", ("the Zbigniew",)),
    ),
    areas=(NamedArea("Kitchen"), NamedArea("Genkan")),
)

MISSPELLED = {"Aqara": "Akara", "Xochitl": "Zocito", "Sade": "Save", "Zbigniew": "z big new", "Genkan": "Jenkin"}


class Transcriber:
    """A `Transcribe` that misspells some words; `told` is what it was asked to say."""

    def __init__(self, spelled: dict[str, str] | None = None) -> None:
        self.told: list[str] = []
        self._spelled = MISSPELLED if spelled is None else spelled

    async def __call__(self, text: str) -> Sequence[str]:
        self.told.append(text)
        for word, heard in self._spelled.items():
            text = text.replace(word, heard)
        return [text, text, "Something else."]


async def rest() -> None:
    pass


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., LearnedAliases]:
    def open_aliases(engines: str = "a voice, a recogniser") -> LearnedAliases:
        return LearnedAliases(tmp_path / "state" / "aliases.json", engines, InlineWorker(), ENGLISH)

    return open_aliases


async def learned(
    opened: Callable[..., LearnedAliases], home: HomeNames = HOME, transcriber: Transcriber | None = None
) -> HomeNames:
    aliases = opened()
    await aliases.learn(home, transcriber or Transcriber(), rest)
    return aliases.names(home)


def learned_of(home: HomeNames) -> dict[str, tuple[str, ...]]:
    named: tuple[NamedEntity | NamedArea, ...] = (*home.entities, *home.areas, *home.floors)
    return {it.name: it.learned for it in named if it.learned}


async def test_what_the_recogniser_writes_for_a_name_is_one_more_name(opened: Callable[..., LearnedAliases]) -> None:
    home = await learned(opened)
    assert learned_of(home) == {
        "Aqara hub": ("akara hub",),
        "Xochitl's lamp": ("zocito's lamp",),
        "Lamp 3": ("z big new",),
        "Genkan": ("jenkin",),
    }
    assert [it.aliases for it in home.entities] == [it.aliases for it in HOME.entities]


async def test_typed_text_and_the_grammar_of_speech_know_it(opened: Callable[..., LearnedAliases]) -> None:
    home = await learned(opened)
    hub = Intent("HassTurnOn", {"name": "Aqara hub"})
    assert HassilRecognizer(Settings(), home).intent("Turn on the Akara hub.") == hub
    assert open_grammar(Settings(), home).match("turn on the akara hub") == hub
    assert open_grammar(Settings(), HOME).match("turn on the akara hub") is None
    decision = open_router(Settings(), names=home, fit=None).decide("switch off the lights in the jenkin")
    assert (decision.reason, decision.intent) == (
        "intent",
        Intent("HassTurnOff", {"domain": "light", "area": "Genkan"}),
    )


async def test_names_of_familiar_words_are_not_spoken(opened: Callable[..., LearnedAliases]) -> None:
    transcriber = Transcriber()
    await learned(opened, transcriber=transcriber)
    assert not any("itchen" in text for text in transcriber.told)
    assert "Turn on the Aqara hub." in transcriber.told
    assert "Turn on Xochitl's lamp." in transcriber.told


@pytest.mark.parametrize(
    ("spelled", "why"),
    [
        ({"Genkan": "Kitchen"}, "another place"),
        ({"Aqara hub": "kitchen light"}, "another entity"),
        ({"Aqara hub": "Genkan"}, "a place"),
        ({"Genkan": "how"}, "a word of commands"),
        ({"Genkan": "bathroom"}, "a familiar word"),
        ({"Aqara hub": "sea pond", "Xochitl's lamp": "sea pond"}, "two names"),
        ({"Sade": "Save"}, "a single word for a scene"),
        ({"Aqara hub": "aqara hub"}, "the name itself"),
        ({"Aqara hub": "one two three four five six"}, "too long"),
        ({"Aqara hub": "🔥"}, "nothing"),
        ({"Turn": "Burn", "Aqara": "Akara", "Switch": "Twitch"}, "once, alone"),
    ],
)
async def test_what_could_mean_anything_else_is_left_out(
    opened: Callable[..., LearnedAliases], spelled: dict[str, str], why: str
) -> None:
    class Once(Transcriber):
        async def __call__(self, text: str) -> Sequence[str]:
            return (await super().__call__(text))[:1]

    transcriber = Once(spelled) if "once" in why else Transcriber(spelled)
    assert learned_of(await learned(opened, transcriber=transcriber)) == {}, why


async def test_what_was_learned_is_kept_for_these_engines_only(opened: Callable[..., LearnedAliases]) -> None:
    assert await opened().learn(HOME, Transcriber(), rest)
    again = Transcriber()
    assert not await opened().learn(HOME, again, rest)
    assert again.told == []
    assert learned_of(opened().names(HOME))["Genkan"] == ("jenkin",)
    assert learned_of(opened("another voice").names(HOME)) == {}


async def test_only_a_new_name_is_spoken_and_a_name_that_is_gone_is_forgotten(
    opened: Callable[..., LearnedAliases], tmp_path: Path
) -> None:
    await opened().learn(HOME, Transcriber(), rest)
    home = HomeNames((*HOME.entities[:2], NamedEntity("Meross plug", "switch")), HOME.areas)
    transcriber = Transcriber({"Meross": "Mirrors"})
    await opened().learn(home, transcriber, rest)
    assert {"Meross plug" in text for text in transcriber.told} == {True}
    assert learned_of(opened().names(home))["Meross plug"] == ("mirrors plug",)
    assert "Xochitl" not in (tmp_path / "state" / "aliases.json").read_text(encoding="utf-8")


async def test_being_cancelled_keeps_what_was_learned(opened: Callable[..., LearnedAliases]) -> None:
    class Cancelled(Exception):  # noqa: N818 - stands for the cancellation of a task
        pass

    class Interrupted(Transcriber):
        async def __call__(self, text: str) -> Sequence[str]:
            if "Xochitl" in text:
                raise Cancelled
            return await super().__call__(text)

    with pytest.raises(Cancelled):
        await opened().learn(HOME, Interrupted(), rest)
    assert learned_of(opened().names(HOME)) == {"Aqara hub": ("akara hub",)}


async def test_it_waits_before_each_utterance_until_it_may_speak(opened: Callable[..., LearnedAliases]) -> None:
    rests: list[int] = []
    transcriber = Transcriber()

    async def counted() -> None:
        rests.append(len(transcriber.told))

    await opened().learn(HOME, transcriber, counted)
    assert rests == list(range(len(transcriber.told)))


async def test_a_large_home_is_learned_in_part(opened: Callable[..., LearnedAliases]) -> None:
    home = HomeNames(tuple(NamedEntity(f"Zork {number} plug", "switch") for number in range(MAX_NAMES + 5)))
    transcriber = Transcriber()
    await opened().learn(home, transcriber, rest)
    assert len({text for text in transcriber.told if text.startswith("Turn")}) == MAX_NAMES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"version": 2, "engines": "a voice, a recogniser", "aliases": {}}',
        b'{"version": 1, "engines": "a voice, a recogniser", "aliases": {"a": "b"}}',
        b'{"version": 1, "engines": "a voice, a recogniser", "aliases": {"a": ["' + b"x" * 100 + b'"]}}',
        b"\xff\xfe",
        b" " * 2_000_000,
    ],
)
async def test_a_damaged_file_counts_as_empty_and_is_replaced(
    opened: Callable[..., LearnedAliases], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "aliases.json").write_bytes(content)
    assert learned_of(opened().names(HOME)) == {}
    assert await opened().learn(HOME, Transcriber(), rest)
    assert learned_of(opened().names(HOME))["Genkan"] == ("jenkin",)


async def test_a_disk_that_takes_nothing_costs_the_file_only(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    aliases = LearnedAliases(tmp_path / "state" / "aliases.json", "engines", InlineWorker(), ENGLISH)
    assert await aliases.learn(HOME, Transcriber(), rest)
    assert learned_of(aliases.names(HOME))["Genkan"] == ("jenkin",)


def test_without_anything_heard_a_home_stays_as_it_is(opened: Callable[..., LearnedAliases]) -> None:
    assert opened().names(HOME) is HOME


async def test_the_file_is_never_written_on_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[str] = set()
    sync = os.fsync

    def noted(handle: int) -> None:
        threads.add(threading.current_thread().name)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    home = HomeNames(tuple(NamedEntity(f"Zork {number} plug", "switch") for number in range(25)))
    worker = ThreadWorker("writer")
    aliases = LearnedAliases(tmp_path / "aliases.json", "engines", worker, ENGLISH)
    await aliases.learn(home, Transcriber(), rest)
    await worker.aclose()
    assert threads == {"writer"}
