"""The settings of the chat model."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from edge.settings.cloud import CloudSettings
from edge.settings.values import AUTO, Section, Url


class LlmSettings(Section):
    """The chat model."""

    engine: Literal["local", "server", "none"] = Field(
        default="local", description="a model on the board, a server in your network, or no model"
    )
    model: str = Field(
        default=AUTO,
        min_length=1,
        description="'auto': chosen by free memory; or a model of the store, a .gguf file, or a name on the server",
    )
    url: Url | None = Field(default=None, description="address of the server, for engine = 'server'")
    api_key_file: Path | None = Field(
        default=None, description="file with the server's API key, mode 0600; or use the credential 'llm-api-key'"
    )
    fit_only: bool = Field(
        default=True,
        description="ask it only what its manifest says it is fit for; false: everything that a model may be asked",
    )
    chooses_commands: bool = Field(
        default=False,
        description="it may choose a command for a wish that was not understood; you are asked before that is done",
    )
    context_tokens: int = Field(
        default=2048, ge=512, le=131_072, description="size of the context: prompt, memory and answer"
    )
    max_reply_tokens: int = Field(default=120, ge=16, le=4000, description="maximum length of an answer")
    memory_turns: int = Field(default=4, ge=0, le=50, description="number of earlier exchanges to remember")
    memory_minutes: float = Field(default=5, gt=0, le=1440, description="how long to remember them")
    threads: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="threads of the prompt and, with a small model half of them, of the answer; "
        "none: as `tune` measured, else 2",
    )
    cloud: CloudSettings = CloudSettings()

    @model_validator(mode="after")
    def _server_needs_url(self) -> "LlmSettings":
        if (self.engine == "server") != (self.url is not None):
            message = "engine = 'server' and url belong together: set both or neither"
            raise ValueError(message)
        if self.engine == "server" and self.model == AUTO:
            message = "engine = 'server' needs model: its name on the server"
            raise ValueError(message)
        return self
