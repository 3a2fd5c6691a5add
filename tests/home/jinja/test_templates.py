"""Templates: all forms that publishers use, and what they print."""

import json

import jinja2
import pytest

from edge.home.sources.discovery.templates import TemplateError, compile_template
from edge.home.sources.jinja import MAX_TEMPLATE_CHARS, RenderError, Template, TemplateSyntaxError

PAYLOAD = (
    '{"s":"ON","n":21.5,"i":3,"b":true,"f":false,"z":null,"l":[1,"a",null,true],"o":{"k":"v","x":1.0},'
    '"hex":"0x1F","csv":"a,b,c","items":4,"color":{"r":255,"g":0},"t":"2026-01-02T03:04:05+00:00"}'
)

PRINTED = [
    # Values as they are.
    ("{{ value_json.s }}", "ON"),
    ('{{ value_json["s"] }}', "ON"),
    ("{{ value_json['o']['k'] }}", "v"),
    ("{{ value_json.o.k }}", "v"),
    ("{{ value_json.l[1] }}", "a"),
    ("{{ value_json.l[-1] }}", "True"),
    ("{{ value_json.l.0 }}", "1"),
    ("{{ value_json.n }} {{ value_json.i }} {{ value_json.o.x }}", "21.5 3 1.0"),
    ("{{ value_json.b }} {{ value_json.f }} {{ value_json.z }}", "True False None"),
    ("{{ true }} {{ True }} {{ none }} {{ 0x1F }} {{ 1e3 }} {{ 1.50 }}", "True True None 31 1000.0 1.5"),
    ("{{ value_json.l }} {{ value_json.o }}", "[1, 'a', None, True] {'k': 'v', 'x': 1.0}"),
    ("{{ value_json.items }}", "4"),
    ("{{ value_json.missing }}{{ nothing }}", ""),
    ("plain", "plain"),
    ("  {{ value_json.s }}\n", "ON"),
    ("a {# note #} b", "a  b"),
    # Defaults.
    ("{{ value_json.missing | default('d') }}{{ value_json.missing | d(1) }}", "d1"),
    ("{{ value_json.z | default('d') }}", "None"),
    ("{{ value_json.z | default('d', True) }}{{ value_json.f | default('e', boolean=true) }}", "de"),
    ("{{ value_json.get('s') }}{{ value_json.get('q', 'dd') }}", "ONdd"),
    ("{{ value_json.missing is defined }} {{ value_json.s is defined }} {{ q is undefined }}", "False True True"),
    ("{{ 'set' if value_json.missing else 'unset' }}", "unset"),
    ("{{ 'set' if value_json.missing }}", ""),
    # Filters.
    ("{{ value_json.s | lower }} {{ value_json.s.lower() | upper }} {{ 'a b' | title }}", "on ON A B"),
    ("{{ value_json.n | int }} {{ '7' | int }} {{ '7.9' | int }} {{ 'x' | int(0) }} {{ true | int }}", "21 7 7 0 1"),
    ("{{ value_json.hex[2:] | int(0, 16) }} {{ '0x1F' | int(0, 16) }} {{ '11' | int(base=2) }}", "31 31 3"),
    ("{{ value_json.i | float }} {{ '1.5' | float + 1 }} {{ 'x' | float(0) }}", "3.0 2.5 0"),
    ("{{ value_json.n | round }} {{ 2.345 | round(2) }} {{ 7 | round(1) }} {{ 14 | round(-1) }}", "22 2.35 7.0 10.0"),
    ("{{ 2.1 | round(0, 'ceil') }} {{ 2.9 | round(0, 'floor') }} {{ 2.3 | round(1, 'half') }}", "3 2 2.5"),
    ("{{ (value_json.n * 2.55) | round(0) | int }}", "55"),
    ("{{ '%03d' | format(5) }} {{ '%.1f' % value_json.n }} {{ '%s-%s' % ('a', 1) }}", "005 21.5 a-1"),
    ("{{ '{:.2f} {}'.format(value_json.n, 'x') }} {{ '%02X%02X' | format(255, 0) }}", "21.50 x FF00"),
    ("{{ value_json.o | tojson }} {{ value_json.o | to_json }}", '{"k": "v", "x": 1.0} {"k":"v","x":1.0}'),
    ("{{ (value | from_json).s }} {{ '[1,2]' | from_json | sum }}", "ON 3"),
    ("{{ value_json.s | truncate(254, True, '', 0) }} {{ 'one two three' | truncate(9, leeway=0) }}", "ON one..."),
    ("{{ value_json.csv.split(',')[1] }} {{ value_json.csv | replace(',', '-') }}", "b a-b-c"),
    ("{{ value_json.l | join(';') }} {{ value_json.l | length }} {{ value_json.l | first }}", "1;a;None;True 4 1"),
    ("{{ [3, 1, 2] | sort | last }} {{ [3, 1] | max }} {{ min(4, 2) }} {{ -5 | abs }}", "3 3 2 5"),
    ("{{ value_json.o.items() | list }} {{ value_json.o.keys() | list }}", "[('k', 'v'), ('x', 1.0)] ['k', 'x']"),
    ("{{ ['1', '2'] | map('int') | list }} {{ [{'a': 1}] | map(attribute='a') | join }}", "[1, 2] 1"),
    ("{{ 6 | bitwise_and(2) }} {{ value_json.b | iif('y', 'n') }} {{ iif(0, 'y', 'n') }}", "2 y n"),
    ("{{ q | length }}{{ q | max }} {{ ['b', 'C', 'a'] | sort | join }} {{ ['b', 'C'] | max }}", "0 abC C"),
    ("{{ 'abc'[0:2] }} {{ 'abc'[::-1] }} {{ value_json.l[1:3] }}", "ab cba ['a', None]"),
    ("{{ ' x ' | trim }}{{ 'xay'.strip('xy') }} {{ 'aXb' | regex_replace('X', '') }}", "xa ab"),
    ("{{ 0 | timestamp_custom('%Y-%m-%d', false) }} {{ value_json.t | as_timestamp | int }}", "1970-01-01 1767323045"),
    # Operators.
    ("{{ value_json.i + 1 }} {{ value_json.i - 1 }} {{ 2 * 3 }}", "4 2 6"),
    ("{{ 7 / 2 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 2 ** 3 }}", "3.5 3 3 8"),
    ("{{ -value_json.i }} {{ 2 - -1 }} {{ -2 ** 2 }} {{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }}", "-3 3 4 7 9"),
    ("{{ 'a' ~ 1 ~ none }} {{ 'a' + 'b' }}", "a1None ab"),
    ("{{ value_json.s == 'ON' }} {{ 1 != 1.0 }} {{ 1 < 2 < 3 }} {{ value_json.i >= 4 }}", "True False True False"),
    ("{{ value_json.s in ['ON', 'OFF'] }} {{ 'N' in 'ON' }}", "True True"),
    ("{{ 'q' not in value_json }} {{ 1 in q }}", "True False"),
    ("{{ not value_json.b }} {{ value_json.b and value_json.s }} {{ '' or 'x' }}", "False ON x"),
    ("{{ value_json.i is number }} {{ 'a' is string }} {{ none is none }}", "True True True"),
    ("{{ 4 is divisibleby 2 }} {{ 3 is not even }}", "True True"),
    ("{{ {'ON': 'open', 'OFF': 'closed'}[value_json.s] }} {{ ('a', 'b')[value_json.b] }}", "open b"),
    ("{{ 1 if value_json.s == 'OFF' else 2 if value_json.i > 2 else 3 }}", "2"),
    # Statements.
    ("{% if value_json.b %}a{% elif x %}b{% else %}c{% endif %}", "a"),
    ("{% if x %}a{% elif value_json.i == 3 %}b{% else %}c{% endif %}", "b"),
    ("{%- if x -%} a {%- else -%} c {%- endif -%}", "c"),
    ("{% set v = {'3': 'three'} %}{{ v[value_json.i | string] }}", "three"),
    ("{% set t %}{{ value_json.s }}!{% endset %}{{ t }}{{ t }}", "ON!ON!"),
    ("{% for x in [1, 2, 3] %}{{ x }}{{ ',' if not loop.last }}{% endfor %}", "1,2,3"),
    ("{% for k, v in value_json.o.items() %}{{ k }}={{ v }} {% endfor %}", "k=v x=1.0"),
    ("{% for x in q %}{{ x }}{% else %}none{% endfor %}", "none"),
    ("{% set ns = namespace(n=0) %}{% for x in [1, 2] %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}", "3"),
    ("{% for x in [1] %}{% set y = 5 %}{% endfor %}{{ y }}", ""),
    ("{{ '{{' }} {{ '%}' }} {{ {'a': {'b': 1}}.a.b }}", "{{ %} 1"),
    ("{{ 'it\\'s' }} {{ \"a\\tb\" }} {{ '\\u00b0' }}", "it's a\tb °"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "printed"), PRINTED)
def test_what_templates_print(template: str, printed: str) -> None:
    assert compile_template(template).of_payload(PAYLOAD) == printed


def test_what_is_printed_is_what_jinja_prints() -> None:
    """Jinja2 itself is not a part of the product; the tests compare with it."""
    environment = jinja2.Environment()
    own = (
        "from_json",
        "regex_replace",
        "timestamp",
        "bitwise_and",
        "iif",
        "to_json",
        "| int",
        "round",
        "min(",
        "base=2",
    )
    for template, printed in PRINTED:
        if any(word in template for word in own) or "value_json.items" in template:
            continue  # Home Assistant's own, or its own form of Jinja's
        value = environment.from_string(template.strip()).render(value=PAYLOAD, value_json=json.loads(PAYLOAD))
        assert value.strip() == printed, template


FAILING = [
    "{{ value_json.missing.deep }}",
    "{{ nothing.x }}",
    "{{ 'x' | int }}",
    "{{ value_json.missing | float }}",
    "{{ value_json.s + 1 }}",
    "{{ value_json.s * 2 }}",
    "{{ [1] * 2 }}",
    "{{ 1 / 0 }}",
    "{{ 1 < 'a' }}",
    "{{ value_json.s | unknown }}",
    "{{ value_json.s is match('O') }}",
    "{{ value_json.s.encode() }}",
    "{{ states('sensor.x') }}",
    "{{ 'a.c' | regex_replace('.', '') }}",
    "{{ value_json.missing | is_defined }}",
    "{{ {'a': 1}['a']['b']['c'] }}",
    "{{ '%d' | format('x') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ 'a'.format(value_json) }}",
    "{{ {[1]: 2} }}",
    "{% set x.y = 1 %}",
    "{% for a, b in [1] %}{% endfor %}",
    "{{ value_json.s | lower(1, 2, 3) | round }}",
]


@pytest.mark.parametrize("template", FAILING)
def test_what_fails_when_it_is_rendered(template: str) -> None:
    with pytest.raises(TemplateError) as failure:
        compile_template(template).of_payload(PAYLOAD)
    assert failure.value.code == "template-failed"
    assert "ON" not in failure.value.message, "no value of a payload is told"


REFUSED = [
    "{{ 1 +",
    "{{ 1 + }}",
    "{{ (1 }}",
    "{{ 1) }}",
    "{{ a b }}",
    "{{ }}",
    "{{ 'x }}",
    "{{ a. }}",
    "{{ a[] }}",
    "{{ a()() }}",
    "{{ a | }}",
    "{{ a is }}",
    "{{ $ }}",
    "{{ '\\ud800' }}",
    "{{ '\\x' }}",
    "{% if a %}",
    "{% endif %}",
    "{% if a %}{% endfor %}",
    "{% if a %}{% else %}{% elif b %}{% endif %}",
    "{% for x %}{% endfor %}",
    "{% for x in y %}{% endif %}",
    "{% set %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% continue %}",
    "{# open",
    "x" * (MAX_TEMPLATE_CHARS + 1),
]


@pytest.mark.parametrize("template", REFUSED, ids=lambda template: template[:40])
def test_what_is_no_template(template: str) -> None:
    with pytest.raises(TemplateError) as refusal:
        compile_template(template)
    assert refusal.value.code == "template-refused"
    with pytest.raises(TemplateSyntaxError):
        Template(template)


def test_long_payloads_and_results() -> None:
    with pytest.raises(TemplateError):
        compile_template("{{ 1 }}").of_payload("x" * 65_537)
    with pytest.raises(TemplateError):
        compile_template("{{ value }}").of_payload("x" * 4097)


@pytest.mark.parametrize(
    "name",
    ["__class__", "__init__", "__globals__", "mro", "_data", "tzinfo", "gi_frame", "format_map", "strftime"],
)
def test_nothing_of_python_is_reached(name: str) -> None:
    for value in ("value", "value_json", "now()", "''", "1", "[]", "loop", "range", "value_json.get"):
        for access in (f"{value}.{name}", f"{value}['{name}']", f"{value}.{name}()", f"{value}|attr('{name}')"):
            template = Template("{{ " + access + " }}")
            try:
                assert template.render({"value": "x", "value_json": {"a": 1}}) == ""
            except RenderError:
                continue
