"""Text to speech, streamed sentence by sentence.

sentences -> plain_text -> hibari | piper -> silence trimmed -> Speech; `voice` joins them for a reply.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edge.errors import ModelError
from edge.events import Speech
from edge.settings import TtsSettings

if TYPE_CHECKING:
    from edge.store import ModelStore


class Tts(Protocol):
    """A loaded voice. Calls block: run them on the engine's worker."""

    name: str
    rate_hz: int

    def synthesise(self, text: str) -> Iterator[Speech]:
        """Speech for one sentence of plain text, in one or more chunks; none for a text without words.

        Silence at the ends is trimmed. The same text gives the same samples. Raises `EngineError` `tts-failed`.
        """
        ...


def open_tts(settings: TtsSettings, store: "ModelStore") -> Tts:
    """The configured voice, ready to speak. Raises `EngineError` `engine-missing` or `ModelError`."""
    match settings.engine:
        case "hibari":
            from edge.tts.hibari import HibariTts

            return HibariTts(_hibari_model(settings.model), speed=settings.speed)
        case "piper":
            from edge.tts.piper import PiperTts

            return PiperTts(_piper_model(settings.model, store), speed=settings.speed)


def _hibari_model(model: str | None) -> Path | None:
    """The user's own file; None for the voice that comes with the package."""
    if model in {None, "heart"}:
        return None
    path = Path(str(model)).expanduser()
    if path.suffix != ".onnx":
        hint = "leave model out of [tts] for the voice 'heart', or give the path of a hibari voice"
        raise ModelError("model-unknown", f"hibari has no voice '{model}'", hint)
    return path


def _piper_model(model: str | None, store: "ModelStore") -> Path:
    """The .onnx file of a voice of the store, or of the user's own path; its .onnx.json is in the same folder."""
    from edge.store import is_path
    from edge.store.needs import PIPER_DEFAULT

    name = model or PIPER_DEFAULT
    found = [Path(name).expanduser()] if is_path(name) else sorted(store.locate(name).glob("*.onnx"))
    if len(found) != 1 or found[0].suffix != ".onnx":
        hint = "run `edge-voice models verify`, or give the path of the voice's .onnx file"
        raise ModelError("model-invalid", f"'{name}' is not a Piper voice: one .onnx file is expected", hint)
    return found[0]
