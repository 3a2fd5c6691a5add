"""Reduces a text to the words that are spoken, without Markdown, HTML, links, code, emoji and control characters. Pure.

The rules of the language write numbers, times, dates, units, currencies and signs in words, once for all engines:
each reads some of them wrongly, and a number must keep its value.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from edge.nlu import PlainTextRules

_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_TABLE_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_TABLE_ROW = re.compile(r"\s*\|(.*?)\|?\s*", re.DOTALL)
_LINE_MARKS = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•‣▪]\s+(?:\[[ xX]\]\s+)?|(\d{1,3})[.)]\s+)?")
_HEADING_OR_ITEM = re.compile(r"\s*(?:>\s*)*(?:#{1,6}|[-*+•‣▪]|\d{1,3}[.)])\s")
_END_MARK = re.compile(r"[.!?…:;,。！？][\"'”’)\]*_]*\s*\Z")  # noqa: RUF001 - full-width marks are meant

_MARKUP = tuple(
    (re.compile(pattern, flags), replacement)
    for pattern, replacement, flags in (
        (r"<(script|style)\b.*?</\1>|<!--.*?-->|<\|[^|<>]{0,40}\|>", " ", re.DOTALL | re.IGNORECASE),
        (r"!?\[([^\]\[]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)", r"\1", 0),  # [text](address)
        (r"\[\^?\d{1,3}\]|\[\^[^\]\s]{1,40}\]", "", 0),  # a footnote's mark
        (r"\]\((?:https?:|www\.|/)[^)\s]*\)?", " ", 0),  # a link that was cut in two
        (r"<(?:https?://|mailto:)[^<>\s]*>", None, 0),
        (r"\b(?:https?://|ftp://|www\.)[^\s<>\"]*[^\s<>\".,;:!?'»)\]]", None, re.IGNORECASE),
        (r"</?[a-z][\w:-]{0,30}(?:\s+[\w:@-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))*\s*/?>", " ", re.IGNORECASE),
        (r"(?<=\d)\s?\*\*\s?(?=\d)", "^", 0),
        (r"~~|`+|\*\*+|__+|\\(?=[\[\]()*_`#$~>-])", "", 0),
        (r"(?<=\d)\s*[*×]\s*(?=\d)", "×", 0),  # noqa: RUF001 - the sign is meant
        (r"\*", "", 0),
        (r"(?<![^\W_])_|_(?![^\W_])", "", 0),
        (r"_", " ", 0),
    )
)  # fmt: skip

_TIDIED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b\d{16,}\b"), lambda m: " ".join(m[0])),  # longer than any number with a name
    (re.compile(r"[!]{2,}"), "!"),
    (re.compile(r"[?]{2,}"), "?"),
    (re.compile(r"(?:[!?]){3,}"), "?!"),
    (re.compile(r"\.{4,}|(?:\.\s){2,}\."), "..."),
    (re.compile(r"\s+--+\s+|(?<=\w)--+(?=\w)"), " — "),
    (re.compile(r"[×|^{}<>\\]+|\$(?!\s?\d)"), " "),  # noqa: RUF001 - the sign is meant
    (re.compile(r"\s+(?=[.,!?;:](?:\s|\Z))"), ""),
)

_KEPT_SYMBOLS = frozenset("°€£¥$%&@#+=×/±÷−→–—…‘’“”«»µΩπ§")  # noqa: RUF001 - typographic signs are meant
_MAX_WORD_CHARS = 60
_CONTEXT_CHARS = 240
"""Of the piece before: as long as a piece is."""


class PlainText:
    """Cleans the pieces of one text, in order; remembers the last one, and whether it is inside a block of code."""

    def __init__(self, rules: PlainTextRules) -> None:
        self._rules = rules
        self._in_code = False
        self._before = ""

    def clean(self, piece: str) -> str:
        """The words of a piece (a line, or sentences of a line), in one line; empty if there are none."""
        if _FENCE.match(piece):
            self._in_code = not self._in_code and len(piece.split("\n")) < 2  # noqa: PLR2004 - opened and closed in one piece
            return self._rules.code_block if self._in_code else ""
        if self._in_code or _RULE.fullmatch(piece) or ("|" in piece and _TABLE_RULE.fullmatch(piece)):
            return ""
        row = _TABLE_ROW.fullmatch(piece)
        text = _row_text(row[1]) if row else _line_text(piece)
        for pattern, replacement in _MARKUP:
            text = pattern.sub(self._rules.link if replacement is None else replacement, text)
        text = _composed(html.unescape(text))
        before, self._before = self._before, text[-_CONTEXT_CHARS:]
        text = _speakable(self._rules.spell(text, before), self._rules.scripts)
        for untidy, tidy in _TIDIED:
            text = untidy.sub(tidy, text)
        text = " ".join(word for word in text.split() if len(word) <= _MAX_WORD_CHARS)
        return text if any(c.isalnum() for c in text) else ""


def _row_text(cells: str) -> str:
    """The cells of a table's row, read one after another."""
    return ", ".join(filter(None, (cell.strip() for cell in cells.split("|")))) + "."


def _line_text(piece: str) -> str:
    """A line without its marks. The number of a list item stays; headings and items end like sentences."""
    marks = _LINE_MARKS.match(piece)
    number = f"{marks[1]}: " if marks and marks[1] else ""
    text = number + (piece[marks.end() :] if marks else piece)
    if _HEADING_OR_ITEM.match(piece) and text.strip() and not _END_MARK.search(text):
        return text.rstrip() + "."
    return text


def _composed(text: str) -> str:
    """Letters in one character, digits of every script in ASCII, and nothing that has no width between them."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char
        for char in composed
        if unicodedata.category(char) != "Cf"
    )


def _speakable(text: str, scripts: AbstractSet[str]) -> str:
    """The characters that a voice of the language has a sound or a pause for."""
    out = []
    for char in text:
        kind = unicodedata.category(char)
        if char.isascii() and kind != "Cc":
            out.append(char)
        elif kind in {"Cf", "Mn", "Me", "Cs", "Co", "Cn", "Sk"} or "VARIATION SELECTOR" in unicodedata.name(char, ""):
            continue
        elif char in _KEPT_SYMBOLS or unicodedata.name(char, "").partition(" ")[0] in scripts:
            out.append(char)
        else:
            out.append(" ")
    return "".join(out)
