"""Questions about countries, cities, rivers and sights. Pure."""

from typing import Final

from edge.nlu.en.reference.asking import BE, WHAT, Frame, frame

_IN = r"(?:in|of|for)"
_PEOPLE = r"(?:they|people|you|i|we|most people|the people)"
_MOSTLY = r"(?: mostly| mainly| usually)?"
_LAND = (
    r"(?:country|nation|state|part of the world|city|region|place|island|county|province|mountain range|museum|gallery"
    r"|ocean|sea)"
)

PLACE_FRAMES: Final[tuple[Frame, ...]] = (
    frame(rf"(?:{WHAT} {BE} )?(?:the )?(?:state )?capit[ao]l(?: city)? {_IN} (?P<s>.+)", "capital"),
    frame(rf"{WHAT} (?:city|town) {BE} the capital(?: city)? {_IN} (?P<s>.+)", "capital"),
    frame(rf"{WHAT}(?: city| town)? {BE} (?P<s>.+?)'s? (?:state )?capital(?: city)?", "capital"),
    frame(rf"{WHAT} (?:country|state|nation) {BE} (?P<s>.+?) the capital(?: city)?(?: of)?", "capital of what"),
    frame(rf"{WHAT} (?:country|state|nation) has (?P<s>.+?) as (?:its|the) capital(?: city)?", "capital of what"),
    frame(rf"(?P<s>.+?) {BE} the capital(?: city)? of {WHAT}(?: country| state| nation)?", "capital of what"),
    frame(rf"{WHAT} {BE} (?P<s>.+?) (?:the )?capital(?: city)? of", "capital of what"),
    frame(
        rf"(?:{WHAT} {BE} )?(?:the )?(?:official |national )?(?:currency|money) (?:used )?{_IN} (?P<s>.+)", "currency"
    ),
    frame(rf"{WHAT} {BE} (?P<s>.+?)'s? (?:official |national )?currency", "currency"),
    frame(
        rf"{WHAT} (?:(?:kind|type|sort) of )?(?:currency|money)"
        rf" (?:(?:do|can|will|should) {_PEOPLE}{_MOSTLY} (?:use|have|pay with|need)"
        rf"|{BE}{_MOSTLY} (?:used|accepted)|{BE} it|{BE} there) in (?P<s>.+)",
        "currency",
    ),
    frame(rf"{WHAT} (?:currency|money) do(?:es)? (?P<s>.+?) (?:use|have)", "currency"),
    frame(rf"(?:how|what) do {_PEOPLE} pay(?: with)? in (?P<s>.+)", "currency"),
    frame(
        rf"{WHAT} languages? (?:do {_PEOPLE}{_MOSTLY} (?:speak|use)|{BE}{_MOSTLY} spoken|{BE} it) in (?P<s>.+)",
        "language",
    ),
    frame(rf"what do {_PEOPLE}{_MOSTLY} speak in (?P<s>.+)", "language"),
    frame(rf"{WHAT} {BE} the (?:currency|money) called in (?P<s>.+)", "currency"),
    frame(rf"{WHAT} (?:currency|money) (?P<s>.+?) uses", "currency"),
    frame(rf"{WHAT} {BE} the (?:currency|money) (?P<s>.+?) uses", "currency"),
    frame(
        rf"(?:{WHAT} {BE} )?(?:the )?(?:official |national |main |native )?languages? (?:spoken )?{_IN} (?P<s>.+)",
        "language",
    ),
    frame(rf"{WHAT} {BE} (?P<s>.+?)'s? (?:official |national |main )?languages?", "language"),
    frame(
        rf"(?:(?:in|on) )?{WHAT} continent {BE} (?P<s>.+?)(?: (?:located |found )?(?:in|on)| located| part of| found)?",
        "continent",
    ),
    frame(rf"(?:(?:in|on|to) )?{WHAT} continent do(?:es)? (?P<s>.+?) (?:lie|belong)(?: in| on| to)?", "continent"),
    frame(
        rf"{WHAT} (?:countries|country|nations|states) (?:borders?|surrounds?|{BE} next to|shares? (?:a )?borders? with"
        r"|neighbou?rs?|touch(?:es)?) (?:on )?(?P<s>.+)",
        "neighbours",
    ),
    frame(
        rf"{WHAT} (?:countries|country|nations) do(?:es)? (?P<s>.+?) (?:border|share (?:a )?borders?)(?: on| with)?",
        "neighbours",
    ),
    frame(
        rf"(?:{WHAT}|who) {BE} (?:the )?(?:neighbou?rs?|neighbou?ring countries|border countries) (?:of|to) (?P<s>.+)",
        "neighbours",
    ),
    frame(rf"(?:{WHAT}|who) {BE} (?P<s>.+?)'s? neighbou?rs", "neighbours"),
    frame(rf"{WHAT} river (?:runs|flows|goes|passes) (?:through|across|past) (?P<s>.+)", "river through"),
    frame(rf"{WHAT} river {BE} (?P<s>.+?) (?:built |located |situated )?on", "river through"),
    frame(
        rf"(?:on|through) {WHAT} river (?:{BE}|do(?:es)?) (?P<s>.+?)(?: located| built| lie| stand)?", "river through"
    ),
    frame(
        rf"(?:(?:in|on) )?{WHAT} {_LAND} {BE} (?P<s>.+?)(?: (?:located |found )?in| located| found| part of)?",
        "where",
    ),
    frame(
        rf"(?:in |to )?{WHAT} {_LAND} (?:do(?:es)?|can you find|(?:would|could|will) you find) (?P<s>.+?)"
        r"(?: belong(?: to)?| lie(?: in)?| in)?",
        "where",
    ),
    frame(rf"{WHAT} {_LAND} (?:owns|has|{BE} home to) (?P<s>.+)", "where"),
    frame(
        rf"where(?: in the world| on earth| exactly)? (?:{BE}|do (?:i|you) find|can (?:i|you) find|would you find)"
        r" (?P<s>.+?)(?: located| situated| found)?",
        "where",
        "named",
    ),
    frame(r"where do(?:es)? (?P<s>.+?) lie", "where"),
    frame(r"(?:where|in (?:what|which) \w+) (?:was|were|is) (?P<s>.+?) born", "where born"),
    frame(r"(?:what|which) (?:city|town|country|place) (?:was|is) (?P<s>.+?) born in", "where born"),
    frame(r"(?:what is )?(?:the )?birth ?place of (?P<s>.+)", "where born"),
    frame(r"what (?:nationality|country) (?:is|was) (?P<s>.+?)(?: from)?", "nationality"),
    frame(r"what (?:is|was) (?P<s>.+?)'s? nationality", "nationality"),
    frame(r"(?:what is |what was )?(?:the )?nationality of (?P<s>.+)", "nationality"),
    frame(r"where (?:is|was|did|does) (?P<s>.+?) (?:come )?from(?: originally)?", "nationality"),
    frame(r"(?:what|which) country (?:is|was|did|does) (?P<s>.+?) (?:come )?from", "nationality"),
)
