"""Questions about times of day: elsewhere, later and between, and about the sun and the clocks. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.conversions import read_quantity
from edge.nlu.en.exact.day_words import read_day
from edge.nlu.en.exact.frames import GOES_ON, Frame, first_of, frame
from edge.nlu.en.exact.places import HERE, read_place

_CLOCK = (
    r"(?:\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock(?: (?:am|pm))?|in the (?:morning|afternoon|evening)|at night)?"
    r"|\d{1,2} \d\d(?: (?:am|pm))?"
    r"|noon|midday|midnight|(?:half|1/4|quarter|\d{1,2}(?: minutes)?) (?:past|to|after|before|of) (?:\d{1,2}"
    r"|noon|midnight)(?: (?:am|pm))?)"
)
_TIME = rf"(?P<time>{_CLOCK})"
_AMOUNT = (
    r"(?P<amount>(?:\d|a|an|half|one)[^ ]* ?.*?(?:hours?|minutes?|seconds?|hrs?|mins?|half)(?: and (?:a"
    r" half|\d+ (?:minutes|seconds)))?)"
)
_PLACE = r"(?P<place>.+?)"


def read_clock(text: str) -> str | None:
    """A time of day as "17:40", or "5:40?" where it may be of the morning or of the evening; None for other texts."""
    text = re.sub(
        r" in the morning$",
        " am",
        re.sub(
            r" (?:in the (?:afternoon|evening)|at"
            r" night)$",
            " pm",
            text.strip(),
        ),
    )
    text = re.sub(r" o'clock", "", text)
    if text in {"noon", "midday"}:
        return "12:00"
    if text == "midnight":
        return "0:00"
    half = re.search(r" ?(am|pm)$", text)
    bare = text[: half.start()] if half else text
    if (
        relative := re.fullmatch(
            r"(half|1/4|quarter|\d{1,2})(?: minutes)? (past|to|after|before|of) (\d{1,2}"
            r"|noon|midnight)",
            bare,
        )
    ) is not None:
        minutes = {"half": 30, "1/4": 15, "quarter": 15}.get(relative[1]) or int(relative[1])
        hour = {"noon": 12, "midnight": 24}.get(relative[3]) or int(relative[3])
        total = hour * 60 + (minutes if relative[2] in {"past", "after"} else -minutes)
    elif (plain := re.fullmatch(r"(\d{1,2})(?:(?::| )(\d\d))?", bare)) is not None:
        total = int(plain[1]) * 60 + int(plain[2] or 0)
        if int(plain[2] or 0) > 59:  # noqa: PLR2004 - minutes
            return None
    else:
        return None
    hour, minute = divmod(total % 1440, 60)
    if total // 60 > 24 or (half and not 0 < total // 60 <= 12):  # noqa: PLR2004 - hours of a clock
        return None
    if half:
        hour = hour % 12 + (12 if half[1] == "pm" else 0)
    unsure = not half and 0 < hour <= 12 and "noon" not in bare and "midnight" not in bare  # noqa: PLR2004 - of a clock's face
    return f"{hour}:{minute:02}{'?' if unsure else ''}"


def _zone_intent(ask: str, place: tuple[str, str] | None, **more: str) -> Intent | None:
    if place is None:
        return None
    return Intent("EdgeClock", {"ask": ask, "zone": place[0], "place": place[1], **more})


def _there(match: re.Match[str]) -> Intent | None:
    place = read_place(match["place"])
    return None if place is None or place[0] == HERE else _zone_intent("there", place)


def _date_there(match: re.Match[str]) -> Intent | None:
    place = read_place(match["place"])
    return None if place is None or place[0] == HERE else _zone_intent("date-there", place)


def _when(match: re.Match[str]) -> Intent | None:
    """A time in one place, in another one."""
    time, source = read_clock(match["time"]), read_place(match.groupdict().get("source") or "here")
    if time is None or source is None or " " in source[0]:
        return None
    return _zone_intent("when", read_place(match["place"]), time=time, source=source[0], source_place=source[1])


def _difference(match: re.Match[str]) -> Intent | None:
    source = read_place(match.groupdict().get("source") or "here")
    if source is None or " " in source[0]:
        return None
    return _zone_intent("difference", read_place(match["place"]), source=source[0], source_place=source[1])


def _which_zone(match: re.Match[str]) -> Intent | None:
    return _zone_intent("which-zone", read_place(match["place"]))


def _zone_named(match: re.Match[str]) -> Intent | None:
    """The zone of the one place that is named with the word "time zone"."""
    words = re.sub(r"'s\b|\btime ?zones?\b", " ", match[0]).split()
    for count in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - count + 1):
            place = read_place(" ".join(words[at : at + count]))
            if place is not None and place[0] != HERE and words[at : at + count] != ["the"]:
                return _zone_intent("which-zone", place)
    return None


def _between(match: re.Match[str]) -> Intent | None:
    begin, end = read_clock(match["begin"]), read_clock(match["end"])
    if begin is None or end is None or (begin.rstrip("?").isdecimal() and end.rstrip("?").isdecimal()):
        return None
    unit = match.groupdict().get("unit") or ""
    return Intent("EdgeClock", {"ask": "between", "begin": begin, "end": end, "unit": unit.rstrip("s")})


def _later(match: re.Match[str]) -> Intent | None:
    quantity = _length(match["amount"])
    if quantity is None:
        return None
    groups = match.groupdict()
    sign = "-" if groups.get("side") in {"before", "ago", "earlier"} else "+"
    slots = {"ask": "later", "quantity": quantity, "sign": sign}
    if groups.get("time"):
        time = read_clock(groups["time"])
        if time is None:
            return None
        slots["time"] = time
    return Intent("EdgeClock", slots)


def _earlier(match: re.Match[str]) -> Intent | None:
    later = _later(match)
    return None if later is None else Intent(later.name, {**later.slots, "sign": "-"})


def _length(text: str) -> str | None:
    """A length of time in hours, minutes and seconds."""
    quantity = read_quantity(text)
    units = {it.split()[1] for it in quantity.split(" + ")} if quantity else set()
    return quantity if units and units <= {"hour", "minute", "second"} else None


def _until(match: re.Match[str]) -> Intent | None:
    time = read_clock(match["time"])
    if time is None:
        return None
    return Intent(
        "EdgeClock", {"ask": "until", "time": time, "unit": (match.groupdict().get("unit") or "").rstrip("s")}
    )


def _sun(match: re.Match[str]) -> Intent | None:
    word = match["what"]
    event = "sunrise" if re.search(r"rise|rises|come|comes|up|dawn|light", word) else "sunset"
    if re.search(r"dark|light|dawn|dusk", word):
        event = "dawn" if event == "sunrise" else "dusk"
    day = read_day(match["day"]) if match.groupdict().get("day") else "today"
    return None if day is None else Intent("EdgeSun", {"event": event, "day": day})


def _daylight(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeSun", {"event": "daylight", "day": read_day(match["day"] or "today") or "today"})


def _twelve_hours(match: re.Match[str]) -> Intent | None:
    time = read_clock(match["time"])
    return (
        None
        if time is None
        else Intent("EdgeClock", {"ask": "face", "time": time.rstrip("?"), "hours": match["hours"]})
    )


_NOW = r"(?: (?:right now|now|currently|at the moment|today))?"
_SUN = (
    r"(?P<what>sun ?rise|sun ?set|sun ?up|sun ?down|dawn|dusk|sun (?:rise|rises|set|sets|go down|goes down"
    r"|going down|come up|comes up|coming up|up|down)|get(?:s|ting)? (?:dark|light)|(?:be|is) (?:dark|light))"
)

CLOCK: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:what|which) (?:time is it|is the time) (?:in|at) {_PLACE} when (?:the|our|my)? ?time (?:in"
        rf" (?P<source>.+?) )?is {_TIME}", _when
    ),
    frame(
        rf"(?:given )?it(?:'s| is) {_TIME} (?:in (?P<source>.+?)|here),? (?:so )?what time is it(?: now)? (?:in"
        rf" )?{_PLACE}", _when
    ),
    frame(rf"(?:the )?(?:date|day) (?:now )?in {_PLACE}", _date_there),
    frame(rf"is it (?:still |already )?(?:day ?time|day|night ?time|night|dark|light|morning|late|early|evening"
    rf"|afternoon|the middle of the night)(?: right now| now| yet| already)? (?:over )?in {_PLACE}{_NOW}", _there),
    frame(rf"(?:if|when) (?:i|we|you) .+ in (?P<place>[a-z ]+?) at {_TIME}(?: (?:here|our time|my time))?,? "
    rf"(?:what|which)"
    rf" time (?:is it|will it be|would it be)(?: (?:for|with) \w+(?: \w+)?| there| over there| in .+)?", _when),
    frame(rf"(?:what|which) time(?:'s it)? (?:in|at) {_PLACE}{_NOW}", _there),
    frame(rf"how (?:much|many hours) (?:later|earlier|ahead|behind) is (?:it in )?{_PLACE} (?:than|of)(?: in)?"
    rf" (?P<source>.+)", _difference),
    frame(rf"(?:how many hours|what) difference is (?:there between )?{_PLACE} (?:from|and|to)"
    rf" (?P<source>.+)", _difference),
    frame(r"(?!.*\b(?:change|set|switch|if|between|difference)\b).*\btime ?zones?\b.*", _zone_named),
    frame(rf"(?:what|which) time (?:is it|is it now|is it currently|would it be|do they have|is)(?: right now|"
    rf" now| currently)? (?:in|at|over in) {_PLACE}{_NOW}", _there),
    frame(rf"(?:what|which) time is it(?: right now| now| currently)? (?:for|with) (?:\w+ ){{1,4}}?(?:over |out "
    rf"|back )?(?:in"
    rf"|at) {_PLACE}{_NOW}", _there),
    frame(rf"(?:what(?:'s| is) )?(?:the )?(?:current |local |exact )?time(?: right now| now| is it)? (?:in|at"
    rf"|over in) {_PLACE}{_NOW}", _there),
    frame(rf"(?:what(?:'s| is) )?(?:the )?{_PLACE} time{_NOW}", _there),
    frame(rf"(?:what|which) time (?:in|at) {_PLACE}{_NOW}", _there),
    frame(rf"how late is it (?:now )?in {_PLACE}{_NOW}", _there),
    frame(rf"(?:what|which) (?:day|date)(?: of the week)? is it (?:now |right now |currently )?in"
    rf" {_PLACE}{_NOW}", _date_there),
    frame(rf"(?:what's|what is) the (?:date|day) (?:now )?in {_PLACE}{_NOW}", _date_there),
    frame(rf"(?:when|if) (?:it's|it is|it will be) {_TIME} (?:in (?P<source>.+?)|here)?,? ?(?:then )?(?:what"
    rf"|which) time (?:is it|will it be|would it be|is that|does that make it) (?:in |over in )?{_PLACE}", _when),
    frame(rf"(?:what|which) time (?:is it|will it be|would it be|is that) (?:in )?{_PLACE} (?:when|if|at)"
    rf" (?:it's |it is )?{_TIME}(?: (?:in )?(?P<source>.+))?", _when),
    frame(rf"(?:what(?:'s| is)|what time is|when is|convert)? ?{_TIME} (?:in )?(?P<source>.+?)(?: time)? (?:in"
    rf"|to|into|is what time in) {_PLACE}(?: time)?", _when),
    frame(rf"(?:what(?:'s| is) )?(?:the )?(?:time )?difference (?:in time )?between (?P<source>.+?) and"
    rf" {_PLACE}", _difference),
    frame(rf"(?:what(?:'s| is) )?(?:the )?time difference (?:to|with|from here to) {_PLACE}", _difference),
    frame(rf"how (?:many hours|far) (?:ahead|behind|ahead or behind)(?: of us| of here)? is {_PLACE}", _difference),
    frame(rf"how (?:far|many hours|much) (?:ahead|behind)(?: of)? (?P<source>.+?) (?:is|are) {_PLACE}", _difference),
    frame(rf"how many hours (?:is|are) {_PLACE} (?:ahead|behind)(?: of)?(?: (?:us|here|(?P<source>.+)))?", _difference),
    frame(rf"(?:is|are) {_PLACE} (?:ahead of|behind) (?:us|here|(?P<source>.+))", _difference),
    frame(rf"(?:what|which) time ?zone (?:is|does|are|am) {_PLACE}(?: in| have| use| on)?", _which_zone),
    frame(r"(?:what|which) time ?zone (?:am i|are we|is this|is it)(?: in| here)?|(?:my|our) time"
    r" ?zone", lambda _: _zone_intent("which-zone", (HERE, "here"))),
    frame(r"(?:when|what day|what date) (?:do|does|will|is) (?:the |we )?(?:clocks?|daylight saving(?:s)?(?:"
    r" time)?|summer ?time|winter ?time|put the clocks|change the clocks)(?: next)? ?(?:change|go (?:back"
    r"|forwards?)|turn back|spring forward|fall back|start|end|begin|forward|back)?(?: this year| next|"
    r" again)?", lambda _: Intent("EdgeClock", {"ask": "clocks"})),
    frame(r"(?:how long is it|how long|how much time(?: is there| is it)?|how many (?P<unit>hours|minutes)(?:"
    r" are there| is it| are)?) (?:from|between) (?P<begin>.+?) (?:to|until|till|and) (?P<end>.+)", _between),
    frame(r"(?:what(?:'s| is) )?(?:the )?(?:duration|time|difference) (?:from|between) (?P<begin>.+?) (?:to"
    r"|until|till|and) (?P<end>.+)", _between),
    frame(rf"(?:what|which) time (?:will it be|is it going to be|would it be|is it|will it be) (?:in|after)"
    rf" {_AMOUNT}(?: from now| time)?", _later),
    frame(rf"(?:what|which) time (?:was it|is|will it be|is it|would be) {_AMOUNT} (?P<side>ago|from now"
    rf"|earlier)", _later),
    frame(rf"(?:if |when )?.+ at (?P<begin>{_CLOCK}),? and .+ at (?P<end>{_CLOCK}),? (?:then )?how (?:long|many "
    rf"(?P<unit>"
    r"hours|minutes)|much (?:sleep|time)) .+", _between),
    frame(rf"(?:if |when )?.+ (?:at|from) {_TIME},? (?:and |which |that )?(?:it )?(?:is|lasts|takes|goes on for"
    rf"|runs for"
    rf"|needs|cooks for|for)(?: for)? {_AMOUNT}(?: long)?,? (?:when|what time) .+", _later),
    frame(rf"(?:if |when )?.+ (?:is|lasts|takes|runs for|needs|goes on for)(?: for)? {_AMOUNT}(?: long)?,? and (?:it )?"
    rf"(?:starts|begins|goes in|leaves|started|began) at {_TIME},? (?:when|what time) .+", _later),
    frame(rf"(?:(?:what|which) time (?:is|was|will it be|is it|would it be) )?{_AMOUNT} (?P<side>before|after"
    rf"|from|past) {_TIME}", _later),
    frame(rf"(?:if )?(?:it|the \w+|\w+ing)(?:'ll| will)? takes? (?:me |us )?{_AMOUNT}(?: .+?)?,? (?:and .+ at"
    rf" {_CLOCK},? )?"
    rf"(?:so )?(?:when|what time) .*(?:leave|start|set off|go|begin|put).* (?:by|at|for|before) {_TIME}", _earlier),
    frame(rf"(?:if )?(?:it|the \w+|\w+ing)(?:'ll| will)? takes? (?:me |us )?{_AMOUNT}(?: .+?)?,? and .* (?:by|at"
    rf"|for|before)"
    rf" {_TIME},? (?:so )?(?:when|what time) .*(?:leave|start|set off|go|begin|put).*", _earlier),
    frame(rf"{_TIME} (?:plus|and) {_AMOUNT}", _later),
    frame(rf"{_TIME} (?:minus|less) {_AMOUNT}", _earlier),
    frame(rf"(?:how long|how much time|how many (?P<unit>hours|minutes|seconds))(?: is it| is there| are there|"
    rf" are left| left| do i have| to go)* (?:until|till|to|before) {_TIME}", _until),
    frame(rf"(?:what(?:'s| is) )?{_TIME} (?:in|on a|as|to) (?P<hours>12|24|military)(?: hour)?(?: (?:clock|time"
    rf"|format))?", _twelve_hours),
    frame(rf"(?:when|what time|how late|how early) (?:is|does|will|do|'s)(?: the| it)* ?{_SUN}(?: (?:on |for"
    rf" )?(?P<day>.+))?", _sun),
    frame(rf"when(?:'s| is) (?:the )?(?:next )?{_SUN}(?: (?:on |for )?(?P<day>.+))?", _sun),
    frame(r"(?:the )?(?:time of )?(?P<what>sun ?rise|sun ?set|dawn|dusk)(?: time)?(?: (?:on |for"
    r" )?(?P<day>.+))?", _sun),
    frame(r"(?:what time|when) (?:is|will be) (?P<what>sun ?rise|sun ?set|dawn|dusk) (?P<day>.+)", _sun),
    frame(r"how (?:long|many hours of daylight) (?:is|are) (?:the day|there|it light)(?: (?P<day>today"
    r"|tomorrow))?", _daylight),
    frame(r"(?:what(?:'s| is) )?(?:the )?(?:phase of the moon|moon phase|current moon phase|moon's phase)(?: is"
    r" it)?(?: now| tonight| today)?|what phase is the moon(?: in)?(?: tonight|"
    r" now)?", lambda _: Intent("EdgeMoon", {"ask": "phase"})),
    frame(r"when(?:'s| is) (?:the )?(?:next )?(?P<phase>full|new)"
    r" moon", lambda m: Intent("EdgeMoon", {"ask": m["phase"]})),
    frame(r"(?:is|does|will) the moon (?:look |be )?(?P<phase>full|new)(?: tonight| today| now)?",
    lambda _: Intent("EdgeMoon", {"ask": "phase"})),
    frame(r"is (?:it|there|the moon)(?: a)? (?P<phase>full|new)(?: moon)?(?: tonight| today|"
    r" now)?", lambda _: Intent("EdgeMoon", {"ask": "phase"})),
)  # fmt: skip

_AND_PLACE: Final = re.compile(rf"{GOES_ON}(?:in )?(?P<place>.+)")


def clock_question(said: str, last: Intent | None) -> Intent | None:
    """EdgeClock, EdgeSun or EdgeMoon for a bare canonical text; None for others."""
    if (found := first_of(CLOCK, said)) is not None:
        return found
    if last is None or last.name != "EdgeClock" or "zone" not in last.slots:
        return None
    match = _AND_PLACE.fullmatch(said)
    place = None if match is None else read_place(match["place"])
    return None if place is None else Intent(last.name, {**last.slots, "zone": place[0], "place": place[1]})
