"""Questions about the life of animals, where things come from, and forms of words. Pure."""

from typing import Final

from edge.nlu.en.reference.asking import BE, WHAT, Frame, frame

_OFTEN = r"(?:(?:mostly|mainly|usually|normally|typically|naturally|originally|first) )?"
_WHERE = r"(?:where|in (?:what|which) (?:countries|country|continents?|part of the world))"
_WILD = r"(?: in the wild| in nature| in the world)?"
_FROM = rf"{_OFTEN}(?:(?:come|came|originate|made|invented|grown) ?)?(?:from)?(?: originally)?"
_SOURCE = r"(?:country|part of the world|continent|city|place|plant|tree|animal)"
_WEEKS = r"(?:long|many (?:months|weeks|days))"

ANIMAL_FRAMES: Final[tuple[Frame, ...]] = (
    frame(rf"{_WHERE} do(?:es)? (?P<s>.+?) {_OFTEN}live{_WILD}", "home"),
    frame(
        rf"{_WHERE} (?:{BE}|(?:can|do|would|could) (?:you|i|we) (?:find|see)) (?P<s>.+?)(?: found)?{_WILD}",
        "home",
    ),
    frame(rf"{WHAT} (?:country|countries|continents?) do(?:es)? (?P<s>.+?) live (?:in|on)", "home"),
    frame(rf"{WHAT} {BE} the (?:natural )?habitat of (?P<s>.+)", "home"),
    frame(rf"{WHAT} (?:sounds?|noises?) do(?:es)? (?P<s>.+?) make", "sound"),
    frame(r"what do(?:es)? (?P<s>.+?) say", "sound"),
    frame(r"how do(?:es)? (?P<s>.+?) (?:sound|go)", "sound"),
    frame(
        rf"(?:{WHAT} {BE} |what do you call )?the (?:sound|noise|cry|call) (?:of|that|made by) (?P<s>.+?)"
        r"(?: makes?)?(?: called)?",
        "sound",
    ),
    frame(
        rf"{WHAT} colou?rs? (?:{BE}|do(?:es)?) (?:(?:on|in) )?(?P<s>.+? flag|(?:the )?flag of .+?)(?: have)?",
        "flag",
    ),
    frame(rf"{WHAT} colou?rs? (?:{BE}|do(?:es)?) (?P<s>.+?)(?: have| come in)?", "colour"),
    frame(rf"(?:{WHAT} {BE} )?the colou?r of (?P<s>.+)", "colour"),
    frame(rf"how {_WEEKS} {BE} (?P<s>.+?) pregnant(?: for)?", "pregnancy"),
    frame(
        rf"how {_WEEKS} do(?:es)? (?P<s>.+?) (?:stay pregnant|carry (?:its|their|her) (?:young|bab(?:y|ies)))",
        "pregnancy",
    ),
    frame(
        rf"how long (?:{BE}|do(?:es)?) (?P<s>.+?)(?:'s)? (?:pregnanc(?:y|ies)|gestation(?: period)?)(?: last)?",
        "pregnancy",
    ),
    frame(
        rf"(?:(?:how long|{WHAT}) {BE} )?the (?:pregnancy|gestation(?: period)?) of (?P<s>.+?)",
        "pregnancy",
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
    frame(r"what do(?:es)? (?P<s>.+?) (?:turn into|become|change into|grow into|develop into)", "turns into"),
    frame(r"who (?:killed|shot|murdered|assassinated|slew) (?P<s>.+)", "killed"),
    frame(rf"(?:who|by whom) {BE} (?P<s>.+?) (?:killed|shot|murdered|assassinated)(?: by)?", "killed"),
    frame(r"what (?:is|was) (?P<s>.+?)'s? (?:first|full|last) name", "nationality"),
)
