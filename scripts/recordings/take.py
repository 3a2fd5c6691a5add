"""What a recording is made of."""

from dataclasses import dataclass, field
from typing import Any

ONE_BREATH = -1
"""A pause that says: no pause, wake word and command are synthesised as one sentence."""


@dataclass(frozen=True)
class Take:
    """One recording: who says what, how fast, how high."""

    name: str
    text: str
    voice: str = "heart"
    speed: float = 1.0
    pitch: float = 1.0
    pause_ms: int | None = None
    """Between wake word and words; None: no wake word."""
    lead_ms: int = 500
    tail_ms: int = 500
    expect: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)
