"""Connects the ears to conversations: frames, the wake word, mute, and the activities that take the floor.

    source -> ears -> wake word -> floor -> conversation (edge/turn/conversation.py)
                                     ^
              timers and alarms, announcements, commands

Frames are dropped only in the queues of the microphone and of a reader (`edge/ears/frame_queue.py`). A reply, a ring or
an announcement is stopped only by the floor, which cancels its task.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from edge.ears.frame_queue import FrameQueue
from edge.errors import AudioError, EngineError
from edge.events import SAMPLE_RATE_HZ, ReplySentence, TurnRecord, WakeDetected
from edge.runtime.clock import Clock
from edge.schedule import Ring
from edge.settings import Settings
from edge.tts.earcons import Earcon
from edge.turn.announcer import Announcer
from edge.turn.conversation import Conversation
from edge.turn.floor import Floor, Priority
from edge.turn.parts import Engines, Room
from edge.turn.playback import Playback
from edge.turn.recognition import Recognition
from edge.turn.stop_word import StopWord
from edge.turn.wake_tail import WAKE_WORD_MS

log = structlog.get_logger("turn")


class Arbiter(Protocol):
    """Decides which of several speakers answers a wake word: `edge.peers.arbitration`."""

    @property
    def contested(self) -> bool:
        """Whether another speaker of the home is there, so that it could have heard the wake word, too."""
        ...

    async def wins(self, wake: WakeDetected, prominence_db: float) -> bool:
        """Whether this speaker answers; `prominence_db` is of `edge.ears.prominence`. Returns within 100 ms."""
        ...


class Pipeline:
    """Listens and answers in one room. Calls `on_frame` after each frame and `on_turn` after each turn."""

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
        self.wake_word: str | None = None
        """The only wake word that is listened for; None: all of them."""
        self.arbiter: Arbiter | None = None
        """None: this speaker answers whenever it hears the wake word."""
        self._contests: set[asyncio.Task[None]] = set()
        self.starting: list[asyncio.Task[None]] = []
        """Background work after the start: the grammar, the chat model's prompt, the fixed replies."""
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
        self._announcer = Announcer(
            playback, stop_word, room.home, room.telemetry, clock, ring_minutes=settings.home.ring_minutes
        )

    async def run(self) -> None:
        """Process every frame until the source ends, then wait for the current activity to end."""
        try:
            await self.room.ears.run(on_wake=self._woken, on_frame=self._on_frame)
            await self.floor.idle()
        finally:
            for contest in self._contests:
                contest.cancel()
            await self.floor.aclose()

    @property
    def muted(self) -> bool:
        """True if the microphone is off."""
        return self.room.ears.muted

    @property
    def degraded(self) -> dict[str, str]:
        """The engines and devices that are missing, with the code of the reason."""
        devices = {"microphone": self.room.ears.source.missing, "output": self.room.sink.missing}
        return self.engines.degraded | {part: f"{part}-missing" for part, missing in devices.items() if missing}

    async def mute(self, muted: bool, *, cue: bool = True) -> None:
        """Switch the microphone off or on. Switching it off ends a conversation; a ring goes on.

        With `cue` a change is heard, unless something else is.
        """
        changed = muted != self.muted
        await self.room.ears.mute(muted)
        current = self.floor.current
        if muted and current is not None and current.priority is Priority.CONVERSATION:
            await current.cancel()
        if changed and cue:
            self._cue("muted" if muted else "unmuted")

    async def stop(self) -> None:
        """End a reply, a ring or an announcement at once, and drop waiting announcements."""
        await self.floor.stop()

    async def idle(self) -> None:
        """Return when the floor is free."""
        await self.floor.idle()

    async def listen(self) -> None:
        """Begin a conversation as after the wake word: a button was pressed.

        Raises `AudioError` "microphone-muted", and plays its cue, because a user who pressed a button sees no error.
        """
        if self.muted:
            self._cue("muted")
            raise AudioError("microphone-muted", "the microphone is off", "switch it on first: `edge-voice mute off`")
        self._converse(self.room.ears.read(), None)

    async def announce(self, sentence: ReplySentence, *, urgent: bool = False, chime: bool = False) -> None:
        """Speak the sentence once the floor is free; the wake word cuts it short. Returns when it is over.

        An `urgent` one ends what holds the floor. With `chime` an earcon is heard first.
        """
        priority = Priority.URGENT if urgent else Priority.ANNOUNCEMENT
        activity = self.floor.take(priority, "announcement", lambda: self._announcer.say(sentence, chime=chime))
        await activity.over.wait()

    async def ring(self, ring: Ring) -> None:
        """Ring until the wake word, a stop or the configured limit ends it. Returns when it is over.

        A missed timer or alarm is announced once. Never returns if a shutdown cuts the ring short. Implements the
        callback of `Schedule.run`.
        """
        self.room.telemetry.event(ring.kind, {"name": ring.name, "missed": ring.missed})
        if ring.missed:
            await self.announce(ReplySentence(ring.text))
        else:
            activity = self.floor.take(Priority.ALARM, "ring", lambda: self._announcer.ring(ring))
            await activity.over.wait()
        if self.floor.closed:
            await asyncio.Event().wait()  # it was cut short: the schedule keeps it for the next start

    async def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """Run one typed turn. If `speak` is set, it takes the floor like a conversation.

        Raises `EngineError` "turn-cancelled" if another activity took the floor before it began.
        """
        if not speak:
            return await self._conversation.ask(text, speak=False)
        records: list[TurnRecord] = []

        async def answer() -> None:
            await self._conversation.ask(text, speak=True, on_record=records.append)

        await self.floor.take(Priority.CONVERSATION, "typed turn", answer).over.wait()
        if not records:
            raise EngineError("turn-cancelled", "the answer was cut off", "another activity came first: ask again")
        return records[0]

    def _cue(self, earcon: Earcon) -> None:
        """Play it now or not at all: minutes later, behind a ring, it would tell nothing."""
        if self.floor.current is None:
            self.floor.take(Priority.ANNOUNCEMENT, "cue", lambda: self._announcer.cue(earcon))

    def _woken(self, wake: WakeDetected) -> None:
        if self.wake_word not in {None, wake.word}:
            return
        if self.muted:
            self._cue("muted")
            return
        # If the command follows without a pause, its beginning has already been heard.
        since = wake.word_end - WAKE_WORD_MS * SAMPLE_RATE_HZ // 1000
        frames = self.room.ears.read(since=since)
        if self.arbiter is None or not self.arbiter.contested:
            self._answer(frames, wake)
            return
        prominence_db = self.room.ears.prominence_db(since, wake.word_end)
        contest = asyncio.create_task(self._contest(self.arbiter, frames, wake, prominence_db), name="wake contest")
        self._contests.add(contest)
        contest.add_done_callback(self._contests.discard)

    async def _contest(self, arbiter: Arbiter, frames: FrameQueue, wake: WakeDetected, prominence_db: float) -> None:
        """Answer, unless another speaker has heard the wake word better. Meanwhile the frames are kept."""
        wins = False
        try:
            wins = await arbiter.wins(wake, prominence_db) and not self.muted
        finally:
            if not wins:
                frames.close()
        if wins:
            self._answer(frames, wake)
        else:
            self.room.telemetry.count("wakes_left_to_others")

    def _answer(self, frames: FrameQueue, wake: WakeDetected) -> None:
        log.info("wake", word=wake.word, score=round(wake.score, 3))
        self.room.telemetry.count("wakes")
        self.room.telemetry.event("wake", {"word": wake.word, "score": round(wake.score, 3)})
        self._converse(frames, wake)

    def _converse(self, frames: FrameQueue, wake: WakeDetected | None) -> None:
        self.floor.take(
            Priority.CONVERSATION,
            "conversation",
            lambda: self._conversation.run(frames, wake),
            on_over=frames.close,
        )
