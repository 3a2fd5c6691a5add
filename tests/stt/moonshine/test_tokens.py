from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import ModelError
from edge.stt.moonshine.tokens import BEGIN, END, Vocabulary, pack, unpack

MARKS = [b"<unk>", b"<s>", b"</s>"]


@given(st.lists(st.binary(max_size=400)))
def test_what_was_packed_unpacks_to_the_same(tokens: list[bytes]) -> None:
    assert unpack(pack(tokens)) == tokens


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1), st.data())
def test_a_file_cut_within_a_token_is_noticed(tokens: list[bytes], data: st.DataObject) -> None:
    last = len(pack(tokens[-1:]))
    cut = data.draw(st.integers(min_value=1, max_value=last - 1))
    with pytest.raises(ValueError, match="cut off"):
        unpack(pack(tokens)[:-cut])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u2581"), min_size=1, max_size=5)))
def test_tokens_spell_their_text_between_the_marks(words: list[str]) -> None:
    vocabulary = Vocabulary(MARKS + [f"\u2581{word}".encode() for word in words])
    numbers = [BEGIN, *range(3, 3 + len(words)), END]
    assert vocabulary.text(numbers) == "".join(f" {word}" for word in words).strip()


def test_a_letter_of_several_bytes_may_be_spelled_by_several_tokens() -> None:
    first, second = "é".encode()[:1], "é".encode()[1:]
    vocabulary = Vocabulary([*MARKS, b"caf", first, second])
    assert vocabulary.text([3, 4, 5]) == "café"
    assert vocabulary.text([3, 4]) == "caf\ufffd"


def test_numbers_outside_the_vocabulary_spell_nothing() -> None:
    assert Vocabulary([*MARKS, b"a"]).text([3, 4, 32_000, -1]) == "a"


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x05abc", b"\x80"])
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tokenizer.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        Vocabulary.read(path)
    assert caught.value.code == "model-invalid"
    assert caught.value.hint


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Vocabulary.read(tmp_path / "tokenizer.bin")
    assert caught.value.code == "model-missing"
