"""The settings of who answers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, field_validator

from edge.settings.values import Section

Escalate = Literal["never", "ask", "hard-only", "prefer"]
"""Which questions may go to the cloud: none, hard ones that the user is asked about first, hard ones, or all."""

ESCALATE_BEFORE: Final[Mapping[str, Escalate]] = {"hard": "hard-only", "always": "prefer"}
"""Former words, which still work, and those that took their place."""


class RouteSettings(Section):
    """Who answers."""

    sentences: list[Path] = Field(default_factory=list, description="your own sentence files, or folders of them")
    escalate: Escalate = Field(
        default="hard-only",
        description="which questions may go to the cloud: none, hard ones after asking you, hard ones, or all",
    )
    consent_minutes: int = Field(
        default=60, ge=1, le=1440, description='for how long your answer counts, for escalate = "ask"'
    )

    @field_validator("escalate", mode="before")
    @classmethod
    def _renamed(cls, given: object) -> object:
        return ESCALATE_BEFORE.get(given, given) if isinstance(given, str) else given
