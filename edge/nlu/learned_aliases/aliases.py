"""Learns aliases for names that the recogniser does not know, from its transcripts of them. Pure.

A recogniser that does not know "Aqara" consistently writes "Akara". The speaker synthesises each unusual name, within
commands and alone, and transcribes the result. A transcript that occurs more than once becomes an alias, for typed text
and for the speech grammar, unless it could mean something else. The transcriber is injected. Learning takes about a
second per name and happens once, because the result is kept on disk.
"""

import dataclasses
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.nlu import Language
from edge.nlu.grammar_sources import grammar_sources
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity, spellings
from edge.nlu.sounds_like import frame_words
from edge.runtime.files import atomic_write
from edge.runtime.worker import Worker

_log = structlog.get_logger("nlu")

Transcribe = Callable[[str], Awaitable[Sequence[str]]]
"""Synthesises a text and returns the recogniser's transcripts of it, one per pace."""

MAX_NAMES = 300
"""The number of names of a home for which aliases are learned."""

_MIN_TIMES = 2
"""A transcript that occurred only once is unlikely to occur again."""
_MAX_ALIASES = 6
_MAX_WORDS = 5
_MAX_CHARS = 60
_SAVE_EVERY = 10
_MAX_BYTES = 1_000_000
_SAID_ALONE = {"scene", "script"}
"""Domains whose name alone is a command."""


class _Utterance(NamedTuple):
    """A name or alias, and the beginnings and ends of the sentences in which it is synthesised."""

    name: str
    carriers: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return "".join(self.carriers[0]).replace(" ", "-").casefold() + " " + self.name


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    engines: str = Field(max_length=400)
    aliases: dict[
        Annotated[str, Field(max_length=400)],
        Annotated[list[Annotated[str, Field(max_length=_MAX_CHARS)]], Field(max_length=_MAX_ALIASES)],
    ]


class LearnedAliases:
    """The learned aliases, kept in a file. They are valid for one voice and one recogniser."""

    def __init__(self, path: Path, engines: str, worker: Worker, language: Language) -> None:
        """Read the file. A damaged file, or one of other engines, counts as empty. Blocks briefly.

        `engines` names the voice and the recogniser with their models and versions. The file is written on `worker`.
        """
        self._path = path
        self._engines = engines[:400]
        self._worker = worker
        self._language = language
        self._aliases = self._read()

    def names(self, home: HomeNames) -> HomeNames:
        """`home` with the aliases learned so far. The first call blocks for about 0.2 s; use a worker."""
        learned = {it: self._aliases.get(it.key, ()) for it in _utterances(home, self._language)}
        return with_learned_aliases(home, learned, self._language)

    async def learn(self, home: HomeNames, transcribe: Transcribe, rest: Callable[[], Awaitable[None]]) -> bool:
        """Learn aliases for names without learned aliases. Return True if `names` now has new ones.

        `rest` is awaited before each utterance and returns when the engines are free. Cancelling keeps the aliases
        learned so far. Raises the errors of `transcribe`.
        """
        utterances = list(_utterances(home, self._language))[:MAX_NAMES]
        missing = [it for it in utterances if it.key not in self._aliases]
        if not missing:
            return False
        current = {it.key for it in utterances}
        self._aliases = {key: found for key, found in self._aliases.items() if key in current}
        new = False
        try:
            for number, utterance in enumerate(missing, start=1):
                found = await self._aliases_of(utterance, transcribe, rest)
                self._aliases[utterance.key] = found
                new = new or bool(found)
                if not number % _SAVE_EVERY:
                    await self._save()
        finally:
            await self._save()
        count = sum(len(self._aliases.get(it.key, ())) for it in missing)
        _log.info("aliases-learned", names=len(missing), aliases=count)
        return new

    async def _aliases_of(
        self, utterance: _Utterance, transcribe: Transcribe, rest: Callable[[], Awaitable[None]]
    ) -> list[str]:
        """The transcripts of a name that occurred at least twice, most frequent first, without the name itself."""
        normalise, articles = self._language.normalise, self._language.names.articles
        found: Counter[str] = Counter()
        for before, after in utterance.carriers:
            await rest()
            for text in await transcribe(before + utterance.name + after):
                if alias := _within(normalise(text), normalise(before), normalise(after), articles):
                    found[alias] += 1
        for form in spellings(utterance.name, self._language):
            found.pop(form, None)
        return [alias for alias, times in found.most_common(_MAX_ALIASES) if times >= _MIN_TIMES]

    async def _save(self) -> None:
        content = _File(engines=self._engines, aliases=self._aliases).model_dump_json(indent=1)
        await self._worker.run(self._write, content)

    def _read(self) -> dict[str, list[str]]:
        try:
            with self._path.open("rb") as stream:
                raw = stream.read(_MAX_BYTES + 1)
            file = _File.model_validate_json(raw)
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            _log.warning("learned-aliases-unreadable", path=str(self._path), error=type(error).__name__)
            return {}
        return file.aliases if file.engines == self._engines else {}

    def _write(self, content: str) -> None:
        """Replace the file atomically. If that fails, the aliases are learned again after the next start."""
        try:
            atomic_write(self._path, content.encode())
        except OSError as error:
            _log.warning("learned-aliases-not-saved", path=str(self._path), error=error.strerror)


def with_learned_aliases(home: HomeNames, learned: Mapping[_Utterance, Sequence[str]], language: Language) -> HomeNames:
    """`home` with the learned aliases that are unambiguous.

    An alias is skipped if it is already a name or alias of the home, if it was learned for two names, if it consists
    only of familiar words and words of commands ("how" for "Hall"), or if it is a single word for a scene or script,
    whose name alone is a command.
    """
    if not any(learned.values()):
        return home
    named = {form for it in home.all() for name in (it.name, *it.aliases) for form in spellings(name, language)}
    common = language.names.familiar | frame_words(grammar_sources(home, language).grammars)
    meant: dict[str, set[str]] = {}
    for it in home.all():
        for alias in _learned_for(it, learned, language):
            meant.setdefault(alias, set()).add(it.name)
    good = {
        alias
        for alias, names in meant.items()
        if len(names) == 1
        and alias not in named
        and not all(word in common or word.isdigit() for word in alias.split())
    }

    def kept(it: NamedEntity | NamedArea) -> tuple[str, ...]:
        alone = isinstance(it, NamedEntity) and it.domain in _SAID_ALONE
        aliases = dict.fromkeys(_learned_for(it, learned, language))
        return tuple(alias for alias in aliases if alias in good and not (alone and " " not in alias))

    return dataclasses.replace(
        home,
        entities=tuple(dataclasses.replace(it, learned=kept(it)) for it in home.entities),
        areas=tuple(dataclasses.replace(it, learned=kept(it)) for it in home.areas),
        floors=tuple(dataclasses.replace(it, learned=kept(it)) for it in home.floors),
    )


def _within(text: str, before: str, after: str, articles: AbstractSet[str]) -> str:
    """The text between `before` and `after`; empty if those were misrecognised."""
    if not text.startswith(before) or not text.endswith(after):
        return ""
    words = text[len(before) : len(text) - len(after)].split()
    while words and words[0] in articles:
        words.pop(0)
    alias = " ".join(words)
    return alias if 0 < len(words) <= _MAX_WORDS and len(alias) <= _MAX_CHARS else ""


def _utterances(home: HomeNames, language: Language) -> Iterator[_Utterance]:
    """The names to synthesise, each once: those with a word that a recogniser may not know."""
    seen: set[str] = set()
    for it in home.all():
        for name in (it.name, *it.aliases):
            words = language.normalise(name).split()
            known = all(word in language.names.familiar or word.isdigit() for word in words)
            if known or len(words) > _MAX_WORDS:
                continue
            utterance = _utterance(it, name, language)
            if utterance.key not in seen:
                seen.add(utterance.key)
                yield utterance


def _utterance(it: NamedEntity | NamedArea, name: str, language: Language) -> _Utterance:
    kind: Literal["area", "scene", "entity"] = "entity"
    if isinstance(it, NamedArea):
        kind = "area"
    elif it.domain in _SAID_ALONE:
        kind = "scene"
    return _Utterance(" ".join(name.split())[:_MAX_CHARS], language.names.carriers(kind, name))


def _learned_for(
    it: NamedEntity | NamedArea, learned: Mapping[_Utterance, Sequence[str]], language: Language
) -> Iterator[str]:
    for name in (it.name, *it.aliases):
        yield from learned.get(_utterance(it, name, language), ())
