"""The speech grammar of a home. It covers the same sentences as the matching of typed text.

Typed text is normalised before matching (number words, durations and times, "please"). Here all forms are part of the
grammar, because a recogniser follows it word by word. It contains neither bare names nor unknown entities.
"""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from hassil import Intents, TextSlotList

from edge.events import Intent
from edge.grammar import Grammar
from edge.grammar.cache import cached, fingerprint
from edge.grammar.matching import SlotMatch
from edge.grammar.network import Network
from edge.grammar.templates import Around, CommandList, PlainList, ReadList, Source, compile_network
from edge.nlu import Language, open_language
from edge.nlu.grammar_sources import GrammarSources, grammar_sources
from edge.nlu.hassil_loading import read_yaml
from edge.nlu.home_names import HomeNames, area_names, names_of
from edge.nlu.intent_slots import MAX_CHARS, can_wait, to_intent
from edge.nlu.sentence_files import MAX_BYTES, SHIPPED, shipped_sentences
from edge.settings import Settings

_READ = {
    "spoken_duration": ("said_duration", "duration"),
    "spoken_moment": ("said_moment", "moment"),
    "spoken_at": ("said_at", "moment"),
    "spoken_time": ("said_time", "moment"),
    "spoken_day": ("said_days", "moment"),
}
"""Lists with a reader: the rule of `spoken.yaml` that spells their values, and the name of the reader."""

_COMMAND = "conversation_command"
_ONE_SPELLING = ("duration", "first_duration", "at", "on_day", "from_at")
"""Rules of `commands.yaml` that have only the normalised spelling."""
_WITH_DAY = (("[<at>] [<on_day>]", "[<at>|<on_day>]"), ("<at> [<on_day>]", "<at>"))
"""Templates with the day after the time: a spoken moment contains its day, before or after the time."""


class SpokenGrammar(Grammar):
    """The grammar of one home. Its matches equal those of `HassilRecognizer` for the same sentence as text."""

    def __init__(
        self,
        network: Network,
        names: HomeNames,
        language: Language,
        context: Mapping[str, str],
        wake_words: Iterable[str],
    ) -> None:
        """`network` comes from `compile_home` for the same names and facts; `wake_words` may precede a command."""
        super().__init__(network, language.surface, context, language.commands.readers)
        self._language = language
        self._areas = area_names(names, language)
        self._wake_words = tuple(wake_words)

    def match(self, text: str) -> Intent | None:
        """See `Grammar.match`. Rejects sentences with implausible free text ("play dead")."""
        if len(text) > MAX_CHARS:
            return None
        written = self._language.strip_wake_word(text, self._wake_words)
        for reading in self._readings(self._command(text)):
            slots = [_normal(slot, self._language) for slot in reading.slots]
            if all(self._is_plausible(slot) for slot in slots):
                sentences = reading.sentences
                return to_intent(sentences.intent, slots, sentences.response or "default", written, self._language)
        return None

    def _command(self, text: str) -> str:
        command = self.surface.canonical(self._language.strip_wake_word(text, self._wake_words))
        return self._language.commands.strip_filler(" ".join(command.split()))

    def _is_plausible(self, slot: SlotMatch) -> bool:
        if not slot.is_free_text:
            return True
        if slot.name == _COMMAND:
            command = self.match(str(slot.value))
            return command is not None and can_wait(command.name)
        return self._language.commands.is_plausible(slot.name, str(slot.value), self._areas)


def open_grammar(settings: Settings, names: HomeNames | None = None, folder: Path | None = None) -> SpokenGrammar:
    """The grammar of all commands of this home. `names` defaults to those in the settings.

    `folder` caches compiled grammars; None disables the cache. Blocks for about a second; use a worker.
    """
    language = open_language(settings.device.language)
    home = names_of(settings) if names is None else names
    sources = grammar_sources(home, language, settings.route.sentences)
    if folder is None:
        network = compile_home(home, sources, language)
    else:
        key = _key(home, language, settings.route.sentences)
        network = cached(folder, key, lambda: compile_home(home, sources, language))
    return SpokenGrammar(network, home, language, sources.context, settings.wake.words)


def _key(names: HomeNames, language: Language, paths: Iterable[Path]) -> str:
    files = [file for path in paths for file in (sorted(path.glob("*.y*ml")) if path.is_dir() else [path])]
    shipped = [language.commands.folder.joinpath(name).read_bytes() for name in (*SHIPPED, "spoken.yaml")]
    return fingerprint(
        [names, metadata.version("home-assistant-intents"), *shipped, *map(_content, files)],
        packages=("edge.grammar", "edge.nlu", f"edge.nlu.{language.code}"),
    )


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return repr(error).encode()


def compile_home(names: HomeNames, sources: GrammarSources, language: Language) -> Network:
    """The network of a home's templates, with spoken durations and moments, and phrases around commands."""
    spoken = _spoken(language)
    *own, shipped, package = sources.grammars
    lists = {**sources.lists, **_lists(names, language)}
    compiled = [Source(_with_days(intents), lists, _rules(intents, language)) for intents in own]
    compiled.append(Source(_joined(_with_days(shipped), spoken), lists, _rules(shipped, language)))
    compiled.append(Source(package, lists))
    around = Around(*(spoken.expansion_rules[rule].expression for rule in ("before", "after")))
    return compile_network(compiled, language.surface, sources.context, around)


@functools.cache
def _spoken(language: Language) -> Any:
    return Intents.from_dict(read_yaml(language.commands.folder.joinpath("spoken.yaml")))


def _rules(intents: Any, language: Language) -> dict[str, Any]:
    """The spoken forms of the rules in `_ONE_SPELLING`, unless the owner's file defines the rule itself."""
    shipped = shipped_sentences(language).expansion_rules
    return {
        name: _spoken(language).expansion_rules[name]
        for name in _ONE_SPELLING
        if intents.expansion_rules.get(name) is shipped[name]
    }


def _lists(names: HomeNames, language: Language) -> dict[str, Any]:
    spoken = _spoken(language)
    commands = language.commands
    zones = sorted(commands.zones | area_names(names, language))
    parts = {**spoken.slot_lists, **{name: PlainList(texts) for name, texts in commands.written_forms().items()}}
    return {
        "timer_command": CommandList(can_wait),
        "zone": TextSlotList.from_strings(zones, allow_template=False, name="zone"),
        **{
            name: ReadList(spoken.expansion_rules[rule].expression, reader, parts, spoken.expansion_rules)
            for name, (rule, reader) in _READ.items()
        },
    }


def _with_days(intents: Any) -> Any:
    """`intents` with the day and time of an alarm as one moment."""
    changed = {
        name: dataclasses.replace(it, data=[_block(block) for block in it.data]) for name, it in intents.intents.items()
    }
    return dataclasses.replace(intents, intents=changed)


def _block(block: Any) -> Any:
    texts = list(block.sentence_texts)
    for written, spoken in _WITH_DAY:
        texts = [text.replace(written, spoken) for text in texts]
    return block if texts == block.sentence_texts else dataclasses.replace(block, sentence_texts=texts)


def _joined(intents: Any, more: Any) -> Any:
    added = {
        name: dataclasses.replace(it, data=[*intents.intents[name].data, *it.data]) for name, it in more.intents.items()
    }
    return dataclasses.replace(intents, intents={**intents.intents, **added})


def _normal(slot: SlotMatch, language: Language) -> SlotMatch:
    """Free text in the normalised spelling of typed text."""
    if not slot.is_free_text:
        return slot
    said = str(slot.value)
    if slot.name == _COMMAND:
        said = language.commands.with_points(said)
    return dataclasses.replace(slot, value=language.normalise(said))
