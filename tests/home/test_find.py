"""Lookup in a model: names, rooms, floors, kinds, classes, devices; and the names of a model for the grammars."""

import pytest

from edge.home.model import Area, Choice, Entity, Feature, Floor, HomeModel, Source
from edge.home.modelling.grammar_names import home_names
from edge.home.planning.find import Finder, Place
from tests.fakes.language import ENGLISH


def thing(id_: str, domain: str, name: str, area: str = "", **more: object) -> Entity:
    return Entity(id_, domain, name, Source("settings"), area=area, **more)  # type: ignore[arg-type]


MODEL = HomeModel(
    (
        thing("1", "light", "Light +", "Hall"),
        thing("2", "light", "Light", "Attic", aliases=("Reading light",)),
        thing("3", "switch", "Desk lamp", "living room"),
        thing("4", "switch", "Kettle", "Kitchen"),
        thing("5", "cover", "Garage door", "", device_class="garage"),
        thing("6", "lock", "Front door", "Hall", device_class="lock"),
        thing("7", "sensor", "Temperature", "Master Bedroom", device="d", device_name="Bedroom Sensor"),
        thing("8", "sensor", "Battery", "Master Bedroom", device="d", device_name="Bedroom Sensor", spoken=False),
        thing("9", "valve", "Water", "Cellar"),
        thing("10", "light", "\U0001f4a1", "Cellar"),
        thing("11", "event", "Button", "Cellar"),
    ),
    (Area("Hall", (), "Ground"), Area("Attic", (), "Top"), Area("Master Bedroom", ("bedroom",)), Area("living room")),
    (Floor("Ground"), Floor("Top")),
)
FINDER = Finder(MODEL, ENGLISH, "Hall")


def found(name: str, **place: str) -> list[str]:
    return [it.id for it in FINDER.named(name, Place(**place))]


@pytest.mark.parametrize(
    ("name", "place", "ids"),
    [
        ("light", {}, ["1"]),
        ("light", {"area": "Attic"}, ["2"]),
        ("Light +", {}, ["1"]),
        ("reading light", {}, ["2"]),
        ("the kettle", {}, ["4"]),
        ("kettle", {"area": "Hall"}, []),
        ("garage door", {"area": "Hall"}, ["5"]),
        ("\U0001f4a1", {}, ["10"]),
        ("light", {"floor": "top"}, ["2"]),
        ("battery", {}, []),
        ("nothing", {}, []),
        ("", {}, []),
    ],
)
def test_names(name: str, place: dict[str, str], ids: list[str]) -> None:
    assert found(name, **place) == ids


@pytest.mark.parametrize(
    ("kind", "place", "ids"),
    [
        ("light", {}, ["1", "2", "3", "10"]),
        ("light", {"area": "Living-Room"}, ["3"]),
        ("light", {"floor": "ground"}, ["1"]),
        ("light", {"floor": "moon"}, []),
        ("cover", {}, ["5"]),
        ("sensor", {"area": "bedroom"}, ["7"]),
        ("everything", {}, ["1", "2", "3", "4", "10"]),
        ("nothing", {}, []),
    ],
)
def test_kinds(kind: str, place: dict[str, str], ids: list[str]) -> None:
    assert [it.id for it in FINDER.of_kind(kind, Place(**place))] == ids


def test_the_parts_of_a_device_also_those_that_nobody_speaks_of() -> None:
    assert [it.id for it in FINDER.of_device("bedroom sensor")] == ["7", "8"]
    assert [it.id for it in FINDER.of_device("temperature")] == ["7", "8"]
    assert FINDER.of_device("kettle")[0].id == "4"
    assert FINDER.of_device("nothing") == []


def test_rooms_and_namesakes() -> None:
    assert [FINDER.knows_area(area) for area in ("hall", "Bedroom", "Master bedroom", "Moon")] == [
        True,
        True,
        True,
        False,
    ]
    twins = Finder(
        HomeModel((thing("1", "light", "Lamp"), thing("2", "fan", "lamp"), thing("3", "fan", "x"))), ENGLISH, ""
    )
    assert [twins.has_a_namesake(it) for it in twins.entities] == [True, True, False]


def test_the_names_of_a_model_for_the_grammars() -> None:
    names = home_names(MODEL, "Kitchen")
    assert [(it.name, it.domain) for it in names.entities][-2:] == [
        ("\U0001f4a1", "light"),
        ("Bedroom Sensor", "device"),
    ]
    assert "Button" not in {it.name for it in names.entities}
    assert [area.name for area in names.areas] == ["Kitchen", "Hall", "Attic", "Master Bedroom", "living room"]
    assert names.areas[3].aliases == ("bedroom",)
    assert [floor.name for floor in names.floors] == ["Ground", "Top"]
    assert names.here == "Kitchen"
    modes = thing(
        "1", "climate", "Heat", accepts={Feature.MODE: Choice(("eco", "off"))}, encode=lambda _change, _state: ()
    )
    assert home_names(HomeModel((modes,)), "").options == ("eco", "off")
