"""Regular expressions that are compiled when they are first used.

English has hundreds of them. Compiling them takes a third of the time of the import, and a command that is understood
needs few.
"""

import re
from functools import cached_property
from typing import Final

_ALL: Final[list["LazyPattern"]] = []
"""For `compile_all`; nothing is ever removed."""


class LazyPattern:
    """A `re.Pattern` for a constant of a module. A wrong expression is an error at its first use."""

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._expression = expression
        self._flags = flags
        _ALL.append(self)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._expression, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern.search`."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern.match`."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text)


def compile_all() -> None:
    """Compile all of them now, so that no text has to wait for it. On any thread."""
    for pattern in _ALL:
        _ = pattern.compiled
