"""Reads the sentence files again while the speaker runs."""

import asyncio
from collections.abc import Callable, Iterator

from pydantic import BaseModel

from edge.errors import ControlError
from edge.route.live import LiveRouter
from edge.settings import Settings


class Reload:
    """Call it to reload. Sentences are used at once; other settings are read at the start only."""

    def __init__(
        self,
        settings: Settings,
        read: Callable[[], Settings],
        router: LiveRouter,
        *,
        compile_grammar: Callable[[], None],
    ) -> None:
        """`settings` are in use, `read` reads the file; `compile_grammar` begins to compile the speech grammar."""
        self._settings = settings
        self._read = read
        self._router = router
        self._compile_grammar = compile_grammar

    async def __call__(self) -> None:
        """Raises `SettingsError`, also for mistakes in sentence files, or `ControlError` "reload-needs-restart".

        If it raises, nothing has changed.
        """
        from edge.nlu.hassil_intents import check_sentences

        settings = await asyncio.to_thread(self._read)
        changed = sorted(_changes(self._settings, settings, ""))
        if changed:
            raise ControlError(
                "reload-needs-restart",
                f"changed settings: {', '.join(changed[:10])}",
                "restart the speaker: `systemctl restart edge-voice`",
            )
        for mistake in await asyncio.to_thread(check_sentences, settings):
            raise mistake
        await self._router.read_sentences()
        self._compile_grammar()


def _changes(old: BaseModel, new: BaseModel, place: str) -> Iterator[str]:
    for key in type(old).model_fields:
        before, after = getattr(old, key), getattr(new, key)
        if isinstance(before, BaseModel) and isinstance(after, BaseModel):
            yield from _changes(before, after, f"{place}{key}.")
        elif before != after:
            yield f"{place}{key}"
