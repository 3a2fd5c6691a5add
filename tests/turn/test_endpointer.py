import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import FRAME_MS, Progress
from edge.settings import TurnSettings
from edge.turn.endpointer import STALLED_MS, UNFINISHED_MS, Endpointer, SpeechStarted, UtteranceEnded

SETTINGS = TurnSettings(silence_ms=500, start_timeout_ms=2000, max_ms=6000)


def frames(ms: float) -> int:
    return round(ms / FRAME_MS)


def run(probabilities: list[float], texts: list[str] | None = None) -> list[SpeechStarted | UtteranceEnded]:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    events: list[SpeechStarted | UtteranceEnded] = []
    for index, probability in enumerate(probabilities):
        event = endpointer.step(probability, texts[index] if texts else "")
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
    ("progress", "waited_ms"),
    [("no-command", 500), ("complete", 500), ("could-go-on", 500 + UNFINISHED_MS)],
)
def test_who_has_begun_a_command_gets_longer_to_find_the_next_word(progress: Progress, waited_ms: float) -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    steps = 0
    for _ in range(20):
        endpointer.step(0.9, "turn on the", progress)
    while endpointer.step(0.0, "turn on the", progress) is None:
        steps += 1
    assert steps + 1 == pytest.approx(waited_ms / FRAME_MS, abs=1)


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


def test_it_refuses_to_go_on_after_the_end() -> None:
    endpointer = Endpointer(SETTINGS, threshold=0.5)
    while not isinstance(endpointer.step(0.0), UtteranceEnded):
        pass
    with pytest.raises(ValueError, match="has ended"):
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
