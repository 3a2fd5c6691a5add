"""Keeps the grammar of the home's names up to date: compiles it, and learns aliases while the speaker is idle."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from edge.errors import EdgeError
from edge.grammar import Grammar
from edge.nlu import open_language
from edge.nlu.home_names import HomeNames
from edge.runtime.clock import Clock
from edge.runtime.worker import Worker
from edge.settings import Settings

if TYPE_CHECKING:
    from edge.nlu.learned_aliases.aliases import LearnedAliases, Transcribe

log = structlog.get_logger("nlu")


class Vocabulary:
    """Compiles the grammar of a home in the background. Until it is ready, the recogniser writes free text."""

    def __init__(
        self,
        settings: Settings,
        names: HomeNames,
        worker: Worker,
        *,
        use_grammar: Callable[[Grammar], Awaitable[None]],
        use_names: Callable[[HomeNames], Awaitable[None]],
        transcribe: "Transcribe | None",
        folder: Path,
        rest: Callable[[], Awaitable[None]],
        clock: Clock,
    ) -> None:
        """`names` are those that the router was opened with.

        `worker` compiles, `folder` caches the results, and `use_grammar` and `use_names` receive them. If `transcribe`
        is None, no aliases are learned. `rest` returns when the speaker is idle.
        """
        self._settings = settings
        self._worker = worker
        self._use_grammar = use_grammar
        self._use_names = use_names
        self._transcribe = transcribe
        self._folder = folder
        self._rest = rest
        self._clock = clock
        self._used = names

    async def use(self, home: HomeNames) -> None:
        """Compile the grammar and pass it on, learn aliases for unusual names, then repeat with these.

        When the home's names change, cancel the running call and call again.
        Failures are logged, and the speaker works without the grammar.
        """
        from edge.nlu.learned_aliases.aliases import LearnedAliases

        began = self._clock.monotonic()
        try:
            path = self._folder / "learned-aliases.json"
            language = open_language(self._settings.device.language)
            aliases = await self._worker.run(LearnedAliases, path, self._engines, self._worker, language)
            await self._hand_out(aliases, home)
            log.info("grammar-ready", ms=round((self._clock.monotonic() - began) * 1000))
            if self._transcribe is not None and await aliases.learn(home, self._transcribe, self._rest):
                await self._hand_out(aliases, home)
        except EdgeError as error:
            log.warning("grammar-missing", code=error.code, message=error.message, hint=error.hint)

    @property
    def _engines(self) -> str:
        """The voice and the recogniser. Aliases are learned again when either changes."""
        stt, tts = self._settings.stt, self._settings.tts
        return f"{tts.engine} {tts.model or ''} {stt.engine} {stt.model or ''}"

    async def _hand_out(self, aliases: "LearnedAliases", home: HomeNames) -> None:
        from edge.nlu.spoken_grammar import open_grammar

        names = await self._worker.run(aliases.names, home)
        if names != self._used:  # before the grammar, which takes seconds in a large home
            await self._use_names(names)
            self._used = names
        await self._use_grammar(await self._worker.run(open_grammar, self._settings, names, self._folder / "grammar"))
