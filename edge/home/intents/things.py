"""Commands and questions about the things of the home: each is planned, asked about if it is risky, and carried out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from edge.events import Intent, PendingQuestion
from edge.home import Asks, Publisher, ServiceCaller
from edge.home.acting.code import Code
from edge.home.acting.execute import Executor
from edge.home.acting.send import Sender
from edge.home.answers.questions import Questions
from edge.home.errands.calendar import Calendar
from edge.home.errands.lists import Lists
from edge.home.errands.weather import Weather
from edge.home.intents.guessed import meant
from edge.home.intents.tables import plans_of_lists, plans_of_players, plans_of_things
from edge.home.model import Feature, HomeModel
from edge.home.modelling.groups import StateOf, with_groups
from edge.home.planning.plan import Planner
from edge.home.planning.planned import Errand, Plan, Planned, Slots
from edge.home.planning.players import Players
from edge.home.planning.risk import Gates, Risks, Tier
from edge.home.planning.targets import Targets
from edge.home.states import HomeStates
from edge.nlu import Language
from edge.nlu.home_replies import Partly
from edge.runtime.clock import Clock

CONFIRM_INTENT: Final = "EdgeConfirm"
"""The yes to the question that was asked last. No sentence of a file and no model has it."""

CODE_INTENT: Final = "EdgeCode"
"""The answer to the question for the code, with the slot "code". As little said by a file or a model."""

ANSWERS: Final = frozenset({CONFIRM_INTENT, CODE_INTENT})

CONFIRM_WITHIN_S: Final = 30.0

_QUESTIONS: Final = frozenset(
    {"EdgeMeasure", "EdgeNotUnderstood", "EdgeSetting", "HassClimateGetTemperature", "HassGetState"}
)
"""Intents that change nothing."""


@dataclass(frozen=True, slots=True)
class _Awaited:
    plan: Plan
    asked_at: float
    number: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What plans and answers for one model."""

    targets: Targets
    players: Players
    risks: Risks
    state_of: StateOf
    plans: Mapping[str, Callable[[Slots], Planned]]


class Things:
    """The things of one home. `use` gives it a model; before that it has none."""

    def __init__(
        self,
        publisher: Publisher | None,
        states: HomeStates,
        language: Language,
        clock: Clock,
        here: str,
        gates: Gates,
        code: Code,
        caller: ServiceCaller | None = None,
    ) -> None:
        """`here` is the area of the speaker; `gates` and `code` guard the ways into the home.

        `caller` None: no Home Assistant is configured.
        """
        self._states = states
        self._language = language
        self._clock = clock
        self._here = here
        self._gates = gates
        self._code = code
        self._sender = Sender(publisher, caller)
        self._executor = Executor(self._sender, states, language.replies, language.home_replies)
        self._awaited: _Awaited | None = None
        self._questions = 0
        self.use(self.prepare(HomeModel()))

    def prepare(self, model: HomeModel) -> Prepared:
        """What `use` takes. On any thread: a model of 1,000 things takes half a second on a small board."""
        targets = Targets(model, self._language, self._here)
        state_of = with_groups(model, self._states.of)
        planner = Planner(model, targets, state_of, self._language, self._gates)
        questions = Questions(targets, state_of, self._language, self._here, model.entities)
        players = Players(targets, planner, self._states.of, self._language, self._here)
        plans = {
            **plans_of_things(targets, planner, questions, self._clock, self._language),
            **plans_of_players(players, planner),
            **plans_of_lists(Lists(targets, self._sender, self._language)),
            "EdgeUnsupported": lambda slots: self._partly(slots) or "",
            "HassMediaSearchAndPlay": lambda _: (
                self._partly({"what": "music"}) or self._language.replies.not_yet()["HassMediaSearchAndPlay"]
            ),
            "EdgeCalendar": Calendar(targets, self._sender, self._clock, self._language).tell,
            "HassGetWeather": Weather(
                targets, self._states.of, self._sender, self._clock, self._language, questions.outside
            ).tell,
        }
        return Prepared(targets, players, planner.risks, state_of, plans)

    def use(self, prepared: Prepared) -> None:
        """Plan for this model from now on."""
        self._targets = prepared.targets
        self._players = prepared.players
        self._plans = prepared.plans
        self.finder = prepared.targets.finder
        self.risks = prepared.risks
        self.state_of = prepared.state_of
        """The states of things and of groups."""

    @property
    def intents(self) -> frozenset[str]:
        """The intents about things."""
        return frozenset(self._plans)

    def meant(self, intent: Intent) -> Intent | Asks:
        """The offer of what was only guessed, or the refusal without one; any other intent is returned as it is."""
        return meant(intent, lambda it: self.plan(it) if self.takes(it) else None, self._targets, self._language)

    def takes(self, intent: Intent) -> bool:
        """Whether the intent is about things: not the volume of the speaker itself."""
        if intent.name == "EdgeUnsupported":
            return self._partly(intent.slots) is not None
        if intent.name not in self._plans:
            return False
        return intent.name not in _OWN_VOLUME or self._players.is_elsewhere(intent.slots)

    def rehearse(self, intent: Intent) -> str | Asks | None:
        """The reply that `act` would most likely return, None if it cannot be known. Has no effect."""
        return self.asked(self.plan(intent)) or None

    def plan(self, intent: Intent) -> Planned:
        """What `act` would do, or say instead. Has no effect."""
        return self._plans[intent.name](intent.slots)

    async def act(self, intent: Intent) -> str | Asks:
        """Carry it out, or ask first. Raises `HomeError` if nothing could be sent."""
        planned = self.plan(intent)
        if isinstance(planned, Errand):
            return await planned.run()
        if not isinstance(planned, Plan):
            return planned
        if planned.tier > Tier.FREE:
            if self._awaited is not None:
                return self._language.replies.fixed("one-at-a-time")
            asked = self.asked(planned)
            if isinstance(asked, Asks):
                self._await(planned)
            return asked
        return await self._executor.carry_out(planned, self._targets)

    def refused_later(self, intent: Intent) -> str | Asks | None:
        """Why a command cannot be kept for later, or the question which thing is meant; None: it can."""
        planned = self._plans[intent.name](intent.slots) if self.takes(intent) else None
        if planned is None or isinstance(planned, Errand) or intent.name in _QUESTIONS:
            return self._language.replies.unsupported("later") or self._language.replies.fixed("not-known")
        if not isinstance(planned, Plan):
            return planned
        return self._language.replies.fixed("later-risky") if planned.tier > Tier.FREE else None

    async def act_alone(self, intent: Intent) -> str:
        """Carry out a command when the user may not be there; what did not work, empty if all did.

        What asks first is not done. Raises `HomeError` if nothing could be sent.
        """
        planned = self._plans[intent.name](intent.slots) if self.takes(intent) else None
        if planned is None or isinstance(planned, Errand):
            return self._language.replies.fixed("not-known")
        if not isinstance(planned, Plan):
            return planned.text if isinstance(planned, Asks) else planned
        if planned.tier > Tier.FREE:
            return self._language.replies.fixed("later-risky")
        said = await self._executor.carry_out(planned, self._targets)
        return "" if said == planned.reply else said

    async def answer(self, intent: Intent) -> str | Asks:
        """The user said yes, or a code: carry out what was asked about, if that was just now and asks for this."""
        awaited, self._awaited = self._awaited, None
        wanted = Tier.CODE if intent.name == CODE_INTENT else Tier.ASK
        if (
            awaited is None
            or awaited.plan.tier is not wanted
            or awaited.number != intent.slots.get("question")
            or self._clock.monotonic() - awaited.asked_at > CONFIRM_WITHIN_S
        ):
            return self._language.replies.fixed("nothing-to-confirm")
        if wanted is Tier.CODE:
            match self._code.enter(str(intent.slots.get("code", ""))):
                case "wrong":
                    asked = Asks(self._language.replies.fixed("code-wrong"), self._question(CODE_INTENT))
                    self._await(awaited.plan)
                    return asked
                case "locked":
                    return self._language.replies.fixed("code-locked")
                case "right":
                    pass
        return await self._executor.carry_out(awaited.plan, self._targets)

    def forget(self) -> None:
        """The user said something else than yes: nothing waits to be confirmed any more."""
        self._awaited = None

    def _partly(self, slots: Slots) -> str | None:
        """What can be done with what a refused request is about; None if the home has nothing like that."""
        for what, (domain, feature) in _PARTLY.items():
            if what == slots.get("what") and any(
                it.domain == domain and (feature is None or it.can(feature)) for it in self._targets.finder.entities
            ):
                return self._language.home_replies.only(what)
        return None

    def _await(self, plan: Plan) -> None:
        self._awaited = _Awaited(plan, self._clock.monotonic(), self._questions)
        self._questions += 1

    def _question(self, intent: str) -> PendingQuestion:
        """The next question, whose answer has this intent. Its number says which plan a yes is for."""
        answer = Intent(intent, {"question": self._questions})
        return PendingQuestion(answer, confirmation=intent == CONFIRM_INTENT, secret=intent == CODE_INTENT)

    def asked(self, plan: Planned) -> str | Asks:
        """The question that comes before a plan, or why it is not carried out, or the reply if it is."""
        if not isinstance(plan, Plan):
            return plan.expected if isinstance(plan, Errand) else plan
        match plan.tier:
            case Tier.ASK:
                return Asks(plan.question, self._question(CONFIRM_INTENT))
            case Tier.CODE if not self._code.is_set:
                return self._language.replies.fixed("code-missing")
            case Tier.CODE if self._code.locked:
                return self._language.replies.fixed("code-locked")
            case Tier.CODE:
                return Asks(plan.question, self._question(CODE_INTENT))
            case _:
                return f"{plan.reply} {plan.refused}".strip()


_PARTLY: Final[Mapping[Partly, tuple[str, Feature | None]]] = {
    "calendar": ("calendar", None),
    "lists": ("todo", None),
    "music": ("media_player", Feature.PLAYBACK),
    "weather": ("weather", None),
}
"""Refused topics of which a home can do something, if it has such an entity."""

_OWN_VOLUME: Final = frozenset(
    {"HassMediaPlayerMute", "HassMediaPlayerUnmute", "HassSetVolume", "HassSetVolumeRelative"}
)
"""Intents that mean this speaker, unless they name something else."""
