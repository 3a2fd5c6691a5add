"""The open stages, as the pipeline gets them from the daemon."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.audio import AudioSink, AudioSource
from edge.home import Home
from edge.llm.chat_service import ChatService
from edge.route import Router
from edge.runtime.worker import Worker
from edge.telemetry import Telemetry
from edge.tts.voice import Voice
from edge.turn.recognition import Recognition
from edge.wake import WakeDetector


@dataclass(slots=True)
class Parts:
    """The open stages. A part that could not be opened is None and costs its feature only."""

    source: AudioSource
    sink: AudioSink
    wake: WakeDetector | None
    wake_worker: Worker
    recognition: Recognition | None
    router: Router
    route_worker: Worker
    home: Home
    answering: ChatService
    voice: Voice
    telemetry: Telemetry
    missing: Mapping[str, str] = field(default_factory=dict)
    """Parts that could not be opened, with the error's code."""
