"""Explains what a name or a sentence means in this home: which thing, from where, what would be sent. Sends nothing.

The explanation is for the owner, in the English of the command line; what would be spoken is in the speaker's language.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from edge.errors import HomeError
from edge.events import Decision, Intent, SlotValue
from edge.home import Asks
from edge.home.intents.things import Things
from edge.home.model import Anything, Choice, Command, Entity, Feature, MqttMessage, Range, State, Value, Words
from edge.home.modelling.watch import HomeWatch
from edge.home.planning.find import Place
from edge.home.planning.planned import Plan
from edge.home.planning.risk import changes_of
from edge.home.reports.origins import origin_of_room, origins_of_names
from edge.home.reports.report import HomeReport, KnownThing, PlainValue, known, plain, report
from edge.settings import HomeSettings

_MOST_THINGS: Final = 20
_MOST_COMMANDS: Final = 24

Decide = Callable[[str], Awaitable[Decision]]
"""Who would answer a text."""


@dataclass(frozen=True, slots=True)
class Message:
    """A payload to a topic; or, to an entity of Home Assistant, a service with its data."""

    topic: str
    payload: str
    retain: bool


@dataclass(frozen=True, slots=True)
class Sends:
    """A command to one thing: the messages that it publishes, in order, and what stands before it.

    `tier` is "free", "ask", "code" or "never", `why` the reason of the last three.
    """

    thing: str
    change: Mapping[str, PlainValue]
    messages: tuple[Message, ...]
    tier: str
    why: str


@dataclass(frozen=True, slots=True)
class ExplainedThing:
    """One thing: the origin of its names and its room, what commands may change, and the topics that tell about it."""

    thing: KnownThing
    names: Mapping[str, str]
    room_from: str
    accepts: Mapping[str, str]
    state_topics: tuple[str, ...]
    availability_topics: tuple[str, ...]
    availability_mode: str


@dataclass(frozen=True, slots=True)
class ExplainedCommand:
    """One command of a sentence, and what would be done: `says` is the reply, or the question that comes first.

    `sends` is empty if nothing would be sent at all; `offline` names the things that are left out as unreachable.
    """

    intent: str
    slots: Mapping[str, SlotValue]
    says: str
    sends: tuple[Sends, ...] = ()
    offline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a text means. A name has `sends`, all that can be commanded; a sentence has `commands`.

    `understood` says in words how the text was taken. `more` is the number of things that are left out.
    """

    text: str
    understood: str
    things: tuple[ExplainedThing, ...] = ()
    sends: tuple[Sends, ...] = ()
    commands: tuple[ExplainedCommand, ...] = field(default=())
    more: int = 0


class KnownHome:
    """The home that is known now."""

    def __init__(self, settings: HomeSettings, watch: HomeWatch, things: Things, decide: Decide) -> None:
        self._settings = settings
        self._watch = watch
        self._things = things
        self._decide = decide

    def report(self) -> HomeReport:
        """All things, their states, and what was refused."""
        return report(self._watch.model, self._things.state_of, self._watch.refused, self._watch.misfits)

    async def explain(self, text: str) -> Explanation:
        """What a name, an id or a sentence means."""
        named = self._named(text)
        if named:
            sends = [sent for it in named for sent in self._all_sends(it)]
            understood = "a thing of the home" if len(named) == 1 else f"the name of {len(named)} things"
            explained = tuple(self._thing(it) for it in named[:_MOST_THINGS])
            return Explanation(text, understood, explained, tuple(sends), more=max(0, len(named) - _MOST_THINGS))
        decision = await self._decide(text)
        if decision.intent is None:
            return Explanation(text, f"no command: a question for the {_ANSWERERS[decision.answerer]}")
        meant = self._things.meant(decision.intent)
        if isinstance(meant, Asks):
            command = replace(self._command(meant.question.intent), says=meant.text)
            return self._explained(text, "not understood; guessed from its words, and asked about", [command])
        if decision.answerer == "exact":
            how = "looked up" if decision.reason == "looked-up" else f"computed ({decision.intent.name})"
            return Explanation(text, f"no command: a question that is {how}")
        if not any(map(self._things.takes, (decision.intent, *decision.intent.then))):
            reason = "not about a thing" if decision.reason == "intent" else "no command that is understood"
            return Explanation(text, f"{reason} ({decision.intent.name})")
        planned = [self._command(it) for it in (decision.intent, *decision.intent.then)]
        return self._explained(text, "a command" if len(planned) == 1 else f"{len(planned)} commands", planned)

    def _explained(self, text: str, understood: str, planned: Sequence[ExplainedCommand]) -> Explanation:
        ids = dict.fromkeys(sent.thing for one in planned for sent in one.sends)
        found = [it for it in self._watch.model.entities if it.id in ids]
        return Explanation(
            text,
            understood,
            tuple(self._thing(it) for it in found[:_MOST_THINGS]),
            commands=tuple(planned),
            more=max(0, len(found) - _MOST_THINGS),
        )

    def _named(self, text: str) -> Sequence[Entity]:
        by_id = [it for it in self._watch.model.entities if text in {it.id, it.id.partition(".")[2]}]
        return by_id or self._things.finder.named(text, Place())

    def _command(self, intent: Intent) -> ExplainedCommand:
        if not self._things.takes(intent):
            return ExplainedCommand(intent.name, dict(intent.slots), "")
        planned = self._things.plan(intent)
        says = self._things.asked(planned)
        text = says.text if isinstance(says, Asks) else says
        if not isinstance(planned, Plan):
            return ExplainedCommand(intent.name, dict(intent.slots), text)
        sends = tuple(self._sends(it.entity, it.change, it.commands) for it in planned.steps)
        offline = tuple(it.name for it in planned.offline)
        return ExplainedCommand(intent.name, dict(intent.slots), text, sends, offline)

    def _thing(self, entity: Entity) -> ExplainedThing:
        announced = next((it for it in self._watch.announced if it.id == entity.id), None)
        floors = {area.name: area.floor for area in self._watch.model.areas}
        return ExplainedThing(
            thing=known(entity, self._things.state_of, floors.get(entity.area, "")),
            names=origins_of_names(entity, announced, self._settings),
            room_from=origin_of_room(entity, announced, self._settings),
            accepts={str(it): _in_words(entity, it) for it in entity.accepts if entity.can(it)},
            state_topics=tuple(dict.fromkeys(it.topic for it in entity.readings)),
            availability_topics=tuple(it.topic for it in entity.availability.topics),
            availability_mode=entity.availability.mode,
        )

    def _all_sends(self, entity: Entity) -> list[Sends]:
        """What each command to a thing, or to the things of a group, sends; of numbers an example."""
        by_id = {it.id: it for it in self._watch.model.entities}
        sends: list[Sends] = []
        for thing in [by_id[id_] for id_ in entity.members if id_ in by_id] or [entity]:
            for change in [*changes_of(thing), *_examples(thing)][:_MOST_COMMANDS]:
                try:
                    commands = tuple(thing.encode(change, self._things.state_of(thing).values) if thing.encode else ())
                except HomeError:
                    continue
                sends.append(self._sends(thing, change, commands))
        return sends

    def _sends(self, entity: Entity, change: State, commands: Sequence[Command]) -> Sends:
        messages = tuple(Message(it.receiver, it.content, isinstance(it, MqttMessage) and it.retain) for it in commands)
        tier, why = self._things.risks.judged(entity, change, commands)
        return Sends(entity.id, plain(change), messages, tier.name.lower(), why)


_ANSWERERS: Final = {"llm": "language model", "cloud": "cloud"}


def _examples(entity: Entity) -> list[State]:
    """A number for each feature that takes one, and a colour."""
    found: list[State] = []
    for feature, accepted in entity.accepts.items():
        match accepted:
            case Range() if feature not in {Feature.POSITION, Feature.TILT}:
                found.append({feature: round((accepted.minimum + accepted.maximum) / 2)})
            case Anything() if feature is Feature.COLOUR:
                colour: Value = (255, 0, 0)
                found.append({feature: colour})
            case _:
                pass
    return found


def _in_words(entity: Entity, feature: Feature) -> str:
    match entity.accepts[feature]:
        case Range(minimum, maximum, step, unit):
            steps = f" in steps of {step:g}" if step else ""
            return f"{minimum:g} to {maximum:g} {unit}".strip() + steps
        case Choice(options):
            return ", ".join(options)
        case Words(shortest, longest):
            return f"a text of {shortest} to {longest} characters"
        case Anything():
            return "on, off" if feature in {Feature.POWER, Feature.OSCILLATION} else "any"
