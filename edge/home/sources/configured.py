"""The entities of the settings, as entities of the model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edge.home.model import Accepts, Anything, Choice, Entity, Feature, MqttMessage, Range, Source, State
from edge.nlu import Language
from edge.settings import EntitySettings

_NUMBER: Final = {
    "light": Feature.BRIGHTNESS,
    "cover": Feature.POSITION,
    "fan": Feature.SPEED,
    "climate": Feature.TARGET_TEMPERATURE,
    "media_player": Feature.VOLUME,
}
"""The feature that `set_topic` sets."""

_PERCENT: Final = (0.0, 100.0)
_DEGREES_C: Final = (5.0, 35.0)


@dataclass(frozen=True, slots=True)
class _Encoder:
    settings: EntitySettings

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        number = _NUMBER.get(self.settings.domain)
        value = change.get(number) if number is not None else None
        if value is not None and self.settings.set_topic is not None:
            return [MqttMessage(self.settings.set_topic, f"{value:g}")]
        on = next(iter(change.values())) in {True, "open", "lock"}
        return [MqttMessage(self.settings.topic, self.settings.on if on else self.settings.off)]


def configured(entities: Sequence[EntitySettings], language: Language) -> tuple[Entity, ...]:
    """One entity for each of the settings. Their commands are not confirmed: no state topic is known."""
    return tuple(_entity(entity, language) for entity in entities)


def _entity(settings: EntitySettings, language: Language) -> Entity:
    accepts: dict[Feature, Accepts] = {}
    match settings.domain:
        case "cover":
            accepts[Feature.MOVEMENT] = Choice(("open", "close"))
        case "lock":
            accepts[Feature.LOCK] = Choice(("lock", "unlock"))
        case _:
            accepts[Feature.POWER] = Anything()
    number = _NUMBER.get(settings.domain)
    if number is not None and settings.set_topic is not None:
        low, high = _DEGREES_C if number == Feature.TARGET_TEMPERATURE else _PERCENT
        accepts[number] = Range(
            low if settings.minimum is None else settings.minimum,
            high if settings.maximum is None else settings.maximum,
            unit="°C" if number == Feature.TARGET_TEMPERATURE else "%",
        )
    return Entity(
        id=f"settings.{settings.name}",
        domain=settings.domain,
        name=settings.name,
        source=Source("settings"),
        aliases=tuple(settings.aliases),
        area=settings.area or "",
        device_class=language.names.class_of(settings.name) if settings.domain == "cover" else "",
        accepts=accepts,
        encode=_Encoder(settings),
        optimistic=True,
    )
