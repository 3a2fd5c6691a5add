"""Voice-activity detection: the probability of speech in each frame."""

from typing import TYPE_CHECKING, Protocol

from edge.events import AudioFrame

if TYPE_CHECKING:
    from edge.store import ModelStore


class VadStream(Protocol):
    """The detector's state for one stream of audio."""

    def feed(self, frame: AudioFrame) -> float:
        """The probability, 0 to 1, that this frame is speech. Blocks for about 0.2 ms."""
        ...


class Vad(Protocol):
    """A loaded detector for any number of streams."""

    def stream(self) -> VadStream:
        """Begin a stream."""
        ...


def open_vad(store: "ModelStore") -> Vad:
    """The detector, from the store's 'silero-vad'. Raises `ModelError`."""
    from edge.vad.silero import SileroVad

    return SileroVad(store.locate("silero-vad") / "silero_vad_16k_op15.onnx")
