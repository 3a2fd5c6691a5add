"""What the recogniser of this board writes when it hears the names of this home. Pure.

A recogniser that never met "Aqara" writes "Akara", and does so again and again. Each name that is not of familiar words
is spoken by the board's own voice, within commands and alone, and heard by the board's own recogniser; what is written
more than once is one more name, for typed text and for the grammar of speech, unless it could mean anything else.
Speaking and hearing are handed in. It takes about a second a name, once: the result is kept on disk.
"""

import dataclasses
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.grammar.surface import name_forms
from edge.route.grammar_sources import grammar_sources
from edge.route.home_names import HomeNames, NamedPlace, NamedThing
from edge.route.normalise import normalise
from edge.route.sounds_like import FAMILIAR, frame_words

_log = structlog.get_logger("route")

Hear = Callable[[str], Awaitable[Sequence[str]]]
"""Speaks a text and returns what was heard, once for each pace at which it was played."""

MOST_NAMES = 300
"""Further names of a home are not learnt."""

_LEAST_TIMES = 2
"""What was written once will hardly be written again."""
_MOST_FORMS = 6
_MOST_WORDS = 5
_LONGEST = 60
_SAVE_EVERY = 10
_LARGEST_BYTES = 1_000_000
_BY_THEMSELVES = {"scene", "script"}
"""Kinds of things whose name alone is a command."""

_PLACES = (("Turn off the lights in the ", "."), ("Turn on the ", " lights."), ("", "."))
_SCENES = (("Start ", "."), ("Turn on ", "."), ("", "."))
_THINGS = (("Turn on the ", "."), ("Switch the ", " off."), ("", "."))
_SOMEBODYS = (("Turn on ", "."), ("Switch ", " off."), ("", "."))


class _Saying(NamedTuple):
    """A name or alias as it is spoken, and what is said before and after it."""

    spoken: str
    around: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return "".join(self.around[0]).replace(" ", "-").casefold() + " " + self.spoken


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    engines: str = Field(max_length=400)
    heard: dict[
        Annotated[str, Field(max_length=400)],
        Annotated[list[Annotated[str, Field(max_length=_LONGEST)]], Field(max_length=_MOST_FORMS)],
    ]


class HeardNames:
    """What was learnt, kept in a file. `engines` names the voice and the recogniser with their models and versions."""

    def __init__(self, path: Path, engines: str) -> None:
        """Reads the file; one that is damaged or of other engines counts as empty. Blocks for a moment."""
        self._path = path
        self._engines = engines[:400]
        self._heard = self._read()

    def names(self, home: HomeNames) -> HomeNames:
        """`home` with what was learnt so far. Blocks for about 0.2 s the first time: use a worker."""
        return with_heard(home, {saying: self._heard.get(saying.key, ()) for saying in _sayings(home)})

    async def learn(self, home: HomeNames, hear: Hear, rest: Callable[[], Awaitable[None]]) -> bool:
        """Hear the names that are not known yet; whether there is something new for `names`.

        `rest` is awaited before each utterance: it returns when nobody needs the engines. Cancelling keeps what was
        learnt. Raises what `hear` raises.
        """
        sayings = list(_sayings(home))[:MOST_NAMES]
        missing = [saying for saying in sayings if saying.key not in self._heard]
        if not missing:
            return False
        current = {saying.key for saying in sayings}
        self._heard = {key: forms for key, forms in self._heard.items() if key in current}
        new = False
        try:
            for number, saying in enumerate(missing, start=1):
                forms = await _forms(saying, hear, rest)
                self._heard[saying.key] = forms
                new = new or bool(forms)
                if not number % _SAVE_EVERY:
                    self._write()
        finally:
            self._write()
        _log.info("names-heard", names=len(missing), aliases=sum(len(self._heard.get(it.key, ())) for it in missing))
        return new

    def _read(self) -> dict[str, list[str]]:
        try:
            with self._path.open("rb") as stream:
                raw = stream.read(_LARGEST_BYTES + 1)
            file = _File.model_validate_json(raw)
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            _log.warning("heard-names-unreadable", path=str(self._path), error=type(error).__name__)
            return {}
        return file.heard if file.engines == self._engines else {}

    def _write(self) -> None:
        """Replace the file as a whole. A disk that does not take it costs a warning: it is learnt again."""
        content = _File(engines=self._engines, heard=self._heard).model_dump_json(indent=1)
        temporary = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="utf-8") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            _log.warning("heard-names-not-saved", path=str(self._path), error=error.strerror)


def with_heard(home: HomeNames, heard: Mapping[_Saying, Sequence[str]]) -> HomeNames:
    """`home` with what was heard for each name, where that can mean nothing else.

    Left out: what is a name or alias of the home already or was heard for two names, what is made of familiar words and
    words of commands only ("how" for "Hall"), and single words for a scene or script, whose name alone is a command.
    """
    if not any(heard.values()):
        return home
    named = [form for it in _everything(home) for spoken in (it.name, *it.aliases) for form in _spellings(spoken)]
    common = FAMILIAR | frame_words(grammar_sources(home).grammars)
    meant: dict[str, set[str]] = {}
    for it in _everything(home):
        for form in _heard_for(it, heard):
            meant.setdefault(form, set()).add(it.name)
    good = {
        form
        for form, names in meant.items()
        if len(names) == 1 and form not in named and not all(word in common or word.isdigit() for word in form.split())
    }

    def kept(it: NamedThing | NamedPlace) -> tuple[str, ...]:
        alone = isinstance(it, NamedThing) and it.domain in _BY_THEMSELVES
        forms = (form for form in _heard_for(it, heard) if form in good and not (alone and " " not in form))
        return tuple(dict.fromkeys(forms))

    return dataclasses.replace(
        home,
        things=tuple(dataclasses.replace(it, heard=kept(it)) for it in home.things),
        areas=tuple(dataclasses.replace(it, heard=kept(it)) for it in home.areas),
        floors=tuple(dataclasses.replace(it, heard=kept(it)) for it in home.floors),
    )


async def _forms(saying: _Saying, hear: Hear, rest: Callable[[], Awaitable[None]]) -> list[str]:
    """What was written for a name at least twice, the commonest first; nothing for one that is always written right."""
    right = set(_spellings(saying.spoken))
    found: Counter[str] = Counter()
    for before, after in saying.around:
        await rest()
        texts = await hear(before + saying.spoken + after)
        found.update(form for text in texts if (form := _within(normalise(text), normalise(before), normalise(after))))
    for form in right:
        found.pop(form, None)
    return [form for form, times in found.most_common(_MOST_FORMS) if times >= _LEAST_TIMES]


def _within(text: str, before: str, after: str) -> str:
    """What was written between the words around a name; nothing where those were misheard."""
    if not text.startswith(before) or not text.endswith(after):
        return ""
    words = text[len(before) : len(text) - len(after)].split()
    while words and words[0] in {"the", "a", "my"}:
        words.pop(0)
    form = " ".join(words)
    return form if 0 < len(words) <= _MOST_WORDS and len(form) <= _LONGEST else ""


def _sayings(home: HomeNames) -> Iterator[_Saying]:
    """What is to be said, each once: the names in which a recogniser may meet a word that it does not know."""
    seen: set[str] = set()
    for it in _everything(home):
        for spoken in (it.name, *it.aliases):
            words = normalise(spoken).split()
            if not words or len(words) > _MOST_WORDS or all(word in FAMILIAR or word.isdigit() for word in words):
                continue
            saying = _Saying(" ".join(spoken.split())[:_LONGEST], _around(it, words))
            if saying.key not in seen:
                seen.add(saying.key)
                yield saying


def _around(it: NamedThing | NamedPlace, words: list[str]) -> tuple[tuple[str, str], ...]:
    if isinstance(it, NamedPlace):
        return _PLACES
    if it.domain in _BY_THEMSELVES:
        return _SCENES
    return _SOMEBODYS if words[0].endswith("'s") or words[0] in {"the", "my"} else _THINGS


def _heard_for(it: NamedThing | NamedPlace, heard: Mapping[_Saying, Sequence[str]]) -> Iterator[str]:
    for spoken in (it.name, *it.aliases):
        saying = _Saying(" ".join(spoken.split())[:_LONGEST], _around(it, normalise(spoken).split() or [""]))
        yield from heard.get(saying, ())


def _spellings(spoken: str) -> Iterable[str]:
    said = normalise(spoken).removeprefix("the ").removeprefix("my ")
    return {said, *(normalise(form) for form in name_forms(said))}


def _everything(home: HomeNames) -> tuple[NamedThing | NamedPlace, ...]:
    return (*home.things, *home.areas, *home.floors)
