"""docs/home.md says what the code does: its tables are compared, its announcements read, its sentences said."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from edge.home.acting.code import DIGITS, LOCKED_S, TRIES
from edge.home.acting.execute import CONFIRM_S
from edge.home.intents.things import CONFIRM_WITHIN_S
from edge.home.model import Accepts, Anything, Choice, Entity, Feature, HomeModel, Source, State
from edge.home.planning.risk import Gates, Risks, Tier
from edge.home.sources.discovery.entity import READERS
from edge.runtime import virtual_time
from edge.settings import Act, HomeSettings, Settings
from tests.docs.blocks import ROOT, Block, blocks
from tests.fakes.guarded_home import GuardedHome
from tests.fakes.language import ENGLISH

PAGE = (ROOT / "docs/home.md").read_text(encoding="utf-8")


def rows(*after: str) -> list[list[str]]:
    """The cells of the first table behind a text, or behind several that follow one another."""
    at = 0
    for text in after:
        at = PAGE.index(text, at)
    lines = PAGE[at:].splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("| --- |"))
    table = []
    for line in lines[first + 1 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return table


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_the_kinds_are_those_that_are_read() -> None:
    named = [kind for row in rows("## What is known by itself") for kind in code(row[0])]
    assert sorted(named) == sorted(READERS)


def test_the_words_of_forbid_are_all_named() -> None:
    sentence = PAGE[PAGE.index("`forbid` takes these words:") :].split(". ")[0]
    assert code(sentence) == ["forbid", *get_args(Act)]


def test_the_settings_shown_are_settings() -> None:
    for block in blocks(PAGE):
        if block.language == "toml":
            shown = tomllib.loads(block.text)
            Settings.model_validate({"mqtt": {"host": "broker.local"}, **shown})


def test_the_numbers_are_those_of_the_code() -> None:
    words = " ".join(PAGE.split())
    low, high = DIGITS
    for sentence in (
        f"If none comes within {CONFIRM_S:.0f} s, the speaker says so",
        f"A yes within {CONFIRM_WITHIN_S:.0f} seconds does it",
        f"a code of {low} to {high} digits",
        "Three wrong codes in a row lock it for five minutes",
    ):
        assert sentence in words, sentence
    assert (TRIES, LOCKED_S) == (3, 300)


def thing(domain: str, name: str = "Thing", device_class: str = "", **more: Any) -> Entity:
    accepts: dict[Feature, Accepts] = {
        Feature.POWER: Anything(),
        Feature.PRESS: Anything(),
        Feature.LOCK: Choice(("lock", "unlock", "open")),
        Feature.MOVEMENT: Choice(("open", "close", "stop")),
        Feature.ALARM: Choice(("disarm", "arm_home", "arm_away", "trigger")),
    }
    source = Source("discovery")
    return Entity(domain, domain, name, source, device_class=device_class, accepts=accepts, **more)


ALARM, LOCK = thing("alarm_control_panel"), thing("lock")
GARAGE, GATE, DOOR = (thing("cover", device_class=kind) for kind in ("garage", "gate", "door"))
TIERS: dict[str, list[tuple[Entity, State]]] = {
    "unlock a lock": [(LOCK, {Feature.LOCK: "unlock"}), (LOCK, {Feature.LOCK: "open"})],
    "open a door, a garage or a gate": [
        (it, change)
        for it in (GARAGE, GATE, DOOR)
        for change in ({Feature.MOVEMENT: "open"}, {Feature.POSITION: 40.0}, {Feature.TILT: 40.0})
    ],
    "start a switch, button, scene or script that is called a door, a garage or a gate": [
        (thing("switch", "Garage door"), {Feature.POWER: True}),
        (thing("button", "Front gate"), {Feature.PRESS: True}),
        (thing("script", "Open the gate"), {Feature.POWER: True}),
    ],
    "disarm an alarm": [(ALARM, {Feature.ALARM: "disarm"})],
    "set off an alarm": [(ALARM, {Feature.ALARM: "trigger"})],
    "turn on a siren": [
        (thing("siren"), {Feature.POWER: True}),
        (thing("switch", "Attic siren"), {Feature.POWER: True}),
    ],
    "a command to a thing with `ask = true`": [(thing("light", asks_first=True), {Feature.POWER: False})],
    "lock, close, arm, turn off a siren": [
        (LOCK, {Feature.LOCK: "lock"}),
        (GARAGE, {Feature.MOVEMENT: "close"}),
        (GARAGE, {Feature.MOVEMENT: "stop"}),
        (GARAGE, {Feature.POSITION: 0.0}),
        (ALARM, {Feature.ALARM: "arm_away"}),
        (thing("siren"), {Feature.POWER: False}),
    ],
    "all else": [
        (thing("light"), {Feature.POWER: True}),
        (thing("cover", device_class="blind"), {Feature.MOVEMENT: "open"}),
        (thing("climate"), {Feature.TARGET_TEMPERATURE: 21.0}),
        (thing("scene"), {Feature.PRESS: True}),
        (thing("valve"), {Feature.MOVEMENT: "open"}),
    ],
}


def test_the_tiers_are_those_of_the_table_and_follow_the_settings_that_it_names() -> None:
    table = {row[0]: row[1:] for row in rows("## Ways into the home")}
    assert list(table) == list(TIERS)
    tiers = {"ask": Tier.ASK, "nothing": Tier.FREE}
    for command, (by_default, setting) in table.items():
        for entity, change in TIERS[command]:
            default = Risks(HomeModel(), ENGLISH, Gates.of(HomeSettings()))
            assert default.tier(entity, change, ()) is tiers[by_default], command
            for name in ("unlock", "disarm"):
                strict = Risks(HomeModel(), ENGLISH, Gates.of(HomeSettings.model_validate({name: "never"})))
                wanted = Tier.NEVER if setting == f"`[home] {name}`" else tiers[by_default]
                assert strict.tier(entity, change, ()) is wanted, command


# The worked examples


def examples() -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for block in blocks(PAGE[PAGE.index("## Worked examples") :]):
        found.setdefault(block.heading, []).append(block)
    return {name: of for name, of in found.items() if any(block.language == "mqtt" for block in of)}


def announcements(example: list[Block]) -> dict[str, dict[str, Any]]:
    found = {}
    for block in example:
        for part in block.text.strip().split("\n\n") if block.language == "mqtt" else ():
            topic, _, payload = part.partition("\n")
            found[topic] = json.loads(payload)
    return found


def test_the_four_publishers_are_shown() -> None:
    assert list(examples()) == ["Zigbee2MQTT", "Tasmota", "ESPHome", "Shelly"]


@pytest.mark.parametrize("publisher", ["Zigbee2MQTT", "Tasmota", "ESPHome", "Shelly"])
@virtual_time.instantly
async def test_an_example_publishes_what_the_page_says(publisher: str, tmp_path: Path) -> None:
    announced = announcements(examples()[publisher])
    said = rows(f"### {publisher}")
    assert said
    home = GuardedHome(tmp_path, announced=announced, entities=[])
    assert home.home.watch.refused == ()
    for sentences, published in said:
        for text in re.findall(r'"([^"]+)"', sentences):
            assert home.published == [], f"before {text}"
            await home.says(text)
        topic, payload = code(published)
        assert home.published == [(topic, payload)], sentences


@pytest.mark.parametrize("publisher", ["Zigbee2MQTT", "Tasmota", "ESPHome", "Shelly"])
@virtual_time.instantly
async def test_what_a_device_of_an_example_reports_is_answered_as_the_page_says(publisher: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, announced=announcements(examples()[publisher]), entities=[])
    said = rows(f"### {publisher}", "| reported |")
    assert len(said) > 1
    for reported, ask, answer in said:
        topic, payload = code(reported)
        await home.home.states.feed(topic, payload.encode())
        assert await home.says(ask.strip('"')) == answer.strip('"'), reported
