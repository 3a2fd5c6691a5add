from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from edge.events import Intent
from edge.route import open_router
from edge.route.hassil_intents import HassilRecognizer
from edge.route.heard_names import MOST_NAMES, HeardNames
from edge.route.home_names import HomeNames, NamedPlace, NamedThing
from edge.route.spoken_grammar import open_grammar
from edge.settings import Settings

HOME = HomeNames(
    things=(
        NamedThing("Kitchen light", "light"),
        NamedThing("Aqara hub", "switch"),
        NamedThing("Xochitl's lamp", "light"),
        NamedThing("Sade", "scene"),
        NamedThing("Lamp 3", "light", ("the Zbigniew",)),
    ),
    areas=(NamedPlace("Kitchen"), NamedPlace("Genkan")),
)

EARS = {"Aqara": "Akara", "Xochitl": "Zocito", "Sade": "Save", "Zbigniew": "z big new", "Genkan": "Jenkin"}


class Ears:
    """A `Hear` that spells some words by ear; remembers what it was told."""

    def __init__(self, spelled: dict[str, str] | None = None) -> None:
        self.told: list[str] = []
        self._spelled = EARS if spelled is None else spelled

    async def __call__(self, text: str) -> Sequence[str]:
        self.told.append(text)
        for word, heard in self._spelled.items():
            text = text.replace(word, heard)
        return [text, text, "Something else."]


async def rest() -> None:
    pass


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., HeardNames]:
    def open_heard(engines: str = "a voice, a recogniser") -> HeardNames:
        return HeardNames(tmp_path / "state" / "heard.json", engines)

    return open_heard


async def learnt(opened: Callable[..., HeardNames], home: HomeNames = HOME, ears: Ears | None = None) -> HomeNames:
    heard = opened()
    await heard.learn(home, ears or Ears(), rest)
    return heard.names(home)


def heard_of(home: HomeNames) -> dict[str, tuple[str, ...]]:
    named: tuple[NamedThing | NamedPlace, ...] = (*home.things, *home.areas, *home.floors)
    return {it.name: it.heard for it in named if it.heard}


async def test_what_the_recogniser_writes_for_a_name_is_one_more_name(opened: Callable[..., HeardNames]) -> None:
    home = await learnt(opened)
    assert heard_of(home) == {
        "Aqara hub": ("akara hub",),
        "Xochitl's lamp": ("zocito's lamp",),
        "Lamp 3": ("z big new",),
        "Genkan": ("jenkin",),
    }
    assert [it.aliases for it in home.things] == [it.aliases for it in HOME.things]


async def test_typed_text_and_the_grammar_of_speech_know_it(opened: Callable[..., HeardNames]) -> None:
    home = await learnt(opened)
    hub = Intent("HassTurnOn", {"name": "Aqara hub"})
    assert HassilRecognizer(Settings(), home).recognize("Turn on the Akara hub.") == hub
    assert open_grammar(Settings(), home).match("turn on the akara hub") == hub
    assert open_grammar(Settings(), HOME).match("turn on the akara hub") is None
    decision = open_router(Settings(), names=home).decide("switch off the lights in the jenkin")
    assert (decision.reason, decision.intent) == (
        "intent",
        Intent("HassTurnOff", {"domain": "light", "area": "Genkan"}),
    )


async def test_names_of_familiar_words_are_not_spoken(opened: Callable[..., HeardNames]) -> None:
    ears = Ears()
    await learnt(opened, ears=ears)
    assert not any("itchen" in text for text in ears.told)
    assert "Turn on the Aqara hub." in ears.told
    assert "Turn on Xochitl's lamp." in ears.told


@pytest.mark.parametrize(
    ("spelled", "why"),
    [
        ({"Genkan": "Kitchen"}, "another place"),
        ({"Aqara hub": "kitchen light"}, "another thing"),
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
    opened: Callable[..., HeardNames], spelled: dict[str, str], why: str
) -> None:
    class Once(Ears):
        async def __call__(self, text: str) -> Sequence[str]:
            return (await super().__call__(text))[:1]

    ears = Once(spelled) if "once" in why else Ears(spelled)
    assert heard_of(await learnt(opened, ears=ears)) == {}, why


async def test_what_was_learnt_is_kept_for_these_engines_only(opened: Callable[..., HeardNames]) -> None:
    assert await opened().learn(HOME, Ears(), rest)
    again = Ears()
    assert not await opened().learn(HOME, again, rest)
    assert again.told == []
    assert heard_of(opened().names(HOME))["Genkan"] == ("jenkin",)
    assert heard_of(opened("another voice").names(HOME)) == {}


async def test_only_a_new_name_is_spoken_and_a_name_that_is_gone_is_forgotten(
    opened: Callable[..., HeardNames], tmp_path: Path
) -> None:
    await opened().learn(HOME, Ears(), rest)
    home = HomeNames((*HOME.things[:2], NamedThing("Meross plug", "switch")), HOME.areas)
    ears = Ears({"Meross": "Mirrors"})
    await opened().learn(home, ears, rest)
    assert {"Meross plug" in text for text in ears.told} == {True}
    assert heard_of(opened().names(home))["Meross plug"] == ("mirrors plug",)
    assert "Xochitl" not in (tmp_path / "state" / "heard.json").read_text(encoding="utf-8")


async def test_being_cancelled_keeps_what_was_learnt(opened: Callable[..., HeardNames]) -> None:
    class Cancelled(Exception):  # noqa: N818 - stands for the cancellation of a task
        pass

    class Interrupted(Ears):
        async def __call__(self, text: str) -> Sequence[str]:
            if "Xochitl" in text:
                raise Cancelled
            return await super().__call__(text)

    with pytest.raises(Cancelled):
        await opened().learn(HOME, Interrupted(), rest)
    assert heard_of(opened().names(HOME)) == {"Aqara hub": ("akara hub",)}


async def test_it_waits_before_each_utterance_until_it_may_speak(opened: Callable[..., HeardNames]) -> None:
    rests: list[int] = []
    ears = Ears()

    async def counted() -> None:
        rests.append(len(ears.told))

    await opened().learn(HOME, ears, counted)
    assert rests == list(range(len(ears.told)))


async def test_a_large_home_is_learnt_in_part(opened: Callable[..., HeardNames]) -> None:
    home = HomeNames(tuple(NamedThing(f"Zork {number} plug", "switch") for number in range(MOST_NAMES + 5)))
    ears = Ears()
    await opened().learn(home, ears, rest)
    assert len({text for text in ears.told if text.startswith("Turn")}) == MOST_NAMES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"version": 2, "engines": "a voice, a recogniser", "heard": {}}',
        b'{"version": 1, "engines": "a voice, a recogniser", "heard": {"a": "b"}}',
        b'{"version": 1, "engines": "a voice, a recogniser", "heard": {"a": ["' + b"x" * 100 + b'"]}}',
        b"\xff\xfe",
        b" " * 2_000_000,
    ],
)
async def test_a_damaged_file_counts_as_empty_and_is_replaced(
    opened: Callable[..., HeardNames], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "heard.json").write_bytes(content)
    assert heard_of(opened().names(HOME)) == {}
    assert await opened().learn(HOME, Ears(), rest)
    assert heard_of(opened().names(HOME))["Genkan"] == ("jenkin",)


async def test_a_disk_that_takes_nothing_costs_the_file_only(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    heard = HeardNames(tmp_path / "state" / "heard.json", "engines")
    assert await heard.learn(HOME, Ears(), rest)
    assert heard_of(heard.names(HOME))["Genkan"] == ("jenkin",)


def test_without_anything_heard_a_home_stays_as_it_is(opened: Callable[..., HeardNames]) -> None:
    assert opened().names(HOME) is HOME
