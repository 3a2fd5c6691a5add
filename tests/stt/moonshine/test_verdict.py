from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edge.events import Candidate, Intent
from edge.settings import ModelSettings
from edge.store import open_store
from edge.store.tuning import read_tuning
from edge.stt.moonshine.tuning import Tuning
from edge.stt.moonshine.verdict import Verdict, gap_per_token, pmi_per_token

VERDICT = Verdict(read_tuning(Tuning, open_store(ModelSettings()).manifest("moonshine-tiny-en")))
NEEDED = VERDICT.tuning.min_probability

FREE = Candidate("Turn on the lamb.", -2.0, -30.0, 7)


def sentence(text: str, log_prob: float, prior: float = -30.0, *, free: float = 0.0, name: str = "On") -> Candidate:
    return Candidate(text, log_prob, prior, len(text.split()) + 2, Intent(name, {"item": text}), free)


def test_a_sentence_as_likely_as_the_free_text_is_meant() -> None:
    assert VERDICT.probability(sentence("turn on the lamp", -2.5), FREE) > 0.95


def test_a_sentence_far_behind_the_free_text_is_not() -> None:
    assert VERDICT.probability(sentence("turn on the lamp", -40.0), FREE) < 0.01


def test_one_wrong_word_counts_when_the_free_text_is_certain() -> None:
    order = sentence("i want a large mocha with milk", -13.0)
    certain = Candidate("I want a large mocha without milk.", -0.6, -40.0, 9)
    unsure = replace(certain, log_prob=-4.0)
    assert VERDICT.probability(order, certain) < NEEDED < VERDICT.probability(replace(order, log_prob=-16.4), unsure)


def test_what_is_as_likely_in_noise_is_not_meant_however_near() -> None:
    near, vague = sentence("thank you", -7.0, prior=-20.0), sentence("thank you", -7.0, prior=-5.0)
    free = replace(FREE, log_prob=-3.0)
    assert VERDICT.probability(near, free) > NEEDED > VERDICT.probability(vague, free)


def test_the_longer_order_wins_when_only_habit_speaks_for_the_shorter() -> None:
    usual = sentence("a mocha with milk", -8.0, prior=-20.0)
    said = sentence("a mocha with skim milk", -9.0, prior=-26.0)
    assert VERDICT.best([usual, said]) is said


def test_of_two_free_texts_the_likelier_wins_whatever_habit_says() -> None:
    film = sentence("play inception", -3.0, prior=-25.0, free=0.6)
    odd = sentence("play and ception", -5.0, prior=-40.0, free=0.6)
    assert VERDICT.score(odd) > VERDICT.score(film)
    assert VERDICT.best([odd, film]) is film


def test_another_command_does_not_win_by_its_free_text_alone() -> None:
    known = sentence("pause the music", -3.0, prior=-30.0, name="Pause")
    free = sentence("play the music", -2.0, prior=-20.0, free=0.6)
    assert VERDICT.best([known, free]) is known


def test_no_sentence_no_best() -> None:
    assert VERDICT.best([]) is None


def test_only_the_tokens_that_the_grammar_chose_must_fit() -> None:
    """Ten fitting words of free text do not make up for a beginning that was not said."""
    bound = sentence("in one hour " + "and so on " * 4, -20.0)
    assert gap_per_token(replace(bound, free=0.8), FREE) > 3 * gap_per_token(bound, FREE)


candidates = st.builds(
    Candidate,
    st.just("x"),
    st.floats(-500, 0),
    st.floats(-500, 0),
    st.integers(1, 60),
    st.just(Intent("On")),
    st.floats(0, 1),
)


@given(candidates, candidates, st.floats(0, 50))
def test_it_is_a_probability_and_falls_with_the_distance(one: Candidate, free: Candidate, more: float) -> None:
    sure = VERDICT.probability(one, free)
    assert 0 <= sure <= 1
    assert VERDICT.probability(replace(one, log_prob=one.log_prob - more), free) <= sure + 1e-12
    assert gap_per_token(one, free) >= 0
    assert pmi_per_token(one) * one.length + one.prior - one.log_prob < 1e-6
