"""A command or question that Home Assistant has to be asked about, because no state tells the answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Errand:
    """Carried out by `run`, which returns the reply, or raises `HomeError`.

    `expected` is the reply if it works, so that it can be synthesised in advance; empty: only the answer tells.
    """

    run: Callable[[], Awaitable[str]]
    expected: str = ""
