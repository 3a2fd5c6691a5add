"""Questions about where things come from, their age and heat, battles, flags, rivers and forms of words. Pure."""

from typing import Final

from edge.nlu.en.reference.asking import BE, WHAT, Frame, frame

_OFTEN = r"(?:(?:mostly|mainly|usually|normally|typically|originally|first) )?"
_FROM = rf"{_OFTEN}(?:(?:come|came|originate|made|invented|grown) ?)?(?:from)?(?: originally)?"
_SOURCE = r"(?:country|part of the world|continent|city|place|plant|tree|animal)"

THING_FRAMES: Final[tuple[Frame, ...]] = (
    frame(
        rf"{WHAT} colou?rs? (?:{BE}|do(?:es)?) (?:(?:on|in) )?(?P<s>.+? flag|(?:the )?flag of .+?)(?: have)?",
        "flag",
    ),
    frame(rf"where (?:{BE}|do(?:es)?|did) (?P<s>.+?) {_FROM}", "origin"),
    frame(rf"(?:from )?{WHAT} {_SOURCE} (?:{BE}|do(?:es)?|did) (?P<s>.+?) {_FROM}", "origin"),
    frame(r"what (?:is|are) the origins? of (?P<s>.+)", "origin"),
    frame(
        rf"(?:{WHAT} {BE} )?(?:the )?(?:simple )?past(?: tense)?(?: form)? (?:of|for) (?:the verb )?(?:to )?(?P<s>.+)",
        "past tense",
    ),
    frame(
        rf"(?:{WHAT} {BE} )?(?:the )?past participle (?:of|for) (?:the verb )?(?:to )?(?P<s>.+)",
        "past participle",
    ),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?plural(?: form)? (?:of|for) (?:the word )?(?P<s>.+)", "plural"),
    frame(rf"how often {BE} (?:there )?(?P<s>.+?)(?: held| played| celebrated)?", "how often"),
    frame(r"how often do(?:es)? (?P<s>.+?) (?:take place|happen|occur|come(?: around)?)", "how often"),
    frame(rf"how much (?:{BE} )?(?P<s>.+)", "how much"),
    frame(rf"how (?:hot|cold|warm) {BE} (?P<s>.+?)(?: get)?", "temperature"),
    frame(r"how (?:hot|cold|warm) do(?:es)? (?:it get on )?(?P<s>.+?)(?: get)?", "temperature"),
    frame(rf"how (?:hot|cold|warm) {BE} it (?:on|in) (?P<s>.+)", "temperature"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?(?:average )?temperature (?:of|on|in) (?P<s>.+)", "temperature"),
    frame(rf"how old {BE} (?P<s>.+)", "age"),
    frame(rf"(?:{WHAT} {BE} )?the age of (?P<s>.+)", "age"),
    frame(r"(?:who|which (?:country|side|team|army)|what (?:country|side)) won (?P<s>.+)", "won"),
    frame(r"who (?:was|were) the winners? of (?P<s>.+)", "won"),
    frame(rf"{WHAT} (?:do(?:es)?|{BE}) (?P<s>.+? flag|(?:the )?flag of .+?) (?:look )?like", "flag"),
    frame(r"who (?:killed|shot|murdered|assassinated|slew) (?P<s>.+)", "killed"),
    frame(rf"(?:who|by whom) {BE} (?P<s>.+?) (?:killed|shot|murdered|assassinated)(?: by)?", "killed"),
    frame(r"what (?:is|was) (?P<s>.+?)'s? (?:first|full|last) name", "nationality"),
    frame(
        rf"(?:into )?{WHAT} (?:sea|ocean|river|lake|body of water) do(?:es)? (?P<s>.+?) (?:river )?"
        r"(?:flow|run|empty|drain)(?: into| to)?",
        "flows into",
    ),
    frame(r"where do(?:es)? (?P<s>.+?) (?:flow|run|empty|drain)(?: into| to)?", "flows into"),
    frame(r"(?:who|which country|what country) (?:owns|has|governs) (?P<s>.+)", "owns"),
    frame(rf"(?:who|{WHAT} country) do(?:es)? (?P<s>.+?) belong to", "owns"),
    frame(
        rf"(?:on )?{WHAT} side(?: of the (?:road|street))? do (?:they|people|you|we) drive(?: on)? in (?P<s>.+)",
        "side of the road",
    ),
    frame(rf"(?:on )?{WHAT} side of the (?:road|street) do(?:es)? (?P<s>.+?) drive(?: on)?", "side of the road"),
)
