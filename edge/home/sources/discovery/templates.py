"""Templates of discovery payloads: their variables, their limits, and the errors of this package."""

import functools
from collections.abc import Mapping
from typing import Any, Final

from edge.errors import HomeError
from edge.home.sources import jinja
from edge.home.sources.jinja.json_values import parse_json

MAX_PAYLOAD_CHARS: Final = 65_536
MAX_RESULT_CHARS: Final = 4096


class TemplateError(HomeError):
    """A template that cannot be used, or that failed."""


class Template:
    """One compiled template. Make it with `compile_template`."""

    def __init__(self, compiled: jinja.Template) -> None:
        self._compiled = compiled

    def render(self, **variables: Any) -> str:
        """The rendered text.

        Raises:
            TemplateError: "template-failed": an error, an undefined parent, too many steps, or a long result.
        """
        try:
            text = self._compiled.render(variables)
        except jinja.RenderError as error:
            raise _failed(str(error)) from None
        if len(text) > MAX_RESULT_CHARS:
            raise _failed(f"the result has more than {MAX_RESULT_CHARS} characters")
        return text

    def of_payload(self, payload: str, **more: Any) -> str:
        """The value that a state template reads from a payload: `value` is the text, `value_json` its JSON.

        Raises:
            TemplateError: see `render`; also a payload that is too long.
        """
        if len(payload) > MAX_PAYLOAD_CHARS:
            raise _failed(f"the payload has more than {MAX_PAYLOAD_CHARS} characters")
        parsed = parse_json(payload)
        return self.render(value=payload, **more, **({} if parsed is None else {"value_json": parsed}))


def json_object(payload: str) -> Mapping[str, Any] | None:
    """The JSON object of a payload, None if it is none."""
    parsed = parse_json(payload) if len(payload) <= MAX_PAYLOAD_CHARS else None
    return parsed if isinstance(parsed, dict) else None


@functools.lru_cache(maxsize=1024)
def _compiled(source: str) -> Template:
    return Template(jinja.Template(source))


def compile_template(source: str) -> Template:
    """The template, compiled.

    Raises:
        TemplateError: "template-refused": it is too long, too deep, or no template.
    """
    try:
        return _compiled(source)
    except jinja.TemplateSyntaxError as error:
        raise TemplateError(
            "template-refused", f"a template is refused: {error}", "see the device's settings"
        ) from None


def _failed(message: str) -> TemplateError:
    return TemplateError("template-failed", f"a template of the home failed: {message}", "see the device's settings")
