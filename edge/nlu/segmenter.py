"""Splits text into sentences as it arrives. All spoken text is split here, once. Pure.

The splits of a complete text ("sentence", "clause") depend only on the text, not on the pieces in which it arrives: a
split is decided only when enough of the following text is known. The text of a model ("phrase") is split as early as it
can be spoken. At most `max_chars` and a short look-ahead are kept in memory.
"""

import re
from dataclasses import dataclass
from typing import Literal

from edge.events import ReplySentence

MAX_CHARS = 240
WRAPPED_LINE_CHARS = 50
"""A line break after a line this long is taken for a wrapped paragraph, not for the end of a sentence."""

FirstPiece = Literal["sentence", "clause", "phrase"]
"""How early the first piece may be emitted: as a whole sentence; as the first clause of a long sentence; or, while the
sentence is still being written, as its first clause or phrase."""

_LOOKAHEAD = 24
_LONG_WORD = 12
_MARKER_CHARS = 8
_SPACES = 64

_END = re.compile(r"[.!?…]+[\"'”’)\]*_»]*(?=\s|\Z)|[。！？]+|\n")  # noqa: RUF001 - full-width marks are meant
_FOLLOWING = re.compile(r"(\s*)([\"'“‘(\[*_«]{0,8}(?:([^\W\d_]+)|.?))", re.DOTALL)  # noqa: RUF001 - typographic quotes
_NEXT_LINE = re.compile(r"[ \t\r]{0,48}(?:\n|[-*+•]\s|[>|]|#{1,6}\s|```|~~~|\d{1,3}[.)]\s)")
_TOKEN_BREAK = re.compile(r"[\s\"'“”‘’(\[*_«—]")  # noqa: RUF001 - typographic quotes
_LIST_NUMBER = re.compile(r"\d{1,3}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_CLAUSE = re.compile(r"[,;:](?=\s)|(?<![\d%°]\s)[—–](?=\s)(?!\s+[-$€£]?\d)")  # noqa: RUF001 - dashes are meant
"""A dash between numbers is a minus or a range."""
_MARKUP = re.compile(r"[*_`~|<>\[\]]")

_LONG_SENTENCE = 60
_MIN_CLAUSE_CHARS = 8
"""The first clause of a long sentence may be a separate piece if it has more than a word. For a list of timers with 160
characters, the first audio is ready about 260 ms earlier."""

_MIN_WRITTEN_CLAUSE_CHARS = 9
_MIN_PHRASE_CHARS = 18
"""A second of speech, in which a small model writes the rest of the sentence."""


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """The rules of a language for the ends of sentences. All words are in lower case.

    Abbreviations are listed without their last period: `never_last` never end a sentence, `before_number` do not if a
    number follows, and `seldom_last` do only if a new sentence visibly begins. `starters` begin a sentence if they are
    capitalised. The group `cut` of `phrase` finds the places where a voice may pause.
    """

    never_last: frozenset[str]
    before_number: frozenset[str]
    seldom_last: frozenset[str]
    starters: frozenset[str]
    phrase: re.Pattern[str]


class Segmenter:
    """Takes one text in pieces and emits its sentences. Keeps all characters in order, except white space at splits.

    A sentence without an end is split within `max_chars`, if possible after a clause or a word. In "phrase" mode, a
    repeated sentence or one beyond `max_sentences` ends the text, because a small model that repeats itself does not
    stop.
    """

    def __init__(
        self,
        rules: SentenceRules,
        first: FirstPiece = "sentence",
        *,
        max_sentences: int | None = None,
        max_chars: int = MAX_CHARS,
    ) -> None:
        self._rules = rules
        self._first = first
        self._max_sentences = max_sentences
        self._max = max_chars
        self._buffer = ""
        self._line_chars = 0  # already emitted characters of the buffer's first line
        self._line_head = ""  # the first of these
        self._begun = ""  # the emitted part of the current sentence
        self._said: set[str] = set()
        self.began = False
        """True once something was emitted."""
        self.ended = False
        """True once nothing more will be emitted."""

    def feed(self, delta: str) -> list[ReplySentence]:
        """Add `delta` and return what can be spoken now."""
        out: list[ReplySentence] = []
        step = self._max + _LOOKAHEAD + _SPACES
        for at in range(0, len(delta), step):
            if self.ended:
                self._buffer = ""
                break
            self._buffer += delta[at : at + step]
            out += self._take(final=False)
        if self._first == "phrase" and not self.began and not self.ended:
            out += self._begin_early()
        return out

    def finish(self, *, cut: bool = False) -> list[ReplySentence]:
        """Return the rest. If the text was `cut` off, drop an unfinished sentence unless nothing else was emitted."""
        return self._take(final=True, cut=cut)

    def _take(self, *, final: bool, cut: bool = False) -> list[ReplySentence]:
        out: list[ReplySentence] = []
        while not self.ended:
            self._leave(len(self._buffer) - len(self._buffer.lstrip()))
            end, whole = self._next_cut(final=final)
            if not end and final and not (cut and self.began and not self._ends_with_mark()):
                end, whole = len(self._buffer), True
            if not end:
                break
            piece = self._buffer[:end].rstrip()
            self._leave(end)
            out += self._sentence(piece) if whole else self._part(piece)
        return out

    def _part(self, piece: str) -> list[ReplySentence]:
        """Emit a piece whose sentence continues after it."""
        self._begun = f"{self._begun} {piece}"
        self.began = True
        return [ReplySentence(piece, goes_on=True)]

    def _sentence(self, piece: str) -> list[ReplySentence]:
        """Emit a piece that ends its sentence."""
        if self._first == "phrase":
            key = " ".join(re.findall(r"\w+", f"{self._begun} {piece}".casefold()))
            if key in self._said:
                self.ended = True
                return []
            self._said.update({key} - {""})
            self.ended = self._max_sentences is not None and len(self._said) >= self._max_sentences
        begins = not self.began and self._first != "sentence"
        self._begun = ""
        self.began = True
        return _with_first_clause(piece) if begins else [ReplySentence(piece)]

    def _begin_early(self) -> list[ReplySentence]:
        """Emit the beginning of the first sentence, up to the end of a clause or the start of a phrase."""
        text = self._buffer
        clauses = (m.end() for m in _CLAUSE.finditer(text) if m.end() >= _MIN_WRITTEN_CLAUSE_CHARS)
        phrases = (m.end("cut") for m in self._rules.phrase.finditer(text) if m.start("cut") >= _MIN_PHRASE_CHARS)
        cuts = [place for place in (next(clauses, None), next(phrases, None)) if place is not None]
        if not cuts:
            return []
        self._leave(min(cuts))
        return self._part(text[: min(cuts)].strip())

    def _leave(self, n: int) -> None:
        """Drop the first `n` characters, and keep track of the current line."""
        left = self._buffer[:n]
        self._buffer = self._buffer[n:]
        line = left.rpartition("\n")[2]
        if "\n" in left:
            self._line_chars, self._line_head = 0, ""
        self._line_chars += len(line)
        self._line_head = self._line_head or line.lstrip()[:1]

    def _next_cut(self, *, final: bool) -> tuple[int, bool]:
        """The end of the buffer's first piece, and whether a sentence ends there; 0 if it is undecided."""
        for end in _END.finditer(self._buffer):
            if end.end() > self._max:
                break
            ends = self._ends(end, final=final)
            if ends is None:
                return 0, False
            if ends:
                return end.end(), True
        at_once = final or self._first == "phrase"
        full = len(self._buffer) > self._max if at_once else len(self._buffer) >= self._max + _LOOKAHEAD
        return (self._forced_cut() if full else 0), False

    def _ends_with_mark(self) -> bool:
        rest = self._buffer.rstrip()
        return any(end.end() == len(rest) for end in _END.finditer(rest))

    def _ends(self, end: re.Match[str], *, final: bool) -> bool | None:
        """Whether a sentence ends at this mark; None if more text is needed."""
        if end[0] == "\n":
            return self._line_ends(end.start(), final=final)
        if end[0][0] in "。！？":  # noqa: RUF001 - full-width marks are meant
            return True if final or end.end() < len(self._buffer) else None
        found = _FOLLOWING.match(self._buffer, end.end())
        space, following, word = (part or "" for part in found.groups()) if found else ("", "", "")
        at_end = end.end() + len(space) + len(following) == len(self._buffer)
        incomplete = at_end and len(word) < _LONG_WORD and not final
        ends: bool | None
        if len(space) >= _SPACES:
            ends = True
        elif incomplete and self._first != "phrase":
            ends = None
        elif word[:1].islower() and "\n" not in space:
            ends = False
        elif incomplete:  # the early end of a sentence needs no next word, unless the mark may be an abbreviation's
            ends = True if space and self._full_stop_ends(end, "", "") else None
        else:
            ends = self._full_stop_ends(end, word, following)
        return ends

    def _full_stop_ends(self, end: re.Match[str], word: str, following: str) -> bool:
        """Whether a full stop ends a sentence, and not an abbreviation, an initial or a list number."""
        if end[0][0] != "." or end[0][1:2] == ".":
            return True
        before = self._buffer[: end.start()]
        token = _TOKEN_BREAK.split(before)[-1]
        line = before[: len(before) - len(token)].rpartition("\n")[2]
        begins_line = not line.strip() and ("\n" in before or not self._line_head)
        if begins_line and _LIST_NUMBER.fullmatch(token):
            return False
        abbreviation = token.lower()
        if abbreviation in self._rules.never_last:
            return False
        if abbreviation in self._rules.before_number and following[-1:].isdigit():
            return False
        if abbreviation in self._rules.seldom_last or _INITIALS.fullmatch(token):
            return word[:1].isupper() and word.lower() in self._rules.starters
        return True

    def _line_ends(self, at: int, *, final: bool) -> bool | None:
        """Whether the line break at `at` ends a sentence: after a short line, or before a blank line or list item."""
        _, line_break, line = self._buffer[:at].rpartition("\n")
        chars, head = (0, "") if line_break else (self._line_chars, self._line_head)
        head = head or line.lstrip()[:1]
        if chars + len(line) < WRAPPED_LINE_CHARS or head in {"#", "|", "`", "~"}:
            return True
        following = self._buffer[at + 1 :]
        if len(following.lstrip(" \t\r")) < _MARKER_CHARS and len(following) < _SPACES and not final:
            return None
        return _NEXT_LINE.match(following) is not None

    def _forced_cut(self) -> int:
        """The end of the last clause, otherwise word, otherwise character that fits."""
        text = self._buffer[: self._max]
        clauses = [m.end() for m in _CLAUSE.finditer(text) if m.end() >= self._max // 3]
        if clauses:
            return clauses[-1]
        words = max(text.rfind(" "), text.rfind("\n"))
        return words if words >= self._max // 3 else self._max


def segments(text: str, rules: SentenceRules, first: FirstPiece = "sentence") -> list[ReplySentence]:
    """Split a complete text into sentences."""
    segmenter = Segmenter(rules, first)
    return segmenter.feed(text) + segmenter.finish()


def _with_first_clause(sentence: str) -> list[ReplySentence]:
    """Split a long sentence after its first clause, unless that might split markup."""
    clause = None
    if len(sentence) > _LONG_SENTENCE and not _MARKUP.search(sentence):
        clause = _CLAUSE.search(sentence, _MIN_CLAUSE_CHARS, _LONG_SENTENCE)
    if clause is None:
        return [ReplySentence(sentence)]
    return [
        ReplySentence(sentence[: clause.end()], goes_on=True),
        ReplySentence(sentence[clause.end() :].lstrip()),
    ]
