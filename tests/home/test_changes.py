"""What a command changes on one thing, and which states confirm it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.home.model import Accepts, Anything, Choice, Entity, Feature, Range, Source, State
from edge.home.planning import changes

POWER, BRIGHT, TEMP = Feature.POWER, Feature.BRIGHTNESS, Feature.TARGET_TEMPERATURE
PERCENT = Range(0, 100, unit="%")


def thing(domain: str = "light", **accepts: Accepts) -> Entity:
    features: dict[Feature, Accepts] = {Feature[name.upper()]: accepted for name, accepted in accepts.items()}
    return Entity("x", domain, "X", Source("settings"), accepts=features, encode=lambda _change, _state: [])


@pytest.mark.parametrize(
    ("entity", "on", "off"),
    [
        (thing(power=Anything()), {POWER: True}, {POWER: False}),
        (thing("scene", press=Anything()), {Feature.PRESS: True}, None),
        (thing("cover", movement=Choice(("open", "close"))), {Feature.MOVEMENT: "open"}, {Feature.MOVEMENT: "close"}),
        (thing("lock", lock=Choice(("lock", "unlock"))), {Feature.LOCK: "lock"}, {Feature.LOCK: "unlock"}),
        (
            thing("vacuum", activity=Choice(("start", "pause"))),
            {Feature.ACTIVITY: "start"},
            {Feature.ACTIVITY: "pause"},
        ),
        (thing("cover", position=PERCENT), {Feature.POSITION: 100.0}, {Feature.POSITION: 0.0}),
        (thing("fan", speed=PERCENT), {Feature.SPEED: 100.0}, {Feature.SPEED: 0.0}),
        (
            thing("climate", mode=Choice(("off", "cool", "heat"))),
            {Feature.MODE: "heat"},
            {Feature.MODE: "off"},
        ),
        (thing("climate", mode=Choice(("cool", "heat"))), None, None),
        (thing("select", value=Choice(("OFF", "Low"))), None, {Feature.VALUE: "OFF"}),
        (thing("select", value=Choice(("Low", "High"))), None, None),
        (thing("sensor"), None, None),
    ],
)
def test_on_and_off(entity: Entity, on: State | None, off: State | None) -> None:
    assert changes.switched(entity, on=True) == on
    assert changes.switched(entity, on=False) == off


@pytest.mark.parametrize(
    ("entity", "feature", "number", "change"),
    [
        (thing(power=Anything(), brightness=PERCENT), BRIGHT, 40, {BRIGHT: 40}),
        (thing(power=Anything(), brightness=PERCENT), BRIGHT, 0, {POWER: False}),
        (thing(brightness=PERCENT), BRIGHT, 0, {BRIGHT: 0}),
        (thing(brightness=PERCENT), BRIGHT, 101, "out-of-range"),
        (thing(brightness=PERCENT), TEMP, 20, "unable"),
        (thing("climate", target_temperature=Range(5, 30, 0.5)), TEMP, 21.3, {TEMP: 21.5}),
        (thing("climate", target_temperature=Range(5.1, 30, 1)), TEMP, 30, {TEMP: 30}),
        (thing(power=Anything()), POWER, 1, "unable"),
    ],
)
def test_numbers(entity: Entity, feature: Feature, number: float, change: State | str) -> None:
    assert changes.to_number(entity, feature, number) == change


@pytest.mark.parametrize(
    ("state", "by", "change"),
    [
        ({BRIGHT: 40.0}, 20, {BRIGHT: 60}),
        ({BRIGHT: 95.0}, 20, {BRIGHT: 100}),
        ({BRIGHT: 10.0}, -20, {BRIGHT: 1}),
        ({BRIGHT: 40.0, POWER: False}, 20, {BRIGHT: 20}),
        ({}, 20, "unknown"),
        ({BRIGHT: "x"}, 20, "unknown"),
        ({BRIGHT: True}, 20, "unknown"),
    ],
)
def test_a_number_by_an_amount(state: State, by: float, change: State | str) -> None:
    assert changes.adjusted(thing(power=Anything(), brightness=PERCENT), BRIGHT, state, by) == change


def test_an_amount_is_at_least_a_step_of_the_thing() -> None:
    heating = thing("climate", target_temperature=Range(5, 30, 2))
    assert changes.adjusted(heating, TEMP, {TEMP: 21.0}, 0.5) == {TEMP: 23}
    assert changes.adjusted(heating, TEMP, {TEMP: 21.0}, -0.5) == {TEMP: 19}
    assert changes.adjusted(thing(), TEMP, {TEMP: 21.0}, 1) == "unable"


@given(
    st.floats(-1e6, 1e6),
    st.floats(0, 1e6),
    st.floats(0, 100),
    st.floats(-2e6, 2e6),
    st.floats(-2e6, 2e6),
    st.booleans(),
)
def test_no_number_is_ever_out_of_range(
    low: float, width: float, step: float, number: float, by: float, percent: bool
) -> None:
    accepted = Range(low, low + width, step, "%" if percent else "")
    entity = thing("climate", target_temperature=accepted)
    for change in (changes.to_number(entity, TEMP, number), changes.adjusted(entity, TEMP, {TEMP: number}, by)):
        if isinstance(change, dict):
            value = change[TEMP]
            assert isinstance(value, float | int)
            assert accepted.minimum - 1e-5 <= value <= accepted.maximum + 1e-5


@pytest.mark.parametrize(
    ("levels", "number", "percent"),
    [
        (3, 50, 66.666667),
        (3, 2, 66.666667),
        (3, 100, 100),
        (4, 1, 25),
        (4, 5, 25),
        (4, 26, 50),
        (100, 3, 3),
        (20, 7, 10),
    ],
)
def test_a_fan_has_the_speeds_that_it_has(levels: int, number: float, percent: float) -> None:
    fan = thing("fan", power=Anything(), speed=Range(0, 100, 100 / levels, "%"))
    assert changes.to_number(fan, Feature.SPEED, number) == {Feature.SPEED: percent}
    assert changes.to_number(fan, Feature.SPEED, 0) == {POWER: False}


def test_a_fan_goes_at_least_one_speed_up_or_down() -> None:
    fan = thing("fan", speed=Range(0, 100, 20, "%"))
    assert changes.adjusted(fan, Feature.SPEED, {Feature.SPEED: 40.0}, 25) == {Feature.SPEED: 80}
    assert changes.adjusted(fan, Feature.SPEED, {Feature.SPEED: 40.0}, -1) == {Feature.SPEED: 20}


@pytest.mark.parametrize(
    ("unit", "said", "degrees", "of_home", "meant"),
    [
        ("°C", "", 21, (), 21),
        ("°C", "°C", 21, ("°F",), 21),
        ("°C", "°F", 68, (), 20),
        ("°C", "", 70, ("°F",), 21.1),
        ("°C", "", 70, ("°C", "W"), 70),
        ("°C", "", 29, ("°F",), 29),
        ("°C", "", 200, ("°F",), 200),
        ("°F", "", 21, ("°C",), 69.8),
        ("°F", "", 21, (), 21),
        ("°F", "°C", 21, (), 69.8),
        ("°F", "°F", 50, (), 50),
        ("", "°F", 70, ("°F", "°C"), 70),
    ],
)
def test_degrees_in_the_unit_of_a_thermostat(
    unit: str, said: str, degrees: float, of_home: tuple[str, ...], meant: float
) -> None:
    low, high = (45, 90) if unit == "°F" else (5, 30)
    entity = thing("climate", target_temperature=Range(low, high, 0.5, unit))
    assert changes.in_its_unit(entity, degrees, said, of_home) == pytest.approx(meant)


@given(st.floats(5, 30).map(lambda it: round(it, 1)))
def test_degrees_there_and_back_are_the_same(degrees: float) -> None:
    celsius, fahrenheit = (thing(target_temperature=Range(-200, 200, 0, unit)) for unit in ("°C", "°F"))
    there = changes.in_its_unit(fahrenheit, degrees, "°C", ())
    assert changes.in_its_unit(celsius, there, "°F", ()) == pytest.approx(degrees, abs=0.06)


def test_a_door_without_a_latch_is_opened_by_unlocking() -> None:
    assert changes.activity(thing("lock", lock=Choice(("lock", "unlock"))), "open") == {Feature.LOCK: "unlock"}
    assert changes.activity(thing("lock", lock=Choice(("lock", "unlock", "open"))), "open") == {Feature.LOCK: "open"}
    assert changes.activity(thing("lock", lock=Choice(("lock",))), "open") is None


def test_a_lamp_that_is_off_is_as_dark_as_can_be() -> None:
    lamp = thing(power=Anything(), brightness=PERCENT)
    assert changes.adjusted(lamp, BRIGHT, {POWER: False}, 20) == {BRIGHT: 20}
    assert changes.adjusted(lamp, BRIGHT, {POWER: True}, 20) == "unknown"


def test_options_in_any_spelling_and_of_any_feature() -> None:
    heating = thing("climate", mode=Choice(("heat_cool", "off")), preset=Choice(("eco", "Away mode")))
    assert changes.option(heating, "Heat cool") == {Feature.MODE: "heat_cool"}
    assert changes.option(heating, "away-mode") == {Feature.PRESET: "Away mode"}
    assert changes.option(heating, "party") is None
    assert heating.named_options() == ("eco", "Away mode", "heat_cool", "off")
    assert Entity("x", "climate", "X", Source("settings"), accepts=heating.accepts).named_options() == ()


def test_colours_and_whites() -> None:
    both = thing(colour=Anything(), colour_temperature=Range(2700, 5000, unit="K"))
    assert changes.colour(both, "red") == {POWER: True, Feature.COLOUR: (255, 0, 0)}
    assert changes.colour(both, "white") == {POWER: True, Feature.COLOUR_TEMPERATURE: 4000}
    assert changes.colour(thing(colour=Anything()), "white") == {POWER: True, Feature.COLOUR: (255, 255, 255)}
    assert changes.colour(both, "mauve") is None
    assert changes.colour(thing(), "red") is None
    assert changes.temperature(both, 1000) == {POWER: True, Feature.COLOUR_TEMPERATURE: 2700}
    assert changes.temperature(thing(), 3000) is None


@pytest.mark.parametrize(
    ("feature", "wanted", "now", "confirms"),
    [
        (POWER, True, True, True),
        (POWER, True, False, False),
        (POWER, True, 1.0, True),
        (BRIGHT, 40.0, 42.0, True),
        (BRIGHT, 40.0, 44.0, False),
        (BRIGHT, 40.0, "x", False),
        (TEMP, 21.0, 21.4, True),
        (Feature.LOCK, "lock", "locking", True),
        (Feature.LOCK, "unlock", "locked", False),
        (Feature.ALARM, "arm_away", "armed_away", True),
        (Feature.ALARM, "arm_away", "arming", True),
        (Feature.ALARM, "arm_away", "armed_home", False),
        (Feature.MODE, "heat", "heat", True),
        (Feature.COLOUR, (255, 0, 0), (220, 30, 10), True),
        (Feature.COLOUR, (255, 0, 0), (0, 255, 0), False),
        (Feature.ACTIVITY, "dock", "returning", True),
    ],
)
def test_states_that_confirm(feature: Feature, wanted: Any, now: Any, confirms: bool) -> None:
    assert changes.confirms(feature, wanted, {feature: now}) is confirms
    assert changes.confirms(feature, wanted, {}) is None


def test_a_thermostat_with_a_switch_of_its_own_confirms_by_its_mode() -> None:
    assert changes.confirms(POWER, False, {Feature.MODE: "off"}) is True
    assert changes.confirms(POWER, False, {Feature.MODE: "heat"}) is False
    assert changes.confirms(POWER, True, {Feature.MODE: "heat"}) is True
