"""Each stage, opened as in the speaker, with the same input for every candidate: the recordings of the project."""

from collections.abc import Callable
from typing import Final

import numpy as np

from edge.audio.recordings import read_recording
from edge.bench.common import read_manifest
from edge.bench.stt import RECORDINGS
from edge.events import FRAME_SAMPLES, AudioFrame, Samples, Speech
from edge.settings import Settings, Stage
from edge.store import ModelStore
from edge.stt import open_stt
from edge.tts import open_tts
from edge.tune.agreement import Result
from edge.vad import open_vad
from edge.wake import open_scorer

Run = Callable[[], Result]
"""Runs a stage once over all its input."""

_CLIPS: Final = 5
_CLIPS_OF_FRAMES: Final = 3
_TEXTS: Final = ("It's half past seven.", "There are three minutes left on the timer.")
_STEP_S: Final = 0.01


def open_stage(stage: Stage, settings: Settings, store: ModelStore) -> Run:
    """What runs the stage. Raises `ModelError` or `EngineError`."""
    return {"stt": _stt, "vad": _vad, "wake": _wake, "tts": _tts}[stage](settings, store)


def _stt(settings: Settings, store: ModelStore) -> Run:
    engine, clips = open_stt(settings.stt, store, settings.device.language), _clips()

    def text(clip: Samples) -> str:
        stream = engine.stream()
        stream.feed(clip)
        return stream.finish().text

    return lambda: [text(clip) for clip in clips]


def _vad(_: Settings, store: ModelStore) -> Run:
    engine, frames = open_vad(store), _frames()

    def probabilities() -> Result:
        stream = engine.stream()
        return [stream.feed(frame) for frame in frames]

    return probabilities


def _wake(settings: Settings, store: ModelStore) -> Run:
    engine, frames = open_scorer(settings.wake, store), _frames()

    def scores() -> Result:
        stream = engine.stream()
        return [score for frame in frames for step in stream.score(frame) for score in step.scores.values()]

    return scores


def _tts(settings: Settings, store: ModelStore) -> Run:
    engine = open_tts(settings.tts, store)
    return lambda: [level for text in _TEXTS for speech in engine.synthesise(text) for level in _loudness(speech)]


def _loudness(speech: Speech) -> list[float]:
    step = int(speech.rate_hz * _STEP_S)
    steps = speech.samples[: len(speech.samples) // step * step].reshape(-1, step)
    return [float(it) for it in np.sqrt((steps.astype(np.float64) ** 2).mean(axis=1))]


def _clips() -> list[Samples]:
    rows = [row for row in read_manifest(RECORDINGS) if row.fields.get("text")]
    return [read_recording(row.audio) for row in rows[:_CLIPS]]


def _frames() -> list[AudioFrame]:
    audio = np.concatenate(_clips()[:_CLIPS_OF_FRAMES])
    whole = len(audio) // FRAME_SAMPLES * FRAME_SAMPLES
    return [AudioFrame(audio[at : at + FRAME_SAMPLES], at) for at in range(0, whole, FRAME_SAMPLES)]
