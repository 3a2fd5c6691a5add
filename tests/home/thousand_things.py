"""A home with about 1,000 entities of twelve publishers, as their announcements look; prints how long it takes to read.

python -m tests.home.thousand_things
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from edge.home.discovery.registry import Registry
from edge.home.model import Entity
from edge.home.naming import with_names
from edge.home.tasmota import TasmotaRegistry, without_twins
from edge.nlu import open_language

Announcement = tuple[str, dict[str, Any]]

ROOMS = ["Attic", "Bathroom", "Bedroom", "Cellar", "Dining Room", "Garage", "Garden", "Hall", "Kitchen", "Living Room"]
PLACES = ["Ceiling", "Corner", "Desk", "Door", "Shelf", "Sofa", "Table", "Wall", "Window"]


def places() -> Iterator[str]:
    return (f"{room} {place}" for place in PLACES for room in ROOMS)


def zigbee2mqtt() -> Iterator[Announcement]:
    for at, place in enumerate(list(places())[:70]):
        ieee, topic = f"0x00158d00{at:08x}", f"zigbee2mqtt/{place}"
        shared = {
            "availability": [
                {"topic": "zigbee2mqtt/bridge/state", "value_template": "{{ value_json.state }}"},
                {"topic": f"{topic}/availability", "value_template": "{{ value_json.state }}"},
            ],
            "availability_mode": "all",
            "device": {
                "identifiers": [f"zigbee2mqtt_{ieee}"],
                "manufacturer": "IKEA",
                "model": "TRADFRI bulb E27, white spectrum, opal, 1000 lm",
                "model_id": "LED1732G11",
                "name": place,
                "via_device": "zigbee2mqtt_bridge_0x00124b0018df3fff",
            },
            "origin": {"name": "Zigbee2MQTT", "sw": "2.12.1", "url": "https://www.zigbee2mqtt.io"},
            "state_topic": topic,
            "object_id": place.lower().replace(" ", "_"),
        }
        light = {
            "name": None,
            "schema": "json",
            "brightness": True,
            "brightness_scale": 254,
            "supported_color_modes": ["xy", "color_temp"],
            "min_mireds": 250,
            "max_mireds": 454,
            "effect": True,
            "effect_list": ["blink", "breathe", "okay", "channel_change", "finish_effect", "stop_effect"],
            "command_topic": f"{topic}/set",
        }
        number = {
            "name": "Transition",
            "command_topic": f"{topic}/set/transition",
            "value_template": '{{ value_json["transition"] }}',
            "entity_category": "config",
            "min": 0,
            "max": 300,
        }
        select = {
            "name": "Power-on behavior",
            "command_topic": f"{topic}/set/power_on_behavior",
            "value_template": '{{ value_json["power_on_behavior"] }}',
            "options": ["off", "on", "toggle", "previous"],
            "entity_category": "config",
        }
        sensor = {
            "value_template": f"{{{{ value_json['linkquality'] if '{ieee}' else 0 }}}}",
            "unit_of_measurement": "lqi",
            "entity_category": "diagnostic",
            "enabled_by_default": False,
        }
        update = {"value_template": '{{ value_json["update"] | to_json }}', "device_class": "firmware"}
        parts: Mapping[str, dict[str, Any]] = {
            "light/light": light,
            "number/transition": number,
            "select/power_on_behavior": select,
            "sensor/linkquality": sensor,
            "update/update": update,
        }
        for part, config in parts.items():
            kind, name = part.split("/")
            unique = f"{ieee}_{name}_zigbee2mqtt"
            yield f"homeassistant/{kind}/{ieee}/{name}/config", {**shared, **config, "unique_id": unique}


def esphome() -> Iterator[Announcement]:
    for at, place in enumerate(list(places())[:25]):
        node = place.lower().replace(" ", "-")
        device = {
            "ids": f"c45bbe{at:06x}",
            "name": place,
            "sw": "esphome v2026.1.0",
            "mdl": "esp32dev",
            "mf": "Espressif",
        }
        parts: Mapping[str, dict[str, Any]] = {
            "light": {
                "schema": "json",
                "cmd_t": "~/light/led/command",
                "stat_t": "~/light/led/state",
                "supported_color_modes": ["brightness"],
            },
            "fan": {
                "cmd_t": "~/fan/fan/command",
                "stat_t": "~/fan/fan/state",
                "pct_cmd_t": "~/fan/speed/command",
                "spd_rng_max": 3,
            },
            "cover": {
                "cmd_t": "~/cover/c/command",
                "stat_t": "~/cover/c/state",
                "pos_t": "~/cover/pos",
                "set_pos_t": "~/cover/pos/set",
            },
            "sensor": {
                "stat_t": "~/sensor/t/state",
                "dev_cla": "temperature",
                "unit_of_meas": "°C",
                "stat_cla": "measurement",
            },
            "binary_sensor": {"stat_t": "~/binary_sensor/m/state", "dev_cla": "motion"},
        }
        for kind, config in parts.items():
            more = {"~": node, "name": kind.title(), "uniq_id": f"{node}-{kind}", "avty_t": "~/status", "dev": device}
            yield f"homeassistant/{kind}/{node}/{kind}/config", {**config, **more}


def whole_devices() -> Iterator[Announcement]:
    """Publishers that announce whole devices: EMS-ESP, WLED, Valetudo, OpenMQTTGateway."""
    for publisher, count in (("EMS-ESP", 6), ("WLED", 12), ("Valetudo", 3), ("OpenMQTTGateway", 20)):
        for at, place in enumerate(list(places())[:count]):
            base = f"{publisher.lower()}/{at}"
            parts: dict[str, Any] = {
                "main": {
                    "p": "light",
                    "name": None,
                    "cmd_t": "~",
                    "stat_t": "~/g",
                    "bri_cmd_t": "~",
                    "bri_stat_t": "~/g",
                    "rgb_cmd_t": "~/col",
                },
                "heat": {
                    "p": "climate",
                    "temp_cmd_t": "~/seltemp",
                    "temp_stat_t": "~/data",
                    "temp_stat_tpl": "{{value_json.hc1.seltemp}}",
                    "modes": ["auto", "heat", "off"],
                    "mode_cmd_t": "~/mode",
                    "mode_stat_t": "~/data",
                    "mode_stat_tpl": "{% if value_json.hc1.mode == 'manual' %}heat{% else %}auto{% endif %}",
                },
                "robot": {
                    "p": "vacuum",
                    "cmd_t": "~/command",
                    "stat_t": "~/state",
                    "fanspd_lst": ["low", "max"],
                    "sup_feat": ["start", "stop", "return_home"],
                },
                "temp": {
                    "p": "sensor",
                    "name": "tempc",
                    "stat_t": "~/BTtoMQTT",
                    "dev_cla": "temperature",
                    "unit_of_meas": "°C",
                    "val_tpl": "{{ value_json.tempc | is_defined }}",
                },
                "hum": {
                    "p": "sensor",
                    "name": "hum",
                    "stat_t": "~/BTtoMQTT",
                    "dev_cla": "humidity",
                    "unit_of_meas": "%",
                    "val_tpl": "{{ value_json.hum | is_defined }}",
                },
            }
            chosen = {"EMS-ESP": ["heat", "temp", "hum"], "WLED": ["main", "temp"], "Valetudo": ["robot"]}.get(
                publisher, ["temp", "hum"]
            )
            components = {name: {**parts[name], "~": base, "uniq_id": f"{publisher}{at}{name}"} for name in chosen}
            device = {"ids": [f"{publisher}-{at}"], "name": f"{publisher} {place}", "mf": publisher}
            yield (
                f"homeassistant/device/{publisher}{at}/config",
                {"dev": device, "o": {"name": publisher}, "cmps": components},
            )


def single_components() -> Iterator[Announcement]:
    """Publishers with one topic for each component: zwave-js-ui, ring-mqtt, ebusd, Shelly scripts, Frigate."""
    kinds: Mapping[str, tuple[str, dict[str, Any]]] = {
        "zwave-js-ui": ("light", {"schema": "json", "brightness": True, "brightness_scale": 99}),
        "ring-mqtt": ("alarm_control_panel", {"supported_features": ["arm_home", "arm_away"]}),
        "ebusd": ("number", {"value_template": "{{ value_json['temp'].value }}", "min": 5, "max": 30, "step": 0.5}),
        "shelly": (
            "switch",
            {"value_template": "{{ value_json.output }}", "payload_on": "true", "payload_off": "false"},
        ),
        "frigate": ("binary_sensor", {"device_class": "occupancy", "payload_on": 1, "payload_off": 0}),
    }
    for publisher, (kind, config) in kinds.items():
        for at, place in enumerate(list(places())[:60]):
            topic = f"{publisher}/{at}"
            more = {
                "name": f"{place} {kind.replace('_', ' ')}",
                "unique_id": f"{publisher}_{at}",
                "command_topic": f"{topic}/set",
                "state_topic": topic,
                "availability_topic": f"{publisher}/status",
                "device": {"identifiers": [topic], "name": place, "manufacturer": publisher},
            }
            yield f"homeassistant/{kind}/{publisher}/{at}/config", {**config, **more}


def tasmota() -> Iterator[Announcement]:
    for at, place in enumerate(list(places())[:50]):
        mac = f"A4CF12{at:06X}"
        yield (
            f"tasmota/discovery/{mac}/config",
            {
                "ip": "10.0.0.7",
                "dn": place,
                "fn": [place, None],
                "hn": f"tasmota-{at}",
                "mac": mac,
                "md": "Sonoff",
                "ty": 0,
                "if": 0,
                "ofln": "Offline",
                "onln": "Online",
                "state": ["OFF", "ON", "TOGGLE", "HOLD"],
                "sw": "14.2.0",
                "t": f"tasmota_{at}",
                "ft": "%prefix%/%topic%/",
                "tp": ["cmnd", "stat", "tele"],
                "rl": [[1, 0], [2, 0], [3, 3]][at % 3],
                "swc": [-1],
                "so": {"30": 0, "68": 0},
                "lk": 1,
                "lt_st": 5,
                "ver": 1,
            },
        )
        measured = {"AM2301": {"Temperature": 21.5, "Humidity": 40}, "ENERGY": {"Power": 3}, "TempUnit": "C"}
        yield f"tasmota/discovery/{mac}/sensors", {"sn": measured, "ver": 1}


def announcements() -> dict[str, bytes]:
    """Topic and payload of all of them."""
    found = (zigbee2mqtt(), esphome(), whole_devices(), single_components(), tasmota())
    return {topic: json.dumps(payload).encode() for each in found for topic, payload in each}


def read(messages: Mapping[str, bytes]) -> tuple[Entity, ...]:
    """The entities of all announcements. Fails if one is refused."""
    registry, devices = Registry("homeassistant"), TasmotaRegistry()
    for topic, payload in messages.items():
        registry.feed(topic, payload)
        devices.feed(topic, payload)
    assert registry.refused == ()
    assert devices.refused == ()
    return (*without_twins(registry.entities, devices.entities), *devices.entities)


def main() -> None:
    messages, english = announcements(), open_language("en")
    begin = time.perf_counter()
    entities = read(messages)
    names = time.perf_counter()
    with_names(entities, ROOMS, english)
    end = time.perf_counter()
    state = '{"state":"ON","brightness":120,"linkquality":78,"color_mode":"xy","color":{"x":0.3,"y":0.3},"update":{}}'
    readings = [reading for entity in entities for reading in entity.readings]
    decoding = time.perf_counter()
    for reading in readings:
        reading.decode(state)
    decoded = time.perf_counter()
    sys.stdout.write(
        f"{len(messages)} messages, {sum(map(len, messages.values()))} bytes, {len(entities)} entities: "
        f"read in {names - begin:.3f} s, named in {end - names:.3f} s; "
        f"a state message in {(decoded - decoding) / len(readings) * 1e6:.0f} us\n"
    )


if __name__ == "__main__":
    main()
