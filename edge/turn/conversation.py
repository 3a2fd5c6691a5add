"""A conversation: one turn from top to bottom, then follow-up turns while the user keeps talking.

hear -> reply -> speak -> record. Every turn ends with a record, even if it fails.
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial

import structlog

from edge.ears.frame_queue import FrameQueue
from edge.errors import EdgeError
from edge.events import Outcome, ReplySentence, Transcript, TurnRecord, WakeDetected
from edge.llm.chat_service import NOT_CERTAIN
from edge.runtime.background import to_the_end
from edge.runtime.clock import Clock
from edge.settings import Settings
from edge.turn.dialogue import Dialogue
from edge.turn.log import TurnLog
from edge.turn.parts import Engines, Room
from edge.turn.playback import Playback
from edge.turn.recognition import Recognition
from edge.turn.reply import Reply, Responder
from edge.turn.speculation import Speculation
from edge.turn.stop_word import STOP_INTENTS, StopWord

log = structlog.get_logger("turn")

ECHO_TAIL_MS = 150
"""How long a microphone that picks up the output still hears the end of a reply."""


class Conversation:
    """Runs the turns of one room and passes the record of each to `on_turn`."""

    def __init__(
        self,
        room: Room,
        engines: Engines,
        playback: Playback,
        recognition: Recognition | None,
        stop_word: StopWord | None,
        settings: Settings,
        clock: Clock,
        *,
        on_turn: Callable[[TurnRecord], None] = lambda _: None,
    ) -> None:
        """`recognition` is None if there is no recogniser, `stop_word` if the microphone picks up the output."""
        self._room = room
        self._engines = engines
        self._playback = playback
        self._recognition = recognition
        self._stop_word = stop_word
        self._settings = settings
        self._clock = clock
        self._on_turn = on_turn
        self._dialogue = Dialogue(clock, consent_minutes=settings.route.consent_minutes)
        self._responder = Responder(
            engines.router,
            room.home,
            engines.chat,
            engines.voice,
            self._dialogue,
            clock,
            engines.language,
            settings.home.uses_code,
        )
        self._typed = replace(self._responder, dialogue=Dialogue(clock, consent_minutes=settings.route.consent_minutes))
        """Typed turns have a dialogue of their own: a "yes" is no answer to a question that was not heard."""

    async def run(self, frames: FrameQueue, wake: WakeDetected | None) -> None:
        """Run turns on `frames` until the user says nothing more."""
        try:
            going_on = await self._turn(frames, wake, first=True)
            while going_on and self._patience_ms():
                await self._skip_reply(frames)
                going_on = await self._turn(frames, None, first=False)
        finally:
            self._room.telemetry.state(phase="idle")

    def _patience_ms(self) -> int:
        """How long the user may wait before they go on without the wake word; longer if they were asked something."""
        turn = self._settings.turn
        return turn.start_timeout_ms if self._dialogue.context.question is not None else turn.followup_ms

    async def _skip_reply(self, frames: FrameQueue) -> None:
        """Drop what was heard during the reply, except a sentence that is still being spoken."""
        if self._room.ears.source.carries_echo:
            await self._clock.sleep(ECHO_TAIL_MS / 1000)
            frames.clear()
        else:
            frames.skip_to_speech(self._settings.vad.threshold)

    async def _turn(self, frames: FrameQueue, wake: WakeDetected | None, *, first: bool) -> bool:
        """Run one turn. Return True if the user may continue without the wake word."""
        turn = TurnLog(self._clock, wake_word=wake.word if wake else None)
        outcome: Outcome = "failed"
        speculation = Speculation(self._reply_to, lambda reply: turn.discarded(reply.log), self._read_along)
        reply: Reply | None = None
        try:
            reply = await self._hear(frames, turn, wake, speculation, first=first)
            if reply is None:
                outcome = "failed" if turn.error else "nothing-said"
                return False
            self._room.telemetry.state(phase="thinking")
            stopped = await self._until_stopped(reply, turn)
            outcome = "cancelled" if stopped else "failed" if turn.answer.error else "answered"
            return bool(turn.reply) and not stopped
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        except Exception as error:  # noqa: BLE001 - on any error the user hears the error cue and the record says why
            await self._failed(error, turn)
            return False
        finally:
            try:
                await to_the_end(_close(reply, speculation))
            finally:
                for metric, value in turn.speculated(speculation.begun, speculation.discarded).items():
                    self._room.telemetry.count(metric, value)
                if first or turn.transcript.text or turn.error:  # silence after a reply is not a turn
                    self._report(turn.record(outcome))

    async def _hear(
        self, frames: FrameQueue, turn: TurnLog, wake: WakeDetected | None, speculation: Speculation, *, first: bool
    ) -> Reply | None:
        """Listen to one utterance and start the reply before it ends. Return None if the user said nothing."""
        self._room.telemetry.state(phase="listening")
        self._room.sink.prepare()
        if self._recognition is None:
            turn.error = "stt-missing"
            cannot_hear = self._engines.language.replies.fixed("cannot-hear")
            await self._playback.say(ReplySentence(cannot_hear, fixed=True), turn)
            return None
        hear = partial(
            self._recognition.hear,
            start_timeout_ms=None if first else self._patience_ms(),
            on_waiting=partial(self._playback.cue, "listening") if first else None,
            listener=speculation,
        )
        try:
            heard = await hear(frames.frames(), word_end=wake.word_end if wake else None)
            if wake and heard.reason == "silence" and not self._command(heard.transcript).text:
                heard = await hear(frames.frames())  # only the wake word so far: wait for the command
        finally:
            await self._playback.end_cue()
        turn.heard(heard.voiced_until, heard.ended, heard.decode_began, heard.decoded)
        turn.details["endpoint"] = heard.reason
        turn.transcript = self._command(heard.transcript)
        turn.private = self._responder.is_private(turn.transcript.text)
        reply = speculation.take(heard.transcript)
        if reply is None and first:
            await self._playback.play("nothing")
        return reply

    def _command(self, said: Transcript) -> Transcript:
        """Strip the wake word, whose end the recogniser may still hear if the command follows without a pause."""
        text = self._engines.language.strip_wake_word(said.text, self._settings.wake.words)
        return replace(said, text=text)

    def _reply_to(self, said: Transcript, early: bool) -> Reply | None:
        """The reply to what was heard; None if there is nothing to reply to."""
        command = self._command(said)
        if not command.text or command.confidence < self._settings.stt.min_confidence:
            return None
        return self._responder.respond(command, early=early)

    def _read_along(self, said: Transcript) -> None:
        self._responder.read_along(self._command(said))

    async def _until_stopped(self, reply: Reply, turn: TurnLog) -> bool:
        """Speak the answer. Return True if the user stopped it."""
        if self._stop_word is None:
            await self._answer(reply, turn)
            return False
        return await self._stop_word.guard(self._answer(reply, turn), STOP_INTENTS) is not None

    async def _answer(self, reply: Reply, turn: TurnLog) -> None:
        """Carry out the command, speak the reply and remember the part that was heard."""
        turn.answer = reply.log
        try:
            await self._playback.speak(reply.speak(), turn)
        finally:
            self._remember(turn)
        if not turn.reply:
            await self._playback.play("done")

    def _remember(self, turn: TurnLog) -> None:
        """Keep a question to a chat model and the part of its answer that was heard, even if it was cut short.

        Not where the model was not certain: a prompt full of "I don't know" would make it say so again.
        """
        decision = turn.answer.decision
        if (
            decision is not None
            and decision.answerer in {"llm", "cloud"}
            and decision.reason != NOT_CERTAIN
            and turn.answer.error is None
        ):
            self._engines.chat.remember(decision.text, turn.answer_text, answerer=decision.answerer, kind=decision.kind)

    async def ask(
        self, text: str, *, speak: bool, on_record: Callable[[TurnRecord], None] = lambda _: None
    ) -> TurnRecord:
        """Run one typed turn: routed and answered like a spoken one, but spoken only if `speak` is set.

        `on_record` receives the record even if the turn is cancelled.
        """
        turn = TurnLog(self._clock, wake_word=None)
        turn.transcript = Transcript(text, 1.0, final=True)
        responder = self._responder if speak else self._typed
        turn.private = responder.is_private(text)
        outcome: Outcome = "failed"
        try:
            if speak:
                await self._answer(responder.respond(turn.transcript, early=False), turn)
            else:
                async with aclosing(responder.respond_as_text(turn.transcript, turn.answer)) as sentences:
                    async for sentence in sentences:
                        turn.writes(sentence)
                self._remember(turn)
            outcome = "failed" if turn.answer.error else "answered"
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        except Exception as error:  # noqa: BLE001 - the record says why it failed
            self._note_failure(error, turn)
        finally:
            record = turn.record(outcome)
            self._report(record)
            on_record(record)
        return record

    async def _failed(self, error: Exception, turn: TurnLog) -> None:
        """Play the error earcon and record the reason."""
        self._note_failure(error, turn)
        try:
            await self._playback.play("error")
        except EdgeError as silent:
            log.error("output-failed", code=silent.code, message=silent.message, hint=silent.hint)

    def _note_failure(self, error: Exception, turn: TurnLog) -> None:
        if isinstance(error, EdgeError):
            log.error("turn-failed", code=error.code, message=error.message, hint=error.hint)
            turn.error = error.code
            turn.details["hint"] = error.hint
        else:
            log.error("turn-failed", code="internal-error", exc_info=error)
            turn.error = "internal-error"

    def _report(self, record: TurnRecord) -> None:
        log.info(
            "turn",
            id=record.id,
            answerer=record.answerer,
            reason=record.reason,
            intent=record.intent.name if record.intent else None,
            then=[intent.name for intent in record.intent.then] if record.intent else [],
            outcome=record.outcome,
            first_audio_ms=record.first_audio_ms,
            error=record.error,
        )
        self._room.telemetry.turn(record)
        self._on_turn(record)


async def _close(reply: Reply | None, speculation: Speculation) -> None:
    if reply is not None:
        await reply.aclose()
    await speculation.aclose()
