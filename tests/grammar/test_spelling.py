"""The tokens that may follow are exactly those that keep the sentence possible."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.grammar.automaton import Automaton
from edge.grammar.network import Network
from edge.grammar.spelling import Speller
from tests.fakes.language import ENGLISH
from tests.grammar.test_automaton import networks, small
from tests.grammar.test_home import at_home, walks

_TOY = [
    "",
    "a",
    "b",
    " a",
    " b",
    "ab",
    " ab",
    "ba",
    "aa",
    "bb",
    " bab",
    " ",
    ",",
    ".",
    "A",
    " B",
    "c",
    " c",
    "\ufffd",
    "<s>",
]
_SPELLED = {",": " ", ".": " ", "\ufffd": "", "<s>": ""}
_LETTERS = [
    *"abcdefghijklmnopqrstuvwxyz0123456789'",
    *(f" {letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789"),
]
_PIECES = [
    " turn",
    " the",
    " set",
    " timer",
    " light",
    " lights",
    " kit",
    "chen",
    " min",
    "utes",
    " ten",
    ",",
    ".",
    "-",
]
_VOCABULARY = [*_LETTERS, *_PIECES, *(piece.title() for piece in _PIECES)]


def follows(automaton: Automaton, state: int, text: str) -> bool:
    """By hand: whether the token spelled `text` goes on from `state`, and is not one space after another."""
    if not text or (text == " " and automaton.spaced(state)):
        return False
    return automaton.walk(text, state) != Automaton.NOWHERE


@given(network=networks(), choices=st.lists(st.integers(0, 99), max_size=6))
@settings(max_examples=250, deadline=None)
def test_the_tokens_that_may_follow_are_those_that_lead_somewhere(network: Network, choices: list[int]) -> None:
    automaton = Automaton(network)
    speller = Speller(automaton, _TOY, ENGLISH.surface)
    spelled = [_SPELLED.get(text, text.lower()) for text in _TOY]
    state = speller.start
    for choice in choices:
        allowed = speller.allowed(state)
        expected = [token for token, text in enumerate(spelled) if follows(automaton, state, text)]
        if automaton.free(state):
            assert set(expected) <= set(allowed.tokens.tolist())
        else:
            assert allowed.tokens.tolist() == expected
        for token, after in zip(allowed.tokens.tolist(), allowed.states.tolist(), strict=True):
            assert after in {-1, speller.after(state, token)}
            assert speller.after(state, token) == automaton.walk(spelled[token], state) != Automaton.NOWHERE
        if not len(allowed.tokens):
            return
        state = speller.after(state, int(allowed.tokens[choice % len(allowed.tokens)]))


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_any_tokens_that_spell_a_sentence_lead_to_its_end(seed: int) -> None:
    grammar, _ = at_home()
    chance = random.Random(seed)
    sentence = walks(grammar).walk(chance.randrange, grammar.network.start)
    speller = Speller(grammar.automaton, _VOCABULARY, ENGLISH.surface)
    state, text, left = speller.start, "", f" {sentence}"
    while left:
        fitting = [token for token, it in enumerate(_VOCABULARY) if it.strip(",.-") and left.startswith(it.lower())]
        if not fitting:
            return  # a letter that this vocabulary does not have
        token = chance.choice(fitting)
        assert token in speller.allowed(state).tokens
        text, left = speller.longer(text, token), left[len(_VOCABULARY[token]) :]
        state = speller.after(state, token)
    assert text.strip() == sentence
    assert speller.complete(state)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_tokens_that_may_follow_spell_nothing_but_sentences(seed: int) -> None:
    """Random tokens of the allowed ones stay within the grammar, which agrees at the end."""
    grammar, _ = at_home()
    chance = random.Random(seed)
    speller = Speller(grammar.automaton, _VOCABULARY, ENGLISH.surface)
    state, text = speller.start, ""
    for _ in range(40):
        allowed = speller.allowed(state).tokens
        if not len(allowed):
            break
        token = int(chance.choice(allowed))
        text = speller.longer(text, token)
        state = speller.after(state, token)
        assert state == grammar.automaton.walk(text)
        assert grammar.progress(text) != "no-command" or speller.complete(state)


def test_a_sign_may_stand_where_a_space_may_but_not_after_one() -> None:
    automaton = Automaton(small())
    speller = Speller(automaton, [" a", " b", ",", ".", " "], ENGLISH.surface)
    assert speller.allowed(speller.start).tokens.tolist() == [0, 1]
    after = speller.after(speller.start, 0)
    assert speller.allowed(after).tokens.tolist() == [1, 2, 3, 4]
    comma = speller.after(after, 2)
    assert speller.complete(comma)
    assert speller.allowed(comma).tokens.tolist() == [1]
    assert speller.longer(speller.longer("a", 2), 1) == "a b"


def test_free_text_takes_every_word() -> None:
    speller = Speller(Automaton(small()), [" a", " b", "x", " yz", ",", "<s>", ""], ENGLISH.surface)
    state = speller.after(speller.start, 1)
    assert speller.allowed(state).tokens.tolist() == [0, 1, 3, 4]
    state = speller.after(state, 3)
    assert speller.allowed(state).tokens.tolist() == [0, 1, 2, 3, 4]
    assert speller.complete(state)


def test_what_is_kept_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.grammar.spelling._MAX_KEPT", 200)
    monkeypatch.setattr("edge.grammar.spelling._MAX_AFTER", 50)
    speller = Speller(Automaton(small(), max_states=50), [" a", " b", "x", " yz", "y", " z"], ENGLISH.surface)
    chance = np.random.default_rng(0)
    for _ in range(50):
        state = speller.after(speller.start, 1)
        for _ in range(20):
            tokens = speller.allowed(state).tokens
            state = speller.after(state, int(chance.choice(tokens)))
            assert state != Automaton.NOWHERE
    assert speller._kept <= 210
    assert len(speller._after) <= 51
