from pathlib import Path

import numpy as np
import pytest

from edge.audio.recordings import read_recording
from edge.errors import ModelError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples
from edge.store import ModelStore
from edge.vad import Vad, VadStream, open_vad
from edge.vad.silero import SileroVad

RECORDING = Path(__file__).parents[2] / "edge" / "bench" / "recordings" / "command-set-brightness.flac"
SPEECH_S = (0.5, 2.548)  # its row in the manifest


@pytest.fixture(scope="module")
def vad(store: ModelStore) -> Vad:
    return open_vad(store)


def listen(stream: VadStream, audio: Samples) -> list[float]:
    return [stream.feed(AudioFrame(audio[at : at + FRAME_SAMPLES], at)) for at in range(0, len(audio), FRAME_SAMPLES)]


def test_speech_is_told_from_the_silence_around_it(vad: Vad) -> None:
    audio = read_recording(RECORDING)
    audio = np.concatenate([audio, np.zeros(SAMPLE_RATE_HZ, np.float32)])
    probabilities = np.array(listen(vad.stream(), audio))
    times = np.arange(len(probabilities)) * FRAME_SAMPLES / SAMPLE_RATE_HZ
    inside = (times > SPEECH_S[0] + 0.1) & (times < SPEECH_S[1] - 0.2)
    outside = (times < SPEECH_S[0] - 0.1) | (times > SPEECH_S[1] + 0.3)
    assert np.median(probabilities[inside]) > 0.9
    assert probabilities[outside].max() < 0.5


def test_silence_and_noise_are_no_speech(vad: Vad) -> None:
    noise = np.random.default_rng(1).normal(0, 0.02, SAMPLE_RATE_HZ * 3).astype(np.float32)
    assert max(listen(vad.stream(), noise)) < 0.5
    assert max(listen(vad.stream(), np.zeros(SAMPLE_RATE_HZ * 3, np.float32))) < 0.1


def test_streams_do_not_hear_each_other(vad: Vad) -> None:
    audio = read_recording(RECORDING)
    alone = listen(vad.stream(), audio)
    one, other = vad.stream(), vad.stream()
    mixed = []
    for at in range(0, len(audio), FRAME_SAMPLES):
        mixed.append(one.feed(AudioFrame(audio[at : at + FRAME_SAMPLES], at)))
        other.feed(AudioFrame(np.zeros(FRAME_SAMPLES, np.float32), at))
    assert mixed == alone


def test_a_short_last_frame_is_heard_with_silence_behind_it(vad: Vad) -> None:
    audio = read_recording(RECORDING)[: FRAME_SAMPLES * 20 + 100]
    padded = np.pad(audio, (0, FRAME_SAMPLES - 100))
    assert listen(vad.stream(), audio) == listen(vad.stream(), padded)


def test_another_model_is_one_error(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        SileroVad(store.locate("openwakeword-features") / "melspectrogram.onnx")
    assert caught.value.code == "model-invalid"
    with pytest.raises(ModelError) as caught:
        SileroVad(tmp_path / "absent.onnx")
    assert caught.value.code == "model-missing"
