"""A turn."""

from edge.events import Intent, Span, TurnRecord

TURN = TurnRecord(
    id="t1",
    started_at="2026-11-23T10:00:00+01:00",
    wake_word=None,
    transcript="what time is it",
    confidence=0.9,
    answerer="home",
    reason="intent",
    intent=Intent("HassGetCurrentTime", {"area": "kitchen", "hours": 2}),
    reply="It is ten.",
    outcome="answered",
    stages_ms={"route": 2.5},
    first_audio_ms=None,
    details={"similarity": 0.5, "endpoint": "silence"},
    spans=(Span("route", 0.0, 2.5), Span("home", 2.5, 3.0, discarded=True)),
)
