import pytest

from edge.nlu.en.free_text import is_plausible


@pytest.mark.parametrize(
    ("slot", "text", "plausible"),
    [
        ("name", "soft boiled egg", True),
        ("name", "how do i set a pasta", False),
        ("name", "very long name of a timer", False),
        ("state", "home", True),
        ("state", "garden shed", True),
        ("state", "the president", False),
        ("search_query", "the office", True),
        ("search_query", "a game with me", False),
        ("search_query", "it", False),
        ("item", "milk", True),
        ("message", "", False),
    ],
)
def test_free_text_must_be_able_to_be_what_is_asked_for(slot: str, text: str, plausible: bool) -> None:
    assert is_plausible(slot, text, {"garden shed"}) is plausible
