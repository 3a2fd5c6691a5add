"""The decoder whose keys and values stay where they were computed, here in the memory of the processor."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from edge.audio.recordings import read_recording
from edge.bench.stt import RECORDINGS
from edge.runtime.onnx.resident import Resident, ResidentLost
from edge.runtime.onnx.session import Session, open_session
from edge.settings import Settings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from edge.stt.moonshine.tree import TreeDecoder
from tests.stt.conftest import Say
from tests.stt.moonshine.test_decoder import ROUNDING, greedy

HEARD = sorted(RECORDINGS.parent.glob("command-*.flac"))[:6]


@pytest.fixture
def folder(store: ModelStore) -> Path:
    return store.locate("moonshine-tiny-en")


def resident_stt(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> Stt:
    """A recogniser that takes its device for one with a memory of its own."""
    monkeypatch.setattr(Session, "has_own_memory", True)
    return open_stt(Settings().stt, store)


def text(stt: Stt, recording: Path) -> str:
    stream = stt.stream()
    stream.feed(read_recording(recording))
    return stream.finish().text


def states(folder: Path, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    encoder = open_session(folder / "encoder.onnx", "the encoder", stage="stt")
    feeds = {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)}
    return np.asarray(encoder.run(None, feeds)[0])


def test_every_step_gives_what_the_copying_decoder_gives(folder: Path, say: Say) -> None:
    hidden = states(folder, say("set a timer for ten minutes"))
    resident = TreeDecoder(folder, resident=True).utterance(hidden)
    copying = TreeDecoder(folder, resident=False).utterance(hidden)
    assert greedy(resident)[0] == greedy(copying)[0]
    rows, tokens = [0, 0, 1, 2, 0], [5, 6, 7, 8, 9]
    for utterance in (resident, copying):
        utterance.begin()
        utterance.extend([0, 0, 0], [5, 6, 7])
    np.testing.assert_allclose(resident.extend(rows, tokens), copying.extend(rows, tokens), atol=ROUNDING)
    assert resident.scores([[5, 6, 7]]) == pytest.approx(copying.scores([[5, 6, 7]]), abs=ROUNDING)


def test_keys_and_values_are_never_fetched_while_the_device_works(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stt = resident_stt(store, monkeypatch)

    def fetched(_: Resident) -> Any:
        raise AssertionError("a step has copied its keys and values")

    monkeypatch.setattr(Resident, "fetch", fetched)
    assert text(stt, HEARD[0])


def test_the_text_of_every_recording_is_the_same(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    copying = open_stt(Settings().stt, store)
    expected = [text(copying, recording) for recording in HEARD]
    assert all(expected)
    resident = resident_stt(store, monkeypatch)
    assert [text(resident, recording) for recording in HEARD] == expected


@pytest.mark.parametrize("after", [0, 1, 7])
def test_an_utterance_is_begun_again_when_the_device_is_lost_with_its_memory(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    stt = resident_stt(store, monkeypatch)
    expected = text(stt, HEARD[0])
    run, calls = Session._run_bound, 0

    def lose(session: Session, *arguments: Any) -> list[Any]:
        nonlocal calls
        calls += 1
        if calls == after + 1:
            raise ResidentLost("the device is gone")
        return run(session, *arguments)

    monkeypatch.setattr(Session, "_run_bound", lose)
    assert text(stt, HEARD[0]) == expected
    assert calls > after + 1
    assert text(stt, HEARD[0]) == expected
