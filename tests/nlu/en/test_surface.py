"""Words and numbers in the forms in which they are written and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.grammar.network import Builder
from edge.nlu.en.normalise import normalise
from edge.nlu.en.number_network import number_network
from edge.nlu.en.numbers import number_forms, number_value
from edge.nlu.en.surface import canonical, name_forms, pieces


@given(st.text())
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert all(character.isalnum() or character in "' " for character in once)


@given(st.text(), st.text())
def test_words_do_not_change_their_neighbours(left: str, right: str) -> None:
    """A recogniser's text is put together of pieces."""
    assert canonical(f"{left} {right}").split() == canonical(left).split() + canonical(right).split()


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Soy Milk, please.", "soy milk please"),
        ("43%", "43 percent"),
        ("20\u00b0", "20 degrees"),
        ("Caf\u00e9 \u00c9clair", "cafe eclair"),
        ("Wi-Fi & A/C", "wi fi and a c"),
        ("What\u2019s up?", "what's up"),
        ("Stra\u00dfe", "strasse"),
        ("an hour and 1/2", "an hour and half"),
        ("\u00bd hour", "half hour"),
        ("11/20", "11 20"),
        ("-5 degrees, twenty-five", "minus 5 degrees twenty five"),
        ("7:30 a.m.", "7 30 a m"),
    ],
)
def test_signs_become_words_or_spaces(text: str, spelled: str) -> None:
    assert " ".join(canonical(text).split()) == spelled


@given(st.integers(-99_999, 99_999))
def test_every_form_of_a_whole_number_is_worth_it(number: int) -> None:
    assert {number_value(form, fractions=True) for form in number_forms(number)} == {number}


@given(st.integers(0, 1000), st.integers(1, 9))
def test_every_form_of_tenths_is_worth_them(whole: int, tenth: int) -> None:
    number = whole + tenth / 10
    assert {number_value(form, fractions=True) for form in number_forms(number)} == {number}


@given(st.integers(0, 99_999))
def test_what_is_said_of_a_number_is_what_typed_text_makes_of_it(number: int) -> None:
    written = [form.replace(" ", ",") if form.replace(" ", "").isdigit() else form for form in number_forms(number)]
    assert {normalise(form) for form in written} == {str(number)}


@pytest.mark.parametrize(
    "text",
    ["", "lamp", "twenty lamps", "five twenty", "twenty twenty", "5 5", "hundred hundred", "point 5", "minus", "a"],
)
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert number_value(text) is None


@given(st.lists(st.integers(0, 99_999), max_size=20), st.integers(0, 99_999))
def test_a_network_of_numbers_spells_them_and_no_others(numbers: list[int], other: int) -> None:
    builder = Builder()
    start = number_network(builder, numbers, builder.end(0))

    def spells(text: str) -> bool:
        nodes = {start}
        for character in text:
            nodes = {target for node in nodes for target in builder.nodes[node].arcs.get(character, ())}
        return any(builder.nodes[node].ends for node in nodes)

    for number in [*numbers, other]:
        for form in number_forms(number):
            assert spells(form) == (number in numbers)


def test_a_hundred_thousand_numbers_are_a_small_network() -> None:
    builder = Builder()
    number_network(builder, range(100_000), builder.end(0))
    assert len(builder.nodes) < 10_000


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("TV", {"tv", "t v"}),
        ("T.V.", {"t v", "tv"}),
        ("A/C unit", {"a c unit", "ac unit"}),
        ("Wi-Fi", {"wi fi", "wifi"}),
        ("Lamp 2", {"lamp 2", "lamp two"}),
        ("2nd floor", {"2nd floor", "second floor"}),
        ("Third floor", {"third floor", "3rd floor"}),
        ("Emma\u2019s l\u00e4mp", {"emma's lamp"}),
        ("Lamp 25 50%", {"lamp 25 50 percent", "lamp twenty five fifty per cent"}),
    ],
)
def test_a_name_has_the_forms_that_people_write(name: str, forms: set[str]) -> None:
    assert forms <= set(name_forms(name))
    assert name_forms(name)[0] == " ".join(canonical(name).split())


@given(st.text(st.sampled_from("ab2 5.-'%tv"), max_size=40))
def test_a_name_has_few_forms_all_canonical(name: str) -> None:
    forms = name_forms(name)
    assert 0 < len(forms) <= 16
    assert all(" ".join(canonical(form).split()) == form for form in forms)


@given(st.text(st.sampled_from("one two 5.twenty-'%degrees "), max_size=30))
def test_the_first_forms_of_all_pieces_are_the_text(text: str) -> None:
    plain = "".join(forms[0] for forms in pieces(text))
    assert len(plain.split()) >= len(canonical(text).split()) - text.count(" ") - text.count("-")
