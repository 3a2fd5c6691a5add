import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.tts.json_table import JsonTable


def written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='{}"\\'), max_size=6)
WORDS = st.dictionaries(
    WORD, st.one_of(WORD, st.dictionaries(WORD, st.one_of(st.none(), WORD), max_size=3)), min_size=1
)
FEATURE = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
FEATURES = st.dictionaries(FEATURE, st.dictionaries(st.sampled_from("ABC"), st.floats(-9, 9), min_size=1), min_size=1)


@given(WORDS, st.lists(WORD))
def test_a_table_of_sorted_words_answers_like_the_dictionary(words: dict[str, object], others: list[str]) -> None:
    table = JsonTable.sorted_words(written(dict(sorted(words.items(), key=lambda item: written(item[0])[1:-1]))))
    assert {key: table.get(key) for key in [*words, *others]} == {key: words.get(key) for key in [*words, *others]}


@given(FEATURES, st.lists(FEATURE))
def test_a_table_of_objects_answers_like_the_dictionary(
    features: dict[str, dict[str, float]], others: list[str]
) -> None:
    table = JsonTable.objects(written(features))
    assert {key: table.get(key) for key in [*features, *others]} == {
        key: features.get(key) for key in [*features, *others]
    }


def test_a_missing_key_has_a_default() -> None:
    assert JsonTable.sorted_words(b'{"a":"b"}').get("c", "d") == "d"


@pytest.mark.parametrize(
    "document", [b"", b"[]", b"{}", b'{ "a": "b" }', written({f"{9999 - i}": "x" for i in range(999)})]
)
def test_a_document_in_another_shape_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        JsonTable.sorted_words(document)


@pytest.mark.parametrize("document", [b"", b"{}", b'{"a":"b"}', b'{"a":{"b":1},"c":2}'])
def test_a_document_of_other_values_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        JsonTable.objects(document)
