"""The cloud: which model is asked, what it is told, and what it may cost."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from edge.settings.values import AUTO, Section, Url


class BudgetSettings(Section):
    """The limits of what the cloud may cost."""

    usd_per_day: float = Field(default=0.25, ge=0, le=1000, description="what a day may cost, USD")
    usd_per_month: float = Field(default=3.0, ge=0, le=10_000, description="what a month of the calendar may cost, USD")
    tokens_per_day: int = Field(
        default=100_000, ge=0, le=100_000_000, description="tokens of a day, for a model whose price is not known"
    )
    tokens_per_turn: int = Field(
        default=4000,
        ge=500,
        le=1_000_000,
        description="prompt and answer of one question; where they do not fit, earlier exchanges are left out",
    )


CloudMemory = Literal["none", "cloud", "all"]
"""Which earlier exchanges go along with a question for the cloud: none, those with the cloud, or all with a model."""


class CloudSettings(Section):
    """The cloud model for hard questions. Off without a key."""

    url: Url = Field(default="https://api.openai.com/v1", description="any OpenAI-compatible endpoint")
    model: str = Field(
        default=AUTO,
        min_length=1,
        description="'auto': gpt-4o-mini and, once that is shut down, its successor; or the endpoint's name of a model",
    )
    api_key_file: Path | None = Field(
        default=None, description="file with the API key, mode 0600; or use the credential 'cloud-api-key'"
    )
    first_token_timeout_s: float = Field(
        default=3.0, gt=0, le=60, description="fall back to the local model after this many seconds"
    )
    max_reply_tokens: int = Field(default=200, ge=16, le=4000, description="maximum length of an answer")
    memory: CloudMemory = Field(
        default="cloud",
        description="earlier exchanges that go along: none, those with the cloud, or also those with the board's model",
    )
    chooses_commands: bool = Field(
        default=False,
        description="it may choose a command for a wish that was not understood; it is told the names of your things",
    )
    budget: BudgetSettings = BudgetSettings()
