"""What `ask --explain` says about a turn."""

from edge.cli.decision import explained
from edge.events import Intent, TurnRecord
from edge.nlu.kinds import OPEN
from edge.route import open_router
from edge.settings import Settings

TURN = TurnRecord(
    id="1",
    started_at="",
    wake_word=None,
    transcript="",
    confidence=1.0,
    answerer="home",
    reason="intent",
    intent=Intent("EdgeStop"),
    reply="",
    outcome="answered",
    stages_ms={},
    first_audio_ms=None,
)


def test_a_command_is_named() -> None:
    assert explained(TURN).splitlines() == [
        "answered by: the speaker itself (intent, 100% sure of the words)",
        "command: EdgeStop",
    ]


def test_a_question_tells_what_decided_and_who_would_answer_otherwise() -> None:
    decision = open_router(Settings(), cloud=lambda: "ready", fit=OPEN).decide("who won the match")
    turn = TurnRecord(
        **{field: getattr(TURN, field) for field in ("id", "started_at", "wake_word", "transcript", "confidence")},
        answerer=decision.answerer,
        reason=decision.reason,
        intent=None,
        reply="",
        outcome="answered",
        stages_ms={},
        first_audio_ms=None,
        details=dict(decision.why),
    )
    first, decided, otherwise = explained(turn).splitlines()
    assert first == "answered by: the cloud (fresh-knowledge, 100% sure of the words)"
    assert decided.startswith("decided by: kind news, probability ")
    assert decided.endswith("private 0, mode hard-only, consent unasked, cloud ready, local unfit")
    assert otherwise == "otherwise: the speaker itself (cannot-know)"
