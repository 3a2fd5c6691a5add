"""The names that people use for things as publishers name them: one table for each publisher."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from edge.home.model import Entity, Source
from edge.home.modelling.naming import with_names
from edge.nlu import open_language

ENGLISH = open_language("en")

Thing = tuple[str, str, str, Sequence[str]]
"""Domain (with the class behind a dot), the name within the device, the name that is said, and further names."""


@dataclass(frozen=True)
class Case:
    """A device, the room that it has itself, the room that it gets, and its things."""

    publisher: str
    device: str
    things: Sequence[Thing]
    room: str = ""
    area: str = ""


CASES = [
    Case("Zigbee2MQTT", "kitchen_counter", [("light", "", "kitchen counter", ["counter"])], room="kitchen"),
    Case(
        "Zigbee2MQTT",
        "Living Room/Floor Lamp",
        [("light", "", "Living Room Floor Lamp", ["Floor Lamp"])],
        room="Living Room",
    ),
    Case("Zigbee2MQTT", "living_room/tv_lamp", [("light", "", "living room tv lamp", ["tv lamp"])], room="living room"),
    Case(
        "Zigbee2MQTT",
        "Hall Wall Switch",
        [
            ("switch", "Left", "Hall Wall Switch Left", ["Left Hall Wall Switch"]),
            ("switch", "Right", "Hall Wall Switch Right", ["Right Hall Wall Switch"]),
            ("sensor.battery", "battery", "Hall Wall Switch battery", []),
        ],
        room="Hall",
    ),
    Case(
        "Zigbee2MQTT",
        "Front Door",
        [("binary_sensor.door", "door", "Front Door", []), ("sensor.voltage", "Voltage", "Front Door voltage", [])],
    ),
    Case("Zigbee2MQTT", "0x00158d0001a2b3c4", [("binary_sensor.door", "contact", "door", [])]),
    Case(
        "Zigbee2MQTT",
        "Bathroom Radiator",
        [
            ("climate", "", "Bathroom Radiator", []),
            ("switch", "Child lock", "Child lock", ["Bathroom Radiator Child lock"]),
            ("number", "Boost time", "Boost time", ["Bathroom Radiator Boost time"]),
        ],
        room="Bathroom",
    ),
    Case(
        "ESPHome",
        "bathroom-node",
        [
            ("light", "Spot Light", "Spot Light", ["bathroom node Spot Light"]),
            ("fan", "Extractor", "Extractor", []),
            (
                "sensor.temperature",
                "Bathroom Temperature",
                "bathroom node Bathroom Temperature",
                ["Bathroom Temperature"],
            ),
        ],
        room="bathroom",
    ),
    Case("ESPHome", "Bedroom Lamp a1b2c3", [("light", "Bedroom Lamp", "Bedroom Lamp", [])], room="Bedroom"),
    Case("ESPHome", "kitchen-lamp", [("light", "kitchen-lamp", "kitchen lamp", [])], room="kitchen"),
    Case(
        "ESPHome",
        "Garage Controller",
        [
            ("cover.garage", "Door", "Garage Controller Door", ["Door Garage Controller"]),
            ("switch", "Pump", "Pump", []),
        ],
        area="Garage",
        room="Garage",
    ),
    Case("Tasmota", "Desk", [("switch", "", "Desk", []), ("sensor.power", "Power", "Desk power", [])]),
    Case("Tasmota", "Tasmota", [("switch", "Pond Pump", "Pond Pump", [])]),
    Case("Tasmota", "Tasmota", [("switch", "", "Tasmota", [])]),
    Case(
        "Tasmota",
        "Power Strip",
        [("switch", "Printer", "Printer", ["Power Strip Printer"]), ("switch", "Monitor", "Monitor", [])],
    ),
    Case(
        "a hub",
        "Blind Hub",
        [
            ("cover", "Study Blind Left", "Study Blind Left", ["Blind Hub Study Blind Left"]),
            ("cover", "Loft Skylight", "Loft Skylight", ["Skylight"]),
            ("cover", "Garage Door", "Garage Door", ["Blind Hub Garage Door"]),
            ("binary_sensor.window", "Study Window", "Study Window", ["Blind Hub Study Window"]),
        ],
        room="Study, Loft, ",
    ),
    Case(
        "Zigbee",
        "Pantry Door Sensor",
        [("binary_sensor.door", "", "Pantry Door Sensor", ["Pantry Door"])],
        room="Pantry",
    ),
    Case("Zigbee", "Front Door Contact", [("binary_sensor.door", "", "Front Door Contact", ["Front Door"])]),
    Case("Z-Wave", "Cellar Door Deadbolt", [("lock", "", "Cellar Door Deadbolt", ["Cellar Door"])], room="Cellar"),
    Case("a maker", "Dampfy 3", [("humidifier", "", "Dampfy 3", ["humidifier"])]),
    Case("a maker", "Study AC", [("climate", "", "Study AC", ["AC", "air conditioning"])], room="Study"),
    Case("Tasmota", "Lounge Blind", [("cover.shutter", "", "Lounge Blind", [])], room="Lounge"),
    Case(
        "zwave-js-ui",
        "nodeID_12",
        [("switch", "utility-freezer_switch", "utility freezer switch", ["freezer switch"])],
        room="utility",
    ),
    Case(
        "zwave-js-ui",
        "Upstairs Hall-Dimmer",
        [("light", "Upstairs Hall-Dimmer_dimmer", "Upstairs Hall-Dimmer", [])],
        area="Upstairs Hall",
        room="Upstairs Hall",
    ),
    Case(
        "ring-mqtt",
        "Front Yard",
        [
            ("siren", "Siren", "Front Yard Siren", []),
            ("light", "Light", "Front Yard Light", []),
            ("binary_sensor.motion", "Motion", "Front Yard motion", []),
        ],
        room="Front Yard",
    ),
    Case("ring-mqtt", "Smith House Alarm", [("alarm_control_panel", "Alarm", "Smith House Alarm", [])]),
    Case(
        "ring-mqtt",
        "Yale",
        [("lock", "Front Door Lock", "Yale", ["Front Door Lock", "Front Door"])],
        area="Hall",
        room="Hall",
    ),
    Case("ring-mqtt", "Front Door Lock", [("lock", "", "Front Door Lock", ["Front Door"])]),
    Case(
        "Valetudo",
        "Valetudo Dusty",
        [("vacuum", "Dusty", "Dusty", []), ("select", "Fan speed", "Fan speed", ["Dusty Fan speed"])],
    ),
    Case("WLED", "WLED-Shelf", [("light", "WLED-Shelf", "Shelf", [])]),
    Case(
        "WLED",
        "Bedroom LEDs",
        [
            ("light", "Main", "Main", ["Bedroom LEDs Main"]),
            ("light", "Segment 1", "Segment 1", ["Segment 1 Bedroom LEDs"]),
        ],
        room="Bedroom",
    ),
    Case(
        "OpenMQTTGateway",
        "Sensor_LYWSD03MMC",
        [
            ("sensor.temperature", "LYWSD03MMC-tempc", "Sensor temperature", []),
            ("sensor.humidity", "LYWSD03MMC-hum", "Sensor humidity", []),
        ],
    ),
    Case("OpenMQTTGateway", "BLE_LYWSD03MMC", [("sensor.temperature", "LYWSD03MMC-tempc", "temperature", [])]),
    Case(
        "EMS-ESP",
        "EMS-ESP Boiler",
        [
            ("switch", "DHW circulation", "DHW circulation", ["Boiler DHW circulation", "Boiler"]),
            ("sensor.temperature", "Outside temperature", "Boiler Outside temperature", []),
        ],
    ),
    Case("EMS-ESP", "EMS-ESP Thermostat", [("climate", "HC1", "HC1", ["Thermostat HC1"])]),
    Case("Shelly scripts", "shelly1-A4CF12F03A91", [("switch", "shelly1-A4CF12F03A91", "shelly1", [])]),
    Case(
        "Shelly scripts",
        "Shelly Plus 2PM",
        [("switch", "Terrace lights", "Terrace lights", []), ("switch", "Porch lights", "Porch lights", [])],
        room="Terrace, Porch",
    ),
    Case(
        "zwave-js-ui",
        "Guest_Blind",
        [
            ("cover", "Guest_Blind_position", "Guest Blind", ["Guest Blind position"]),
            ("sensor.power", "Guest_Blind_power", "Guest Blind power", []),
        ],
        area="Guest Room",
        room="Guest Room",
    ),
    Case(
        "zwave-js-ui",
        "Oak_Table_Lamp",
        [("switch", "Oak_Table_Lamp_switch_binary", "Oak Table Lamp", [])],
    ),
    Case("Valetudo", "Speedy", [("vacuum", "Robot", "Speedy", [])]),
    Case("Zigbee2MQTT", "Table Lamp", [("light", "", "Table Lamp", [])]),
    Case("Zigbee2MQTT", "Cable Box", [("switch", "", "Cable Box", [])]),
    Case(
        "ESPHome",
        "Scullery Box",
        [
            ("binary_sensor.running", "Dishwasher", "Scullery Box Dishwasher", ["Dishwasher"]),
            ("binary_sensor.moisture", "Moisture", "Scullery Box moisture", []),
        ],
        area="Scullery",
        room="Scullery",
    ),
    Case("ESPHome", "Shed", [("binary_sensor.door", "Contact", "Shed door", [])], area="Garden", room="Garden"),
    Case(
        "Zigbee2MQTT", "Wohnzimmer Leselampe", [("light", "", "Wohnzimmer Leselampe", ["Leselampe"])], room="Wohnzimmer"
    ),
    Case("Zigbee2MQTT", "Bedroom 2 Lamp", [("light", "", "Bedroom 2 Lamp", [])], room="Bedroom 2"),
    Case("Zigbee2MQTT", "Kitchen 2", [("light", "", "Kitchen 2", [])], room="Kitchen"),
    Case(
        "zwave-js-ui",
        "Opener",
        [("switch", "Opener_garage_door", "garage door", ["Opener"])],
    ),
    Case("ESPHome", "Flood Alarm", [("binary_sensor.moisture", "Flood", "Flood Alarm", [])]),
    Case("ESPHome", "Oven", [("sensor.enum", "State", "Oven State", [])]),
    Case("OpenMQTTGateway", "Nora's phone", [("device_tracker", "Nora's phone", "Nora's phone", ["Nora"])]),
    Case("ebusd", "ebusd bai", [("sensor.temperature", "FlowTemp temp", "bai Flow Temp temp", ["Flow Temp temp"])]),
    Case(
        "Home Assistant",
        "Living Room",
        [
            ("light", "Living Room Ceiling", "Living Room Ceiling", ["Ceiling Living Room"]),
            ("cover.blind", "Living Room Blind", "Living Room Blind", []),
        ],
        room="Living Room",
    ),
    Case("Home Assistant", "", [("light", "attic_light", "attic light", [])], room="attic"),
    Case("Home Assistant", "", [("scene", "Movie Night", "Movie Night", [])]),
    Case("Home Assistant", "💡 Lamp", [("light", "", "Lamp", [])]),
    Case("Home Assistant", "LivingRoomLamp", [("light", "", "Living Room Lamp", [])], room="Living Room"),
    Case("Home Assistant", "kitchen.lamp", [("light", "", "kitchen lamp", [])], room="kitchen"),
    Case("Home Assistant", "Kids' Room Lamp", [("light", "", "Kids' Room Lamp", [])], room="Kids Room"),
    Case("Home Assistant", "Lampe Küche", [("light", "", "Lampe Küche", [])]),
]


def named(case: Case, areas: Sequence[str] = ()) -> tuple[Entity, ...]:
    entities = [
        Entity(
            f"{kind}.{at}",
            kind.partition(".")[0],
            name,
            Source("discovery"),
            area=case.area,
            device="one",
            device_name=case.device,
            device_class=kind.partition(".")[2],
        )
        for at, (kind, name, *_) in enumerate(case.things)
    ]
    return with_names(entities, areas, ENGLISH)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.publisher}-{case.device}-{at}" for at, case in enumerate(CASES)])
def test_names(case: Case) -> None:
    for entity, (_, _, name, aliases) in zip(named(case), case.things, strict=True):
        assert entity.name == name
        assert set(aliases) <= {entity.name, *entity.aliases}
        assert entity.spoken
    rooms = {entity.area for entity in named(case)}
    assert {_plain(room) for room in rooms} == {_plain(room) for room in case.room.split(", ")}


def _plain(room: str) -> str:
    return ENGLISH.names.bare(room)


def test_a_main_thing_is_called_by_its_device_and_the_other_things_are_not() -> None:
    case = Case("Zigbee2MQTT", "Heater", [("switch", "Relay", "", ()), ("sensor.power", "power", "", ())])
    relay, power = named(case)
    assert relay.name == "Heater"
    assert "Heater" not in (power.name, *power.aliases)


def test_a_room_that_one_component_tells_is_that_of_its_device() -> None:
    lock = Entity("1", "lock", "", Source("discovery"), area="Porch", device="d", device_name="Cellar Door")
    battery = Entity("2", "sensor", "Battery level", Source("discovery"), device="d", device_name="Cellar Door")
    assert [it.area for it in with_names([battery, lock], [], ENGLISH)] == ["Porch", "Porch"]


@pytest.mark.parametrize("device", ["", "12", "#!", "one two three four five six seven eight nine", "💡"])
def test_what_cannot_be_said_is_silent(device: str) -> None:
    (entity,) = named(Case("", device, [("light", "", "", ())]))
    assert not entity.spoken
    assert entity.name == entity.id


def test_rooms_are_spelled_as_the_owner_does() -> None:
    case = Case("Zigbee2MQTT", "living_room_lamp", [("light", "", "", ())])
    (entity,) = named(case, ["Living Room"])
    assert entity.area == "Living Room"


def test_no_alias_is_the_name_of_another_thing() -> None:
    for case in CASES:
        entities = named(case)
        for one, other in itertools.permutations(entities, 2):
            assert ENGLISH.names.bare(one.name) not in map(ENGLISH.names.bare, other.aliases)
