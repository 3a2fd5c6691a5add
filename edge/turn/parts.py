"""The parts that a turn needs: engines, which several rooms could share, and the room that listens and speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edge.audio import AudioSink
from edge.ears import Ears
from edge.home import Home
from edge.llm.chat_service import ChatService
from edge.nlu import Language
from edge.route import Router
from edge.runtime.hosted import Hosted
from edge.stt import Stt
from edge.telemetry import Telemetry
from edge.tts import Tts
from edge.tts.voice import Voice


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines, loaded once. One that could not be opened is None, and only its feature is missing."""

    stt: Hosted[Stt] | None
    tts: Hosted[Tts] | None
    router: Hosted[Router]
    language: Language
    chat: ChatService
    voice: Voice
    hosted: Sequence[Hosted[Any]] = ()
    """All engines, for health checks."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """The error codes of the engines that could not be opened, by name."""

    @property
    def degraded(self) -> dict[str, str]:
        """The error codes of the engines that are missing or currently hang, by name."""
        return {**self.missing, **{it.name: it.failure for it in self.hosted if it.failure is not None}}

    @property
    def healthy(self) -> bool:
        """False if an engine hung and could not be reopened, so that the process must restart."""
        return all(it.healthy for it in self.hosted)


@dataclass(frozen=True, slots=True)
class Room:
    """One microphone and one output, and the home they control."""

    ears: Ears
    sink: AudioSink
    home: Home
    telemetry: Telemetry
