"""Cuts text into sentences while it arrives: once, for everything that is spoken. Pure.

A text that is there already ("sentence", "clause") is cut at places that depend on the text alone, not on the pieces
that it arrives in: a place is judged only when enough of what follows it is there. The text of a model ("phrase") is
cut as early as it can be spoken. At most `max_chars` and a short look-ahead are kept in memory.
"""

import re
from dataclasses import dataclass
from typing import Literal

from edge.events import ReplySentence

MAX_CHARS = 240
WRAPPED_LINE_CHARS = 50
"""A line break after a line this long is taken for a wrapped paragraph, not for an end."""

FirstPiece = Literal["sentence", "clause", "phrase"]
"""How early the first piece may come: as a whole sentence; of a long sentence its first clause; or, while the sentence
is still being written, its first clause or phrase."""

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
_MARKUP = re.compile(r"[*_`~|<>\[\]]")

_LONG_SENTENCE = 60
_MIN_CLAUSE_CHARS = 8
"""A long sentence may begin with its first clause if that is more than a word: of a list of timers with 160 characters
the first sound is ready some 260 ms earlier."""

_MIN_WRITTEN_CLAUSE_CHARS = 9
_MIN_PHRASE_CHARS = 18
"""A second of speech: by its end a small model has written the rest of its sentence."""


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """What a language knows about the ends of sentences. All words in lower case.

    Abbreviations without their last point: something always follows `never_last`, a number may follow `before_number`,
    and `seldom_last` end a sentence only if a new one visibly begins. `starters` are words that, with a capital letter,
    begin a sentence. `phrase` finds the places where a voice may take breath, by its group `cut`.
    """

    never_last: frozenset[str]
    before_number: frozenset[str]
    seldom_last: frozenset[str]
    starters: frozenset[str]
    phrase: re.Pattern[str]


class Segmenter:
    """Takes one text in pieces and gives its sentences. All characters but white space at the cuts come out, in order.

    A sentence without an end is cut within `max_chars`, at a clause or at a word where there is one. Of a text that is
    being written ("phrase"), a sentence that was said before, or one more than `max_sentences`, ends the text: a small
    model that repeats itself does not stop.
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
        self._line_chars = 0  # of the line that the buffer begins in
        self._line_head = ""  # its first character, once it has left the buffer
        self._begun = ""  # what came out of the sentence that is not whole yet
        self._said: set[str] = set()
        self.began = False
        """Something came out."""
        self.ended = False
        """Nothing more comes out."""

    def feed(self, delta: str) -> list[ReplySentence]:
        """What can be spoken now that `delta` has arrived."""
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
        """The rest. Of a text that was `cut`, an unfinished sentence only if nothing else has been said."""
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
        """A piece behind which its sentence goes on."""
        self._begun = f"{self._begun} {piece}"
        self.began = True
        return [ReplySentence(piece, goes_on=True)]

    def _sentence(self, piece: str) -> list[ReplySentence]:
        """A piece with which its sentence ends."""
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
        """The beginning of the first sentence, up to a clause mark or to where a phrase begins."""
        text = self._buffer
        clauses = (m.end() for m in _CLAUSE.finditer(text) if m.end() >= _MIN_WRITTEN_CLAUSE_CHARS)
        phrases = (m.end("cut") for m in self._rules.phrase.finditer(text) if m.start("cut") >= _MIN_PHRASE_CHARS)
        cuts = [place for place in (next(clauses, None), next(phrases, None)) if place is not None]
        if not cuts:
            return []
        self._leave(min(cuts))
        return self._part(text[: min(cuts)].strip())

    def _leave(self, n: int) -> None:
        """Drop the first `n` characters, remembering which line they leave us in."""
        left = self._buffer[:n]
        self._buffer = self._buffer[n:]
        line = left.rpartition("\n")[2]
        if "\n" in left:
            self._line_chars, self._line_head = 0, ""
        self._line_chars += len(line)
        self._line_head = self._line_head or line.lstrip()[:1]

    def _next_cut(self, *, final: bool) -> tuple[int, bool]:
        """Where the first piece of the buffer ends, and whether a sentence ends there; 0 when that is not decided."""
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
        """Whether a sentence ends at this mark; None when more text is needed to tell."""
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
        """Whether a mark is not that of an abbreviation, an initial or a list number."""
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
        """Whether the line break at `at` ends a sentence: after a short line, before a blank one or a list item."""
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


def segments(text: str, rules: SentenceRules, first: FirstPiece = "sentence") -> list[ReplySentence]:
    """A whole text as sentences."""
    segmenter = Segmenter(rules, first)
    return segmenter.feed(text) + segmenter.finish()


def _with_first_clause(sentence: str) -> list[ReplySentence]:
    """A long sentence as its first clause and the rest, unless a mark-up might be cut in two."""
    clause = None
    if len(sentence) > _LONG_SENTENCE and not _MARKUP.search(sentence):
        clause = _CLAUSE.search(sentence, _MIN_CLAUSE_CHARS, _LONG_SENTENCE)
    if clause is None:
        return [ReplySentence(sentence)]
    return [
        ReplySentence(sentence[: clause.end()], goes_on=True),
        ReplySentence(sentence[clause.end() :].lstrip()),
    ]
