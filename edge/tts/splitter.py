"""Sentences out of a stream of text, as early as it is sure where they end. Pure.

What is cut depends on the text alone, not on the pieces it arrives in: a place is judged only when enough of what
follows it is there. At most `max_chars` and a short look-ahead are kept in memory.
"""

import re

MAX_CHARS = 240
WRAPPED_LINE_CHARS = 50
"""A line break after a line this long is taken for a wrapped paragraph, not for an end."""

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
_CLAUSE = re.compile(r"[,;:—–](?=\s)")  # noqa: RUF001 - dashes are meant

_LONG_SENTENCE = 60
_MIN_CLAUSE_CHARS = 8
"""A long sentence may begin with its first clause, which should be more than a word: of a list of timers with 160
characters the first sound would be ready some 260 ms earlier."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words("dr mr mrs ms prof st mt ft gen capt lt sgt rev hon gov sen vs e.g i.e cf fig eq approx")
"""Abbreviations that something always follows."""

_SELDOM_LAST = _words("jr sr inc ltd co corp etc dept est ave blvd rd ph.d jan feb aug sept oct nov")
"""Abbreviations that end a sentence only when a new one visibly begins."""

_STARTERS = _words(
    "a after all also an and another any are as at because before both but by can did do does each even every first "
    "for from has have he her here his how however i if in is it its just let many maybe may most my next no not now "
    "of on once one only or other our perhaps please second she should since so some sometimes still such that the "
    "their then there therefore these they this those though through thus to today tomorrow until was we well were "
    "what when where whether which while who why will with would yes yesterday yet you your"
)
"""Words that, with a capital letter, begin a sentence rather than go on after "p.m." or "J."."""


class Splitter:
    """Cuts text into sentences while it arrives. Every character but white space at the cuts comes out again, in order.

    A sentence without an end is cut within `max_chars`, at a clause or at a word where there is one.
    """

    def __init__(self, *, max_chars: int = MAX_CHARS) -> None:
        self._max = max_chars
        self._reset()

    def feed(self, delta: str) -> list[str]:
        """The sentences that are complete now that `delta` has arrived."""
        out: list[str] = []
        step = self._max + _LOOKAHEAD + _SPACES
        for at in range(0, len(delta), step):
            self._buffer += delta[at : at + step]
            out += self._take(final=False)
        return out

    def settle(self) -> list[str]:
        """The rest, where it may be a whole sentence: for texts that come in whole ones, to wait for no next word."""
        rest = self._buffer.rstrip()
        end = next((end for end in _END.finditer(rest) if end.end() == len(rest)), None)
        if end is None or not self._full_stop_ends(end, "", ""):
            return []
        self._leave(len(self._buffer))
        return [rest]

    def finish(self) -> list[str]:
        """The rest. The splitter is ready for another text."""
        out = self._take(final=True)
        self._reset()
        return out

    def _reset(self) -> None:
        self._buffer = ""
        self._line_chars = 0  # of the line that the buffer begins in
        self._line_head = ""  # its first character, once it has left the buffer

    def _take(self, *, final: bool) -> list[str]:
        out: list[str] = []
        while True:
            self._leave(len(self._buffer) - len(self._buffer.lstrip()))
            cut = self._next_cut(final=final)
            if cut is None and final and self._buffer:
                cut = len(self._buffer)
            if cut is None:
                return out
            out.append(self._buffer[:cut].rstrip())
            self._leave(cut)

    def _leave(self, n: int) -> None:
        """Drop the first `n` characters, remembering which line they leave us in."""
        left = self._buffer[:n]
        self._buffer = self._buffer[n:]
        line = left.rpartition("\n")[2]
        if "\n" in left:
            self._line_chars, self._line_head = 0, ""
        self._line_chars += len(line)
        self._line_head = self._line_head or line.lstrip()[:1]

    def _next_cut(self, *, final: bool) -> int | None:
        """Where the first piece of the buffer ends; None when that is not decided yet."""
        for end in _END.finditer(self._buffer):
            if end.end() > self._max:
                break
            ends = self._ends(end, final=final)
            if ends is None:
                return None
            if ends:
                return end.end()
        full = len(self._buffer) > self._max if final else len(self._buffer) >= self._max + _LOOKAHEAD
        return self._forced_cut() if full else None

    def _ends(self, end: re.Match[str], *, final: bool) -> bool | None:
        """Whether a piece ends at this mark; None when more text is needed to tell."""
        if end[0] == "\n":
            return self._line_ends(end.start(), final=final)
        if end[0][0] in "。！？":  # noqa: RUF001 - full-width marks are meant
            return True if final or end.end() < len(self._buffer) else None
        found = _FOLLOWING.match(self._buffer, end.end())
        space, following, word = (part or "" for part in found.groups()) if found else ("", "", "")
        if len(space) >= _SPACES:
            return True
        if end.end() + len(space) + len(following) == len(self._buffer) and len(word) < _LONG_WORD and not final:
            return None
        if word[:1].islower() and "\n" not in space:
            return False
        return self._full_stop_ends(end, word, following)

    def _full_stop_ends(self, end: re.Match[str], word: str, following: str) -> bool:
        """Whether a mark is no abbreviation's, initial's or list number's."""
        if end[0][0] != "." or end[0][1:2] == ".":
            return True
        before = self._buffer[: end.start()]
        token = _TOKEN_BREAK.split(before)[-1]
        line = before[: len(before) - len(token)].rpartition("\n")[2]
        begins_line = not line.strip() and ("\n" in before or not self._line_head)
        if begins_line and _LIST_NUMBER.fullmatch(token):
            return False
        if token.lower() in _NEVER_LAST or (token.lower() == "no" and following[-1:].isdigit()):
            return False
        if token.lower() in _SELDOM_LAST or _INITIALS.fullmatch(token):
            return word[:1].isupper() and word.lower() in _STARTERS
        return True

    def _line_ends(self, at: int, *, final: bool) -> bool | None:
        """Whether the line break at `at` ends a piece: a short line, a blank one, a list; not a wrapped paragraph."""
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
        """The last clause, else the last word, else the last character that fits."""
        text = self._buffer[: self._max]
        clauses = [m.end() for m in _CLAUSE.finditer(text) if m.end() >= self._max // 3]
        if clauses:
            return clauses[-1]
        words = max(text.rfind(" "), text.rfind("\n"))
        return words if words >= self._max // 3 else self._max


def begun_early(sentence: str) -> list[str]:
    """A long sentence as its first clause and the rest, so that a voice can begin before it has read all of it."""
    clause = _CLAUSE.search(sentence, _MIN_CLAUSE_CHARS, _LONG_SENTENCE) if len(sentence) > _LONG_SENTENCE else None
    return [sentence] if clause is None else [sentence[: clause.end()], sentence[clause.end() :].lstrip()]
