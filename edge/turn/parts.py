"""What turns are made with: engines, which any number of rooms could share, and the room that hears and speaks."""

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
    """Loaded once. An engine that could not be opened is None and costs its feature only."""

    stt: Hosted[Stt] | None
    tts: Hosted[Tts] | None
    router: Hosted[Router]
    language: Language
    chat: ChatService
    voice: Voice
    hosted: Sequence[Hosted[Any]] = ()
    """All of them, for their health."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """The engines that could not be opened, by name, with the error's code."""

    @property
    def degraded(self) -> dict[str, str]:
        """The missing engines and those that hang at the moment, with the code of each."""
        return {**self.missing, **{it.name: it.failure for it in self.hosted if it.failure is not None}}

    @property
    def healthy(self) -> bool:
        """False when an engine hung and could not be opened again: only a new process helps."""
        return all(it.healthy for it in self.hosted)


@dataclass(frozen=True, slots=True)
class Room:
    """One microphone and one output, and the home that they stand in."""

    ears: Ears
    sink: AudioSink
    home: Home
    telemetry: Telemetry
