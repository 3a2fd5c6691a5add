"""Values are put back into a reply wherever it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.privacy import ValueKind
from edge.privacy.placeholders import Placeholder, Restorer

GIVEN = (Placeholder(ValueKind.PHONE, 1, "07700 900123"), Placeholder(ValueKind.BIRTH_DATE, 12, "May 3"))


def restored(*pieces: str) -> str:
    restorer = Restorer(GIVEN)
    return "".join([*map(restorer.feed, pieces), restorer.finish()])


@given(st.data())
def test_a_placeholder_may_be_cut_anywhere(data: st.DataObject) -> None:
    text = "Call [PHONE_1] on [BIRTH_DATE_12], not [PHONE_2] [x]."
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert restored(*pieces) == "Call 07700 900123 on May 3, not [PHONE_2] [x]."


@pytest.mark.parametrize("written", ["[PHONE_1]", "[phone_1]", "[PHONE\\_1]"])
def test_models_write_placeholders_in_several_ways(written: str) -> None:
    assert restored(f"Call {written}!") == "Call 07700 900123!"


@pytest.mark.parametrize("text", ["[", "a [PHONE_", "[PHONE_12345678901234567890", "[[[[", "[a b]"])
def test_what_is_no_placeholder_is_said_as_it_is(text: str) -> None:
    assert restored(*text) == text


def test_only_the_beginning_of_a_placeholder_waits() -> None:
    restorer = Restorer(GIVEN)
    assert restorer.feed("Call [PHO") == "Call "
    assert restorer.feed("NE_1] no") == "07700 900123 no"
    assert restorer.feed("w [and]") == "w [and]"
    assert restorer.finish() == ""
