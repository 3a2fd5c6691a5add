"""The settings of where models are stored."""

from pathlib import Path

from pydantic import Field

from edge.settings.values import Section


class ModelSettings(Section):
    """Where models are stored, and where they come from."""

    folder: Path | None = Field(
        default=None, description="folder of the models; none: the service's state folder, or the user's cache"
    )
    offline: bool = Field(default=False, description="never download; report what is missing")
    find_links: Path | None = Field(default=None, description="folder of wheels to take models from")
