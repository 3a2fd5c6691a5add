"""The tokens that may follow are exactly those that keep the sentence possible."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.grammar.automaton import Automaton
from edge.grammar.network import Network
from edge.grammar.token_constraint import TokenConstraint
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
@settings(max_examples=250)
def test_the_tokens_that_may_follow_are_those_that_lead_somewhere(network: Network, choices: list[int]) -> None:
    automaton = Automaton(network)
    constraint = TokenConstraint(automaton, _TOY, ENGLISH.surface)
    spelled = [_SPELLED.get(text, text.lower()) for text in _TOY]
    state = constraint.start
    for choice in choices:
        allowed = constraint.allowed_tokens(state)
        expected = [token for token, text in enumerate(spelled) if follows(automaton, state, text)]
        if automaton.free(state):
            assert set(expected) <= set(allowed.tokens.tolist())
        else:
            assert allowed.tokens.tolist() == expected
        for token, after in zip(allowed.tokens.tolist(), allowed.states.tolist(), strict=True):
            assert after in {-1, constraint.after(state, token)}
            assert constraint.after(state, token) == automaton.walk(spelled[token], state) != Automaton.NOWHERE
        if not len(allowed.tokens):
            return
        state = constraint.after(state, int(allowed.tokens[choice % len(allowed.tokens)]))


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_any_tokens_that_spell_a_sentence_lead_to_its_end(seed: int) -> None:
    grammar, _ = at_home()
    chance = random.Random(seed)
    sentence = walks(grammar).walk(chance.randrange, grammar.network.start)
    constraint = TokenConstraint(grammar.automaton, _VOCABULARY, ENGLISH.surface)
    state, text, left = constraint.start, "", f" {sentence}"
    while left:
        fitting = [token for token, it in enumerate(_VOCABULARY) if it.strip(",.-") and left.startswith(it.lower())]
        if not fitting:
            return  # a letter that this vocabulary does not have
        token = chance.choice(fitting)
        assert token in constraint.allowed_tokens(state).tokens
        text, left = constraint.longer(text, token), left[len(_VOCABULARY[token]) :]
        state = constraint.after(state, token)
    assert text.strip() == sentence
    assert constraint.complete(state)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_tokens_that_may_follow_spell_nothing_but_sentences(seed: int) -> None:
    """Random tokens of the allowed ones stay within the grammar, which agrees at the end."""
    grammar, _ = at_home()
    chance = random.Random(seed)
    constraint = TokenConstraint(grammar.automaton, _VOCABULARY, ENGLISH.surface)
    state, text = constraint.start, ""
    for _ in range(40):
        allowed = constraint.allowed_tokens(state).tokens
        if not len(allowed):
            break
        token = int(chance.choice(allowed))
        text = constraint.longer(text, token)
        state = constraint.after(state, token)
        assert state == grammar.automaton.walk(text)
        assert grammar.progress(text) != "no-command" or constraint.complete(state)


def test_a_sign_may_stand_where_a_space_may_but_not_after_one() -> None:
    automaton = Automaton(small())
    constraint = TokenConstraint(automaton, [" a", " b", ",", ".", " "], ENGLISH.surface)
    assert constraint.allowed_tokens(constraint.start).tokens.tolist() == [0, 1]
    after = constraint.after(constraint.start, 0)
    assert constraint.allowed_tokens(after).tokens.tolist() == [1, 2, 3, 4]
    comma = constraint.after(after, 2)
    assert constraint.complete(comma)
    assert constraint.allowed_tokens(comma).tokens.tolist() == [1]
    assert constraint.longer(constraint.longer("a", 2), 1) == "a b"


def test_free_text_takes_every_word() -> None:
    constraint = TokenConstraint(Automaton(small()), [" a", " b", "x", " yz", ",", "<s>", ""], ENGLISH.surface)
    state = constraint.after(constraint.start, 1)
    assert constraint.allowed_tokens(state).tokens.tolist() == [0, 1, 3, 4]
    state = constraint.after(state, 3)
    assert constraint.allowed_tokens(state).tokens.tolist() == [0, 1, 2, 3, 4]
    assert constraint.complete(state)


def test_what_is_kept_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.grammar.token_constraint._MAX_KEPT", 200)
    monkeypatch.setattr("edge.grammar.token_constraint._MAX_AFTER", 50)
    constraint = TokenConstraint(
        Automaton(small(), max_states=50), [" a", " b", "x", " yz", "y", " z"], ENGLISH.surface
    )
    chance = np.random.default_rng(0)
    for _ in range(50):
        state = constraint.after(constraint.start, 1)
        for _ in range(20):
            tokens = constraint.allowed_tokens(state).tokens
            state = constraint.after(state, int(chance.choice(tokens)))
            assert state != Automaton.NOWHERE
    assert constraint._kept <= 210
    assert len(constraint._after) <= 51
