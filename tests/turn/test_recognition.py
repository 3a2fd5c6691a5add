from collections.abc import AsyncIterator, Iterable

from edge.events import AudioFrame, HeardFrame, Intent, Samples
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, SttSettings, TurnSettings, VadSettings
from edge.turn.endpointer import SILENCE_TIMEOUTS
from edge.turn.recognition import PAUSE_MS, TAIL_MS, Recognition, Utterance
from tests.fakes.engines import SILENT, VOICED, FakeStt, FakeVad, sound
from tests.fakes.hosted import hosted
from tests.fakes.language import ENGLISH
from tests.fakes.worker import SlowWorker

SETTINGS = Settings(turn=TurnSettings(start_timeout_ms=2000), stt=SttSettings(partial_ms=500))


def framed(samples: Iterable[Samples]) -> list[AudioFrame]:
    return [AudioFrame(frame, index * 512) for index, frame in enumerate(samples)]


async def in_real_time(frames: list[AudioFrame], clock: VirtualClock) -> AsyncIterator[HeardFrame]:
    vad = FakeVad()
    for frame in frames:
        await clock.sleep(0.032)
        yield HeardFrame(frame, vad.feed(frame), clock.monotonic())


async def hear(
    stt: FakeStt, *pieces: tuple[float, float], waited: list[float] | None = None, stt_s: float = 0
) -> Utterance:
    clock = VirtualClock()
    began = clock.monotonic()
    recognition = Recognition(hosted(stt, SlowWorker(clock, stt_s)), ENGLISH, SETTINGS, clock)

    def on_waiting() -> None:
        if waited is not None:
            waited.append(round((clock.monotonic() - began) * 1000))

    return await recognition.hear(in_real_time(framed(sound(*pieces)), clock), on_waiting=on_waiting)


@instantly
async def test_the_recogniser_hears_the_words_with_a_lead_and_a_tail_and_not_the_silence() -> None:
    stt = FakeStt(["turn on the light"])
    heard = await hear(stt, (SILENT, 1600), (VOICED, 960), (SILENT, 3200))
    assert heard.transcript.text == "turn on the light"
    assert heard.reason == "silence"
    lead, tail = 300, PAUSE_MS
    assert abs(stt.heard_ms[-1] - (960 + lead + tail)) <= 64


@instantly
async def test_the_end_is_known_after_the_silence_and_the_stamps_say_when() -> None:
    heard = await hear(FakeStt(["Who are you?"]), (SILENT, 320), (VOICED, 640), (SILENT, 3200))
    assert round((heard.ended - heard.voiced_until) * 1000) == SILENCE_TIMEOUTS["normal"].finished
    assert heard.voiced_until < heard.decode_began <= heard.decoded < heard.ended


@instantly
async def test_nothing_said_is_an_empty_text_and_the_recogniser_is_never_asked() -> None:
    stt = FakeStt(["Thank you."])
    heard = await hear(stt, (SILENT, 6400))
    assert heard.reason == "nothing-said"
    assert heard.transcript.text == ""
    assert stt.heard_ms == []


@instantly
async def test_a_user_who_waits_gets_one_cue() -> None:
    waited: list[float] = []
    await hear(FakeStt(["stop"]), (SILENT, 1600), (VOICED, 640), (SILENT, 3200), waited=waited)
    assert len(waited) == 1
    assert 450 <= waited[0] < 500


@instantly
async def test_a_command_in_one_breath_gets_no_cue() -> None:
    waited: list[float] = []
    await hear(FakeStt(["stop"]), (VOICED, 960), (SILENT, 3200), waited=waited)
    assert waited == []


@instantly
async def test_partial_results_are_asked_for_while_the_user_speaks_and_once_in_each_pause() -> None:
    stt = FakeStt(["a long sentence"])
    await hear(stt, (VOICED, 1600), (SILENT, 320), (VOICED, 128), (SILENT, 3200))
    while_speaking, pauses = 3, 2
    assert stt.partials == while_speaking + pauses
    assert abs(stt.heard_ms[-1] - (1600 + 320 + 128 + PAUSE_MS)) <= 32


@instantly
async def test_a_result_in_the_way_of_a_pause_is_given_up_and_so_is_one_of_a_pause_that_is_over() -> None:
    stt = FakeStt(["a long sentence"])
    await hear(stt, (VOICED, 640), (SILENT, 320), (VOICED, 320), (SILENT, 3200), stt_s=0.2)
    assert stt.given_up > 0
    assert stt.heard_ms[-1] == max(stt.heard_ms)
    quick = FakeStt(["a long sentence"])
    await hear(quick, (VOICED, 640), (SILENT, 320), (VOICED, 320), (SILENT, 3200))
    assert quick.given_up == 0


@instantly
async def test_a_recording_that_ends_ends_the_utterance() -> None:
    heard = await hear(FakeStt(["stop"]), (SILENT, 320), (VOICED, 640))
    assert heard.transcript.text == "stop"


@instantly
async def test_the_silence_at_the_end_is_not_recognised_where_the_text_was_not_ready() -> None:
    """A recogniser that is still busy when the end is certain decodes the words and a short tail, not the silence."""
    stt = FakeStt(["turn on the"], {"turn on the light": Intent("HassTurnOn")})
    await hear(stt, (VOICED, 480), (SILENT, 3200), stt_s=1.5)
    assert stt.heard_ms[-1] <= 480 + TAIL_MS + 32


@instantly
async def test_a_slow_recogniser_hears_a_long_utterance_to_its_end() -> None:
    """With 3.1 s for each result, twelve seconds of speech are no television that goes on without new words."""
    heard = await hear(FakeStt(["word " * 75]), (VOICED, 12_000), (SILENT, 6400), stt_s=3.1)
    assert heard.reason == "silence"
    assert len(heard.transcript.text.split()) == 75


@instantly
async def test_the_command_begins_at_the_gap_behind_the_wake_word_where_the_threshold_says_silence() -> None:
    for threshold, gap in ((0.5, True), (0.04, False)):
        settings = SETTINGS.model_copy(update={"vad": VadSettings(threshold=threshold)})
        clock, stt = VirtualClock(), FakeStt(["alexa turn on the light"])
        frames = framed(sound((VOICED, 640), (SILENT, 64), (VOICED, 800), (SILENT, 3200)))
        word_end = 640 * 16
        recognition = Recognition(hosted(stt), ENGLISH, settings, clock)
        heard = await recognition.hear(in_real_time(frames, clock), word_end=word_end)
        assert heard.transcript.text
        begins_at_gap = stt.heard_ms[-1] < 64 + 800 + 300
        assert begins_at_gap == gap
