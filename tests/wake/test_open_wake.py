from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
import tomli_w

from edge.audio.recordings import read_recording
from edge.errors import ModelError
from edge.events import FRAME_SAMPLES, AudioFrame, Samples, WakeDetected
from edge.settings import ModelSettings, WakeSettings, WakeWordSettings
from edge.store import ModelStore, open_store
from edge.wake import Sensitivity, Step, WakeDetector, find_word_model, open_scorer, open_wake
from edge.wake.detector import ScoreDetector, choose
from tests.wake.word_models import write_word_model

RECORDINGS = Path(__file__).parents[2] / "edge" / "bench" / "recordings"


def frames(audio: Samples) -> list[AudioFrame]:
    return [AudioFrame(audio[at : at + FRAME_SAMPLES], at) for at in range(0, len(audio), FRAME_SAMPLES)]


def hear(detector: WakeDetector, audio: Samples) -> list[WakeDetected]:
    stream = detector.stream()
    return [found for frame in frames(audio) for found in stream.feed(frame)]


def test_the_default_settings_hear_alexa_once_each_time_it_is_said(store: ModelStore) -> None:
    detector = open_wake(WakeSettings(), store)
    names = ["negative-news.flac", "wake-1.flac", "06-light-on.flac"]
    audio = np.concatenate([read_recording(RECORDINGS / name) for name in names])
    assert [found.word for found in hear(detector, audio)] == ["alexa", "alexa"]
    assert detector.words == ("alexa",)


def test_two_microphones_are_heard_apart(store: ModelStore) -> None:
    """The word in one, other speech in the other, frame by frame in turn."""
    detector = open_wake(WakeSettings(), store)
    kitchen, office = detector.stream(), detector.stream()
    word = frames(read_recording(RECORDINGS / "wake-1.flac"))
    other = frames(read_recording(RECORDINGS / "negative-news.flac"))
    heard = [(kitchen.feed(one), office.feed(two)) for one, two in zip(word, other, strict=False)]
    assert [found.word for in_kitchen, _ in heard for found in in_kitchen] == ["alexa"]
    assert [found for _, in_office in heard for found in in_office] == []


def test_the_word_ends_before_the_detector_is_sure(store: ModelStore) -> None:
    audio = read_recording(RECORDINGS / "wake-1.flac")
    (found,) = hear(open_wake(WakeSettings(), store), audio)
    assert 0 < found.word_end <= found.at <= len(audio)


def test_the_other_engine_takes_its_models_from_the_store_too(optional_model: Callable[[str], Path]) -> None:
    pytest.importorskip("pymicro_wakeword", reason="needs the extra microwakeword")
    optional_model("microwakeword-alexa")
    detector = open_wake(WakeSettings(engine="microwakeword"), open_store(ModelSettings()))
    assert [found.word for found in hear(detector, read_recording(RECORDINGS / "wake-1.flac"))] == ["alexa"]


def test_a_path_is_the_users_own_model(store: ModelStore, tmp_path: Path) -> None:
    own = write_word_model(tmp_path / "own.onnx")
    words = {"computer": WakeWordSettings(model=str(own)), "alexa": WakeWordSettings(model="alexa")}
    assert open_wake(WakeSettings(words=words), store).words == ("computer", "alexa")


def test_a_name_of_the_store_takes_underscores(store: ModelStore) -> None:
    assert find_word_model("openwakeword", "alexa", store).name == "alexa_v0.1.onnx"
    with pytest.raises(ModelError, match="openwakeword-hey-nobody"):
        find_word_model("openwakeword", "hey_nobody", store)


def test_a_model_of_the_other_engine_says_which_engine_it_is_for(store: ModelStore) -> None:
    with pytest.raises(ModelError) as caught:
        find_word_model("openwakeword", "/somewhere/word.json", store)
    assert "microwakeword" in caught.value.hint
    with pytest.raises(ModelError) as caught:
        find_word_model("openwakeword", "word.tflite", store)
    assert ".onnx" in caught.value.hint


class ScriptedScorer:
    """Scores as scripted, one step a frame."""

    words: tuple[str, ...] = ("a", "b")
    step_samples = FRAME_SAMPLES
    defaults: Mapping[str, Sensitivity] = {"a": Sensitivity(0.8), "b": Sensitivity(0.5)}
    lag_samples: Mapping[str, int] = {"a": 700, "b": 0}

    def __init__(self, script: list[dict[str, float]]) -> None:
        self._script = script

    def stream(self) -> "ScriptedScorer":
        return self

    def score(self, frame: AudioFrame) -> list[Step]:
        return [Step(frame.end, self._script.pop(0))] if self._script else []

    def reset(self) -> None:
        self._script.clear()


def scripted(script: list[dict[str, float]], **words: WakeWordSettings) -> list[WakeDetected]:
    detector = ScoreDetector(ScriptedScorer(script), WakeSettings(words=words))
    return hear(detector, np.zeros(FRAME_SAMPLES * len(script), np.float32))


def test_a_threshold_that_is_not_set_is_the_models_own() -> None:
    word = WakeWordSettings(model="x", refractory_ms=0)
    found = scripted([{"a": 0.7, "b": 0.7}, {"a": 0.9, "b": 0.9}], a=word, b=word)
    assert [(one.word, one.score, one.at) for one in found] == [("b", 0.7, 512), ("a", 0.9, 1024)]


def test_the_end_of_the_word_lies_a_lag_before_the_detection_and_never_before_the_start() -> None:
    word = WakeWordSettings(model="x", threshold=0.5, refractory_ms=0)
    found = scripted([{"a": 0.9, "b": 0.0}, {"a": 0.0, "b": 0.0}, {"a": 0.9, "b": 0.9}], a=word, b=word)
    assert [(one.word, one.word_end) for one in found] == [("a", 0), ("a", 3 * 512 - 700), ("b", 3 * 512)]


def test_patience_moves_the_detection_but_not_the_end_of_the_word() -> None:
    quick = WakeWordSettings(model="x", threshold=0.5, refractory_ms=0)
    patient = WakeWordSettings(model="x", threshold=0.5, refractory_ms=0, patience=2)
    found = scripted([{"a": 0.0, "b": 0.0}] * 3 + [{"a": 0.9, "b": 0.9}] * 2, a=quick, b=patient)
    assert [(one.word, one.at, one.word_end) for one in found] == [
        ("a", 4 * 512, 4 * 512 - 700),
        ("b", 5 * 512, 4 * 512),
    ]


def test_each_word_has_its_own_refractory_time() -> None:
    deaf, quick = (
        WakeWordSettings(model="x", threshold=0.5),
        WakeWordSettings(model="x", threshold=0.5, refractory_ms=0),
    )
    script = [{"a": 0.9, "b": 0.9}, {"a": 0.0, "b": 0.0}] * 3
    assert [one.word for one in scripted(script, a=deaf, b=quick)] == ["a", "b", "b", "b"]


def test_the_manifest_of_a_model_holds_its_operating_point_and_the_settings_override_it(store: ModelStore) -> None:
    alexa = open_scorer(WakeSettings(), store).defaults["alexa"]
    assert alexa == Sensitivity(0.3, 2)
    assert store.manifest("openwakeword-alexa").tuning["threshold"] == alexa.threshold
    assert choose(WakeWordSettings(model="alexa"), alexa) == alexa
    assert choose(WakeWordSettings(model="alexa", threshold=0.6), alexa) == Sensitivity(0.6, 2)
    assert choose(WakeWordSettings(model="alexa", patience=1), alexa) == Sensitivity(0.3, 1)


def test_a_model_without_a_manifest_has_the_operating_point_of_its_engine(store: ModelStore, tmp_path: Path) -> None:
    own = write_word_model(tmp_path / "alexa_v0.1.onnx")
    scorer = open_scorer(WakeSettings(words={"own": WakeWordSettings(model=str(own))}), store)
    assert scorer.defaults == {"own": Sensitivity(0.5)}
    assert scorer.lag_samples == {"own": 0}


@pytest.mark.parametrize(
    ("tuning", "key"),
    [({"threshold": 1.5}, "threshold"), ({"patience": 2.5}, "patience"), ({"treshold": 0.5}, "treshold")],
)
def test_a_wrong_operating_point_is_one_error_that_names_the_key(
    store: ModelStore, tmp_path: Path, tuning: dict[str, float], key: str
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "origin").mkdir()
    write_word_model(tmp_path / "origin" / "own.onnx")
    document = {
        "name": "openwakeword-own",
        "stage": "wake",
        "engine": "openwakeword",
        "summary": "for tests",
        "languages": [],
        "licence": "MIT",
        "files": [{"name": "own.onnx"}],
        "sources": [{"kind": "local", "path": str(tmp_path / "origin")}],
        "tuning": tuning,
    }
    folder = tmp_path / "models"
    (folder / "openwakeword-own.toml").write_text(tomli_w.dumps(document))
    own = ModelStore(folder)
    own.pull(["openwakeword-own"])
    (folder / "openwakeword-features").symlink_to(store.folder / "openwakeword-features")
    with pytest.raises(ModelError) as caught:
        open_scorer(WakeSettings(words={"own": WakeWordSettings(model="own")}), own)
    assert caught.value.code == "tuning-invalid"
    assert key in caught.value.message
