from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

from edge.events import AudioFrame, HeardFrame, Intent, Samples, Transcript
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, SttSettings, TurnSettings, VadSettings
from edge.turn.endpointer import SILENCE_TIMEOUTS, STALLED_MS
from edge.turn.recognition import CUE_AFTER_MS, PAUSE_MS, TAIL_MS, Recognition, Utterance
from tests.fakes.engines import SILENT, VOICED, FakeStt, FakeSttStream, FakeVad, sound
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


class Listener:
    """Notes the texts while the user speaks and those of the pauses, and how often the user went on."""

    intent: Intent | None = None

    def __init__(self) -> None:
        self.so_far: list[str] = []
        self.ends: list[str] = []
        self.resumed = 0

    def goes_on(self, said: Transcript) -> None:
        self.so_far.append(said.text)

    def eager_end(self, said: Transcript) -> None:
        self.ends.append(said.text)

    def turn_resumed(self) -> None:
        self.resumed += 1


class WithoutPartials(FakeStt):
    """An engine that gives a text at the end only."""

    def stream(self) -> FakeSttStream:
        class Stream(FakeSttStream):
            def partial(self) -> Transcript | None:
                return None

        return Stream(self)


class OnlyNews(FakeStt):
    """An engine that gives a partial text only when it has changed, as Vosk does."""

    def stream(self) -> FakeSttStream:
        class Stream(FakeSttStream):
            told = ""

            def partial(self) -> Transcript | None:
                said = super().partial()
                assert said is not None
                news, self.told = said.text != self.told, said.text
                return replace(said, final=False) if news else None

        return Stream(self)


class Drafting(FakeStt):
    """An engine whose partial texts are drafts, to be decoded again at the end."""

    def stream(self) -> FakeSttStream:
        class Stream(FakeSttStream):
            def partial(self) -> Transcript | None:
                said = super().partial()
                assert said is not None
                return replace(said, final=False)

        return Stream(self)


async def hear(
    stt: FakeStt,
    *pieces: tuple[float, float],
    waited: list[float] | None = None,
    stt_s: float = 0,
    listener: Listener | None = None,
) -> Utterance:
    clock = VirtualClock()
    began = clock.monotonic()
    recognition = Recognition(hosted(stt, SlowWorker(clock, stt_s)), ENGLISH, SETTINGS, clock)

    def on_waiting() -> None:
        if waited is not None:
            waited.append(round((clock.monotonic() - began) * 1000))

    frames = in_real_time(framed(sound(*pieces)), clock)
    return await recognition.hear(frames, on_waiting=on_waiting, listener=listener)


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
    assert (heard.transcript.text, heard.transcript.confidence) == ("", 0.0)
    assert stt.heard_ms == []


@instantly
async def test_a_user_who_waits_gets_one_cue() -> None:
    waited: list[float] = []
    await hear(FakeStt(["stop"]), (SILENT, 1600), (VOICED, 640), (SILENT, 3200), waited=waited)
    assert waited == [CUE_AFTER_MS]


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
async def test_the_listener_gets_the_text_so_far_while_the_user_speaks_and_the_whole_in_a_pause() -> None:
    listener = Listener()
    await hear(FakeStt(["a long sentence"]), (VOICED, 1600), (SILENT, 3200), listener=listener)
    assert listener.so_far == ["a long sentence"] * 3
    assert listener.ends == ["a long sentence"]


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


@instantly
async def test_an_engine_that_gives_a_text_at_the_end_only_hears_the_words_and_a_short_tail() -> None:
    stt = WithoutPartials(["turn on the light"])
    heard = await hear(stt, (SILENT, 1600), (VOICED, 960), (SILENT, 3200))
    assert heard.transcript.text == "turn on the light"
    lead = 1600 - 32 * int((1600 - 300) / 32)
    assert stt.heard_ms == [lead + 960 + 32 * round(TAIL_MS / 32)]


@instantly
async def test_a_voice_that_is_cut_at_the_maximum_length_is_recognised_to_its_last_frame() -> None:
    settings = SETTINGS.model_copy(update={"turn": TurnSettings(max_ms=2000)})
    clock, stt = VirtualClock(), WithoutPartials(["a very long story"])
    frames = in_real_time(framed(sound((VOICED, 6400))), clock)
    heard = await Recognition(hosted(stt), ENGLISH, settings, clock).hear(frames)
    assert heard.reason == "max-length"
    assert stt.heard_ms == [2016]


@instantly
async def test_a_draft_is_decoded_again_at_the_end_of_the_same_audio() -> None:
    stt = Drafting(["turn on the light"])
    heard = await hear(stt, (VOICED, 960), (SILENT, 3200))
    assert heard.transcript.final
    assert stt.heard_ms[-1] == stt.heard_ms[-2] == 960 + PAUSE_MS


@instantly
async def test_a_television_ends_an_utterance_when_no_new_word_was_recognised_for_a_while() -> None:
    clock = VirtualClock()
    began = clock.monotonic()
    stt = FakeStt(["turn it off"])
    recognition = Recognition(hosted(stt), ENGLISH, SETTINGS, clock)
    heard = await recognition.hear(in_real_time(framed(sound((VOICED, 12_000))), clock))
    assert heard.reason == "stalled"
    assert STALLED_MS <= (clock.monotonic() - began) * 1000 <= 512 + STALLED_MS + 2 * 512


@instantly
async def test_a_text_that_was_ready_after_the_user_went_on_is_not_taken_for_the_end() -> None:
    listener = Listener()
    text = "one two three four five six seven eight nine ten"
    await hear(
        FakeStt([text]), (VOICED, 640), (SILENT, 96), (VOICED, 960), (SILENT, 3200), stt_s=0.15, listener=listener
    )
    assert listener.ends == [text]
    assert listener.resumed == 0


@instantly
async def test_the_listener_hears_of_each_pause_and_once_that_the_user_went_on() -> None:
    listener = Listener()
    text = "one two three four five six seven eight nine ten"
    await hear(FakeStt([text]), (VOICED, 640), (SILENT, 96), (VOICED, 960), (SILENT, 3200), listener=listener)
    assert listener.ends == ["one two three four", text]
    assert listener.resumed == 1


@instantly
async def test_the_text_of_a_pause_is_made_as_soon_as_the_recogniser_is_free() -> None:
    stt = FakeStt(["turn on the light"])
    heard = await hear(stt, (VOICED, 640), (SILENT, 3200), stt_s=0.205)
    assert round((heard.decode_began - heard.voiced_until) * 1000) == 512 + 205 - 640
    assert len(stt.heard_ms) == 2


@instantly
async def test_a_recogniser_that_is_busy_at_the_end_makes_one_more_text_and_not_two() -> None:
    stt = FakeStt(["turn on the light"])
    heard = await hear(stt, (VOICED, 640), (SILENT, 3200), stt_s=2.0)
    assert heard.transcript.text == "turn on the light"
    assert len(stt.heard_ms) == 2


@instantly
async def test_an_engine_that_gives_only_news_ends_a_command_as_soon_as_any_other() -> None:
    listener = Listener()
    stt = OnlyNews(["turn on"], {"turn on": Intent("HassTurnOn")})
    heard = await hear(stt, (VOICED, 960), (SILENT, 3200), listener=listener)
    assert round((heard.ended - heard.voiced_until) * 1000) == SILENCE_TIMEOUTS["normal"].complete
    assert listener.ends == ["turn on"]


@instantly
async def test_a_recording_that_ends_without_speech_said_nothing() -> None:
    heard = await hear(FakeStt(["Thank you."]), (SILENT, 640))
    assert (heard.reason, heard.transcript.text) == ("nothing-said", "")


@instantly
async def test_a_slow_partial_text_is_not_given_up_while_the_user_speaks() -> None:
    stt = FakeStt(["a long sentence"])
    await hear(stt, (VOICED, 1920), stt_s=0.2)
    assert stt.given_up == 0


@instantly
async def test_partial_texts_are_made_as_often_as_the_settings_say() -> None:
    settings = SETTINGS.model_copy(update={"stt": SttSettings(partial_ms=512)})
    clock, stt = VirtualClock(), FakeStt(["a long sentence"])
    await Recognition(hosted(stt), ENGLISH, settings, clock).hear(in_real_time(framed(sound((VOICED, 1120))), clock))
    assert stt.heard_ms[:2] == [512, 1024]
