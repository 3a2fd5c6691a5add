"""The settings, one class per section of the TOML file. `edge.runtime.config_file` reads them strictly.

Nothing heavy is imported here: the settings name an engine, and opening it imports it.
A setting exists because a user would change it.
"""

from pydantic import Field, model_validator

from edge.settings.cloud import BudgetSettings, CloudMemory, CloudSettings
from edge.settings.compute import ComputeSettings, Device, Stage
from edge.settings.device import DEFAULT_LANGUAGE, DeviceSettings, default_device_id
from edge.settings.home import (
    Act,
    EntitySettings,
    FloorSettings,
    Gate,
    GroupSettings,
    HomeAssistantSettings,
    HomeSettings,
    ThingSettings,
)
from edge.settings.llm import LlmSettings
from edge.settings.models import ModelSettings
from edge.settings.mqtt import MqttSettings
from edge.settings.privacy import LeavesHome, PrivacySettings
from edge.settings.route import ESCALATE_BEFORE, Escalate, RouteSettings
from edge.settings.speech import (
    AudioSettings,
    SttSettings,
    TtsSettings,
    TurnSettings,
    VadSettings,
    WakeSettings,
    WakeWordSettings,
)
from edge.settings.telemetry import TelemetrySettings
from edge.settings.values import AUTO, Section

__all__ = [
    "AUTO",
    "DEFAULT_LANGUAGE",
    "ESCALATE_BEFORE",
    "Act",
    "AudioSettings",
    "BudgetSettings",
    "CloudMemory",
    "CloudSettings",
    "ComputeSettings",
    "Device",
    "DeviceSettings",
    "EntitySettings",
    "Escalate",
    "FloorSettings",
    "Gate",
    "GroupSettings",
    "HomeAssistantSettings",
    "HomeSettings",
    "LeavesHome",
    "LlmSettings",
    "ModelSettings",
    "MqttSettings",
    "PrivacySettings",
    "RouteSettings",
    "Settings",
    "Stage",
    "SttSettings",
    "TelemetrySettings",
    "ThingSettings",
    "TtsSettings",
    "TurnSettings",
    "VadSettings",
    "WakeSettings",
    "WakeWordSettings",
    "default_device_id",
]


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
