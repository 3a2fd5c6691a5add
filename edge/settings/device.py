"""The settings of the identity of the speaker."""

import re
import socket
from typing import Final

from pydantic import Field

from edge.settings.values import Section, Slug

DEFAULT_LANGUAGE: Final = "en"


def default_device_id() -> str:
    """The host name, with characters that a topic cannot have replaced."""
    return re.sub(r"[^a-z0-9_-]+", "-", socket.gethostname().lower()).strip("-_")[:63] or "edge-voice"


class DeviceSettings(Section):
    """The identity of this speaker."""

    id: Slug = Field(default_factory=default_device_id, description="names the device in MQTT topics")
    name: str = Field(default="Edge Voice", min_length=1, description="display name")
    area: str | None = Field(default=None, description="the speaker's room; 'turn on the light' refers to it")
    home: Slug = Field(
        default="home",
        description="speakers of one home at one broker announce for each other and agree on who answers",
    )
    country: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{2}$",
        description="ISO 3166 code ('GB'): whose holidays and gallons are meant; none: both gallons are named",
    )
    region: str | None = Field(
        default=None,
        pattern=r"^[A-Z0-9]{1,3}$",
        description="region of the country by ISO 3166-2 ('SCT', 'BY', 'CA'), for holidays that only it has",
    )
    latitude: float | None = Field(
        default=None, ge=-90, le=90, description="degrees north, for sunrise and sunset; never sent anywhere"
    )
    longitude: float | None = Field(default=None, ge=-180, le=180, description="degrees east; negative in the west")
    language: str = Field(
        default=DEFAULT_LANGUAGE,
        pattern=r"^[a-z]{2,3}$",
        description="language to understand and speak: 'en'",
    )
