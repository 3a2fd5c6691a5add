import importlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from edge.audio.recordings import read_recording
from edge.errors import ModelError
from edge.events import FRAME_SAMPLES, AudioFrame, Samples
from edge.store import ModelStore
from edge.wake import Step
from edge.wake.openwakeword import STEP_SAMPLES, OpenWakeWord, OpenWakeWordStream
from tests.wake.word_models import write_word_model

RECORDINGS = Path(__file__).parents[2] / "edge" / "bench" / "recordings"
SPOKEN = ("wake-1.flac", "06-light-on.flac", "negative-letter.flac")


@pytest.fixture(scope="module")
def audio() -> Samples:
    return np.concatenate([read_recording(RECORDINGS / name) for name in SPOKEN])


@pytest.fixture(scope="module")
def alexa(store: ModelStore) -> Path:
    return store.locate("openwakeword-alexa") / "alexa_v0.1.onnx"


@pytest.fixture(scope="module")
def features(store: ModelStore) -> Path:
    return store.locate("openwakeword-features")


def listen(stream: OpenWakeWordStream, audio: Samples, *, frame_samples: int = FRAME_SAMPLES) -> list[Step]:
    frames = [AudioFrame(audio[at : at + frame_samples], at) for at in range(0, len(audio), frame_samples)]
    return [step for frame in frames for step in stream.score(frame)]


@pytest.fixture(scope="module")
def package() -> Iterator[types.ModuleType]:
    """`openwakeword`, with stand-ins for the training libraries that it imports and scoring never uses."""
    with pytest.MonkeyPatch.context() as patch:
        if importlib.util.find_spec("openwakeword") is None:
            pytest.skip("needs the package openwakeword==0.4.0 (pip install --no-deps openwakeword==0.4.0)")
        for name, things in {
            "tqdm": ["tqdm"],
            "scipy": [],
            "sklearn": [],
            "sklearn.linear_model": ["LogisticRegression"],
            "sklearn.pipeline": ["make_pipeline"],
            "sklearn.preprocessing": ["FunctionTransformer", "StandardScaler"],
        }.items():
            module = types.ModuleType(name)
            for thing in things:
                setattr(module, thing, None)
            patch.setitem(sys.modules, name, module)
        yield importlib.import_module("openwakeword")


@pytest.mark.filterwarnings("ignore:Specified provider")  # the package asks for CUDA first
def test_scores_equal_those_of_the_package(
    package: types.ModuleType, optional_model: Callable[[str], Path], features: Path, alexa: Path, audio: Samples
) -> None:
    words = {
        "alexa_v0.1": alexa,
        "hey_jarvis_v0.1": optional_model("openwakeword-hey-jarvis") / "hey_jarvis_v0.1.onnx",
        "hey_mycroft_v0.1": optional_model("openwakeword-hey-mycroft") / "hey_mycroft_v0.1.onnx",
    }
    reference = package.Model(
        wakeword_model_paths=[str(path) for path in words.values()],
        melspec_onnx_model_path=str(features / "melspectrogram.onnx"),
        embedding_onnx_model_path=str(features.parent / "embedding_model.onnx"),
    )
    whole = len(audio) // STEP_SAMPLES * STEP_SAMPLES
    pcm = np.rint(audio[:whole] * 32768).astype(np.int16)
    expected = [reference.predict(pcm[at : at + STEP_SAMPLES]) for at in range(0, whole, STEP_SAMPLES)]

    steps = listen(OpenWakeWord(features, words).stream(), (pcm / 32768).astype(np.float32))

    assert [step.at for step in steps] == list(range(STEP_SAMPLES, whole + 1, STEP_SAMPLES))
    for word in words:
        heard = [step.scores[word] for step in steps]
        np.testing.assert_allclose(heard, [scores[word] for scores in expected], atol=1e-4)
    assert max(step.scores["alexa_v0.1"] for step in steps) > 0.9, "the recordings must hold the word"


def test_the_size_of_a_frame_does_not_change_the_scores(features: Path, alexa: Path, audio: Samples) -> None:
    audio = audio[: STEP_SAMPLES * 30]
    once = listen(OpenWakeWord(features, {"alexa": alexa}).stream(), audio, frame_samples=len(audio))
    assert len(once) == 30
    assert listen(OpenWakeWord(features, {"alexa": alexa}).stream(), audio) == once
    assert listen(OpenWakeWord(features, {"alexa": alexa}).stream(), audio, frame_samples=77) == once


def test_reset_forgets_what_was_heard(features: Path, alexa: Path, audio: Samples) -> None:
    stream = OpenWakeWord(features, {"alexa": alexa}).stream()
    first = listen(stream, audio[:40_000])
    stream.reset()
    assert listen(stream, audio[:40_000]) == first


def test_steps_carry_the_sample_index_of_the_source(features: Path, alexa: Path) -> None:
    stream = OpenWakeWord(features, {"alexa": alexa}).stream()
    frames = [AudioFrame(np.zeros(FRAME_SAMPLES, np.float32), 1_000_000 + index * FRAME_SAMPLES) for index in range(5)]
    steps = [step.at for frame in frames for step in stream.score(frame)]
    assert steps == [1_000_000 + STEP_SAMPLES, 1_000_000 + 2 * STEP_SAMPLES]


@pytest.mark.parametrize("window", [1, 28, 116])
def test_a_word_model_may_look_back_as_far_as_it_was_trained_to(features: Path, tmp_path: Path, window: int) -> None:
    own = write_word_model(tmp_path / "own.onnx", window=window)
    steps = listen(OpenWakeWord(features, {"own": own}).stream(), np.zeros(STEP_SAMPLES * 8, np.float32))
    scores = [step.scores["own"] for step in steps]
    assert scores[:5] == [0.0] * 5
    assert all(0 < score < 1 for score in scores[5:])


def test_words_are_scored_side_by_side(features: Path, alexa: Path, tmp_path: Path, audio: Samples) -> None:
    own = write_word_model(tmp_path / "own.onnx", window=20)
    both = listen(OpenWakeWord(features, {"own": own, "alexa": alexa}).stream(), audio[:48_000])
    alone = listen(OpenWakeWord(features, {"alexa": alexa}).stream(), audio[:48_000])
    assert [step.scores["alexa"] for step in both] == [step.scores["alexa"] for step in alone]


def refusal(features: Path, path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        OpenWakeWord(features, {"own": path})
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_missing_model_is_one_error(features: Path, tmp_path: Path) -> None:
    assert refusal(features, tmp_path / "absent.onnx").code == "model-missing"


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"RIFF is not a model", b"\x08\x07"])
def test_a_file_that_is_no_model_is_one_error(features: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(content)
    assert refusal(features, path).code == "model-invalid"


def test_a_folder_is_no_model(features: Path, tmp_path: Path) -> None:
    assert refusal(features, tmp_path).code == "model-invalid"


def test_a_cut_model_is_one_error(features: Path, alexa: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(alexa.read_bytes()[:100_000])
    assert refusal(features, path).code == "model-invalid"


@pytest.mark.parametrize("shape", [{"window": 117}, {"features": 95}, {"scores": 2}])
def test_a_model_of_another_shape_is_one_error(features: Path, tmp_path: Path, shape: dict[str, int]) -> None:
    assert refusal(features, write_word_model(tmp_path / "own.onnx", **shape)).code == "model-invalid"


def test_the_feature_models_are_no_word_models(features: Path) -> None:
    assert refusal(features, features / "melspectrogram.onnx").code == "model-invalid"
    assert refusal(features, features / "embedding_step.onnx").code == "model-invalid"
