"""Templates of strangers: the part of Jinja that discovery payloads use, with limits on time and memory.

A template reaches nothing of Python: attributes are keys of objects, functions and methods are those of `functions`
and `methods`.
A budget pays for each step and for the size of what it makes, so one step cannot take long or fill the memory. The
engines that exist bound the number of steps only (Jinja2 not even that): a list that is added to itself 60 times, or
a format with a width of nine digits, ends the process.
"""

from collections.abc import Mapping
from typing import Any, Final

from edge.home.sources.jinja.blocks import Blocks
from edge.home.sources.jinja.expressions import Scope
from edge.home.sources.jinja.tokens import TemplateSyntaxError, pieces
from edge.home.sources.jinja.values import Budget, RenderError

MAX_TEMPLATE_CHARS: Final = 4096
__all__ = ["MAX_TEMPLATE_CHARS", "RenderError", "Template", "TemplateSyntaxError"]


class Template:
    """A compiled template. Raises `TemplateSyntaxError` if it is none, too long or too deep."""

    def __init__(self, source: str) -> None:
        if len(source) > MAX_TEMPLATE_CHARS:
            raise TemplateSyntaxError(f"it has more than {MAX_TEMPLATE_CHARS} characters")
        try:
            self._block = Blocks(pieces(source.strip())).all()
        except RecursionError:
            raise TemplateSyntaxError("it is too deep") from None
        except ValueError:
            raise TemplateSyntaxError("a number is too long") from None

    def render(self, variables: Mapping[str, Any]) -> str:
        """The rendered text without the white space around it. Raises `RenderError`."""
        out: list[str] = []
        try:
            self._block(Scope(dict(variables), Budget()), out)
        except RenderError:
            raise
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise RenderError(type(error).__name__) from None  # its text may quote a payload
        return "".join(out).strip()
