import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import FRAME_MS, Progress
from edge.settings import TurnSettings
from edge.turn.endpointer import (
    SILENCE_TIMEOUTS,
    STALLED_MS,
    Endpointer,
    PartialTurn,
    SilenceTimeouts,
    SpeechStarted,
    UtteranceEnded,
    silence_timeout_ms,
)

SETTINGS = TurnSettings(start_timeout_ms=2000, max_ms=6000)
ALIKE = SilenceTimeouts(500, 500, 500, 500, 500)


def frames(ms: float) -> int:
    return round(ms / FRAME_MS)


def run(probabilities: list[float], texts: list[str] | None = None) -> list[SpeechStarted | UtteranceEnded]:
    endpointer = Endpointer(SETTINGS, threshold=0.5, timeouts=ALIKE)
    events: list[SpeechStarted | UtteranceEnded] = []
    for index, probability in enumerate(probabilities):
        text = texts[index] if texts else ""
        event = endpointer.step(probability, PartialTurn(text, covered_ms=index * FRAME_MS))
        if event is not None:
            events.append(event)
        if isinstance(event, UtteranceEnded):
            break
    return events


def test_speech_then_silence_ends_after_the_set_silence() -> None:
    started, ended = run([0.0] * 10 + [0.9] * 40 + [0.0] * 40)
    assert started == SpeechStarted(10 * FRAME_MS)
    assert ended == UtteranceEnded("silence", 50 * FRAME_MS)


def test_nothing_said_gives_up_after_the_timeout() -> None:
    assert run([0.1] * 100) == [UtteranceEnded("nothing-said", 0.0)]


def test_a_click_does_not_begin_an_utterance() -> None:
    assert run([0.0] * 20 + [1.0] + [0.0] * 100) == [UtteranceEnded("nothing-said", 0.0)]


def test_a_pause_shorter_than_the_silence_does_not_end_it() -> None:
    events = run([0.9] * 20 + [0.0] * frames(400) + [0.9] * 20 + [0.0] * 40)
    assert [type(event) for event in events] == [SpeechStarted, UtteranceEnded]
    assert events[1] == UtteranceEnded("silence", (40 + frames(400)) * FRAME_MS)


@pytest.mark.parametrize(
    ("partial", "waited_ms"),
    [
        (PartialTurn("turn on the lamp", "complete", 1.0, covers_all_audio=True), 192),
        (
            PartialTurn("turn off the lights", "complete", 0.0, covers_all_audio=True),
            SILENCE_TIMEOUTS["normal"].lacking,
        ),
        (PartialTurn("turn on the", "could-go-on", 0.0, covers_all_audio=True), 1200),
        (PartialTurn("Why is the sky blue?", "no-command", 1.0, covers_all_audio=True), 416),
        (PartialTurn("It was late.", "no-command", 0.5, covers_all_audio=True), 758),
        (PartialTurn("It was the", "no-command", 0.0, covers_all_audio=True), 1100),
        (PartialTurn("turn on the lamp", "complete", 1.0, covers_all_audio=False), 1200),
        (PartialTurn(), 1200),
    ],
)
def test_how_long_the_end_needs_depends_on_what_was_said(partial: PartialTurn, waited_ms: float) -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    steps = 1
    for _ in range(20):
        endpointer.step(0.9, partial)
    while endpointer.step(0.0, partial) is None:
        steps += 1
    assert steps == -(-waited_ms // FRAME_MS)


def test_a_text_that_comes_late_ends_what_has_been_silent_for_long_enough() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    for _ in range(20):
        endpointer.step(0.9)
    for _ in range(10):
        assert endpointer.step(0.0) is None
    assert endpointer.step(0.0, PartialTurn("stop", "complete", 1.0, covers_all_audio=True)) == UtteranceEnded(
        "silence", 20 * FRAME_MS
    )


@given(
    st.sampled_from(["complete", "could-go-on", "no-command"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(list(SILENCE_TIMEOUTS)),
)
def test_the_more_finished_the_sooner_and_never_later_than_an_open_phrase(
    progress: Progress, less: float, more: float, patience: str
) -> None:
    less, more = sorted((less, more))
    waits = SILENCE_TIMEOUTS[patience]
    early, late = (
        silence_timeout_ms(waits, PartialTurn("words", progress, how, covers_all_audio=True)) for how in (more, less)
    )
    assert waits.complete <= early <= late <= waits.open


def test_slower_endpointing_waits_longer() -> None:
    for quick, normal, relaxed in zip(
        *(vars_of(SILENCE_TIMEOUTS[name]) for name in ("quick", "normal", "relaxed")), strict=True
    ):
        assert quick < normal < relaxed


def vars_of(waits: SilenceTimeouts) -> list[float]:
    return [waits.complete, waits.lacking, waits.finished, waits.unfinished, waits.open]


def test_between_the_thresholds_the_state_is_kept() -> None:
    assert run([0.9] * 20 + [0.4] * 30 + [0.0] * 40)[1] == UtteranceEnded("silence", 50 * FRAME_MS)
    assert run([0.4] * 100) == [UtteranceEnded("nothing-said", 0.0)]


def test_endless_speech_ends_at_the_longest_length() -> None:
    texts = [str(index) for index in range(300)]
    assert run([0.9] * 300, texts)[1] == UtteranceEnded("max-length", 6016.0)


def test_voices_without_new_words_end_it() -> None:
    texts = [""] * 20 + ["turn on the light"] * 280
    ended = run([0.9] * 300, texts)[1]
    assert isinstance(ended, UtteranceEnded)
    assert ended.reason == "stalled"
    assert ended.voiced_until_ms == pytest.approx(21 * FRAME_MS + STALLED_MS, abs=FRAME_MS)


def steps_until(endpointer: Endpointer, probability: float, *, words: bool = False) -> tuple[int, object]:
    """How many frames of this probability it takes until the next event, and the event."""
    count, event = 0, None
    while event is None:
        event = endpointer.step(probability, PartialTurn(str(count) if words else ""))
        count += 1
    return count, event


def test_every_limit_is_reached_at_its_own_value() -> None:
    """With frames of 10 ms no limit lies between two frames."""
    waiting = Endpointer(SETTINGS, threshold=0.5, frame_ms=10)
    assert steps_until(waiting, 0.0) == (200, UtteranceEnded("nothing-said", 0.0))
    speaking = Endpointer(SETTINGS, threshold=0.5, timeouts=ALIKE, frame_ms=10)
    assert steps_until(speaking, 0.5) == (9, SpeechStarted(0.0))
    assert steps_until(speaking, 0.35, words=True) == (591, UtteranceEnded("max-length", 6000.0))
    pausing = Endpointer(SETTINGS, threshold=0.5, timeouts=ALIKE, frame_ms=10)
    steps_until(pausing, 0.9)
    assert steps_until(pausing, 0.34) == (50, UtteranceEnded("silence", 90.0))


def test_with_a_low_threshold_silence_begins_at_half_of_it() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.2, timeouts=ALIKE, frame_ms=10)
    steps_until(endpointer, 0.9)
    assert steps_until(endpointer, 0.09) == (50, UtteranceEnded("silence", 90.0))


def test_speech_that_is_as_old_as_the_window_does_not_count_for_a_beginning() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5, frame_ms=20)
    for probability in [0.9, *[0.0] * 5, *[0.9] * 4]:
        assert endpointer.step(probability) is None
    assert endpointer.step(0.9) == SpeechStarted(120.0)


def test_it_has_stalled_when_three_seconds_of_recognised_audio_brought_no_word() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    for _ in range(20):
        endpointer.step(0.9, PartialTurn("turn on", covered_ms=100.0))
    assert endpointer.step(0.9, PartialTurn("turn on", covered_ms=99.0 + STALLED_MS)) is None
    assert endpointer.step(0.9, PartialTurn("turn on", covered_ms=100.0 + STALLED_MS)) == UtteranceEnded(
        "stalled", 22 * FRAME_MS
    )


def test_a_slow_recogniser_is_no_television() -> None:
    """Its text stands still because it has not heard the rest yet: the user is heard to the end."""
    endpointer = Endpointer(TurnSettings(), threshold=0.5)
    for _ in range(frames(12_000)):
        assert not isinstance(endpointer.step(0.9, PartialTurn("turn on", covered_ms=1600)), UtteranceEnded)


def test_it_refuses_to_go_on_after_the_end() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    while not isinstance(endpointer.step(0.0), UtteranceEnded):
        pass
    with pytest.raises(ValueError, match=r"^the utterance has ended"):
        endpointer.step(0.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=400), st.integers(1, 99))
def test_every_utterance_ends_once_and_in_time(probabilities: list[float], percent: int) -> None:
    endpointer = Endpointer(SETTINGS, threshold=percent / 100)
    events = []
    taken = 0
    for probability in [*probabilities, *[0.0] * 300]:
        taken += 1
        event = endpointer.step(probability)
        if event:
            events.append(event)
        if isinstance(event, UtteranceEnded):
            break
    assert isinstance(events[-1], UtteranceEnded)
    assert len(events) <= 2
    assert events[-1].voiced_until_ms <= taken * FRAME_MS <= SETTINGS.max_ms + FRAME_MS
    assert (events[-1].reason == "nothing-said") == (len(events) == 1)
