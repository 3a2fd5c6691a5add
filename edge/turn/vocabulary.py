"""What can be said to this home, told to those who listen: as its owner spells it, and as this board hears it."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from edge.errors import EdgeError
from edge.route import Router
from edge.route.home_names import HomeNames, names_of
from edge.runtime.hosted import Hosted
from edge.settings import Settings
from edge.stt import Stt
from edge.tts import Tts

if TYPE_CHECKING:
    from edge.route.heard_names import HeardNames

log = structlog.get_logger("grammar")


class Vocabulary:
    """Makes the grammar of a home while the speaker listens already; until then the recogniser writes free text."""

    def __init__(
        self,
        settings: Settings,
        router: Hosted[Router],
        stt: Hosted[Stt],
        tts: Hosted[Tts] | None,
        *,
        compiler: Hosted[None],
        folder: Path,
        rest: Callable[[], Awaitable[None]],
    ) -> None:
        """`compiler` is a thread for grammars; `folder` keeps them; `rest` returns when no turn needs the engines."""
        self._settings = settings
        self._router = router
        self._stt = stt
        self._tts = tts
        self._compiler = compiler
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
            heard = await self._compiler.call(lambda _: HeardNames(self._folder / "heard-names.json", self._engines))
            await self._tell(heard, home)
            log.info("grammar-ready", ms=round((time.monotonic() - began) * 1000))
            if self._tts is None:
                return
            if await heard.learn(home, SelfHearing(self._tts, self._stt), self._rest):
                await self._tell(heard, home)
        except EdgeError as error:
            log.warning("grammar-missing", code=error.code, message=error.message, hint=error.hint)

    @property
    def _engines(self) -> str:
        """Whose hearing it is: another voice or recogniser learns again."""
        stt, tts = self._settings.stt, self._settings.tts
        return f"{tts.engine} {tts.model or ''} {stt.engine} {stt.model or ''}"

    async def _tell(self, heard: "HeardNames", home: HomeNames) -> None:
        from edge.route.spoken_grammar import open_grammar  # noqa: PLC0415

        names = await self._compiler.call(lambda _: heard.names(home))
        grammar = await self._compiler.call(lambda _: open_grammar(self._settings, names, self._folder / "grammar"))
        await self._stt.configure(lambda it: it.use(grammar))
        if names != self._told:
            await self._router.configure(lambda it: it.use(names))
            self._told = names
