"""Templates, announcements and states that want to crash the process, or take its time or memory."""

import contextlib
import json
import subprocess
import sys
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.home.model import Entity
from edge.home.sources.discovery.entity import READERS
from edge.home.sources.discovery.envelope import MAX_PAYLOAD_BYTES
from edge.home.sources.discovery.registry import Registry
from edge.home.sources.jinja import RenderError, Template, TemplateSyntaxError

_DOUBLE = "{% set ns = namespace(x=START) %}{% for i in range(60) %}{% set ns.x = STEP %}{% endfor %}"


def doubled(start: str, step: str, end: str) -> str:
    return _DOUBLE.replace("START", start).replace("STEP", step) + "{{ " + end + " }}"


HOSTILE = {
    "a constant text": '{{ "a" * 1000000000 }}',
    "a text from a payload": '{{ "a" * (value | int) }}',
    "a list": "{{ [0] * 100000000 }}",
    "a list for a filter": "{{ ([0] * 100000000) | to_json }}",
    "a range": "{{ range(1000000000) | list }}",
    "ranges of ranges": "{{ [range(99999), range(99999), range(99999)] | to_json }}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a product": "{{ " + "*".join(["99999999999"] * 300) + " }}",
    "a number of many digits": "{{ " + "9" * 4000 + " * " + "9" * 20 + " }}",
    "a text that doubles": doubled("'aaaaaaaa'", "ns.x ~ ns.x", "ns.x | length"),
    "a text that doubles by plus": doubled("'aaaaaaaa'", "ns.x + ns.x", "ns.x | length"),
    "a list that doubles": doubled("[1]", "ns.x + ns.x", "ns.x | length"),
    "a tree": doubled("[1]", "[ns.x, ns.x]", "ns.x"),
    "a tree as JSON": doubled("[1]", "[ns.x, ns.x]", "ns.x | to_json"),
    "a tree of objects": doubled("1", "{'a': ns.x, 'b': ns.x}", "ns.x | string | length"),
    "two trees compared": doubled("[1]", "[ns.x, ns.x]", "ns.x == ns.x"),
    "a deep list": doubled("[1]", "[ns.x]", "ns.x"),
    "unrolled trees": "{% set x = [1] %}" + "{% set x = [x,x] %}" * 200 + "{{ x }}",
    "a replacement that doubles": doubled("'aaaa'", "ns.x | replace('a', ns.x)", "ns.x | length"),
    "a join that doubles": doubled("'aaaa'", "ns.x | join(ns.x)", "ns.x | length"),
    "a wide number": '{{ "%0900000000d" | format(1) }}',
    "a wide text": '{{ "%900000000s" % 1 }}',
    "a wide star": '{{ "%*d" % (900000000, 1) }}',
    "wide braces": '{{ "{:900000000}".format(1) }}',
    "a precise rounding": '{{ 1 | round(100000000, "ceil") }}',
    "a wide time": '{{ now().strftime("%999999999d") }}',
    "much output": "{% for i in range(9999) %}{{ value }}{{ value }}{% endfor %}",
    "loops in loops": "{% for a in range(999) %}" * 3 + "." + "{% endfor %}" * 3,
    "a big payload again and again": "{% for i in range(9999) %}{{ value_json | to_json | length }}{% endfor %}",
    "equal things": "{{ value_json | unique | length }}",
    "minus": "{{ " + "-" * 4000 + "1 }}",
    "minus with gaps": "{{ " + "- " * 2000 + "1 }}",
    "not": "{{ " + "not " * 1000 + "1 }}",
    "brackets": "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "lists in lists": "{{ " + "[" * 2000 + "]" * 2000 + " }}",
    "objects in objects": "{{ " + "{1:" * 1000 + "1" + "}" * 1000 + " }}",
    "conditions": "{{ " + "1 if 1 else " * 300 + "1 }}",
    "blocks in blocks": "{% if 1 %}" * 180 + "{% endif %}" * 180,
    "filters": "{{ 1" + " | int" * 650 + " }}",
    "members": "{{ value" + ".a" * 2000 + " }}",
    "subscripts": "{{ value" + "[0]" * 1300 + " }}",
    "calls": "{{ now" + "()" * 2000 + " }}",
    "additions": "{{ 1" + "+1" * 2000 + " }}",
    "joins": "{{ 1" + "~1" * 2000 + " }}",
    "powers": "{{ 1" + "**1" * 1300 + " }}",
    "comparisons": "{{ 1" + "<2" * 2000 + " }}",
    "and": "{{ 1" + " and 1" * 650 + " }}",
    "arguments": "{{ range(" + "1," * 2000 + ") }}",
    "nothing but openings": "{{" * 2000,
    "a comment without end": "{#" * 2000,
    "quotes": "{{ " + "'\"" * 1000,
}  # fmt: skip

_MEGABYTES = 24
_CHILD = f"""
import resource, sys, json
from edge.home.sources.discovery.templates import TemplateError, compile_template
payload = json.dumps(list(range(9000)))
compile_template("{{{{ value_json | length }}}}").of_payload(payload)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
limit = used + {_MEGABYTES} * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for source in json.loads(sys.stdin.read()):
    try:
        compile_template(source).of_payload(payload)
        compile_template(source).of_payload("1000000000")
    except TemplateError:
        pass
print("alive")
"""


def test_hostile_templates_take_neither_the_process_nor_its_memory_nor_its_time() -> None:
    """All in one process: it may use some megabytes and a few seconds of CPU."""
    sources = json.dumps(list(HOSTILE.values()))
    child = subprocess.run([sys.executable, "-c", _CHILD], input=sources, capture_output=True, text=True, check=False)
    assert (child.returncode, child.stdout.strip()) == (0, "alive"), child.stderr[-2000:]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_ends_in_an_error_or_a_short_text(name: str) -> None:
    text = ""
    with contextlib.suppress(TemplateSyntaxError, RenderError):
        text = Template(HOSTILE[name]).render({"value": "9", "value_json": [1, 2]})
    assert len(text) < 100_000


_PARTS = """
    {{ }} {% %} {# #} - + * / ** // % ~ ( ) [ ] { } . , : | = == != < > <= >= in not and or is if else elif endif for
    endfor set endset value value_json namespace range int float default join replace round format tojson 1 2.5 0x1f
    'a' "b" none true loop x y now upper map list length
"""
_WORDS = st.sampled_from(_PARTS.split())


@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.lists(_WORDS, max_size=40).map("".join), st.text(max_size=20))
def test_no_template_raises_anything_else(source: str, payload: str) -> None:
    with contextlib.suppress(TemplateSyntaxError, RenderError):
        Template(source).render({"value": payload, "value_json": {"a": [payload, 1, None]}})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
_KEYS = [
    "availability", "availability_mode", "availability_topic", "available_tones", "brightness_command_topic",
    "brightness_scale", "brightness_state_topic", "code", "code_format", "color_temp_state_topic", "command_template",
    "command_topic", "connections", "device", "device_class", "effect_list", "entity_category", "expire_after",
    "fan_speed_list", "hs_command_topic", "max_mireds", "max_temp", "min", "min_humidity", "mode_command_topic",
    "modes", "name", "on_command_type", "options", "origin", "payload_on", "payload_open", "position_open",
    "position_topic", "preset_modes", "reports_position", "retain", "rgb_state_topic", "schema", "set_position_topic",
    "speed_range_max", "state_topic", "supported_color_modes", "supported_features", "target_humidity_command_topic",
    "tilt_max", "unique_id", "value_template", "xy_state_topic", "~",
]  # fmt: skip
_USUAL = {
    "command_topic": "c", "state_topic": "s", "target_humidity_command_topic": "w", "options": ["a"],
    "activity_state_topic": "s", "temperature_state_topic": "s", "temperature_command_topic": "t",
    "percentage_command_topic": "p", "percentage_state_topic": "s", "position_topic": "s", "tilt_status_topic": "s",
    "rgb_state_topic": "s", "hs_state_topic": "s", "xy_state_topic": "s", "color_temp_state_topic": "s",
}  # fmt: skip


def _fed(component: str, config: dict[str, Any]) -> Registry:
    registry = Registry("homeassistant")
    registry.feed(f"homeassistant/{component}/x/config", json.dumps(config).encode())
    registry.feed(
        "homeassistant/device/x/config", json.dumps({"dev": {}, "cmps": {"a": {"p": component, **config}}}).encode()
    )
    return registry


@given(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=6), _JSON)
def test_no_announcement_and_no_state_raises(config: dict[str, Any], state: object) -> None:
    for component in READERS:
        for entity in _fed(component, {**_USUAL, **config}).entities:
            _hear(entity, str(state), json.dumps(state), json.dumps({"state": state, "position": state}))


_TOLD = (
    "action", "brightness", "color", "color_mode", "color_temp", "effect", "event_type", "fan_speed",
    "installed_version", "latest_version", "position", "state", "tilt_position", "tone",
)  # fmt: skip
_AWKWARD: tuple[Any, ...] = (
    [],
    [1],
    {},
    {"r": [], "g": {}, "b": None},
    {"h": "x", "s": []},
    {"x": 10**400, "y": -1},
    {"x": 0, "y": 0},
)
_NUMBERS = (True, -1, 0, 1e300, 10**400, "", "x", "1e999", "NaN", None)


@pytest.mark.parametrize("component", sorted(READERS))
def test_no_awkward_value_in_a_state_raises(component: str) -> None:
    for more in ({}, {"schema": "json"}, {"reports_position": True}):
        config = {**_USUAL, **more, "supported_color_modes": ["rgb", "color_temp"], "available_tones": ["a"]}
        entity = _fed(component, config).entities[0]
        for key in _TOLD:
            for value in (*_AWKWARD, *_NUMBERS):
                _hear(entity, json.dumps({key: value}), json.dumps({**dict.fromkeys(_TOLD, 1), key: value}), str(value))


def _hear(entity: Entity, *payloads: str) -> None:
    for payload in payloads:
        for reading in entity.readings:
            reading.decode(payload)
        for topic in entity.availability.topics:
            topic.decode(payload)


@given(st.binary(max_size=300))
def test_no_bytes_on_a_topic_of_announcements_raise(payload: bytes) -> None:
    registry = Registry("homeassistant")
    for topic in ("switch/x", "device/x", "light/node/x"):
        registry.feed(f"homeassistant/{topic}/config", payload)
        registry.feed(f"homeassistant/{topic}/config", b'{"command_topic":"' + payload + b'"}')


@given(st.text(max_size=60))
def test_no_topic_raises(topic: str) -> None:
    Registry("homeassistant").feed(f"homeassistant/{topic}/config", b"{}")


def test_a_large_announcement_takes_some_megabytes() -> None:
    """A device with 500 components of 500 bytes, which inherit eight topics and templates each."""
    component = {"p": "select", "command_topic": "c" * 300, "options": [f"o{at}" for at in range(20)]}
    whole = {
        "dev": {"ids": ["x"]},
        "availability": [{"topic": "t" * 1000, "value_template": "{{ value_json.x }}"}] * 8,
        "cmps": {str(at): component for at in range(500)},
    }
    payload = json.dumps(whole, separators=(",", ":")).encode()
    assert 230_000 < len(payload) <= MAX_PAYLOAD_BYTES
    registry = Registry("homeassistant")
    tracemalloc.start()
    try:
        registry.feed("homeassistant/device/x/config", payload)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(registry.entities) == 500
    assert peak < 16 * 1024 * 1024
