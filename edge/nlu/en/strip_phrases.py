"""Strips the phrases around a command: the wake word, "um", "could you", "please". Pure."""

import re
from collections.abc import Iterable

from edge.nlu.edit_distance import edit_distance

_TOKEN = re.compile(r"\S+")
_PAUSES = " ,.!?:;\u2026\u2013\u2014-"
_PAUSE = re.compile(f"[{_PAUSES}]$")
_FAR = 100
_GREETINGS = {"hey", "ok", "okay", "hi", "hello", "a", "hay", "yo"}
_MAX_WORDS = 4
"""The most words that a recogniser may split a wake word into ("A lex a" for "Alexa")."""

_OPENERS = frozenset(
    """
    add alarm are ask call can cancel change close could create decrease delete did dim do does give had has have how i
    i'm increase is let list lock lower make may mute never nevermind open pause play please put raise remind remove
    repeat reset resume say set should show shut skip start stop switch take tell thank time timer turn unlock unmute
    volume wake was were what what's when when's where where's which who who's whose why will would write translate
    define explain good
    """.split()  # noqa: SIM905 - more readable than a list of sixty strings
)
"""Words that begin requests to a speaker: a word before them that resembles the wake word is taken for it."""

_HESITATION = re.compile(r"^(?:(?:um+|uh+|er+|erm|hm+|ah|oh|well(?! done\b)|so)\b[\s,.\u2026-]*)+(?=\w)", re.IGNORECASE)

_BEFORE = re.compile(
    r"""
    ^(?:
      um+|uh+|erm?|hm+|ah|oh|well(?!\ done\b)|so|now|and|then|(?:hey|hi|hello)(?!\ there$)
    | ok|okay|all\ right|alright|right|yes|yeah
    | please|just|quickly
    | (?:can|could|would|will)\ you(?:\ please|\ just)?(?!\ (?:do|say|hear|see|help)\b)
    | can\ (?:we|i)\ (?=turn|switch|set|start|dim|open|close)
    | i(?:\ would|'d)\ like\ (?:you\ )?to
    | i\ (?:want|need)\ (?:you\ )?to
    | i\ (?:want|need)(?=\ (?:all|every|each|the|my|our)\ )
    | (?:let's|let\ us|go\ ahead\ and|do\ me\ a\ favou?r\ and|be\ so\ kind\ and|would\ you\ mind)
    )\ (?=\S)
    """,
    re.VERBOSE,
)
_AFTER = re.compile(
    r"(?<=\S)(?<!\bfrom)(?:(?<!\bto)(?<!\bto right)|(?<=\bset to)) (?:please|for me|thanks|thank you"
    r"|thank you very much|would you|will you|could you|right now|now)$"
)


def strip_wake_word(text: str, words: Iterable[str]) -> str:
    """`text` without the wake word at its beginning, and without "um" and "well"; the rest is unchanged.

    `words` are the wake words as in the settings ("alexa", "hey_jarvis"). A recogniser that does not know the word
    writes something similar: "Alexis,", "A lexa", "lexa". That is stripped if punctuation or the beginning of a request
    follows ("Alex Ferguson was ..." is kept). If there is only the wake word, the result is empty.
    """
    text = text.strip()
    sounds = sorted({sound for word in words for sound in _sounds(word)})
    tokens = list(_TOKEN.finditer(text))
    best: tuple[int, int] | None = None
    for count in range(1, min(_MAX_WORDS, len(tokens)) + 1):
        heard = _sound("".join(token[0] for token in tokens[:count]))
        distance = min((_letters_apart(heard, sound) for sound in sounds), default=_FAR)
        rest = text[tokens[count - 1].end() :].strip()
        if distance and rest and not _PAUSE.search(tokens[count - 1][0]) and not _opens(rest):
            continue
        if distance < _FAR and (best is None or distance <= best[0]):
            best = (distance, count)
    if best is not None:
        text = text[tokens[best[1] - 1].end() :].lstrip(_PAUSES)
    return _HESITATION.sub("", text)


def strip_filler(text: str) -> str:
    """Normalised text without "could you", "please", "okay" around it; unchanged if nothing would be left."""
    while (shorter := _AFTER.sub("", _BEFORE.sub("", text))) != text:
        text = shorter
    return text


def _sounds(word: str) -> set[str]:
    """The letters of the wake word; "hey jarvis" also without its greeting, which the pre-roll may have cut off."""
    parts = [part for part in re.split(r"[\W_]+", word.casefold()) if part and not re.fullmatch(r"v?\d+", part)]
    sounds = {"".join(parts)}
    if len(parts) > 1 and parts[0] in _GREETINGS:
        sounds.add("".join(parts[1:]))
    elif parts:
        sounds |= {f"{greeting}{''.join(parts)}" for greeting in ("hey", "ok", "okay", "hi")}
    return {sound for sound in sounds if len(sound) > 2}  # noqa: PLR2004 - two letters resemble too many words


def _sound(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _opens(rest: str) -> bool:
    return rest.split(maxsplit=1)[0].casefold().strip(",.!?") in _OPENERS


def _letters_apart(heard: str, sound: str) -> int:
    """How many letters differ; `_FAR` if more than a third of them or more than three differ."""
    allowed = min(3, max(2, len(sound) // 3)) if len(sound) > 4 else 1  # noqa: PLR2004 - "nabu" has few letters to lose
    if abs(len(heard) - len(sound)) > allowed:
        return _FAR
    distance = round(edit_distance(heard, sound))
    return distance if distance <= allowed else _FAR
