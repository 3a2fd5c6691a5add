"""A text that is not a command. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from edge.nlu.kinds import Kind


@dataclass(frozen=True, slots=True)
class Question:
    """Properties of a text that is not a command.

    `text` is the question without "ask the cloud"; `asks_for_cloud` tells whether that was said. `hard` is the kind of
    question if it is too hard for a small model ("fresh-knowledge", ...), None for an everyday question.
    `refusal` is the topic of a question that only a clock, a sensor or a service can answer, or of one that looks
    exact and is not understood: the `what` of an EdgeUnsupported ("weather", "sums", ...). With a `hard` kind, a cloud
    may be asked instead. A small model is asked only about the world and for texts: `small_refusal` is the topic that
    refuses everything else.
    """

    text: str
    asks_for_cloud: bool
    hard: str | None
    refusal: str | None = None
    small_refusal: str | None = None

    @property
    def topic(self) -> str:
        """The `what` of the EdgeUnsupported that refuses the text."""
        return self.refusal or self.small_refusal or "unfit"

    @property
    def kind(self) -> Kind:
        """The kind of the text."""
        if self.refusal is not None:
            return _KIND_OF_REFUSAL.get(self.refusal, "personal")
        if self.small_refusal is not None and self.hard not in {"long-text", "fresh-knowledge"}:
            return "home" if self.small_refusal == "unknown" else "fragment"
        return "world" if self.hard is None else _KIND_OF_HARD.get(self.hard, "reasoning")


_KIND_OF_REFUSAL: Mapping[str, Kind] = {
    "weather": "weather",
    "news": "news",
    "lookup": "lookup",
    "sums": "exact",
    "elsewhere": "exact",
    "moment": "exact",
    "chance": "exact",
    "itself": "itself",
    "settings": "settings",
    "emergency": "emergency",
    "outside": "home",
    "presence": "home",
    "devices": "home",
}
_KIND_OF_HARD: Mapping[str, Kind] = {
    "translation": "translation",
    "code": "code",
    "maths": "exact",
    "fresh-knowledge": "news",
    "world-knowledge": "world",
    "writing": "creative",
}
