"""A template cut into texts and tags, and tags into tokens."""

import re
from collections.abc import Sequence
from typing import Final

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<sign>\*\*|//|[=!<>]=|[-+*/%~<>=|.,:()\[\]{}]))",
    re.DOTALL,
)
_BEGIN: Final = re.compile(r"\{([{%#])([-+]?)")
_END: Final = {"{": re.compile(r"\s*([-+]?)\}\}"), "%": re.compile(r"\s*([-+]?)%\}"), "#": re.compile(r"([-+]?)#\}")}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Token = tuple[str, str]
"""Kind (number, name, text, sign, end) and source."""

Piece = tuple[str, list[Token] | str]
"""Kind ("": a text, "{": an expression, "%": a statement), and the text or the tokens."""


class TemplateSyntaxError(Exception):
    """A template that is none, or that uses what is not supported."""


def pieces(source: str) -> list[Piece]:
    """The texts and tags of a template. Raises `TemplateSyntaxError`."""
    found: list[Piece] = []
    at, strip = 0, False
    while (begin := _BEGIN.search(source, at)) is not None:
        text = source[at : begin.start()]
        text = text.lstrip() if strip else text
        found.append(("", text.rstrip() if begin[2] == "-" else text))
        kind = begin[1]
        if kind == "#":
            end = _END["#"].search(source, begin.end())
        else:
            tokens, end = _tokens(source, begin.end(), _END[kind])
            found.append((kind, tokens))
        if end is None:
            raise TemplateSyntaxError("a tag has no end")
        at, strip = end.end(), end[1] == "-"
    rest = source[at:]
    found.append(("", rest.lstrip() if strip else rest))
    return [piece for piece in found if piece[1] != ""]


def _tokens(source: str, at: int, end: re.Pattern[str]) -> tuple[list[Token], re.Match[str] | None]:
    tokens: list[Token] = []
    depth = 0
    while True:
        if depth == 0 and (found := end.match(source, at)) is not None:
            return [*tokens, ("end", "")], found
        token = _TOKEN.match(source, at)
        if token is None or token.lastgroup is None:
            if not source[at:].strip():
                return tokens, None
            raise TemplateSyntaxError(f"a tag has the character '{source[at:].lstrip()[0]}'")
        text = token[token.lastgroup]
        if token.lastgroup == "sign":
            depth += (text in "([{") - (text in ")]}")
        tokens.append((token.lastgroup, text))
        at = token.end()


def unescaped(text: str) -> str:
    """The value of a text in quotation marks. Raises `TemplateSyntaxError`."""
    try:
        value = text[1:-1].encode("ascii", "backslashreplace").decode("unicode-escape") if "\\" in text else text[1:-1]
    except UnicodeDecodeError:
        raise TemplateSyntaxError("a text has a wrong escape") from None
    if _SURROGATE.search(value):
        raise TemplateSyntaxError("a text has half a character")
    return value


class Cursor:
    """A place in the tokens of one tag. Its methods raise `TemplateSyntaxError`."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, *texts: str) -> bool:
        """Whether one of these names or signs comes next."""
        kind, text = self.tokens[self.at]
        return kind in {"name", "sign"} and text in texts

    def take(self, *texts: str) -> bool:
        """Step over one of these names or signs, if it comes next."""
        found = self.peek(*texts)
        self.at += found
        return found

    def expect(self, text: str) -> None:
        """Step over this name or sign."""
        if not self.take(text):
            raise TemplateSyntaxError(f"'{text}' is missing before '{self.tokens[self.at][1][:40]}'")

    def name(self) -> str:
        """Step over a name."""
        kind, text = self.tokens[self.at]
        if kind != "name":
            raise TemplateSyntaxError(f"a name is missing before '{text[:40]}'")
        self.at += 1
        return text

    def done(self) -> None:
        """Check that the tag ends here."""
        if self.tokens[self.at][0] != "end":
            raise TemplateSyntaxError(f"'{self.tokens[self.at][1][:40]}' has no place here")
