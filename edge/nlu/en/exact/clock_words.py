"""Reads the times of day and the lengths of time that people name. Pure."""

import re

from edge.nlu.en.exact.conversions import read_quantity


def read_clock(text: str) -> str | None:  # noqa: PLR0911 - one return a way to say it
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
    if (military := re.fullmatch(r"(\d\d)(\d\d) hours", text)) is not None:
        hour, minute = map(int, military.groups())
        return f"{hour}:{minute:02}" if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day and an hour
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


def read_length(text: str) -> str | None:
    """A length of time in hours, minutes and seconds, as `read_quantity` writes it; None for other texts."""
    quantity = read_quantity(text)
    units = {it.split()[1] for it in quantity.split(" + ")} if quantity else set()
    return quantity if units and units <= {"hour", "minute", "second"} else None
