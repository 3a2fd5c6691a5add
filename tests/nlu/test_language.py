import pytest

from edge.errors import SettingsError
from edge.nlu import open_language


def test_a_language_is_one_object_by_its_code() -> None:
    assert open_language("en").code == "en"
    assert open_language("en") is open_language("en")


def test_a_language_that_is_not_there_is_refused_and_says_what_to_use() -> None:
    with pytest.raises(SettingsError) as caught:
        open_language("xx")
    assert caught.value.code == "language-unknown"
    assert "en" in caught.value.hint
