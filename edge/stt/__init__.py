"""Speech to text."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edge.events import Samples, Transcript
from edge.grammar import Grammar
from edge.settings import DEFAULT_LANGUAGE
from edge.store.needs import STT_DEFAULTS, is_path

if TYPE_CHECKING:
    from edge.settings import SttSettings
    from edge.store import ModelStore


class SttStream(Protocol):
    """One utterance. Calls block: run them on the engine's worker."""

    def feed(self, samples: Samples) -> None:
        """Append audio (16 kHz, any length). Cheap: whole-utterance engines only store it."""
        ...

    def partial(self) -> Transcript | None:
        """What has been said so far; None when there is nothing new to say, or when it was given up.

        Marked `final` when `finish` would say the same of the audio so far.
        """
        ...

    def give_up(self) -> None:
        """End a `partial` under way at its next step; may be called from any thread, and when there is none.

        Engines whose partial results are quick need do nothing.
        """
        ...

    def finish(self) -> Transcript:
        """What was said. The stream is over."""
        ...


class Stt(Protocol):
    """A loaded recogniser; a stream is one utterance."""

    name: str

    def stream(self) -> SttStream:
        """Begin an utterance."""
        ...

    def use(self, grammar: Grammar | None) -> None:
        """From the next utterance on, listen for sentences of this grammar beside free text. Blocks for a moment.

        May be called on another thread than the one that recognises; the grammar then belongs to the recogniser.

        An engine that cannot leaves `Transcript.match` empty: the text is still matched by whoever routes it.
        """
        ...


def open_stt(settings: "SttSettings", store: "ModelStore", language: str = DEFAULT_LANGUAGE) -> Stt:
    """Load the configured recogniser; its model is a name of the store or a folder. Blocks for a second or so.

    `language` is what a recogniser of many languages listens for; the others know that of their model.

    Raises `ModelError`, or `EngineError` `stt-not-installed` naming the package that is missing.
    """
    model = settings.model or STT_DEFAULTS[settings.engine]
    folder = Path(model).expanduser() if is_path(model) else store.locate(model)
    match settings.engine:
        case "moonshine":
            from edge.stt.moonshine import MoonshineStt  # noqa: PLC0415 - an engine is imported when it is opened

            return MoonshineStt(folder)
        case "vosk":
            from edge.stt.vosk import VoskStt  # noqa: PLC0415

            return VoskStt(folder)
        case "whisper":
            from edge.stt.whisper import WhisperStt  # noqa: PLC0415

            return WhisperStt(folder, language)
