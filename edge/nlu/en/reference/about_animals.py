"""Questions about where animals live, their sounds, colours and young. Pure."""

from typing import Final

from edge.nlu.en.reference.asking import BE, WHAT, Frame, frame

_OFTEN = r"(?:(?:mostly|mainly|usually|normally|typically|naturally|originally) )?"
_WHERE = r"(?:where|in (?:what|which) (?:countries|country|continents?|part of the world))"
_WILD = r"(?: in the wild| in nature| in the world)?"
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
    frame(r"what do(?:es)? (?P<s>.+?) (?:turn into|become|change into|grow into|develop into)", "turns into"),
)
