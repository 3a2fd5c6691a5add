"""The settings, one class per section of the TOML file. `edge.runtime.config_file` reads them strictly.

Nothing heavy is imported here: the settings name an engine, and opening it imports it.
A setting exists because a user would change it.
"""

import re
import socket
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, field_validator, model_validator

from edge.cloud_settings import CloudSettings
from edge.compute_settings import ComputeSettings
from edge.home_settings import FloorSettings, Gate, GroupSettings, HomeAssistantSettings, ThingSettings, one_owner
from edge.privacy_settings import PrivacySettings
from edge.route_settings import RouteSettings
from edge.setting_types import HostName, Section, Slug, Topic, Url, device

AUTO = "auto"
"""The value of `[llm] model` that chooses the chat model by free memory (`edge.store.chat_model`)."""


def default_device_id() -> str:
    """The host name, with characters that a topic cannot have replaced."""
    return re.sub(r"[^a-z0-9_-]+", "-", socket.gethostname().lower()).strip("-_")[:63] or "edge-voice"


DEFAULT_LANGUAGE: Final = "en"


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
    threads: int = Field(
        default=2, ge=1, le=64, description="threads that read the prompt; half of them generate the answer"
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


class TtsSettings(Section):
    """Text to speech."""

    engine: Literal["hibari", "piper"] = Field(default="hibari", description="piper is an extra (GPL-3)")
    model: str | None = Field(default=None, description="a voice of the store, or a path; none: the engine's default")
    speed: float = Field(default=1.0, ge=0.5, le=2.0, description="speed of speech; 1: the voice's own")


class EntitySettings(Section):
    """An entity of the home that is controlled over MQTT."""

    name: str = Field(min_length=1, description="spoken name: 'kitchen light'")
    aliases: list[str] = Field(default_factory=list, description="further spoken names")
    area: str | None = Field(default=None, description="the room of the entity")
    domain: Literal["light", "switch", "fan", "cover", "lock", "scene", "script", "climate", "media_player"] = Field(
        default="light", description="kind of entity"
    )
    topic: Topic = Field(description="topic for its commands")
    on: str = Field(default="ON", description="payload to turn on, open, lock or start")
    off: str = Field(default="OFF", description="payload to turn off, close or unlock")
    set_topic: Topic | None = Field(default=None, description="topic for numbers: brightness, position, temperature")
    minimum: float | None = Field(
        default=None, description="smallest number for set_topic; none: 0, for climate 5 (degrees Celsius)"
    )
    maximum: float | None = Field(
        default=None, description="largest number for set_topic; none: 100, for climate 35 (degrees Celsius)"
    )

    @model_validator(mode="after")
    def _range_is_one(self) -> "EntitySettings":
        low, high = (5, 35) if self.domain == "climate" else (0, 100)
        if (low if self.minimum is None else self.minimum) >= (high if self.maximum is None else self.maximum):
            message = "minimum must be less than maximum"
            raise ValueError(message)
        return self


class HomeSettings(Section):
    """The things of the home, and what they may be told; timers and alarms."""

    discovery: bool = Field(default=True, description="know the entities that announce themselves on the MQTT broker")
    unlock: Gate = Field(
        default="ask",
        description="unlocking, and opening a door, a garage or a gate: after a yes, after the code, or never",
    )
    disarm: Gate = Field(default="ask", description="the same for disarming an alarm")
    code_file: Path | None = Field(
        default=None, description="file with the code of 4 to 8 digits, mode 0600; or use the credential 'home-code'"
    )
    entities: list[EntitySettings] = Field(default_factory=list, description="[[home.entities]]")
    things: list[ThingSettings] = Field(default_factory=list, description="[[home.things]]")
    groups: list[GroupSettings] = Field(default_factory=list, description="[[home.groups]]")
    floors: list[FloorSettings] = Field(default_factory=list, description="[[home.floors]]")
    ring_minutes: float = Field(default=5, gt=0, le=60, description="stop ringing after this long")
    home_assistant: HomeAssistantSettings = HomeAssistantSettings()

    @property
    def uses_code(self) -> bool:
        """Whether a command asks for the code."""
        return "code" in {self.unlock, self.disarm}

    @model_validator(mode="after")
    def _names_are_unique(self) -> "HomeSettings":
        named = [(it.name, it.aliases) for it in self.entities]
        named += [(it.name, it.aliases) for it in self.groups]
        named += [(it.name or it.match, it.aliases) for it in self.things]
        one_owner(named, "'{}' names two entities: '{}' and '{}'")
        one_owner([(it.name, it.areas) for it in self.floors], "'{}' is on two floors: '{}' and '{}'")
        return self


class MqttSettings(Section):
    """The MQTT broker, for reports, commands and the home. Off until a host is named."""

    host: HostName | None = Field(default=None, description="host name or address; none: MQTT is off")
    port: int | None = Field(default=None, ge=1, le=65_535, description="none: 8883 with TLS, else 1883")
    username: str | None = Field(default=None, description="user name at the broker")
    password_file: Path | None = Field(default=None, description="mode 0600; or the credential 'mqtt-password'")
    tls: bool = Field(default=False, description="encrypt; needed outside your own network")
    ca_file: Path | None = Field(default=None, description="none: the system's certificate authorities")
    cert_file: Path | None = Field(default=None, description="client certificate")
    key_file: Path | None = Field(default=None, description="its key; none: the credential 'mqtt-key', or cert_file")
    peers: bool = Field(default=True, description="know the other speakers of the home ([device] home)")
    discovery: bool = Field(default=True, description="show the speaker as a device in Home Assistant")
    discovery_prefix: Topic = Field(default="homeassistant", description="Home Assistant's discovery prefix")

    @model_validator(mode="after")
    def _tls_files_need_tls(self) -> "MqttSettings":
        if not self.tls and (self.ca_file or self.cert_file or self.key_file):
            message = "ca_file, cert_file and key_file need tls = true"
            raise ValueError(message)
        if self.key_file is not None and self.cert_file is None:
            message = "key_file needs cert_file"
            raise ValueError(message)
        return self


class TelemetrySettings(Section):
    """What is reported, over MQTT and to Prometheus."""

    metrics_interval_s: float = Field(default=60, ge=1, le=86_400, description="seconds between two metrics reports")
    transcripts: bool = Field(default=False, description="include what was said and answered, and timer names")
    spool_mb: int = Field(
        default=16, ge=1, le=1024, description="room on the disk for records that wait for the broker, megabytes"
    )
    prometheus_file: Path | None = Field(
        default=None, description="file of metrics for node_exporter, NAME.prom; none: no file"
    )

    @field_validator("prometheus_file")
    @classmethod
    def _collector_reads_it(cls, value: Path | None) -> Path | None:
        if value is not None and (value.suffix != ".prom" or not value.is_absolute()):
            message = "must be an absolute path that ends with .prom: the collector reads no other files"
            raise ValueError(message)
        return value


class ModelSettings(Section):
    """Where models are stored, and where they come from."""

    folder: Path | None = Field(
        default=None, description="folder of the models; none: the service's state folder, or the user's cache"
    )
    offline: bool = Field(default=False, description="never download; report what is missing")
    find_links: Path | None = Field(default=None, description="folder of wheels to take models from")


class Settings(Section):
    """All settings. The sections are named after the stages."""

    device: DeviceSettings = Field(default_factory=DeviceSettings)
    audio: AudioSettings = AudioSettings()
    wake: WakeSettings = WakeSettings()
    vad: VadSettings = VadSettings()
    turn: TurnSettings = TurnSettings()
    stt: SttSettings = SttSettings()
    route: RouteSettings = RouteSettings()
    privacy: PrivacySettings = PrivacySettings()
    llm: LlmSettings = LlmSettings()
    tts: TtsSettings = TtsSettings()
    home: HomeSettings = HomeSettings()
    mqtt: MqttSettings = MqttSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    models: ModelSettings = ModelSettings()
    compute: ComputeSettings = ComputeSettings()

    @model_validator(mode="after")
    def _home_needs_a_broker(self) -> "Settings":
        if self.home.entities and self.mqtt.host is None:
            message = "[home] lists entities, but [mqtt] names no broker (host) to publish their commands to"
            raise ValueError(message)
        return self
