"""A toy language: tokens are pieces of words, the decoder's opinion is a table."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
import yaml
from hassil import Intents
from hypothesis import given
from hypothesis import strategies as st

from edge.grammar import Grammar
from edge.grammar.automaton import Automaton
from edge.grammar.templates import Source, compile_network
from edge.grammar.token_constraint import TokenConstraint
from edge.stt.moonshine.beam import FreeBeam, LogProbs, search
from edge.stt.moonshine.grammar_beam import GrammarBeam, Spelled
from tests.fakes.language import ENGLISH

END = 0
PIECES = ["", " turn", " Turn", " on", " off", " the", " lamp", " La", "mp", " lamb", ".", ",", " play", " songs", "s"]
GRAMMAR = """
language: en
intents:
  Switch: {data: [{sentences: ["turn (on|off) [the] lamp", "turn on everything"]}]}
  Play: {data: [{sentences: ["play {what}"]}]}
lists:
  what: {wildcard: true}
"""


class Opinion:
    """A decoder that likes some tokens after others; what it was not told it likes little."""

    def __init__(self, likes: dict[tuple[str, str], float]) -> None:
        self._rows = [0]
        self.widest = 0
        table = np.full((len(PIECES), len(PIECES)), 1e-4)
        for (before, after), probability in likes.items():
            table[PIECES.index(before), PIECES.index(after)] = probability
        self._table: LogProbs = np.log(table / table.sum(axis=1, keepdims=True)).astype(np.float32)

    def begin(self) -> LogProbs:
        self._rows = [0]
        return np.asarray(self._table[self._rows])

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        assert max(rows) < len(self._rows)
        self.widest = max(self.widest, len(rows))
        self._rows = list(tokens)
        return np.asarray(self._table[self._rows])

    def total(self, tokens: Sequence[int]) -> float:
        path = [0, *tokens, END]
        return float(sum(self._table[before, after] for before, after in pairwise(path)))


def constraint() -> TokenConstraint:
    network = compile_network([Source(Intents.from_dict(yaml.safe_load(GRAMMAR)))], ENGLISH.surface)
    return TokenConstraint(Automaton(network), PIECES, ENGLISH.surface)


def found(likes: dict[tuple[str, str], float], margin: float = 6.0) -> GrammarBeam:
    beam = GrammarBeam(constraint(), end=END, max_tokens=12, margin=margin)
    search(Opinion(likes), beam)
    return beam


SAID = {("", " Turn"): 0.9, (" Turn", " on"): 0.8, (" on", " the"): 0.8, (" the", " lamb"): 0.8, (" lamb", ""): 0.9}


def test_a_word_that_is_in_no_sentence_gives_way_to_the_one_that_is() -> None:
    likes = {**SAID, (" the", " lamp"): 0.05, (" lamp", ""): 0.9}
    best = found(likes).sentences()[0]
    assert best.text == "turn on the lamp"
    assert best.total == pytest.approx(Opinion(likes).total(best.tokens), abs=1e-4)


def test_spellings_of_one_text_are_one_sentence_the_likeliest() -> None:
    likes = {
        **{("", token): 0.45 for token in (" turn", " Turn")},
        **{(token, " off"): 0.9 for token in (" turn", " Turn")},
        **{(" off", token): 0.3 for token in (" lamp", " La", ",")},
        (" La", "mp"): 0.9,
        (",", " lamp"): 0.9,
        ("mp", ""): 0.9,
        (" lamp", ""): 0.9,
    }
    sentences = found(likes).sentences()
    assert [s.text for s in sentences].count("turn off lamp") == 1
    spellings = ([" turn", " off", " lamp"], [" Turn", " off", " La", "mp"], [" turn", " off", ",", " lamp"])
    likeliest = max(Opinion(likes).total([PIECES.index(piece) for piece in pieces]) for pieces in spellings)
    assert sentences[0].total == pytest.approx(likeliest, abs=1e-4)


def test_free_text_is_written_as_the_recogniser_likes() -> None:
    likes = {("", " play"): 0.9, (" play", " songs"): 0.9, (" songs", " off"): 0.9, (" off", ""): 0.9}
    assert found(likes).sentences()[0].text == "play songs off"


def test_free_text_does_not_crowd_out_a_sentence() -> None:
    likes = {("", " play"): 0.9, ("", " turn"): 0.02, (" turn", " on"): 0.9, (" on", " lamp"): 0.3, (" lamp", ""): 0.9}
    likes |= {(" play", piece): 0.1 for piece in PIECES[1:10]} | {(" on", ""): 0.1}
    assert "turn on lamp" in [s.text for s in found(likes, margin=8.0).sentences()]


def test_the_beginning_of_a_sentence_is_told_from_a_whole_one() -> None:
    beam = found({("", " turn"): 0.9, (" turn", " on"): 0.9, (" on", " the"): 0.9, (" the", ""): 0.9})
    begun = beam.prefix()
    assert begun is not None
    assert begun.text == "turn on the"
    assert all(begun.total > sentence.total for sentence in beam.sentences())


def test_anything_may_be_the_beginning_of_free_text_so_it_is_none() -> None:
    begun = found({("", " play"): 0.9, (" play", " songs"): 0.9, (" songs", ""): 0.9}).prefix()
    assert begun is None or "songs" not in begun.text


def test_without_a_sentence_within_the_limit_there_is_none() -> None:
    beam = GrammarBeam(constraint(), end=END, max_tokens=2)
    search(Opinion(SAID), beam)
    assert beam.sentences() == []


def test_both_beams_share_the_calls_and_find_what_each_finds_alone() -> None:
    likes = {**SAID, (" the", " lamp"): 0.05, (" lamp", ""): 0.9}
    alone, together = FreeBeam(end=END, width=3, max_tokens=12), FreeBeam(end=END, width=3, max_tokens=12)
    bound, bound_too = (GrammarBeam(constraint(), end=END, max_tokens=12) for _ in range(2))
    search(Opinion(likes), alone)
    search(Opinion(likes), bound)
    search(Opinion(likes), together, bound_too)
    assert together.best() == alone.best()
    assert bound_too.sentences() == bound.sentences()


@given(st.dictionaries(st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES)), st.floats(0.01, 1), max_size=40))
def test_every_sentence_is_one_of_the_grammar_with_its_true_probability(likes: dict[tuple[str, str], float]) -> None:
    network = compile_network([Source(Intents.from_dict(yaml.safe_load(GRAMMAR)))], ENGLISH.surface)
    grammar = Grammar(network, ENGLISH.surface)
    opinion = Opinion(likes)
    beam = GrammarBeam(constraint(), end=END, max_tokens=8)
    search(opinion, beam)
    sentences: list[Spelled] = beam.sentences()
    assert sentences == sorted(sentences, key=lambda s: -s.total)
    for sentence in sentences:
        assert grammar.match(sentence.text) is not None
        if not sentence.text.startswith("play"):  # free text is dearer than it is
            assert abs(sentence.total - opinion.total(sentence.tokens)) < 1e-3
    assert opinion.widest <= 8
