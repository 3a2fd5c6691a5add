"""Holds back what may turn out unfinished, so that a reply which is cut ends with a whole sentence. Pure."""

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.!?…][\"')\]\u201d\u2019]*\s+|\n+")
_CLAUSE_END: Final = re.compile(r"[,;:]\s+")
_FIRST_CLAUSE_CHARACTERS = 10
_FIRST_PHRASE_CHARACTERS = 18
"""A second of speech: by its end a small model has written the rest of its sentence."""
_TIED: Final = "a|an|the|of|to|and|or|but|in|on|at|by|for|from|with|as|is|are|was|that|its|his|her|your|my|our|their|no"
_BEGINS: Final = (
    "although|and|as|at|because|before|but|by|can|during|for|from|has|have|if|in|into|is|are|on|or|since|so|that|"
    "through|unless|until|was|were|when|where|which|while|who|will|with"
)
_PHRASE_BEGIN: Final = re.compile(
    rf"(?<!\w)(?!(?:{_TIED})\s)[\w'\u2019-]+(?P<cut>\s+)(?=(?:{_BEGINS})\s)", re.IGNORECASE
)
"""A place where a voice may take breath: before a word that begins a phrase, and not behind one that is tied to it."""
_HELD_LIMIT = 1000


class WholeSentences:
    """Takes an answer in pieces and lets whole sentences through.

    Of the first sentence its beginning is let through too, up to a comma or to where a phrase begins: the voice can
    begin with it. A sentence that was said before, or one more than `most` of them, ends the answer: a small model that
    repeats itself does not stop.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._held = ""
        self._sentence = ""
        self._said: set[str] = set()
        self.ended = False
        """Nothing more comes out."""
        self.began = False
        """Something came out."""

    def feed(self, text: str) -> str:
        """What can be spoken now that `text` came; may be empty."""
        self._held += text
        if not self.began:
            self._held = self._held.lstrip()
        out = ""
        while not self.ended and (end := _SENTENCE_END.search(self._held)):
            piece, self._held = self._held[: end.end()], self._held[end.end() :]
            out += self._take(piece)
        if not self.ended and not self.began and not out:
            out += self._first_clause()
        self.began = self.began or bool(out.strip())
        return out

    def finish(self, *, cut: bool) -> str:
        """What remains at the end. Of a cut answer only what is needed to have said anything at all."""
        rest, self._held = self._held, ""
        if self.ended or (cut and self.began and not _SENTENCE_END.search(rest + " ")):
            return ""
        out = self._take(rest)
        self.began = self.began or bool(out.strip())
        return out

    def _take(self, piece: str) -> str:
        whole = self._sentence + piece
        self._sentence = ""
        key = " ".join(re.findall(r"\w+", whole.casefold()))
        if not key:
            return piece
        if key in self._said:
            self.ended = True
            return ""
        self._said.add(key)
        self.ended = self._most is not None and len(self._said) >= self._most
        return piece

    def _first_clause(self) -> str:
        clauses = (m.end() for m in _CLAUSE_END.finditer(self._held) if m.end() >= _FIRST_CLAUSE_CHARACTERS)
        phrases = (
            m.end("cut") for m in _PHRASE_BEGIN.finditer(self._held) if m.start("cut") >= _FIRST_PHRASE_CHARACTERS
        )
        cut = min((place for place in (next(clauses, None), next(phrases, None)) if place is not None), default=None)
        if cut is None and len(self._held) > _HELD_LIMIT:
            cut = self._held.rfind(" ") + 1 or _HELD_LIMIT  # no sentence at all
        if cut is None:
            return ""
        piece, self._held = self._held[:cut], self._held[cut:]
        self._sentence += piece
        return piece
