"""What people say to three homes of this project: what each sentence sends and what is answered.

The sentences were written before the grammar was looked at, in three rounds. `freeze_said` writes the file again.
"""

import re

import pytest

from tests.fakes.spoken_home import SPEAKER_IN, model_of
from tests.home.freeze_said import Turn, outcomes, read

SAID = list(read())
_RISKY = re.compile(r" (?:UNLOCK|DISARM)$|(?:garage_door|gate)/set OPEN$|siren/set .*ON")
_YES = re.compile(r"yes\b")


@pytest.mark.parametrize("home", SPEAKER_IN)
def test_everything_in_a_home_is_used(home: str) -> None:
    assert len(model_of(home).spoken()) > 25


@pytest.mark.parametrize(("home", "said", "turns"), SAID, ids=[" / ".join(said) for _, said, _ in SAID])
def test_a_sentence_does_what_it_says(home: str, said: list[str], turns: list[Turn]) -> None:
    assert outcomes(home, said) == turns


@pytest.mark.parametrize(("home", "said", "turns"), SAID, ids=[" / ".join(said) for _, said, _ in SAID])
def test_nothing_risky_is_sent_without_a_yes(home: str, said: list[str], turns: list[Turn]) -> None:
    _ = home
    for text, (sent, _) in zip(said, turns, strict=True):
        assert _YES.match(text) or not [it for it in sent if _RISKY.search(it)]


def test_most_sentences_are_carried_out_or_answered() -> None:
    refused = re.compile(r"I don't know|I didn't understand|Sorry|I can only|I can't|MODEL")
    done = [said for _, said, turns in SAID if turns[-1][0] or not refused.match(turns[-1][1])]
    assert len(SAID) >= 600
    assert len(done) / len(SAID) >= 0.8
