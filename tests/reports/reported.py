"""What users of other speakers and assistants reported, tried on a whole speaker to which sentences are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from edge.events import TurnRecord
from edge.runtime import virtual_time
from edge.settings import EntitySettings
from tests.fakes.home import A_HOME
from tests.fakes.resident import ZonedClock
from tests.fakes.typed_home import MODEL_SAYS, TypedHome

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = "2026-11-27 10:00"
"""A Friday."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """After the last of some sentences: its turn, what is set, what was published by it, and the volume."""

    turn: TurnRecord
    due: tuple[str, ...]
    published: list[tuple[str, str]]
    volume: int

    @property
    def reply(self) -> str:
        """The answer."""
        return self.turn.reply


def typed(
    folder: Path,
    *texts: str,
    at: str = MORNING,
    entities: tuple[EntitySettings, ...] = A_HOME,
    sentences: Sequence[Path] = (),
) -> Outcome:
    """Type the texts one after another, at that local time."""

    async def scenario() -> Outcome:
        clock = ZonedClock(datetime.fromisoformat(at).replace(tzinfo=BERLIN))
        home = TypedHome(folder, clock=clock, entities=entities, sentences=tuple(sentences))
        for text in texts[:-1]:
            await home.ask(text)
        home.published.clear()
        turn = await home.ask(texts[-1])
        return Outcome(turn, home.due, list(home.published), home.volume)

    return virtual_time.run(scenario())


def thing(name: str, domain: str = "light", area: str | None = None) -> EntitySettings:
    """An entity that publishes to topics of its name."""
    return EntitySettings.model_validate(
        {"name": name, "domain": domain, "area": area, "topic": _topic(name), "set_topic": f"{_topic(name)}/number"}
    )


def _topic(name: str) -> str:
    return "".join(char for char in name.casefold() if char not in "+#/ \0") or "thing"


def is_no_answer_of_a_model(outcome: Outcome) -> bool:
    """Whether the home answered, with words, or the answer was computed."""
    return outcome.turn.answerer in {"home", "exact"} and outcome.reply not in {"", MODEL_SAYS}
