"""Axes with round ticks, places inside the picture, texts that stay texts."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.bench.plots import Axis, Plot, escaped, round_step

SVG = "{http://www.w3.org/2000/svg}"


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 12))
def test_ticks_are_few_round_and_inside(low: float, length: float, most: int) -> None:
    axis = Axis(low, low + length, 0, 100)
    ticks = axis.ticks(most)
    assert len(ticks) <= most
    assert ticks == sorted(set(ticks))
    assert all(low - 1e-6 <= tick <= low + length + 1e-6 for tick in ticks)


@given(st.floats(1e-4, 1e4), st.floats(1.01, 1e6))
def test_ticks_of_a_logarithmic_axis_are_inside_too(low: float, times: float) -> None:
    axis = Axis(low, low * times, 0, 100, log=True)
    places = [axis(tick) for tick in axis.ticks()]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


@given(st.floats(-1e9, 1e9), st.booleans())
def test_a_value_outside_of_the_axis_lies_on_its_edge(value: float, log: bool) -> None:
    assert 10 <= Axis(1, 5, 10, 90, log=log)(value) <= 90


def test_places_are_in_proportion() -> None:
    assert [Axis(0, 10, 100, 0)(value) for value in (0, 5, 10)] == [100, 50, 0]
    assert [Axis(1, 100, 0, 100, log=True)(value) for value in (1, 10, 100)] == [0, 50, 100]
    assert Axis(3, 3, 0, 100)(3) == 0


@pytest.mark.parametrize(("at_least", "step"), [(0.7, 1), (1, 1), (1.1, 2), (30, 50), (51, 100), (0.02, 0.02), (0, 1)])
def test_steps_are_one_two_or_five(at_least: float, step: float) -> None:
    assert round_step(at_least) == pytest.approx(step)


def test_a_picture_that_stands_alone_brings_its_colours_for_light_and_dark() -> None:
    plot = Plot("p", 100, 50, "A <title>")
    plot.hatched(1, 2, 3, 4, 2, "tip & more")
    plot.text(5, 6, "<b>\x1b")
    root = ET.fromstring(plot.svg(alone=True))
    assert root.get("aria-label") == "A <title>"
    assert "prefers-color-scheme:dark" in (root.findtext(f"{SVG}style") or "")
    assert [one.text for one in root.iter(f"{SVG}text")] == ["<b>\N{REPLACEMENT CHARACTER}"]
    (hatch,) = root.iter(f"{SVG}pattern")
    assert f"url(#{hatch.get('id')})" in {one.get("fill") for one in root.iter(f"{SVG}rect")}


def test_on_a_page_a_picture_has_neither_a_namespace_nor_rules_of_its_own() -> None:
    svg = Plot("p", 100, 50, "A title").svg()
    assert "xmlns" not in svg
    assert "<style" not in svg


@given(st.text())
def test_any_text_can_stand_in_an_element_and_in_an_attribute(text: str) -> None:
    root = ET.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>')
    assert root.get("b") == (root.text or "")
    escaped(text).encode()
