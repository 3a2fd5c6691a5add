"""One everyday sentence, with what it is to do and what is to be answered.

Local time is that of Berlin. Unless a case says otherwise it is Friday, 27 November 2026, 10:00. `before` was said
before, `wait` seconds passed since. `due` is everything that is set afterwards: timers as "name seconds-left", alarms
as "name date time days", reminders with their text behind a colon; None: as before the sentence.
"""

from dataclasses import dataclass

MORNING = "2026-11-27 10:00"
EVENING = "2026-11-27 21:15"
NIGHT = "2026-11-28 00:30"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence."""

    text: str
    reply: str
    due: tuple[str, ...] | None = None
    before: tuple[str, ...] = ()
    at: str = MORNING
    wait: float = 0
    rings: bool = False
    """Whether the schedule runs meanwhile, and what is due rings."""
    volume: int = 60
    """Percent, afterwards."""
