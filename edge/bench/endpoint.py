"""`bench endpoint`: how soon the end of an utterance is detected, and how often a pause is mistaken for it.

A pause of known length is inserted into each recording, at the quietest 20 ms between 30 and 70 % of the speech,
filled with the recording's own noise floor. The real engines process it in virtual time: sound arrives at its own pace
and each engine call takes as long as it really took, so that results appear at the same times as on this machine,
without the waiting. The endpointer does not end in this run; its inputs are recorded, and the settings in question
replay them.
"""

import math
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from edge.audio.recordings import read_recording
from edge.audio.waveform import noise_floor, speech_s, with_pause
from edge.bench.common import Row, machine, percentiles, read_manifest
from edge.bench.measured_worker import MeasuredWorker
from edge.errors import UsageError
from edge.events import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, HeardFrame, Samples
from edge.grammar import Grammar
from edge.nlu import open_language
from edge.nlu.sentence_files import speech_grammar
from edge.nlu.spoken_grammar import open_grammar
from edge.runtime import virtual_time
from edge.runtime.hosted import Hosted
from edge.settings import Settings, TurnSettings
from edge.store import open_store
from edge.stt import open_stt
from edge.turn.endpointer import (
    NOTHING,
    SILENCE_TIMEOUTS,
    Endpointer,
    PartialTurn,
    SilenceTimeouts,
    SpeechStarted,
    UtteranceEnded,
)
from edge.turn.recognition import Recognition
from edge.vad import Vad, VadStream, open_vad

RECORDINGS = Path(__file__).parent / "turns" / "manifest.jsonl"
PAUSE_MS = 400.0
MAX_PAUSE_MS = 10_000
SCALES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0)
"""Scales of all timeouts, for the curve."""
SILENCE_S = 2.6
"""Silence after the recording, longer than any timeout."""
SEED = 1
NEVER = SilenceTimeouts(*[math.inf] * 5)
"""A timeout that never ends an utterance."""


@dataclass(frozen=True, slots=True)
class HeardRow:
    """One recording with one pause: the endpointer's input in each frame, and the real end of the speech."""

    audio: str
    text: str
    pause_ms: float
    end_ms: float
    frames: tuple[tuple[float, PartialTurn], ...]

    @property
    def unfinished(self) -> bool:
        """The words before the pause are not a complete command, as far as they were recognised correctly."""
        said = _words(self.text or self.frames[-1][1].text)
        during = {so_far for _, so_far in self.frames[: int(self.end_ms / FRAME_MS)]}
        return not any(
            so_far.covers_all_audio and so_far.progress == "complete" and words == said[: len(words)]
            for so_far in during
            if (words := _words(so_far.text))
        )


@dataclass(frozen=True, slots=True)
class End:
    """The end of the utterance, in ms after the end of speech energy.

    `cut`: it ended before that, and speech follows; other noise does not count.
    """

    after_ms: float
    cut: bool
    text: str
    ready: bool
    """The final text was ready at that time."""


def bench_endpoint(
    settings: Settings,
    *,
    manifest: Path | None = None,
    pauses_ms: Sequence[float] = (),
    where: str | None = None,
    sentences: Path | None = None,
) -> dict[str, Any]:
    """Process every row `{audio, pauses_ms}`; rows without `pauses_ms` get the given ones (none: `PAUSE_MS`).

    The commands are those of `sentences`, a hassil file; None: those of this home. `cutoff_rate` over all rows, per
    pause in `by_pause`, and in `unfinished` without the pauses after a complete command ("set a timer for an hour" and
    a half; decided by the row's `text`, or by the final transcript); `latency_ms` from the end of speech in the
    waveform to the end of the utterance, if it was not cut off; `text_ready`: how often the text was ready by then;
    `curve`: [scale of all timeouts, cut-off rate, p50, p95]; `by_endpointing` compares the settings; `cut` names the
    recordings. `where` "KEY=VALUE" selects the rows with that value.
    Raises `UsageError`, `SettingsError` for the sentence file, `AudioError` and what the engines raise.
    """
    rows = chosen(read_manifest(manifest or RECORDINGS), where)
    if manifest is None and where is None:
        rows = [row for row in rows if row.fields.get("part") == "command"]
    language = open_language(settings.device.language)
    grammar = open_grammar(settings) if sentences is None else speech_grammar(sentences, language)
    heard, engine = virtual_time.run(_hear_all(settings, rows, pauses_ms or (PAUSE_MS,), grammar))
    timeouts = SILENCE_TIMEOUTS[settings.turn.endpointing]
    ends = [replay(one, settings, timeouts) for one in heard]
    lengths = sorted({one.pause_ms for one in heard})
    return {
        "n": len(heard),
        "engine": engine,
        "machine": machine(),
        "endpointing": settings.turn.endpointing,
        **_figures(ends),
        "text_ready": round(sum(end.ready for end in ends) / len(ends), 3),
        "unfinished": _figures([end for one, end in zip(heard, ends, strict=True) if one.unfinished]),
        "by_pause": [
            {"pause_ms": ms, **_figures([end for one, end in zip(heard, ends, strict=True) if one.pause_ms == ms])}
            for ms in lengths
        ],
        "by_endpointing": {
            name: _figures([replay(one, settings, it) for one in heard]) for name, it in SILENCE_TIMEOUTS.items()
        },
        "curve": [
            _point(scale, [replay(one, settings, _scaled(timeouts, scale)) for one in heard]) for scale in SCALES
        ],
        "cut": [
            {
                "audio": one.audio,
                "pause_ms": one.pause_ms,
                "after_ms": round(end.after_ms),
                "unfinished": one.unfinished,
                "heard": end.text,
            }
            for one, end in zip(heard, ends, strict=True)
            if end.cut
        ],
    }


def chosen(rows: list[Row], where: str | None) -> list[Row]:
    """The rows of a manifest that match "KEY=VALUE". Raises `UsageError` if there are none."""
    if where is None:
        return rows
    key, _, value = where.partition("=")
    kept = [row for row in rows if str(row.fields.get(key)) == value]
    if not kept:
        raise UsageError(
            "manifest-empty", f"no row has {where}", "write --where KEY=VALUE with a field of the manifest"
        )
    return kept


async def _hear_all(
    settings: Settings, rows: Iterable[Row], pauses_ms: Sequence[float], grammar: Grammar
) -> tuple[list[HeardRow], str]:
    clock = virtual_time.VirtualClock()
    store = open_store(settings.models)
    language = open_language(settings.device.language)
    stt = open_stt(settings.stt, store, language.code)
    stt.use(grammar)
    recognition = Recognition(Hosted("stt", stt, MeasuredWorker(clock)), language, settings, clock)
    vad = Hosted("vad", open_vad(store), MeasuredWorker(clock))
    heard = []
    for row in track(list(rows), "listening", console=Console(stderr=True), transient=True):
        samples = read_recording(row.audio)
        for pause_ms in _pauses(row, pauses_ms):
            rng = np.random.default_rng(SEED)
            paused = with_pause(samples, pause_ms, rng)
            silence = noise_floor(samples, round(SILENCE_S * SAMPLE_RATE_HZ), rng)
            given = _Given(settings.turn, threshold=settings.vad.threshold)
            await recognition.hear(_frames(np.concatenate([paused, silence]), vad, clock), endpointer=given)
            end_ms = speech_s(paused, SAMPLE_RATE_HZ)[1] * 1000
            text = str(row.fields.get("text", ""))
            heard.append(HeardRow(row.audio.name, text, pause_ms, end_ms, tuple(given.frames)))
    return heard, stt.name


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())


def _pauses(row: Row, default: Sequence[float]) -> Sequence[float]:
    own = row.fields.get("pauses_ms", default)
    lengths = [own] if isinstance(own, int | float) else own
    if not isinstance(lengths, Sequence) or not all(map(_is_length, lengths)):
        raise UsageError("manifest-invalid", f"{row.audio.name}: pauses_ms is {own!r}", "write milliseconds: [300]")
    return [float(ms) for ms in lengths]


def _is_length(ms: object) -> bool:
    return isinstance(ms, int | float) and not isinstance(ms, bool) and 0 <= ms <= MAX_PAUSE_MS


class _Given(Endpointer):
    """Records its inputs and never ends an utterance."""

    def __init__(self, settings: TurnSettings, *, threshold: float) -> None:
        super().__init__(endless(settings), threshold=threshold, timeouts=NEVER)
        self.frames: list[tuple[float, PartialTurn]] = []

    def step(self, probability: float, so_far: PartialTurn = NOTHING) -> SpeechStarted | UtteranceEnded | None:
        """See `Endpointer.step`."""
        self.frames.append((probability, so_far))
        event = super().step(probability)  # without the text: a text that does not change ends an utterance, too
        return event if isinstance(event, SpeechStarted) else None


def endless(settings: TurnSettings) -> TurnSettings:
    """Settings that never end an utterance."""
    return settings.model_copy(update={"start_timeout_ms": math.inf, "max_ms": math.inf})


async def _frames(samples: Samples, vad: Hosted[Vad], clock: virtual_time.VirtualClock) -> AsyncIterator[HeardFrame]:
    detector = await vad.call(lambda it: it.stream())
    began = clock.monotonic()
    for start in range(0, len(samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        due = began + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ
        await clock.sleep(max(0.0, due - clock.monotonic()))
        frame, arrived = AudioFrame(samples[start : start + FRAME_SAMPLES], start), clock.monotonic()
        yield HeardFrame(frame, await vad.call(partial(_speech, detector, frame)), arrived)


def _speech(detector: VadStream, frame: AudioFrame, _vad: Vad) -> float:
    return detector.feed(frame)


def replay(heard: HeardRow, settings: Settings, timeouts: SilenceTimeouts) -> End:
    """The end of the utterance with these timeouts."""
    endpointer = Endpointer(endless(settings.turn), threshold=settings.vad.threshold, timeouts=timeouts)
    for number, (probability, so_far) in enumerate(heard.frames, 1):
        if isinstance(endpointer.step(probability, so_far), UtteranceEnded):
            after_ms = number * FRAME_MS - heard.end_ms
            later = any(it >= settings.vad.threshold for it, _ in heard.frames[number:])
            return End(after_ms, after_ms < 0 and later, so_far.text, so_far.covers_all_audio)
    return End(len(heard.frames) * FRAME_MS - heard.end_ms, cut=False, text="", ready=False)


def _scaled(timeouts: SilenceTimeouts, scale: float) -> SilenceTimeouts:
    return SilenceTimeouts(*(ms * scale for ms in astuple(timeouts)))


def _figures(ends: Sequence[End]) -> dict[str, Any]:
    cut = sum(end.cut for end in ends)
    return {
        "n": len(ends),
        "cutoff_rate": round(cut / len(ends), 4) if ends else 0.0,
        "latency_ms": percentiles([end.after_ms for end in ends if not end.cut]),
    }


def _point(scale: float, ends: Sequence[End]) -> list[float | None]:
    figures = _figures(ends)
    return [scale, figures["cutoff_rate"], figures["latency_ms"]["p50"], figures["latency_ms"]["p95"]]
