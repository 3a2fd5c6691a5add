"""The settings of what is heard and said: from the microphone to a text, and from a text to the voice."""

from typing import Literal

from pydantic import Field, field_validator

from edge.settings.values import Section, device


class AudioSettings(Section):
    """Microphone and output."""

    input: str | int | None = Field(
        default=None, description="microphone: part of its name, or its number; none: the system's default"
    )
    output: str | int | None = Field(
        default=None, description="output: part of its name, or its number; none: the system's default"
    )
    volume: int = Field(default=60, ge=0, le=100, description="volume of replies at the first start, percent")
    echo: bool = Field(default=True, description="the microphone hears the output; false: a headset")

    _devices = field_validator("input", "output", mode="before")(device)


class WakeWordSettings(Section):
    """One wake word."""

    model: str = Field(min_length=1, description="a model of the store ('alexa'), or the path of your own model file")
    threshold: float | None = Field(default=None, gt=0, lt=1, description="minimum score; none: the model's own")
    patience: int | None = Field(
        default=None, ge=1, le=20, description="consecutive scores that must reach the threshold; none: the model's own"
    )
    refractory_ms: int = Field(
        default=1000, ge=0, le=10_000, description="ignore repeats of the same word for this long"
    )


class WakeSettings(Section):
    """Wake-word detection."""

    engine: Literal["openwakeword", "microwakeword"] = Field(
        default="openwakeword", description="one engine for all words, see docs/wake-words.md"
    )
    words: dict[str, WakeWordSettings] = Field(
        default_factory=lambda: {"alexa": WakeWordSettings(model="alexa")},
        min_length=1,
        description="[wake.words.NAME], any number of them",
    )
    cue_when_muted: bool = Field(
        default=False,
        description="with the microphone off, still listen for the wake word, only to say by a sound that it is off",
    )


class VadSettings(Section):
    """Voice-activity detection."""

    threshold: float = Field(default=0.5, gt=0, lt=1, description="minimum probability for a frame to be speech")


class TurnSettings(Section):
    """When an utterance begins and ends."""

    endpointing: Literal["quick", "normal", "relaxed"] = Field(
        default="normal", description="how long you may pause before the speaker answers"
    )
    start_timeout_ms: int = Field(
        default=4000, ge=500, le=30_000, description="give up after this much silence following the wake word"
    )
    max_ms: int = Field(default=20_000, ge=1000, le=60_000, description="maximum length of an utterance")
    followup_ms: int = Field(
        default=5000, ge=0, le=30_000, description="listen without the wake word for this long after a reply; 0: off"
    )


class SttSettings(Section):
    """Speech to text."""

    engine: Literal["moonshine", "vosk", "whisper"] = Field(
        default="moonshine", description="vosk and whisper are extras, see docs/speech-to-text.md"
    )
    model: str | None = Field(
        default=None, description="a model of the store, or a folder with a model; none: the engine's default"
    )
    min_confidence: float = Field(default=0.3, ge=0, le=1, description="ignore text with less confidence than this")
    partial_ms: int = Field(default=500, ge=100, le=5000, description="new audio between two partial results")


class TtsSettings(Section):
    """Text to speech."""

    engine: Literal["hibari", "piper"] = Field(default="hibari", description="piper is an extra (GPL-3)")
    model: str | None = Field(default=None, description="a voice of the store, or a path; none: the engine's default")
    speed: float = Field(default=1.0, ge=0.5, le=2.0, description="speed of speech; 1: the voice's own")
