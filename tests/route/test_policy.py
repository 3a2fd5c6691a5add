"""Who answers: a table with one row for every combination, and what holds for all of them."""

import re
from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import CloudState
from edge.nlu.kinds import KINDS
from edge.route.policy import RULES, Answers, Consent, Features, Local, Need, Understood, decide, need_of
from edge.settings import Escalate

ANY = ""

# What may be done with the cloud: "no" is not allowed, "down" not ready, "hold" holds something private, "first" asks
# first, "hard" and "all" ask it for what needs it, or for everything. A word that begins with "!" is none of these.
TABLE: tuple[tuple[str, str, str, str, Answers, str], ...] = (
    # need, access to the cloud, asked for it, model in the home: who answers, and why
    ("command", ANY, ANY, ANY, "home", "intent"),
    ("computed", ANY, ANY, ANY, "exact", "exact-question"),
    ("fixed", ANY, ANY, ANY, "home", "fixed-reply"),
    ("looked-up", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("looked-up", "first refused hard all", "unasked", ANY, "exact", "looked-up"),
    ("looked-up", "no down hold", ANY, ANY, "exact", "looked-up"),
    ("action", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("action", "first refused hard all", "unasked", ANY, "home", "not-understood"),
    ("action", "no down hold", ANY, ANY, "home", "not-understood"),
    ("exact", ANY, ANY, ANY, "home", "not-understood"),
    ("ours", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("ours", "first refused hard all", "unasked", ANY, "home", "cannot-know"),
    ("ours", "no down hold", ANY, ANY, "home", "cannot-know"),
    ("fresh", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("fresh", "hard all", "unasked", ANY, "cloud", "fresh-knowledge"),
    ("fresh", "first", "unasked", ANY, "ask", "ask-first"),
    ("fresh", "refused", "unasked", ANY, "home", "cannot-know"),
    ("fresh", "no down", ANY, ANY, "home", "cannot-know"),
    ("fresh", "hold", ANY, ANY, "home", "private"),
    ("open", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("open", "all", "unasked", ANY, "cloud", "cloud-preferred"),
    ("open", "hard", "unasked", "none unfit", "cloud", "hard-question"),
    ("open", "first", "unasked", "none unfit", "ask", "ask-first"),
    ("open", "refused", "unasked", "unfit", "home", "no-fit-model"),
    ("open", "refused", "unasked", "none", "llm", "open-question"),
    ("open", "first refused hard", "unasked", "fit", "llm", "open-question"),
    ("open", "no", "asked", "fit none", "llm", "cloud-not-allowed"),
    ("open", "hold", "asked", "fit", "llm", "cloud-not-allowed"),
    ("open", "down", "asked", "fit none", "llm", "cloud-not-ready"),
    ("open", "no down", "unasked", "fit none", "llm", "open-question"),
    ("open", "hold", "unasked", "fit", "llm", "open-question"),
    ("open", "no down", ANY, "unfit", "home", "no-fit-model"),
    ("open", "hold", ANY, "none unfit", "home", "private"),
    ("unclear", "first refused hard all", "asked", ANY, "cloud", "asked-for-cloud"),
    ("unclear", "all", "unasked", ANY, "cloud", "cloud-preferred"),
    ("unclear", "no hold", "asked", "fit", "llm", "cloud-not-allowed"),
    ("unclear", "down", "asked", "fit", "llm", "cloud-not-ready"),
    ("unclear", "no down hold", "unasked", "fit", "llm", "open-question"),
    ("unclear", "first refused hard", "unasked", "fit", "llm", "open-question"),
    ("unclear", "no down hold", ANY, "none unfit", "home", "not-understood"),
    ("unclear", "first refused hard", "unasked", "none unfit", "home", "not-understood"),
)


def every() -> Iterator[Features]:
    """Every combination of features, with one kind for each need."""
    kinds = {need_of(kind): kind for kind in KINDS}
    for understood, kind, private, asked, mode, consent, cloud, local in product(
        get_args(Understood),
        kinds.values(),
        (True, False),
        (True, False),
        get_args(Escalate),
        get_args(Consent),
        get_args(CloudState),
        get_args(Local),
    ):
        yield Features(understood, kind, private, asked, mode, consent, cloud, local)


def access(features: Features) -> str:
    """What may be done with the cloud, in the words of the table."""
    if features.mode == "never":
        return "no"
    if features.cloud != "ready":
        return "down"
    if features.private:
        return "hold"
    if features.mode == "ask":
        return {"unasked": "first", "yes": "hard", "no": "refused"}[features.consent]
    return "all" if features.mode == "prefer" else "hard"


def test_every_combination_has_exactly_one_row_which_is_the_decision() -> None:
    wrong = []
    for features in every():
        now = (
            features.need,
            access(features),
            "asked" if features.asks_for_cloud else "unasked",
            features.local,
        )
        rows = [
            row[4:]
            for row in TABLE
            if all(there == ANY or here in there.split() for here, there in zip(now, row[:4], strict=True))
        ]
        choice = decide(features)
        if rows != [(choice.answers, choice.reason)]:
            wrong.append((features, rows, choice))
    assert wrong == []


def test_every_rule_decides_something() -> None:
    reasons = {(decide(features).answers, decide(features).reason) for features in every()}
    assert {(rule.answers, rule.reason) for rule in RULES} == reasons


def test_every_need_has_a_kind() -> None:
    assert {need_of(kind) for kind in KINDS} | {"command", "computed", "looked-up"} == set(get_args(Need))


FEATURES = st.builds(
    Features,
    understood=st.sampled_from(get_args(Understood)),
    kind=st.sampled_from(KINDS),
    private=st.booleans(),
    asks_for_cloud=st.booleans(),
    mode=st.sampled_from(get_args(Escalate)),
    consent=st.sampled_from(get_args(Consent)),
    cloud=st.sampled_from(get_args(CloudState)),
    local=st.sampled_from(get_args(Local)),
)


@given(FEATURES)
def test_what_holds_for_every_text(features: Features) -> None:
    choice = decide(features)
    for answers in (choice.answers, choice.runner_up):
        if features.mode == "never" or features.private or features.cloud != "ready":
            assert answers not in {"cloud", "ask"}
        if features.need in {"fresh", "ours", "action"}:
            assert answers != "llm"
    if features.need in {"command", "fixed", "exact"}:
        assert choice.answers == "home"
    if features.need == "computed" or not (features.need == "looked-up" and features.asks_for_cloud):
        assert (choice.answers == "exact") == (features.need in {"computed", "looked-up"})
    if features.mode == "ask" and features.consent != "yes" and not features.asks_for_cloud:
        assert choice.answers != "cloud"
    assert choice.runner_up != "ask"
    assert choice.runner_up != choice.answers or choice.answers == "home"


@pytest.mark.parametrize("rule", RULES)
def test_a_reason_is_one_word_for_records(rule: object) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", getattr(rule, "reason", ""))
