"""Questions about words, letters and ways to write numbers. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Build, Frame, first_of, frame

_WORD = r"(?P<word>(?!check |my |your )[a-z][a-z' ]{0,60}?)"
_WHOLE = r"(?P<number>(?:minus )?\d+(?: \d\d)?)"
_ROMAN = r"(?P<roman>[mdclxvi](?: ?[mdclxvi])*)"
_IS_ROMAN = re.compile(r"(?=[mdclxvi])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_NUMERALS = r"(?:roman (?:numerals?|numbers?|letters|digits))"
_BASES: Final = {"binary": 2, "octal": 8, "hexadecimal": 16, "hex": 16}
_BASE = r"(?P<base>binary|octal|hexadecimal|hex)"
_DECIMAL = r"(?:decimals?|base 10|normal numbers|a (?:normal |decimal )?number|numbers|digits)"
_LETTER = r"(?:letters? )?(?P<letter>[a-z])(?:'s|s|'|es)?"
_QUOTES = re.compile(r"^(?:the )?(?:word|name|phrase|sentence|letters?) | got$")


_NO_WORDS: Final = re.compile(
    r".* .* .*|.* (?:movie|film|cast|check|checker|rules?|book|game|song|show|bee|list|caster|magic|out|in \w+)"
)
"""More than two words behind "spell" are no word, and some pairs are another question."""


def _spell(match: re.Match[str]) -> Intent | None:
    word = _QUOTES.sub("", match["word"]).strip()
    return None if _NO_WORDS.fullmatch(word) else _about("spell")(match)


def _about(ask: str, **more: str | int) -> Build:
    def build(match: re.Match[str]) -> Intent | None:
        word = _QUOTES.sub("", match["word"]).strip()
        return Intent("EdgeWord", {"ask": ask, "word": word, **more}) if word else None

    return build


def _count(match: re.Match[str]) -> Intent | None:
    word = _QUOTES.sub("", match["word"]).strip()
    if word in {"the alphabet", "alphabet"}:
        return None
    return Intent("EdgeWord", {"ask": "count", "word": word, "letter": match["letter"]})


def _two_words(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeWord", {"ask": "anagram", "word": match["word"], "other": match["other"]})


def _nth_letter(match: re.Match[str]) -> Intent | None:
    nth = {"last": -1, "final": -1, "first": 1, "second": 2}.get(match["nth"]) or int(re.sub(r"\D", "", match["nth"]))
    word = _QUOTES.sub("", match["word"]).strip()
    if word in {"the alphabet", "alphabet", "the english alphabet"}:
        return Intent("EdgeAlphabet", {"ask": "nth", "nth": nth}) if nth else None
    return Intent("EdgeWord", {"ask": "nth", "word": word, "nth": nth}) if nth else None


def _starts(match: re.Match[str]) -> Intent | None:
    word = _QUOTES.sub("", match["word"]).strip()
    return Intent("EdgeWord", {"ask": "nth", "word": word, "nth": 1 if match["side"].startswith(("st", "be")) else -1})


def _position(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeAlphabet", {"ask": "position", "letter": match["one"]})


def _neighbour(match: re.Match[str]) -> Intent | None:
    return Intent(
        "EdgeAlphabet", {"ask": "after" if match["side"] in {"after", "follows"} else "before", "letter": match["one"]}
    )


def _number(text: str) -> str:
    return text.replace("minus ", "-").replace(" ", "")


def _to_roman(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeNumeral", {"ask": "roman", "number": _number(match["number"])})


def _from_roman(match: re.Match[str]) -> Intent | None:
    roman = match["roman"].replace(" ", "")
    return Intent("EdgeNumeral", {"ask": "from-roman", "roman": roman}) if _IS_ROMAN.fullmatch(roman) else None


def _to_base(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeNumeral", {"ask": "to-base", "number": _number(match["number"]), "base": _BASES[match["base"]]})


def _from_base(match: re.Match[str]) -> Intent | None:
    return Intent(
        "EdgeNumeral", {"ask": "from-base", "digits": match["digits"].replace(" ", ""), "base": _BASES[match["base"]]}
    )


def _in_words(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeNumeral", {"ask": "words", "number": _number(match["number"])})


def _counting(match: re.Match[str]) -> Intent | None:
    """Counting down."""
    return Intent("EdgeCount", {"begin": int(match["begin"]), "end": int(match["end"] or 1), "step": 1})


def _counting_by(match: re.Match[str]) -> Intent | None:
    names = {"twos": 2, "threes": 3, "fours": 4, "fives": 5, "tens": 10}
    step = match["step"]
    begin, end = match["begin"], int(match["end"])
    size = 1 if step is None else names.get(step) or int(step)
    return Intent("EdgeCount", {"begin": int(begin) if begin else size, "end": end, "step": size})


_TWOS: Final = r"(?: (?:by|in) (?:steps of )?(?P<step>\d+|twos|threes|fours|fives|tens)s?)?"

WORDS: Final[tuple[Frame, ...]] = (
    frame(
        r"(?!.*\b(?:cast|magic|check|bee|backwards|reverse|checker|game|test)\b)(?:.* )?(?:spell|spelling"
        r"|spelled)(?: out)?"
        r"(?: of| for)?(?: the)?(?: word)?,? (?P<word>[a-z']+)",
        _about("spell"),
    ),
    frame(r"(?:how )?(?P<word>[a-z']+) is (?:spelled|spelt)(?: how)?", _about("spell")),
    frame(rf"(?:how (?:do|would|can|should) (?:you|i|we) spell|how is|what's the spelling of|the spelling of"
    rf"|what is the spelling of|spelling of|how to spell|spell(?: out)?(?: the word| for me)?) {_WORD}(?:"
    rf" (?:backwards|backward|in reverse|reversed))", _about("reverse")),
    frame(rf"(?:how (?:do|would|can|should) (?:you|i|we) spell|what's the spelling of|what is the spelling of"
    rf"|the spelling of|spelling of|how to spell|spell(?: out)?) {_WORD}", _spell),
    frame(rf"how is {_WORD} (?:spelled|spelt)", _about("spell")),
    frame(rf"(?:reverse|say|read|turn around) {_WORD} (?:backwards|backward|in reverse|around)", _about("reverse")),
    frame(rf"(?!(?:can|could|do|does|did|is|are|was|why|how|when|who|where) )"
    rf"(?:what(?:'s| is) )?{_WORD} (?:spelled |spelt |written )?(?:backwards|backward|in reverse"
    rf"|reversed)", _about("reverse")),
    frame(rf"reverse the (?:word|letters (?:of|in)) {_WORD}", _about("reverse")),
    frame(rf"how many letters (?:are |is )?(?:there )?(?:in|does|has) {_WORD}(?: (?:have|contain"
    rf"|has))?", lambda m: Intent("EdgeAlphabet", {"ask": "size"}) if re.fullmatch(r"(?:the )?(?:english"
    r" )?alphabet", m["word"]) else _about("letters")(m)),
    frame(rf"how many vowels (?:are |is )?(?:there )?(?:in|does) {_WORD}(?: (?:have|contain))?", _about("vowels")),
    frame(rf"how many consonants (?:are |is )?(?:there )?(?:in|does) {_WORD}(?: (?:have"
    rf"|contain))?", _about("consonants")),
    frame(rf"count (?:up )?(?:all )?the letters (?:in|of) {_WORD}", _about("letters")),
    frame(rf"count (?:up )?(?:all )?the syllables (?:in|of) {_WORD}", _about("syllables")),
    frame(rf"how many syllables (?:are |is )?(?:there )?(?:in|does|has|do) {_WORD}(?: (?:have|contain|has))?",
    _about("syllables")),
    frame(rf"count (?:up )?(?:all )?the letters (?:in|of) {_WORD}", _about("letters")),
    frame(rf"count (?:up )?(?:all )?the syllables (?:in|of) {_WORD}", _about("syllables")),
    frame(rf"how many syllables (?:are |is )?(?:there )?in {_WORD}", _about("syllables")),
    frame(rf"(?:the )?number of syllables in {_WORD}", _about("syllables")),
    frame(rf"how many words (?:are |is )?(?:there )?in {_WORD}", _about("words")),
    frame(rf"(?:tell )?(?:(?:count |find )?(?:the |all |all the )?number of|how many|(?:count|find)(?: all)?)(?: the)?"
    rf"(?: letters?)? {_LETTER} (?:(?:are|is|can|do|does|could|did|that are)(?: there| you| we| i)? )?(?:find |see"
    rf" |count "
    rf"|spot |have )?in (?:the word )?{_WORD}(?: (?:have|contain|has|got))?", _count),
    frame(rf"how many {_LETTER} (?:does|do|has) {_WORD}(?: (?:have|contain|got))?", _count),
    frame(rf"(?:the word is|in the word|in|the word) {_WORD} ,? ?how many {_LETTER} (?:are there|can you find|are"
        rf" in it|can you"
    r" see|does it have|is there|do you see)(?: in (?:it|that word|there))?", _count),
    frame(rf"(?:the word |the name )?{_WORD} (?:has|got|has got|contains) how many letters", _about("letters")),
    frame(rf"how long is the word {_WORD}", _about("letters")),
    frame(rf"how (?:many times|often) (?:does|do|is) (?:the letter )?{_LETTER} (?:appear|occur|come up|used|show"
    rf" up|come)(?: in)? {_WORD}", _count),
    frame(rf"(?:is )?{_WORD} (?:is )?a palindrome", _about("palindrome")),
    frame(r"(?:are|is) (?P<word>[a-z ]+?) (?:an anagram of|and) (?P<other>[a-z ]+?)(?:"
    r" anagrams)?", lambda m: _two_words(m) if "anagram" in m[0] else None),
    frame(rf"(?:what(?:'s| is) )?(?:the )?(?P<nth>first|second|last|final|\d+(?:st|nd|rd|th)) letter (?:of|in)"
    rf" {_WORD}", _nth_letter),
    frame(rf"(?:what|which) letter is (?:the )?(?P<nth>first|second|last|final|\d+(?:st|nd|rd|th)) (?:in|of)"
    rf" {_WORD}", _nth_letter),
    frame(rf"(?:what|which) letter does {_WORD} (?P<side>start|begin|end|finish) with", _starts),
    frame(
        r"(?:what|which) (?:number|position|place)(?: letter)?(?: of the alphabet)? is (?:the letter )?(?P<one>[a-z])"
        r"(?: in the alphabet)?",
        _position,
    ),
    frame(r"(?:what|which)(?: letter)? (?:comes |is )?(?:right |directly )?(?P<side>after|before|follows) (?:the"
    r" letter )?(?P<one>[b-z]|a(?= in|$))(?: in the alphabet)?", _neighbour),
    frame(r"(?:say|recite|tell me|what's|what is|sing) the (?:whole"
    r" )?alphabet", lambda _: Intent("EdgeAlphabet", {"ask": "all"})),
    frame(rf"(?:convert |write |what(?:'s| is) |how do you write |how is |express )?{_WHOLE} (?:in|to|as|into"
    rf"|written in) (?:a )?{_NUMERALS}", _to_roman),
    frame(rf"(?:the )?roman numerals? (?:for|of) {_WHOLE}", _to_roman),
    frame(rf"(?:convert |what(?:'s| is) |what number is |what does )?(?:the )?(?:roman (?:numerals?|number)"
    rf" )?{_ROMAN} (?:in|to|as|into|mean in) (?:a )?(?:regular |normal |arabic |decimal )?(?:numbers?|numerals?"
    rf"|digits|decimal)", _from_roman),
    frame(rf"what number (?:is|does|do) (?:the )?{_ROMAN}(?: stand for| mean| represent)?(?: (?:in|as) (?:a"
    rf" )?{_NUMERALS})?",
    _from_roman),
    frame(rf"(?:what(?:'s| is) |what number is |what does )?(?:the )?roman (?:numerals?|number) {_ROMAN}(?: mean"
    rf"| stand for)?", _from_roman),
    frame(rf"(?:convert |what(?:'s| is) |write |how do you write )?(?:decimal )?{_WHOLE} (?:in|to|as|into) (?:a"
    rf" )?{_BASE}(?: number| code)?", _to_base),
    frame(rf"(?:convert |what(?:'s| is) )?(?:the )?{_BASE}(?: number)? (?P<digits>[0-9a-f][0-9a-f ]*)(?: (?:in"
    rf"|to|as|into) {_DECIMAL})?", _from_base),
    frame(rf"(?:convert |what(?:'s| is) )?(?P<digits>[0-9a-f][0-9a-f ]*?) (?:in )?{_BASE} (?:in|to|as|into)"
    rf" {_DECIMAL}", _from_base),
    frame(rf"(?:convert |what(?:'s| is) )?(?P<digits>[0-9a-f][0-9a-f ]*?) (?:from )?{_BASE} (?:in|to)"
    rf" {_DECIMAL}", _from_base),
    frame(rf"(?:how (?:do|would) (?:you|i) )?(?:write|spell|say|read)(?: out)? (?:the number )?{_WHOLE}(?: in"
    rf" words| as words| out| in letters)", _in_words),
    frame(rf"(?:what(?:'s| is) )?{_WHOLE} (?:in|as|written in) (?:words|letters)", _in_words),
    frame(rf"how (?:do|would) (?:you|i) (?:spell|write|say|pronounce)(?: the number)? {_WHOLE}", _in_words),
    frame(rf"count(?: up)?(?: from (?P<begin>\d+))?(?: up)? to (?P<end>\d+){_TWOS}(?: for"
    rf" me)?", _counting_by),
    frame(r"count(?: down)?(?: backwards)?(?: down)? from (?P<begin>\d+)(?: (?:down )?to (?P<end>\d+))?(?:"
    r" backwards)?", _counting),
)  # fmt: skip


_SAME_WORD: Final = re.compile(
    r"(?:(?:and|what about|how about|now|how is it|how do you spell it|say it|spell it) )*"
    r"(?P<ask>backwards?|in reverse|reversed|(?:how many |the )?(?:letters|syllables|vowels|consonants)(?: does it"
    r" have| is that"
    r"| are there| has it got| are in it| are in that)?|(?:how is it |how do you )?(?:spell|spelled)(?: it| that)?)"
)
_OTHER_WORD: Final = re.compile(
    r"(?:(?:and|or|what about|how about) )+(?:for |in |with )?(?:the word )?(?P<word>[a-z']+)"
)
_ASKS: Final = {"backward": "reverse", "in reverse": "reverse", "reversed": "reverse"}


def word_question(said: str, last: Intent | None) -> Intent | None:
    """The intent of a bare canonical text about words or numerals, or going on from `last`; None for others."""
    goes_on = last is not None and last.name == "EdgeWord" and "other" not in last.slots
    if not goes_on or last is None:
        return first_of(WORDS, said)
    if (same := _SAME_WORD.fullmatch(said)) is not None:
        counted = re.match(r"(?:how many |the )?(letters|syllables|vowels|consonants)", same["ask"])
        ask = counted[1] if counted else _ASKS.get(same["ask"].removesuffix("s"), "spell")
        return Intent("EdgeWord", {"ask": ask, "word": last.slots["word"]})
    if (found := first_of(WORDS, said)) is not None:
        return found
    other = _OTHER_WORD.fullmatch(said)
    return None if other is None else Intent("EdgeWord", {**last.slots, "word": other["word"]})
