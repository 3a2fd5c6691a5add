"""Tasmota's own announcements: relays, lights, shutters, fans, sensors; and devices that announce themselves twice."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.home.model import Choice, Entity, Feature, Range, State, Value
from edge.home.sources import tasmota
from edge.home.sources.discovery.registry import Registry
from edge.home.sources.tasmota import TasmotaRegistry, without_twins
from tests.home.discovery.announced import heard, sent

MAC = "A4CF12F03A91"
ON, BRIGHT, COLOUR, TEMP = Feature.POWER, Feature.BRIGHTNESS, Feature.COLOUR, Feature.COLOUR_TEMPERATURE
MOVE, AT, TILT, VALUE = Feature.MOVEMENT, Feature.POSITION, Feature.TILT, Feature.VALUE

CONFIG: dict[str, Any] = {
    "ip": "10.0.0.7",
    "dn": "Desk",
    "fn": ["Desk", None, None, None],
    "hn": "desk-7441",
    "mac": MAC,
    "md": "Gosund SP111",
    "ty": 0,
    "if": 0,
    "ofln": "Offline",
    "onln": "Online",
    "state": ["OFF", "ON", "TOGGLE", "HOLD"],
    "sw": "14.2.0",
    "t": "desk",
    "ft": "%prefix%/%topic%/",
    "tp": ["cmnd", "stat", "tele"],
    "rl": [0, 0, 0, 0],
    "swc": [-1, -1],
    "so": {"4": 0, "20": 0, "30": 0, "68": 0, "82": 0},
    "lk": 1,
    "lt_st": 0,
    "ver": 1,
}
RESULT, STATE, SENSOR = "stat/desk/RESULT", "tele/desk/STATE", "tele/desk/SENSOR"


def home(sensors: Mapping[str, Any] | None = None, **more: Any) -> TasmotaRegistry:
    registry = TasmotaRegistry()
    registry.feed(f"tasmota/discovery/{MAC}/config", json.dumps({**CONFIG, **more}).encode())
    if sensors is not None:
        registry.feed(f"tasmota/discovery/{MAC}/sensors", json.dumps({"sn": sensors, "ver": 1}).encode())
    return registry


def things(sensors: Mapping[str, Any] | None = None, **more: Any) -> list[Entity]:
    registry = home(sensors, **more)
    assert registry.refused == ()
    return list(registry.entities)


def thing(**more: Any) -> Entity:
    (entity,) = things(**more)
    return entity


def test_a_relay_is_a_switch() -> None:
    entity = thing(rl=[1])
    assert (entity.id, entity.domain, entity.name, entity.device_name) == (
        f"switch.{MAC}_relay_0",
        "switch",
        "",
        "Desk",
    )
    assert (entity.source.kind, entity.source.publisher) == ("tasmota", "Tasmota 14.2.0")
    assert sent(entity, {ON: True}, {}) == ["cmnd/desk/POWER1 ON"]
    assert sent(entity, {ON: False}, {}) == ["cmnd/desk/POWER1 OFF"]
    for topic in (RESULT, STATE):
        assert heard(entity, topic, '{"POWER":"ON"}') == {ON: True}
        assert heard(entity, topic, '{"POWER1":"OFF","Wifi":{}}') == {ON: False}
        for other in ('{"POWER2":"ON"}', '{"POWER":"BLINK"}', "ON", "[]", '{"POWER":[1]}'):
            assert heard(entity, topic, other) == {}


def test_several_relays_with_names() -> None:
    entities = things(rl=[1, 1, 0, 1], fn=["Fountain", "Tasmota2", "", "Pump"])
    assert [(entity.name, entity.id) for entity in entities] == [
        ("Fountain", f"switch.{MAC}_relay_0"),
        ("Switch 2", f"switch.{MAC}_relay_1"),
        ("Pump", f"switch.{MAC}_relay_3"),
    ]
    assert heard(entities[1], RESULT, '{"POWER2":"ON"}') == {ON: True}
    assert heard(entities[1], RESULT, '{"POWER":"ON"}') == {}


def test_option_30_makes_lights_of_relays() -> None:
    entity = thing(rl=[1], so={"30": 1})
    assert (entity.domain, set(entity.accepts)) == ("light", {ON})


def test_words_of_its_own() -> None:
    entity = thing(rl=[1], state=["aus", "an"], onln="da", ofln="weg")
    assert sent(entity, {ON: True}, {}) == ["cmnd/desk/POWER1 an"]
    assert heard(entity, RESULT, '{"POWER":"aus"}') == {ON: False}
    (topic,) = entity.availability.topics
    assert (topic.topic, topic.decode("da"), topic.decode("weg"), topic.decode("Online")) == (
        "tele/desk/LWT",
        True,
        False,
        None,
    )


@pytest.mark.parametrize(
    ("template", "command"),
    [
        ("%prefix%/%topic%/", "cmnd/desk/POWER1"),
        ("%topic%/%prefix%", "desk/cmnd/POWER1"),
        ("home/%prefix%/%hostname%/%id%/", "home/cmnd/desk-7441/F03A91/POWER1"),
    ],
)
def test_full_topics(template: str, command: str) -> None:
    assert sent(thing(rl=[1], ft=template), {ON: True}, {}) == [f"{command} ON"]


def test_a_device_that_sleeps_has_no_availability() -> None:
    assert thing(rl=[1], dslp=1).availability.topics == ()


LIGHTS: Sequence[tuple[int, set[Feature]]] = [
    (0, {ON}),
    (1, {ON, BRIGHT}),
    (2, {ON, BRIGHT, TEMP}),
    (3, {ON, BRIGHT, COLOUR, Feature.EFFECT}),
    (4, {ON, BRIGHT, COLOUR, Feature.EFFECT}),
    (5, {ON, BRIGHT, COLOUR, TEMP, Feature.EFFECT}),
]


@pytest.mark.parametrize(("subtype", "features"), LIGHTS)
def test_lights_of_all_subtypes(subtype: int, features: set[Feature]) -> None:
    entity = thing(rl=[2], lt_st=subtype)
    assert (entity.domain, set(entity.accepts)) == ("light", features)


def test_a_light_with_everything() -> None:
    entity = thing(rl=[2], lt_st=5)
    cases: Sequence[tuple[State, list[str]]] = [
        ({ON: True}, ["cmnd/desk/POWER1 ON"]),
        ({ON: False}, ["cmnd/desk/POWER1 OFF"]),
        ({BRIGHT: 40.0}, ["cmnd/desk/Dimmer 40"]),
        ({BRIGHT: 0.0}, ["cmnd/desk/POWER1 OFF"]),
        ({ON: True, COLOUR: (255, 128, 0)}, ["cmnd/desk/POWER1 ON", "cmnd/desk/Color2 255,128,0"]),
        ({TEMP: 2700.0}, ["cmnd/desk/POWER1 ON", "cmnd/desk/CT 370"]),
        ({Feature.EFFECT: "Cycle up"}, ["cmnd/desk/POWER1 ON", "cmnd/desk/Scheme 2"]),
    ]
    for change, messages in cases:
        assert sent(entity, change, {}) == messages
    told = heard(entity, STATE, '{"POWER":"ON","Dimmer":40,"HSBColor":"240,100,40","White":0,"CT":153,"Scheme":0}')
    assert told == {ON: True, BRIGHT: 40.0, COLOUR: (0, 0, 255), TEMP: None, Feature.EFFECT: "Solid"}
    told = heard(entity, STATE, '{"Dimmer":0,"HSBColor":"240,100,0","White":60,"CT":250}')
    assert told == {COLOUR: None, TEMP: 4000.0}
    for broken in ('{"Dimmer":"x","HSBColor":"1,a","CT":{},"Scheme":9,"White":"w"}', '{"CT":-5}'):
        assert TEMP not in heard(entity, RESULT, broken) or heard(entity, RESULT, broken)[TEMP] is not None


def test_a_dimmer_that_is_not_linked_to_power() -> None:
    entity = thing(rl=[2], lt_st=1, so={"20": 1})
    assert sent(entity, {BRIGHT: 40.0}, {}) == ["cmnd/desk/Dimmer 40", "cmnd/desk/POWER1 ON"]
    assert sent(thing(rl=[2], lt_st=1, ty=1), {BRIGHT: 40.0}, {}) == ["cmnd/desk/Dimmer3 40"]


def test_option_68_makes_a_dimmer_of_each_channel() -> None:
    first, second = things(rl=[2, 2], lt_st=3, so={"68": 1})
    assert set(second.accepts) == {ON, BRIGHT}
    assert sent(second, {BRIGHT: 30.0}, {}) == ["cmnd/desk/Channel2 30"]
    assert heard(second, STATE, '{"POWER2":"ON","Channel1":5,"Channel2":30}') == {ON: True, BRIGHT: 30.0}
    assert first.id != second.id


def test_colour_and_white_that_are_two_lights() -> None:
    colour, white = things(rl=[2, 2], lt_st=5, lk=0)
    assert set(colour.accepts) == {ON, BRIGHT, COLOUR, Feature.EFFECT}
    assert set(white.accepts) == {ON, BRIGHT, TEMP}
    assert sent(colour, {COLOUR: (1, 2, 3)}, {}) == ["cmnd/desk/POWER1 ON", "cmnd/desk/Color2 1,2,3="]
    assert sent(white, {BRIGHT: 9.0}, {}) == ["cmnd/desk/Dimmer2 9"]
    assert heard(white, STATE, '{"Dimmer1":5,"Dimmer2":9,"CT":250}') == {BRIGHT: 9.0, TEMP: 4000.0}


def test_ranges_of_the_colour_temperature() -> None:
    assert thing(rl=[2], lt_st=2).accepts[TEMP] == Range(2000, 6535, unit="K")
    assert thing(rl=[2], lt_st=2, so={"82": 1}).accepts[TEMP] == Range(2631, 5000, unit="K")
    assert heard(thing(rl=[2], lt_st=1), STATE, '{"Dimmer":130}') == {BRIGHT: 100.0}


def test_a_shutter() -> None:
    entity = thing(rl=[3, 3])
    assert (entity.domain, entity.device_class, entity.name) == ("cover", "shutter", "")
    assert entity.accepts[MOVE] == Choice(("open", "close", "stop"))
    assert set(entity.accepts) == {MOVE, AT}
    assert sent(entity, {MOVE: "open"}, {}) == ["cmnd/desk/ShutterOpen1 "]
    assert sent(entity, {MOVE: "close"}, {}) == ["cmnd/desk/ShutterClose1 "]
    assert sent(entity, {MOVE: "stop"}, {}) == ["cmnd/desk/ShutterStop1 "]
    assert sent(entity, {AT: 30.0}, {}) == ["cmnd/desk/ShutterPosition1 30"]
    cases: Sequence[tuple[str, Mapping[Feature, Value | None]]] = [
        ('{"Shutter1":{"Position":30,"Direction":0,"Target":30}}', {AT: 30.0, MOVE: "open"}),
        ('{"Shutter1":{"Position":0,"Direction":0}}', {AT: 0.0, MOVE: "closed"}),
        ('{"Shutter1":{"Position":50,"Direction":1}}', {AT: 50.0, MOVE: "opening"}),
        ('{"Shutter1":{"Position":50,"Direction":-1}}', {AT: 50.0, MOVE: "closing"}),
        ('{"Shutter2":{"Position":50}}', {}),
        ('{"Shutter1":5}', {}),
    ]
    for payload, told in cases:
        assert heard(entity, RESULT, payload) == told
        assert heard(entity, SENSOR, payload) == told


def test_a_shutter_that_is_inverted_with_slats() -> None:
    plain, turned = things(rl=[0, 3, 3, 3, 3], sho=[0, 1], sht=[[0, 0, 0], [-90, 90, 24]])
    assert [plain.name, turned.name] == ["Shutter 1", "Shutter 2"]
    assert TILT not in plain.accepts
    assert sent(turned, {AT: 30.0, TILT: 75.0}, {}) == ["cmnd/desk/ShutterPosition2 70", "cmnd/desk/ShutterTilt2 45"]
    told = heard(turned, SENSOR, '{"Shutter2":{"Position":100,"Direction":1,"Tilt":45}}')
    assert told == {AT: 0.0, MOVE: "closing", TILT: 75.0}


def test_options_of_fewer_shutters_than_there_are() -> None:
    first, second = things(rl=[3, 3, 3, 3], sho=[1], sht=[[0, 90, 10]])
    assert [TILT in it.accepts for it in (first, second)] == [True, False]
    assert [sent(it, {AT: 30.0}, {}) for it in (first, second)] == [
        ["cmnd/desk/ShutterPosition1 70"],
        ["cmnd/desk/ShutterPosition2 30"],
    ]


def test_half_a_shutter_is_none() -> None:
    assert things(rl=[3]) == []
    assert things(rl=[3, 0, 3]) == []


def test_an_ifan_is_a_fan_with_a_light() -> None:
    more: dict[str, Any] = {"if": 1}
    fan, light = things(**more, rl=[1, 0, 0, 0])
    assert (fan.domain, fan.name, light.domain, set(light.accepts)) == ("fan", "Fan", "light", {ON})
    assert fan.accepts[Feature.SPEED] == Range(0, 100, 100 / 3, "%")
    assert sent(fan, {Feature.SPEED: 100 / 3}, {}) == ["cmnd/desk/FanSpeed 1"]
    assert sent(fan, {Feature.SPEED: 50.0}, {}) == ["cmnd/desk/FanSpeed 2"]
    assert sent(fan, {Feature.SPEED: 100.0}, {}) == ["cmnd/desk/FanSpeed 3"]
    assert sent(fan, {ON: False}, {}) == ["cmnd/desk/FanSpeed 0"]
    assert sent(fan, {ON: True}, {}) == ["cmnd/desk/FanSpeed 2"]
    assert sent(fan, {ON: True}, {Feature.SPEED: 100.0}) == ["cmnd/desk/FanSpeed 3"]
    assert heard(fan, STATE, '{"FanSpeed":3}') == {ON: True, Feature.SPEED: 100.0}
    assert heard(fan, STATE, '{"FanSpeed":0}') == {ON: False, Feature.SPEED: 0.0}
    assert heard(fan, STATE, '{"FanSpeed":7}') == {}
    fan, light = things(**more, rl=[2, 0, 0, 0])
    assert (light.domain, set(light.accepts)) == ("light", {ON})


@pytest.mark.parametrize(
    ("first", "fan_name", "light_name"),
    [
        (None, "Fan", "Light"),
        ("Tasmota", "Fan", "Light"),
        ("Hall Pendant", "Fan", "Hall Pendant"),
        ("Attic Fan", "Attic Fan", "Attic Fan Light"),
    ],
)
def test_an_ifan_and_its_light_have_names_of_their_own(first: str | None, fan_name: str, light_name: str) -> None:
    more: dict[str, Any] = {"if": 1}
    fan, light = things(**more, rl=[1, 0, 0, 0], fn=[first])
    assert (fan.name, light.name) == (fan_name, light_name)


def test_sensors_with_their_units() -> None:
    message = {
        "Time": "2026-01-01T00:00:00",
        "AM2301": {"Temperature": 21.5, "Humidity": 40, "DewPoint": 7.5},
        "ENERGY": {"TotalStartTime": "2025-01-01", "Total": 12.5, "Power": [10, 20], "Voltage": 230, "Period": 1},
        "BMP280": {"Pressure": 1010.5},
        "LD2410": {"Energy": 40},
        "TX23": {"Speed": {"Act": 14.8, "Max": 20}},
        "ANALOG": {"Temperature1": 20, "Illuminance2": 7},
        "PN532": {"UID": "x"},
        "TempUnit": "C",
        "PressureUnit": "hPa",
        "SpeedUnit": "km/h",
    }
    entities = {entity.name: entity for entity in things(message)}
    found = {name: (it.device_class, it.unit, it.spoken) for name, it in entities.items()}
    assert found == {
        "Temperature": ("temperature", "°C", True),
        "Humidity": ("humidity", "%", True),
        "Dew Point": ("temperature", "°C", True),
        "Total Start Time": ("", "", False),
        "Total": ("energy", "kWh", True),
        "Power 1": ("power", "W", True),
        "Power 2": ("power", "W", True),
        "Voltage": ("voltage", "V", True),
        "Period": ("", "", False),
        "Pressure": ("pressure", "hPa", True),
        "Energy": ("", "", False),
        "Speed Act": ("wind_speed", "km/h", True),
        "Speed Max": ("wind_speed", "km/h", True),
        "Temperature 1": ("temperature", "°C", True),
        "Illuminance 2": ("illuminance", "lx", True),
    }
    told = '{"AM2301":{"Temperature":19.5},"ENERGY":{"Power":[1,2],"TotalStartTime":"x"},"TX23":{"Speed":{"Act":"3"}}}'
    assert heard(entities["Temperature"], SENSOR, told) == {VALUE: 19.5}
    assert heard(entities["Power 2"], SENSOR, told) == {VALUE: 2.0}
    assert heard(entities["Speed Act"], SENSOR, told) == {VALUE: 3.0}
    assert heard(entities["Total Start Time"], SENSOR, told) == {VALUE: "x"}
    assert heard(entities["Power 1"], SENSOR, '{"ENERGY":{"Power":7}}') == {VALUE: 7.0}
    assert heard(entities["Power 2"], SENSOR, '{"ENERGY":{"Power":7}}') == {}
    for broken in ('{"AM2301":5}', '{"AM2301":{"Temperature":null}}', '{"AM2301":{"Temperature":{}}}', "x"):
        assert heard(entities["Temperature"], SENSOR, broken) == {}


def test_sensors_of_one_kind_are_named_after_their_chips() -> None:
    names = [it.name for it in things({"DS18B20-1": {"Temperature": 1}, "DS18B20-2": {"Temperature": 2}})]
    assert names == ["DS18B20-1 Temperature", "DS18B20-2 Temperature"]


def test_inputs_with_a_state_are_binary_sensors() -> None:
    door, motion = things(swc=[0, 1, 13], swn=[None, "Door", None])
    assert [door.domain, door.name, motion.name] == ["binary_sensor", "Door", "Switch 3"]
    assert heard(door, RESULT, '{"Door":{"Action":"ON"}}') == {VALUE: True}
    assert heard(door, SENSOR, '{"Door":"OFF"}') == {VALUE: False}
    assert (motion.off_delay_s, {reading.topic for reading in motion.readings}) == (1.0, {RESULT})


def test_an_announcement_is_changed_and_removed() -> None:
    registry = home({"DHT11": {"Temperature": 1}}, rl=[1])
    steps = (("config", {**CONFIG, "rl": [1, 1]}, 3), ("sensors", None, 2), ("config", None, 0))
    for kind, config, count in steps:
        payload = b"" if config is None else json.dumps(config).encode()
        assert registry.feed(f"tasmota/discovery/{MAC}/{kind}", payload)
        assert len(registry.entities) == count
    assert not registry.feed(f"tasmota/discovery/{MAC}/config", b"")


def test_sensors_that_come_before_their_device() -> None:
    registry = TasmotaRegistry()
    assert not registry.feed(f"tasmota/discovery/{MAC}/sensors", b'{"sn":{"DHT11":{"Temperature":1}}}')
    assert registry.feed(f"tasmota/discovery/{MAC}/config", json.dumps(CONFIG).encode())
    assert [entity.name for entity in registry.entities] == ["Temperature"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"mac": "000000000000"}, "'mac' is not that of the topic"),
        ({"ft": "%topic%/"}, "no %prefix%"),
        ({"tp": ["cmnd"]}, "too short"),
        ({"state": []}, "too short"),
        ({"rl": "1"}, "'rl' is no list of numbers"),
        ({"rl": [[1]]}, "'rl' is no list of numbers"),
        ({"t": "a/#"}, "wildcard"),
        ({"lt_st": "many"}, "'lt_st' is no number"),
        ({"dn": {}}, "'dn' is no text"),
    ],
)
def test_refused(more: dict[str, Any], why: str) -> None:
    registry = home(rl=[1])
    assert not registry.feed(f"tasmota/discovery/{MAC}/config", json.dumps({**CONFIG, **more}).encode())
    assert why in registry.refused[0].message
    assert len(registry.entities) == 1, "what is known stays"


def test_two_devices_with_one_topic() -> None:
    registry = home(rl=[1])
    other = {**CONFIG, "mac": "B" * 12, "rl": [1]}
    assert not registry.feed(f"tasmota/discovery/{'B' * 12}/config", json.dumps(other).encode())
    assert "same topic" in registry.refused[0].message


def test_a_home_has_only_so_many_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasmota, "MAX_DEVICES", 1)
    registry = home({"DHT11": {"Temperature": 1}}, rl=[1])
    other = {**CONFIG, "mac": "B" * 12, "t": "other", "rl": [1]}
    assert not registry.feed(f"tasmota/discovery/{'B' * 12}/config", json.dumps(other).encode())
    assert "more than 1 devices" in registry.refused[0].message
    assert registry.feed(f"tasmota/discovery/{MAC}/config", json.dumps({**CONFIG, "rl": [1, 1]}).encode())


def test_a_device_that_announces_itself_in_both_formats_is_known_once() -> None:
    own = things({"DHT11": {"Temperature": 1}, "TempUnit": "C"}, rl=[1])
    discovery = Registry("homeassistant")
    lwt = {"avty_t": "tele/desk/LWT", "pl_avail": "Online", "pl_not_avail": "Offline"}
    announcements: Mapping[str, dict[str, Any]] = {
        "switch/F03A91_RL_1": {"stat_t": STATE, "val_tpl": "{{value_json.POWER}}", "cmd_t": "cmnd/desk/POWER"},
        "sensor/DHT11_Temperature": {"stat_t": SENSOR, "dev_cla": "temperature", "val_tpl": "{{ value_json.DHT11 }}"},
        "sensor/rain": {"stat_t": SENSOR, "dev_cla": "precipitation"},
        "climate/aircon": {"mode_cmd_t": "cmnd/desk/IRHVAC", "mode_stat_t": RESULT},
        "switch/television": {"cmd_t": "cmnd/desk/IRSend"},
        "switch/other": {"cmd_t": "cmnd/other/POWER", "stat_t": "tele/other/STATE"},
    }  # fmt: skip
    for topic, config in announcements.items():
        assert discovery.feed(f"homeassistant/{topic}/config", json.dumps({**config, **lwt}).encode())
    left = without_twins(discovery.entities, own)
    assert [entity.id for entity in left] == ["sensor.rain", "climate.aircon", "switch.television", "switch.other"]


@given(st.binary(max_size=200))
def test_no_bytes_raise(payload: bytes) -> None:
    registry = home({"DHT11": {"Temperature": 1}}, rl=[1])
    for kind in ("config", "sensors"):
        registry.feed(f"tasmota/discovery/{MAC}/{kind}", payload)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(CONFIG)), _JSON), _JSON, st.sampled_from([0, 1, 2, 3, 4, 5]))
def test_no_values_raise(more: dict[str, Any], sensors: object, subtype: int) -> None:
    registry = TasmotaRegistry()
    config = {**CONFIG, "rl": [2, 1, 3, 3], "lt_st": subtype, **more, "mac": MAC}
    registry.feed(f"tasmota/discovery/{MAC}/config", json.dumps(config).encode())
    registry.feed(f"tasmota/discovery/{MAC}/sensors", json.dumps({"sn": sensors}).encode())
    for entity in registry.entities:
        for reading in entity.readings:
            for payload in (json.dumps(sensors), json.dumps({"Shutter1": sensors, "CT": sensors, "Dimmer": sensors})):
                reading.decode(payload)
