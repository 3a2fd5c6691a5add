"""Fakes around the home: a broker that remembers, a speaker's controls, and a home to talk to."""

from edge.errors import HomeError
from edge.settings import DeviceSettings, EntitySettings, HomeSettings, MqttSettings, Settings


class FakePublisher:
    """A `Publisher` that remembers. While `away`, no topic can be reached, and those of `unreachable` never."""

    def __init__(self) -> None:
        self.published: list[tuple[str, str]] = []
        self.away = False
        self.unreachable: set[str] = set()

    async def publish(self, topic: str, payload: str, *, retain: bool = False) -> None:
        _ = retain
        if self.away or topic in self.unreachable:
            raise HomeError("home-unreachable", "the broker did not answer", "look at it")
        self.published.append((topic, payload))


class FakeSpeaker:
    """A `SpeakerControl`."""

    def __init__(self, volume: int = 60, last_reply: str = "") -> None:
        self.volume = volume
        self.last_reply = last_reply


def home_settings(*entities: EntitySettings, area: str | None = "Living Room") -> Settings:
    """Settings of a speaker in `area` with these things."""
    return Settings(
        device=DeviceSettings(area=area),
        mqtt=MqttSettings(host="broker.home"),
        home=HomeSettings(entities=list(entities)),
    )


A_HOME = (
    EntitySettings(
        name="Kitchen light", area="Kitchen", topic="kitchen/light/set", set_topic="kitchen/light/brightness/set"
    ),
    EntitySettings(name="Ceiling lamp", area="Living Room", topic="living/ceiling/set"),
    EntitySettings(
        name="Floor lamp",
        area="Living Room",
        aliases=["reading light"],
        topic="living/floor/set",
        set_topic="living/floor/dim",
    ),
    EntitySettings(name="Bedroom lamp", area="Bedroom", topic="bedroom/lamp/set", on="1", off="0"),
    EntitySettings(name="Coffee machine", area="Kitchen", domain="switch", topic="kitchen/coffee/set"),
    EntitySettings(
        name="Ceiling fan", area="Bedroom", domain="fan", topic="bedroom/fan", set_topic="bedroom/fan/speed"
    ),
    EntitySettings(
        name="Blinds",
        area="Living Room",
        domain="cover",
        topic="blinds",
        on="OPEN",
        off="CLOSE",
        set_topic="blinds/pos",
    ),
    EntitySettings(name="Garage door", domain="cover", topic="garage", on="OPEN", off="CLOSE"),
    EntitySettings(name="Front door", domain="lock", topic="door", on="LOCK", off="UNLOCK"),
    EntitySettings(name="Thermostat", area="Hall", domain="climate", topic="heat", set_topic="heat/temperature"),
    EntitySettings(name="Movie night", domain="scene", topic="scene/movie"),
    EntitySettings(name="Bedtime", domain="script", topic="script/bed"),
    EntitySettings(
        name="TV", area="Living Room", domain="media_player", aliases=["television"], topic="tv", set_topic="tv/volume"
    ),
)
"""A flat with some of everything; the speaker stands in the living room."""
