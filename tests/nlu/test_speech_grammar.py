"""A sentence file that stands alone: what it lets people say, and one clear error for each kind of broken file."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.errors import SettingsError
from edge.events import Intent
from edge.nlu.sentence_files import speech_grammar
from tests.fakes.language import ENGLISH

BAKERY = """
language: en
intents:
  orderBread:
    data:
      - sentences: ["(give me|I'd like) {count} [<big>] {bread} [with {spread}]"]
  askPrice:
    data:
      - sentences: ["how much is [a|an] {bread}"]
        slots: {currency: euro}
lists:
  count: {range: {from: 1, to: 20}}
  bread:
    values: [bagel, {in: "(croissant|crescent)[s]", out: croissant}]
  spread:
    values: [butter, "jam", "no"]
expansion_rules:
  big: (big|large)
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sentences.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_any_intents_and_the_file_s_own_lists_and_rules(tmp_path: Path) -> None:
    grammar = speech_grammar(write(tmp_path, BAKERY), ENGLISH)
    assert grammar.match("Give me two large croissants with jam!") == Intent(
        "orderBread", {"count": 2, "bread": "croissant", "spread": "jam"}
    )
    assert grammar.match("how much is a bagel") == Intent("askPrice", {"bread": "bagel", "currency": "euro"})
    assert grammar.match("how much is the bagel") is None


def test_a_file_in_another_language_is_listened_for_all_the_same(tmp_path: Path) -> None:
    grammar = speech_grammar(
        write(tmp_path, "{language: de, intents: {gruss: {data: [{sentences: [guten tag]}]}}}"), ENGLISH
    )
    assert grammar.match("Guten Tag!") == Intent("gruss")


def intents(sentence: str, rest: str = "") -> str:
    return f"{{intents: {{a: {{data: [{{sentences: [{sentence!r}]}}]}}}}{rest}}}"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "at least one intent"),
        ("- 3", "at least one intent"),
        ("intents: {}", "at least one intent"),
        ("intents: {a: [", "not YAML"),
        ("intents: {on: {data: [{sentences: [hi]}]}}", "intents: True is not a text"),
        (intents("hi {x}"), "there is no list {x}"),
        (intents("hi {name}"), "there is no list {name}"),
        (intents("hi <x>"), "there is no rule <x>"),
        (intents("hi (x"), "invalid sentence"),
        (intents("(" * 5000 + ")" * 5000), "invalid sentence"),
        (intents("<r>", ", expansion_rules: {r: 'a <q>', q: 'b <r>'}"), "the rule <r> contains itself"),
        (intents("hi {x}", ", lists: {x: {values: [on, 1]}}"), "True is not a text: put it in quotes; lists.x: 1 is"),
        (intents("hi {x}", ", lists: {x: }"), "lists.x: needs 'values:'"),
        (intents("hi {x}", ", lists: {x: {values: []}}"), "no sentence in it can be spoken"),
        (intents("hi {x}", ", lists: {x: {values: ['a <y>']}}"), "invalid list or rule"),
        (intents("hi {x}", ", lists: {x: {range: {from: 0, to: 90000000}}}"), "lists.x: more than 20000 numbers"),
        (intents("hi {x}", ", lists: {x: {range: {from: 9, to: 1}}}"), "start cannot be greater"),
        (intents("hi {0..90000000:x}"), "more than 20000 numbers"),
        (intents("{x}", ", lists: {x: {wildcard: true}}"), "would match everything"),
        (intents(f"({';'.join('abcdefghijklmnop')})"), "more than 8 parts in any order"),
        (
            intents(
                "<r30>", f", expansion_rules: {{r0: x, {', '.join(f'r{n + 1}: <r{n}> <r{n}>' for n in range(30))}}}"
            ),
            "more than 20000 parts",
        ),
    ],
    ids=range(21),
)
def test_a_broken_file_is_one_error_that_says_where(text: str, part: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        speech_grammar(path, ENGLISH)
    assert caught.value.code == "sentences-invalid"
    assert part in caught.value.message
    assert all(mistake.startswith(str(path)) for mistake in caught.value.mistakes)
    assert "docs/speech-to-intent.md" in caught.value.hint


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(SettingsError, match=str(path)):
            speech_grammar(path, ENGLISH)


@settings(max_examples=150)
@given(st.text("ab (){}[]|;<>:.0@\\", max_size=30))
def test_whatever_stands_in_a_template_there_is_a_grammar_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, template: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "s.yaml"
    path.write_text(f"intents: {{a: {{data: [{{sentences: [{template.replace(chr(39), '')!r}]}}]}}}}", "utf-8")
    with contextlib.suppress(SettingsError):
        speech_grammar(path, ENGLISH)
