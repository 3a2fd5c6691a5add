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
        """The result so far; None when nothing new was said, or when it was given up.

        Marked `final` when `finish` would return the same for the audio so far.
        """
        ...

    def give_up(self) -> None:
        """Stop a running `partial` at its next step; may be called from any thread at any time.

        Engines whose partial results are quick may ignore it.
        """
        ...

    def finish(self) -> Transcript:
        """The final result; ends the stream."""
        ...


class Stt(Protocol):
    """A loaded recogniser; a stream is one utterance."""

    name: str

    def stream(self) -> SttStream:
        """Begin an utterance."""
        ...

    def use(self, grammar: Grammar | None) -> None:
        """From the next utterance on, listen for sentences of this grammar beside free text. Blocks for a moment.

        May be called on another thread than the recogniser's; the grammar then belongs to the recogniser.

        An engine without this ability leaves `Transcript.match` empty: the router still matches the text.
        """
        ...


def open_stt(settings: "SttSettings", store: "ModelStore", language: str = DEFAULT_LANGUAGE) -> Stt:
    """Load the configured recogniser; its model is a name of the store or a folder. Blocks for about a second.

    `language` is for recognisers of many languages; the others know that of their model.
    A folder of the user's own has no manifest: the numbers fitted to the engine's default model serve for it, too.
    Raises `ModelError`, or `EngineError` `stt-not-installed` naming the missing package.
    """
    model = settings.model or STT_DEFAULTS[settings.engine]
    folder = Path(model).expanduser() if is_path(model) else store.locate(model)
    match settings.engine:
        case "moonshine":
            from edge.store.tuning import read_tuning
            from edge.stt.moonshine.engine import MoonshineStt
            from edge.stt.moonshine.form import folder_for
            from edge.stt.moonshine.tuning import Tuning

            tuned = STT_DEFAULTS["moonshine"] if is_path(model) else model
            if not is_path(model):
                folder = folder_for(store, model)
            return MoonshineStt(folder, read_tuning(Tuning, store.manifest(tuned)))
        case "vosk":
            from edge.stt.vosk import VoskStt

            return VoskStt(folder)
        case "whisper":
            from edge.stt.whisper import WhisperStt

            return WhisperStt(folder, language)
