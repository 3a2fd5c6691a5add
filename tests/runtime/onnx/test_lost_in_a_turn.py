"""A turn of the whole speaker whose providers fail on the way: no stage loses what it was doing."""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import structlog.testing
from onnxruntime import InferenceSession
from rich.console import Console

from edge.cli.dialogue import alone, show_dialogue
from edge.runtime.onnx import session
from edge.runtime.onnx.plan import ON_CPU, Provider
from edge.settings import Settings, Stage
from edge.store import ModelStore
from tests.runtime.onnx.conftest import warnings

pytestmark = pytest.mark.slow

CPU = ON_CPU.name
STAGES = Counter(get_args(Stage))

WORKING_CALLS: Final = {
    "melspectrogram.onnx": 25,
    "embedding_step.onnx": 20,
    "alexa_v0.1.onnx": 20,
    "silero_vad_16k_op15.onnx": 15,
    "encoder.onnx": 1,
    "decoder_audio.onnx": 1,
    "decoder_step.onnx": 5,
}
"""For how many calls a device works: until the middle of the wake word, of the utterance, or of its second text."""


class LostDevice:
    """A session that computes as the CPU does, and fails from one call on."""

    def __init__(self, real: InferenceSession, working_calls: int, on_loss: Callable[[], None]) -> None:
        self._real = real
        self._left = working_calls
        self._on_loss = on_loss

    def run(self, *arguments: Any) -> Any:
        self._count()
        return self._real.run(*arguments)

    def run_with_iobinding(self, binding: Any) -> None:
        self._count()
        self._real.run_with_iobinding(binding)

    def _count(self) -> None:
        if not self._left:
            self._on_loss()
            raise RuntimeError("the device is lost")
        self._left -= 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


async def one_turn(folder: Path) -> tuple[dict[str, Any], list[tuple[str, str, str]], Counter[str]]:
    """Ask what time it is; the turn, the warnings about providers, and how many there were for each stage."""
    with structlog.testing.capture_logs() as logged:
        (turn,) = await show_dialogue(alone(Settings()), folder, Console(file=io.StringIO()), quick=True)
    return turn, warnings(logged), Counter(it["stage"] for it in logged if it["event"] == "provider-failed")


@pytest.mark.usefixtures("store")
async def test_a_provider_that_fails_at_every_first_call_costs_one_line_for_each_stage(
    tmp_path: Path, fake: Callable[..., Provider], only: Callable[..., None]
) -> None:
    provider = fake("RUNNING")
    only(provider)
    turn, warned, stages = await one_turn(tmp_path)
    assert (turn["outcome"], turn["transcript"]) == ("answered", "What time is it?")
    assert set(warned) == {(provider.name, "the device is lost", CPU)}
    assert stages == STAGES


async def test_a_device_that_is_lost_in_the_middle_of_the_utterance_loses_nothing_of_it(
    tmp_path: Path, only: Callable[..., None], monkeypatch: pytest.MonkeyPatch, store: ModelStore
) -> None:
    assert store.names()
    provider = Provider("webgpu", "LostExecutionProvider", "a package")
    create, lost = session._create, set[str]()

    def open_on_it(model: Path, on: Provider, threads: int) -> Any:
        real = create(model, ON_CPU, threads)
        if on == ON_CPU:
            return real
        return LostDevice(real, WORKING_CALLS.get(model.name, 0), lambda: lost.add(model.name))

    monkeypatch.setattr(session, "_create", open_on_it)
    monkeypatch.setattr(session, "is_installed", lambda _: True)
    only(provider)
    turn, warned, stages = await one_turn(tmp_path)
    assert (turn["outcome"], turn["transcript"]) == ("answered", "What time is it?")
    assert set(warned) == {(provider.name, "the device is lost", CPU)}
    assert stages == STAGES
    assert set(WORKING_CALLS) < lost
