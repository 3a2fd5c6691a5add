"""One turn, readable top to bottom; and the ears, which start turns.

The ears hear every frame. A wake word ends whatever goes on and begins a conversation: one task, stopped by cancelling
it. A conversation is a turn, and further turns as long as the user goes on within the follow-up time.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from edge.audio.preroll import PreRoll
from edge.errors import EdgeError
from edge.events import SAMPLE_RATE_HZ, AudioFrame, Outcome, ReplySentence, Transcript, TurnRecord, WakeDetected
from edge.home import Ring
from edge.nlu.en.strip_phrases import strip_wake_word
from edge.runtime.clock import Clock
from edge.settings import Settings
from edge.tts.earcons import load_earcon
from edge.turn.feed import Feed
from edge.turn.log import TurnLog
from edge.turn.parts import Parts
from edge.turn.reply import Reply, Replying
from edge.turn.speaking import Speaking
from edge.turn.speculation import Speculation
from edge.turn.stop_word import RING_STOP_INTENTS, STOP_INTENTS, StopWord
from edge.turn.wake_tail import WAKE_WORD_MS

log = structlog.get_logger("turn")

PREROLL_MS = 2500
CANNOT_HEAR = ReplySentence("Sorry, I can't understand speech at the moment.", fixed=True)

ECHO_TAIL_MS = 150
"""A microphone that hears the speaker still hears the reply's end for this long."""


class Pipeline:
    """Listens and answers. `on_frame` is called after each frame (the watchdog), `on_turn` after each turn."""

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        clock: Clock,
        *,
        on_frame: Callable[[], None] = lambda: None,
        on_turn: Callable[[TurnRecord], None] = lambda _: None,
    ) -> None:
        self.parts = parts
        self._settings = settings
        self._clock = clock
        self._on_frame = on_frame
        self._on_turn = on_turn
        self._replying = Replying(parts.router, parts.route_worker, parts.home, parts.answering, parts.voice, clock)
        self._speaking = Speaking(parts.sink, parts.voice, parts.telemetry)
        self._preroll = PreRoll(PREROLL_MS)
        self._feed = Feed()
        self._activity: asyncio.Task[None] | None = None
        self._stop_word: StopWord | None = None
        if parts.recognition and parts.source.paced and not parts.source.carries_echo:
            self._stop_word = StopWord(parts.recognition, parts.router, parts.route_worker)
        self.muted = False
        self.starting: list[asyncio.Task[None]] = []
        """What the start left to do in the background: the grammar, the model's prompt, the fixed replies."""

    # The ears

    async def run(self) -> None:
        """Hear every frame until the source ends, then let the conversation under way end by itself."""
        source = self.parts.source
        try:
            async for frame in source.frames():
                if not self.muted:
                    await self._hear_frame(frame)
                self._on_frame()
                if not source.paced:
                    await self._settled()
            self._feed.end()
            await self.idle()
        finally:
            await self.stop()

    async def mute(self, muted: bool) -> None:
        """Be deaf, or hear again; what goes on is ended, and nothing heard before is remembered."""
        self.muted = muted
        self._preroll.clear()
        if muted:
            await self.stop()
        elif self.parts.wake is not None:
            await self.parts.wake_worker.run(self.parts.wake.reset)

    async def stop(self) -> None:
        """End what goes on, at once."""
        activity = self._activity
        if activity is not None and not activity.done():
            activity.cancel()
            await asyncio.wait({activity})

    async def idle(self) -> None:
        """Return when nothing goes on."""
        while self._activity is not None and not self._activity.done():
            await asyncio.wait({self._activity})

    async def _hear_frame(self, frame: AudioFrame) -> None:
        self._preroll.add(frame)
        wake = await self._detect(frame)
        if wake is not None:
            await self._begin(wake)
        else:
            self._feed.put(frame)

    async def _detect(self, frame: AudioFrame) -> WakeDetected | None:
        if self.parts.wake is None:
            return None
        detected = await self.parts.wake_worker.run(self.parts.wake.feed, frame)
        return max(detected, key=lambda wake: wake.score, default=None)

    async def _begin(self, wake: WakeDetected) -> None:
        log.info("wake", word=wake.word, score=round(wake.score, 3))
        self.parts.telemetry.count("wakes")
        self.parts.telemetry.event("wake", {"word": wake.word, "score": round(wake.score, 3)})
        await self.stop()
        # What was said in one breath with the wake word has been heard already.
        self._feed = Feed(self._preroll.since(wake.word_end - WAKE_WORD_MS * SAMPLE_RATE_HZ // 1000))
        self._start(self._conversation(self._feed, wake), "conversation")

    async def listen(self) -> None:
        """Begin a conversation as after the wake word: a button was pressed."""
        await self.stop()
        self._feed = Feed()
        self._start(self._conversation(self._feed, None), "conversation")

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._activity = asyncio.create_task(work, name=name)

    async def _settled(self) -> None:
        """A recording that is read faster than real time waits for whoever works on what it said."""
        while self._activity is not None and not self._activity.done() and not self._feed.hungry.is_set():
            hungry = asyncio.ensure_future(self._feed.hungry.wait())
            await asyncio.wait({self._activity, hungry}, return_when=asyncio.FIRST_COMPLETED)
            hungry.cancel()

    # A conversation

    async def _conversation(self, feed: Feed, wake: WakeDetected | None) -> None:
        try:
            going_on = await self._turn(feed, wake, first=True)
            while going_on and self._settings.turn.followup_ms:
                if self.parts.source.carries_echo:
                    await self._clock.sleep(ECHO_TAIL_MS / 1000)
                    feed.clear()
                going_on = await self._turn(feed, None, first=False)
        except Exception:
            log.exception("turn-failed")
        finally:
            self.parts.telemetry.state(phase="idle")

    async def _turn(self, feed: Feed, wake: WakeDetected | None, *, first: bool) -> bool:
        """One turn: hear, decide, answer. True when the user may go on without the wake word."""
        turn = TurnLog(self._clock, wake_word=wake.word if wake else None)
        outcome: Outcome = "cancelled"
        ahead = Speculation(self._reply_to, lambda reply: turn.discarded(reply.log))
        reply: Reply | None = None
        try:
            reply = await self._hear(feed, turn, wake, ahead, first=first)
            if reply is None:
                outcome = "nothing-said"
                return False
            self.parts.telemetry.state(phase="thinking")
            stopped = await self._until_stopped(self._answer(reply, turn), feed, STOP_INTENTS)
            outcome = "cancelled" if stopped else "failed" if turn.answer.error else "answered"
            return bool(turn.spoken) and not stopped
        except EdgeError as error:
            log.error("turn-failed", code=error.code, message=error.message, hint=error.hint)
            turn.error, outcome = error.code, "failed"
            await self._speaking.play(load_earcon("error"))
            return False
        finally:
            if reply is not None:
                await reply.aclose()
            await ahead.aclose()
            for metric, value in turn.speculated(ahead.begun, ahead.discarded, ahead.discarded_cpu_ms).items():
                self.parts.telemetry.count(metric, value)
            if first or turn.transcript.text:  # silence after a reply is no turn
                self._report(turn.record(outcome))

    async def _hear(
        self, feed: Feed, turn: TurnLog, wake: WakeDetected | None, ahead: Speculation, *, first: bool
    ) -> Reply | None:
        """Listen to one utterance, and begin to reply before it is over. None when nothing was said."""
        self.parts.telemetry.state(phase="listening")
        self.parts.sink.prepare()
        if self.parts.recognition is None:
            turn.error = "stt-missing"
            await self._speaking.say(CANNOT_HEAR, turn)
            return None
        hear = partial(
            self.parts.recognition.hear,
            start_timeout_ms=None if first else self._settings.turn.followup_ms,
            on_waiting=partial(self._speaking.play, load_earcon("listening")) if first else None,
            ahead=ahead,
        )
        heard = await hear(feed.frames(), word_end=wake.word_end if wake else None)
        if wake and heard.reason == "silence" and not strip_wake_word(heard.transcript.text, self._settings.wake.words):
            heard = await hear(feed.frames())  # that was the wake word alone: the command is still to come
        turn.heard(heard.voiced_until, heard.ended, heard.decoding, heard.recognised)
        turn.details["endpoint"] = heard.reason
        turn.transcript = self._command(heard.transcript)
        reply = ahead.take(heard.transcript)
        if reply is None and first:
            await self._speaking.play(load_earcon("nothing"))
        return reply

    def _command(self, said: Transcript) -> Transcript:
        """In one breath with the command the recogniser may still hear the wake word's end."""
        return replace(said, text=strip_wake_word(said.text, self._settings.wake.words))

    def _reply_to(self, said: Transcript, early: bool) -> Reply | None:
        """The reply to what was heard; None where that was nothing."""
        command = self._command(said)
        if not command.text or command.confidence < self._settings.stt.min_confidence:
            return None
        return self._replying.to(command, early=early)

    async def _answer(self, reply: Reply, turn: TurnLog) -> None:
        """Carry out what was said, speak the reply, and remember what was heard of it."""
        turn.answer = reply.log
        try:
            await self._speaking.speak(reply.speak(), turn)
        finally:
            self._remember(turn)
        if not turn.spoken:
            await self._speaking.play(load_earcon("done"))

    def _remember(self, turn: TurnLog) -> None:
        """Keep what a model was asked and what was spoken of its answer, even where that was cut short."""
        decision = turn.answer.decision
        if decision is not None and decision.answerer != "home" and turn.answer.error is None:
            self.parts.answering.remember(decision.text, turn.reply, answerer=decision.answerer)

    async def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """One typed turn: decided and answered like a spoken one, spoken only on demand."""
        turn = TurnLog(self._clock, wake_word=None)
        turn.transcript = Transcript(text, 1.0, final=True)
        if speak:
            await self._answer(self._replying.to(turn.transcript), turn)
        else:
            turn.answer, sentences = await self._replying.in_writing(turn.transcript)
            async with aclosing(sentences):
                turn.spoken = [sentence.text async for sentence in sentences]
            self._remember(turn)
        record = turn.record("failed" if turn.answer.error else "answered")
        self._report(record)
        return record

    # The speaker

    async def announce(self, sentence: ReplySentence) -> None:
        """Say something of our own accord, when nothing else goes on; the wake word cuts it short."""
        await self._take_floor(self._announce(sentence), "announcement")

    async def ring(self, ring: Ring) -> None:
        """Ring until the wake word or "stop" ends it, or nobody came for as long as the settings say.

        What was missed is said once. Implements the callback of `Schedule.run`.
        """
        self.parts.telemetry.event(ring.kind, {"name": ring.name, "missed": ring.missed})
        if ring.missed:
            await self.announce(ReplySentence(ring.text))
        else:
            await self._take_floor(self._ring(ring), "ring")

    async def _announce(self, sentence: ReplySentence) -> None:
        """Say it; without a voice it is logged, and what goes with it (a ringing) goes on."""
        try:
            await self._speaking.say(sentence)
        except EdgeError as error:
            log.error("announcement-failed", code=error.code, message=error.message, hint=error.hint)
        finally:
            self.parts.telemetry.state(phase="idle")

    async def _ring(self, ring: Ring) -> None:
        self._feed = feed = Feed()
        until = self._clock.monotonic() + self._settings.home.ring_minutes * 60

        async def sound() -> None:
            while self._clock.monotonic() < until:
                self.parts.telemetry.state(phase="ringing")
                await self._speaking.play(load_earcon("ring"))
                await self._announce(ReplySentence(ring.text))

        try:
            await self._until_stopped(sound(), feed, RING_STOP_INTENTS)
        finally:
            self.parts.telemetry.state(phase="idle")

    async def _take_floor(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Do it as the one activity, after the one under way; return when it has ended or was ended."""
        await self.idle()
        self._start(work, name)
        await self.idle()

    async def _until_stopped(self, speaking: Coroutine[Any, Any, None], feed: Feed, intents: frozenset[str]) -> bool:
        """Speak to the end, or until the user says stop where the microphone does not hear the speaker."""
        if self._stop_word is None:
            await speaking
            return False
        return await self._stop_word.guard(speaking, feed, intents)

    def _report(self, record: TurnRecord) -> None:
        log.info(
            "turn",
            id=record.id,
            answerer=record.answerer,
            reason=record.reason,
            intent=record.intent.name if record.intent else None,
            outcome=record.outcome,
            first_audio_ms=record.first_audio_ms,
            error=record.error,
        )
        self.parts.telemetry.turn(record)
        self._on_turn(record)
