"""What can be said to this home, told to those who listen: as its owner spells it, and as this board hears it."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from edge.errors import EdgeError
from edge.route import Router
from edge.route.home_names import HomeNames, names_of
from edge.runtime.worker import Worker
from edge.settings import Settings
from edge.stt import Stt
from edge.tts import Tts

log = structlog.get_logger("grammar")


class Vocabulary:
    """Makes the grammar of a home while the speaker listens already; until then the recogniser writes free text."""

    def __init__(
        self,
        settings: Settings,
        router: Router,
        worker: Worker,
        *,
        stt: Stt,
        stt_worker: Worker,
        tts: Tts | None,
        tts_worker: Worker,
        folder: Path,
        rest: Callable[[], Awaitable[None]],
    ) -> None:
        """`worker` compiles; `folder` keeps what was made; `rest` returns when nobody needs the engines."""
        self._settings = settings
        self._router = router
        self._worker = worker
        self._stt = stt
        self._stt_worker = stt_worker
        self._tts = tts
        self._tts_worker = tts_worker
        self._folder = folder
        self._rest = rest
        self._told = names_of(settings)  # the router was opened with these

    async def use(self, names: HomeNames | None = None) -> None:
        """Tell them; then speak and hear the names that no recogniser knows, and tell them what came of it.

        `names` None: those of the settings. To be called again, and the call under way cancelled, when the home has
        other names. What cannot be made is logged, and the speaker goes on without.
        """
        from edge.route.heard_names import HeardNames  # noqa: PLC0415 - hassil is only loaded when it is used
        from edge.turn.self_hearing import SelfHearing  # noqa: PLC0415

        home = names_of(self._settings) if names is None else names
        began = time.monotonic()
        try:
            heard = await self._worker.run(lambda: HeardNames(self._folder / "heard-names.json", self._engines))
            await self._worker.run(lambda: self._tell(heard.names(home)))
            log.info("grammar-ready", ms=round((time.monotonic() - began) * 1000))
            if self._tts is None:
                return
            hear = SelfHearing(self._tts, self._tts_worker, self._stt, self._stt_worker)
            if await heard.learn(home, hear, self._rest):
                await self._worker.run(lambda: self._tell(heard.names(home)))
        except EdgeError as error:
            log.warning("grammar-missing", code=error.code, message=error.message, hint=error.hint)

    @property
    def _engines(self) -> str:
        """Whose hearing it is: another voice or recogniser learns again."""
        stt, tts = self._settings.stt, self._settings.tts
        return f"{tts.engine} {tts.model or ''} {stt.engine} {stt.model or ''}"

    def _tell(self, names: HomeNames) -> None:
        from edge.route.spoken_grammar import open_grammar  # noqa: PLC0415

        self._stt.use(open_grammar(self._settings, names, self._folder / "grammar"))
        if names != self._told:
            self._router.use(names)
            self._told = names
