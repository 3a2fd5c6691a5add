"""What is worth measuring on this board: devices with their providers, and numbers of threads. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from edge.settings import Device, Stage

DEVICES: Final[tuple[Device, ...]] = ("tensorrt", "cuda", "openvino", "webgpu", "qnn")
_THREADS: Final = (1, 2, 4)
_OWN_THREADS: Final[frozenset[Stage]] = frozenset({"stt", "tts"})
"""Stages of which more threads may make a turn faster. The others run on every frame, beside everything else."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to run a stage. `threads` None: as many as the engine asks for; that on the processor is the default."""

    stage: Stage
    device: Device
    threads: int | None = None

    @property
    def name(self) -> str:
        """For people."""
        return self.device if self.threads is None else f"{self.device}, {self.threads} threads"


def default_of(stage: Stage) -> Candidate:
    """How a stage runs where nothing was measured."""
    return Candidate(stage, "cpu")


def candidates(stage: Stage, *, devices: Sequence[Device], cores: int) -> Iterator[Candidate]:
    """The default, then what may be better. `devices` are those whose providers are installed."""
    yield default_of(stage)
    if stage in _OWN_THREADS:
        # A voice speaks while the chat model writes, so half of the cores are not its own.
        free = max(1, cores // 2) if stage == "tts" else cores
        yield from (Candidate(stage, "cpu", threads) for threads in _THREADS if threads <= free)
    yield from (Candidate(stage, device) for device in DEVICES if device in devices)


def chat_threads(cores: int) -> Sequence[int]:
    """Numbers of threads that a chat model may read its prompt with, beside the default."""
    return [threads for threads in (1, 2, 4, 8) if threads <= cores]
