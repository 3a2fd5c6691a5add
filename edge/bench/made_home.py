"""A made-up home of twelve publishers, as their announcements look: by default one with 1,060 entities."""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

Announcement = tuple[str, dict[str, Any]]

ROOMS = ["Attic", "Bathroom", "Bedroom", "Cellar", "Dining Room", "Garage", "Garden", "Hall", "Kitchen", "Living Room"]
PLACES = ["Ceiling", "Corner", "Desk", "Door", "Shelf", "Sofa", "Table", "Wall", "Window"]


def places(count: float) -> Iterator[str]:
    """So many names: "Attic Ceiling", ... "Living Room Window", "Attic Ceiling 2", ..."""
    numbers = itertools.count(1)
    names = (
        f"{room} {place} {number}" if number > 1 else f"{room} {place}"
        for number in numbers
        for place in PLACES
        for room in ROOMS
    )
    return itertools.islice(names, round(count))


def zigbee2mqtt(scale: float) -> Iterator[Announcement]:
    """Zigbee2MQTT: lights with their options and diagnostics."""
    for at, place in enumerate(places(70 * scale)):
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


def esphome(scale: float) -> Iterator[Announcement]:
    """ESPHome: abbreviated keys, one topic for each part of a node."""
    for at, place in enumerate(places(25 * scale)):
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


def whole_devices(scale: float) -> Iterator[Announcement]:
    """Publishers that announce whole devices: EMS-ESP, WLED, Valetudo, OpenMQTTGateway."""
    for publisher, count in (("EMS-ESP", 6), ("WLED", 12), ("Valetudo", 3), ("OpenMQTTGateway", 20)):
        for at, place in enumerate(places(count * scale)):
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


def single_components(scale: float) -> Iterator[Announcement]:
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
        for at, place in enumerate(places(60 * scale)):
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


def tasmota(scale: float) -> Iterator[Announcement]:
    """Tasmota's own format: relays, lights and shutters that measure."""
    for at, place in enumerate(places(50 * scale)):
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


def announcements(scale: float = 1.0) -> dict[str, bytes]:
    """Topic and payload of all of them; `scale` times as many devices."""
    made = (zigbee2mqtt, esphome, whole_devices, single_components, tasmota)
    return {topic: json.dumps(payload).encode() for each in made for topic, payload in each(scale)}
