"""From the ears to a conversation: frames in, the wake word, mute; and who gets the floor.

    source -> ears -> wake word -> floor -> conversation (edge/turn/conversation.py)
                                     ^
              timers and alarms, announcements, commands

A frame is dropped in the microphone's queue or in a reader's (`edge/ears/frame_queue.py`). A reply, a ring or an
announcement is stopped in one way only: the floor cancels its task.
"""

import asyncio
from collections.abc import Callable

import structlog

from edge.ears.frame_queue import FrameQueue
from edge.errors import AudioError, EngineError
from edge.events import SAMPLE_RATE_HZ, ReplySentence, TurnRecord, WakeDetected
from edge.home import Ring
from edge.runtime.clock import Clock
from edge.settings import Settings
from edge.turn.announcer import Announcer
from edge.turn.conversation import Conversation
from edge.turn.floor import Floor, Priority
from edge.turn.parts import Engines, Room
from edge.turn.playback import Playback
from edge.turn.recognition import Recognition
from edge.turn.stop_word import StopWord
from edge.turn.wake_tail import WAKE_WORD_MS

log = structlog.get_logger("turn")


class Pipeline:
    """Listens and answers in one room. `on_frame` is called after each frame, `on_turn` after each turn."""

    def __init__(
        self,
        room: Room,
        engines: Engines,
        settings: Settings,
        clock: Clock,
        *,
        on_frame: Callable[[], None] = lambda: None,
        on_turn: Callable[[TurnRecord], None] = lambda _: None,
    ) -> None:
        self.room = room
        self.engines = engines
        self.floor = Floor()
        self.starting: list[asyncio.Task[None]] = []
        """Background work of the start: the grammar, the model's prompt, the fixed replies."""
        self._on_frame = on_frame
        source = room.ears.source
        playback = Playback(room.sink, engines.voice, room.telemetry)
        recognition = None if engines.stt is None else Recognition(engines.stt, engines.language, settings, clock)
        stop_word = None
        if recognition and source.paced and not source.carries_echo:
            stop_word = StopWord(room.ears, recognition, engines.router)
        self._conversation = Conversation(
            room, engines, playback, recognition, stop_word, settings, clock, on_turn=on_turn
        )
        self._announcer = Announcer(playback, stop_word, room.telemetry, clock, ring_minutes=settings.home.ring_minutes)

    async def run(self) -> None:
        """Hear every frame until the source ends, then let the activity under way end by itself."""
        try:
            await self.room.ears.run(on_wake=self._woken, on_frame=self._on_frame)
            await self.floor.idle()
        finally:
            await self.floor.aclose()

    @property
    def muted(self) -> bool:
        """The microphone is off."""
        return self.room.ears.muted

    async def mute(self, muted: bool) -> None:
        """Switch the microphone off or on. Switching it off ends a conversation; a ring goes on."""
        await self.room.ears.mute(muted)
        current = self.floor.current
        if muted and current is not None and current.priority is Priority.CONVERSATION:
            await current.cancel()

    async def stop(self) -> None:
        """End a reply, a ring or an announcement at once, and drop waiting announcements."""
        await self.floor.stop()

    async def idle(self) -> None:
        """Return when the floor is free."""
        await self.floor.idle()

    async def listen(self) -> None:
        """Begin a conversation as after the wake word: a button was pressed. Raises `AudioError` "microphone-muted"."""
        if self.muted:
            raise AudioError("microphone-muted", "the microphone is off", "switch it on first: `edge-voice mute off`")
        self._converse(self.room.ears.read(), None)

    async def announce(self, sentence: ReplySentence) -> None:
        """Say something once the floor is free; the wake word cuts it short. Returns when it is over."""
        activity = self.floor.take(Priority.ANNOUNCEMENT, "announcement", lambda: self._announcer.say(sentence))
        await activity.over.wait()

    async def ring(self, ring: Ring) -> None:
        """Ring until the wake word or a stop ends it, or for as long as the settings allow. Returns when it is over.

        A missed timer or alarm is said once. Never returns for one that a shutdown cut off. Implements the callback of
        `Schedule.run`.
        """
        self.room.telemetry.event(ring.kind, {"name": ring.name, "missed": ring.missed})
        if ring.missed:
            await self.announce(ReplySentence(ring.text))
        else:
            activity = self.floor.take(Priority.ALARM, "ring", lambda: self._announcer.ring(ring))
            await activity.over.wait()
        if self.floor.closed:
            await asyncio.Event().wait()  # it was not heard to its end: the schedule keeps it for the next start

    async def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """One typed turn, in writing; or spoken, on the floor, as a conversation.

        Raises `EngineError` "turn-cancelled" when something else took the floor before it began.
        """
        if not speak:
            return await self._conversation.ask(text, speak=False)
        records: list[TurnRecord] = []

        async def answer() -> None:
            await self._conversation.ask(text, speak=True, on_record=records.append)

        await self.floor.take(Priority.CONVERSATION, "typed turn", answer).over.wait()
        if not records:
            raise EngineError("turn-cancelled", "the answer was cut off", "something else was said or asked meanwhile")
        return records[0]

    def _woken(self, wake: WakeDetected) -> None:
        log.info("wake", word=wake.word, score=round(wake.score, 3))
        self.room.telemetry.count("wakes")
        self.room.telemetry.event("wake", {"word": wake.word, "score": round(wake.score, 3)})
        # A command in one breath with the wake word has been heard in part.
        since = wake.word_end - WAKE_WORD_MS * SAMPLE_RATE_HZ // 1000
        self._converse(self.room.ears.read(since=since), wake)

    def _converse(self, frames: FrameQueue, wake: WakeDetected | None) -> None:
        self.floor.take(
            Priority.CONVERSATION,
            "conversation",
            lambda: self._conversation.run(frames, wake),
            on_over=frames.close,
        )
