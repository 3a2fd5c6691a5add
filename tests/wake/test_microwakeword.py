import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from edge.audio.recordings import read_recording
from edge.errors import ModelError
from edge.events import FRAME_SAMPLES, AudioFrame, Samples
from edge.wake import Sensitivity, Step

pymicro_wakeword = pytest.importorskip("pymicro_wakeword", reason="needs the extra microwakeword")

from edge.wake.microwakeword import MicroWakeWordScorer, MicroWakeWordStream  # noqa: E402 - after the check that the extra is there

RECORDINGS = Path(__file__).parents[2] / "edge" / "bench" / "recordings"


@pytest.fixture(scope="module")
def alexa(optional_model: Callable[[str], Path]) -> Path:
    return optional_model("microwakeword-alexa") / "alexa.json"


def listen(stream: MicroWakeWordStream, audio: Samples, *, frame_samples: int = FRAME_SAMPLES) -> list[Step]:
    frames = [AudioFrame(audio[at : at + frame_samples], at) for at in range(0, len(audio), frame_samples)]
    return [step for frame in frames for step in stream.score(frame)]


def test_scores_equal_those_of_the_package(alexa: Path) -> None:
    audio = read_recording(RECORDINGS / "wake-1.flac")
    model, features = pymicro_wakeword.MicroWakeWord.from_config(alexa), pymicro_wakeword.MicroWakeWordFeatures()
    pcm = np.rint(audio * 32768).astype("<i2").tobytes()
    probabilities = [model.process_streaming_prob(one) for one in features.process_streaming(pcm)]
    steps = listen(MicroWakeWordScorer({"alexa": alexa}).stream(), audio)
    assert [step.scores["alexa"] for step in steps] == pytest.approx(probabilities[2::3])
    assert [step.at for step in steps[:3]] == [800, 1280, 1760]
    assert max(probabilities) > 0.9, "the recording must hold the word"


def test_the_size_of_a_frame_does_not_change_the_scores(alexa: Path) -> None:
    audio = read_recording(RECORDINGS / "wake-2.flac")
    once = listen(MicroWakeWordScorer({"alexa": alexa}).stream(), audio, frame_samples=len(audio))
    assert listen(MicroWakeWordScorer({"alexa": alexa}).stream(), audio, frame_samples=77) == once


def test_reset_forgets_what_was_heard(alexa: Path) -> None:
    audio = read_recording(RECORDINGS / "wake-1.flac")
    stream = MicroWakeWordScorer({"alexa": alexa}).stream()
    first = listen(stream, audio)
    stream.reset()
    assert listen(stream, audio) == first


def test_the_threshold_is_the_one_its_author_chose(alexa: Path) -> None:
    assert MicroWakeWordScorer({"word": alexa}).defaults == {"word": Sensitivity(0.9)}


def refusal(path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        MicroWakeWordScorer({"own": path})
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.fixture
def own(alexa: Path, tmp_path: Path) -> Path:
    """A copy of the model that a test may damage."""
    (tmp_path / "alexa.tflite").write_bytes((alexa.parent / "alexa.tflite").read_bytes())
    (tmp_path / "alexa.json").write_bytes(alexa.read_bytes())
    return tmp_path / "alexa.json"


@pytest.mark.parametrize("size", [0, 4, 8, 1000, 30_000])
def test_a_cut_model_is_one_error_and_no_crash(own: Path, size: int) -> None:
    model = own.with_suffix(".tflite")
    model.write_bytes(model.read_bytes()[:size])
    assert refusal(own).code == "model-invalid"


def test_a_missing_file_is_one_error(own: Path) -> None:
    own.with_suffix(".tflite").unlink()
    assert refusal(own).code == "model-missing"
    own.unlink()
    assert refusal(own).code == "model-missing"


@pytest.mark.parametrize(
    "change",
    [
        {"model": "../alexa.tflite"},
        {"model": 7},
        {"micro": {"probability_cutoff": 2, "sliding_window_size": 5}},
        {"micro": {"probability_cutoff": 0.9, "sliding_window_size": 1_000_000_000}},
        {"micro": {"probability_cutoff": 0.9, "sliding_window_size": 5, "feature_step_size": 20}},
        {"micro": []},
    ],
)
def test_a_description_that_cannot_be_is_one_error(own: Path, change: dict[str, object]) -> None:
    own.write_text(json.dumps({**json.loads(own.read_text()), **change}))
    assert refusal(own).code == "model-invalid"


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_a_description_that_is_no_json_object_is_one_error(own: Path, text: str) -> None:
    own.write_text(text)
    assert refusal(own).code == "model-invalid"
