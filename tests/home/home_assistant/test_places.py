"""Rooms and floors of Home Assistant, and the risk of what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.home.model import Area, Entity, Feature, Floor, HomeModel, State
from edge.home.modelling.places import places
from edge.home.planning.risk import Gates, Risks, Tier
from edge.home.sources.home_assistant.abilities import abilities
from edge.home.sources.home_assistant.entities import DOMAINS, capabilities, entity_of
from edge.home.sources.home_assistant.registry import Exposed, Room, Storey
from edge.home.sources.home_assistant.reported import reported
from edge.home.sources.home_assistant.snapshot import Snapshot
from tests.fakes.language import ENGLISH

FLOORS = {"g": Storey("Ground floor", (), 0), "f": Storey("First floor", (), 1), "c": Storey("Cellar", (), -1)}


def told(rooms: dict[str, str], floors: dict[str, Storey]) -> Snapshot:
    return Snapshot((), {name: Room(name, floor=floor) for name, floor in rooms.items()}, floors)


def names_of(floors: tuple[Floor, ...]) -> dict[str, tuple[str, ...]]:
    return {floor.name: floor.aliases for floor in floors}


def test_of_two_floors_the_upper_one_is_upstairs_wherever_you_are() -> None:
    home = told({"Hall": "g", "Loft": "f"}, {key: FLOORS[key] for key in "gf"})
    for here in ("Hall", "Loft", ""):
        _, floors = places(["Hall", "Loft"], home, here, ENGLISH)
        assert names_of(floors) == {"Ground floor": ("downstairs",), "First floor": ("upstairs",)}


def test_of_three_floors_it_depends_on_where_the_speaker_is() -> None:
    rooms = {"Hall": "g", "Loft": "f", "Workshop": "c"}
    home = told(rooms, FLOORS)
    _, floors = places(rooms, home, "Hall", ENGLISH)
    assert names_of(floors) == {"Ground floor": (), "First floor": ("upstairs",), "Cellar": ("downstairs",)}
    _, floors = places(rooms, home, "Loft", ENGLISH)
    assert names_of(floors) == {"Ground floor": (), "First floor": (), "Cellar": ()}
    _, floors = places(rooms, home, "", ENGLISH)
    assert names_of(floors) == {"Ground floor": (), "First floor": (), "Cellar": ()}


def test_a_name_of_the_owner_comes_first() -> None:
    floors = {"g": Storey("Upstairs", (), 0), "f": Storey("Attic", ("top",), 1)}
    _, found = places(["A", "B"], told({"A": "g", "B": "f"}, floors), "A", ENGLISH)
    assert names_of(found) == {"Upstairs": ("downstairs",), "Attic": ("top",)}


def test_floors_without_a_level_and_floors_without_a_room() -> None:
    floors = {"g": Storey("Low"), "f": Storey("High"), "x": Storey("Empty", (), 3)}
    areas, found = places(["A", "B"], told({"A": "g", "B": "f"}, floors), "A", ENGLISH)
    assert names_of(found) == {"Low": (), "High": ()}
    assert [(it.name, it.floor) for it in areas] == [("A", "Low"), ("B", "High")]


def test_a_room_is_the_same_in_any_spelling() -> None:
    home = Snapshot((), {"k": Room("living room", ("lounge",), "g")}, FLOORS)
    areas, _ = places(["Living Room"], home, "", ENGLISH)
    assert areas == (Area("Living Room", ("lounge",), "Ground floor"),)


def thing(entity_id: str, name: str, **attributes: object) -> Entity:
    return entity_of(Exposed(entity_id, entity_id, name=name), attributes, "°C")


RISKY: list[tuple[Entity, State, bool]] = [
    (thing("lock.a", "Front door"), {Feature.LOCK: "unlock"}, True),
    (thing("lock.a", "Front door"), {Feature.LOCK: "lock"}, False),
    (thing("cover.a", "Roller", device_class="garage", supported_features=3), {Feature.MOVEMENT: "open"}, True),
    (thing("cover.a", "Roller", device_class="garage", supported_features=3), {Feature.MOVEMENT: "close"}, False),
    (thing("cover.a", "Blind", device_class="blind", supported_features=3), {Feature.MOVEMENT: "open"}, False),
    (thing("alarm_control_panel.a", "Alarm"), {Feature.ALARM: "disarm"}, True),
    (thing("siren.a", "Siren", supported_features=3), {Feature.POWER: True}, True),
    (thing("script.a", "Open the garage door"), {Feature.POWER: True}, True),
    (thing("script.a", "Bedtime"), {Feature.POWER: True}, False),
    (thing("scene.a", "Movie night"), {Feature.PRESS: True}, False),
    (thing("light.a", "Garage light"), {Feature.POWER: True}, False),
]


@pytest.mark.parametrize(("entity", "change", "asks"), RISKY)
def test_what_is_risky_asks_first(entity: Entity, change: State, asks: bool) -> None:
    assert entity.encode is not None
    risks = Risks(HomeModel((entity,)), ENGLISH, Gates())
    assert (risks.tier(entity, change, tuple(entity.encode(change, {}))) is Tier.ASK) is asks


def test_two_entities_that_send_the_same_are_equally_risky() -> None:
    lock = thing("lock.a", "Front door")
    assert lock.encode is not None
    impostor = Entity("x", "light", "Lamp", lock.source, accepts=lock.accepts, encode=lock.encode)
    commands = tuple(lock.encode({Feature.LOCK: "unlock"}, {}))
    risks = Risks(HomeModel((lock, impostor)), ENGLISH, Gates())
    assert risks.tier(impostor, {Feature.POWER: True}, commands) is Tier.ASK


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        *("brightness", "device_class", "friendly_name", "hvac_modes", "max", "max_temp", "min", "min_temp", "options"),
        *("rgb_color", "step", "supported_color_modes", "supported_features", "temperature", "volume_level"),
    ]
)


@given(st.sampled_from(sorted(DOMAINS)), st.dictionaries(KEYS, ANYTHING, max_size=6), st.text(max_size=12))
def test_attributes_of_any_kind_make_an_entity(domain: str, attributes: dict[str, object], state: str) -> None:
    entity = entity_of(Exposed(f"{domain}.a", "k"), capabilities(attributes), "°C")
    assert entity.name
    assert abilities(domain, attributes, "°C").keys() == entity.accepts.keys()
    for value in reported(domain, state, attributes).values():
        assert value is None or isinstance(value, bool | float | int | str | tuple)
