"""A whole speaker to which sentences are typed, in a home with ways in that are guarded."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from edge.events import TurnRecord
from edge.home import open_home
from edge.home.reports.explain import KnownHome
from edge.nlu.kinds import OPEN
from edge.route import open_router
from edge.runtime.virtual_time import VirtualClock
from edge.settings import Settings
from tests.fakes.engines import FakeTts
from tests.fakes.home import A_HOME, FakePublisher, FakeSpeaker
from tests.fakes.language import ENGLISH
from tests.fakes.speaker import FakeChat, FakeTelemetry
from tests.fakes.typed_home import MODEL_SAYS, typed_pipeline

CODE = "4711"

ALARM = {
    "name": "House alarm",
    "command_topic": "alarm/set",
    "state_topic": "alarm",
    "supported_features": ["arm_home", "arm_away"],
    "code_arm_required": False,
    "unique_id": "alarm-1",
}
SIREN = {"name": "Loud siren", "command_topic": "siren/set", "unique_id": "siren-1"}

Announcements = Mapping[str, Mapping[str, Any]]

A_GUARDED_HOME: Announcements = {
    "homeassistant/alarm_control_panel/alarm/config": ALARM,
    "homeassistant/siren/siren/config": SIREN,
}
"""What is announced beside the things of the settings, `A_HOME`: "Front door" is a lock, "Garage door" a cover."""


class GuardedHome:
    """A user who types, and everything that a test looks at. The settings are those of `[home]`.

    `model` are the pieces of each of the chat model's answers, `llm` its settings.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: VirtualClock | None = None,
        code: str | None = CODE,
        announced: Announcements = A_GUARDED_HOME,
        sentences: Sequence[Path] = (),
        model: Sequence[str] = (MODEL_SAYS,),
        llm: Mapping[str, object] | None = None,
        **home: object,
    ) -> None:
        self.clock = clock or VirtualClock()
        self.folder = folder
        if code is not None:
            file = folder / "code"
            file.write_text(code + "\n", encoding="utf-8")
            file.chmod(0o600)
            home["code_file"] = file
        self.settings = Settings.model_validate(
            {
                "device": {"area": "Living Room"},
                "mqtt": {"host": "broker.home"},
                "route": {"sentences": list(sentences)},
                "llm": llm or {},
                "home": {"entities": [it.model_dump() for it in A_HOME], **home},
            }
        )
        self.publisher = FakePublisher()
        self.telemetry = FakeTelemetry()
        self.tts = FakeTts()
        self.chat = FakeChat(self.clock, model)
        state = folder / "state"
        state.mkdir(exist_ok=True)
        self.state = state
        saved = {topic: _base64(payload) for topic, payload in announced.items()}
        (state / "home.json").write_text(json.dumps(saved), encoding="utf-8")
        self.home = open_home(self.settings, self.publisher, FakeSpeaker(), self.clock, state, ENGLISH.replies)
        router = open_router(self.settings, names=self.home.names, cloud=lambda: "no-key", fit=OPEN)
        self.pipeline = typed_pipeline(
            self.settings, self.home.actions, router, self.telemetry, self.tts, self.chat, self.clock
        )

        async def decide(text: str) -> Any:
            return router.decide(text)

        self.known = KnownHome(self.settings.home, self.home.watch, self.home.things, decide)

    async def ask(self, text: str, *, speak: bool = False) -> TurnRecord:
        """Type `text`; the record of the turn."""
        return await self.pipeline.ask(text, speak=speak)

    async def says(self, *texts: str) -> str:
        """Type the texts; the answer to the last one, `MODEL_SAYS` if a model gave it."""
        return [(await self.ask(text)).reply for text in texts][-1]

    @property
    def published(self) -> list[tuple[str, str]]:
        """Topics and payloads sent to the home since this was read last."""
        sent = list(self.publisher.published)
        self.publisher.published.clear()
        return sent


def _base64(payload: Mapping[str, Any]) -> str:
    import base64

    return base64.b64encode(json.dumps(payload).encode()).decode()
