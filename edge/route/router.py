"""Decides who answers a text: the home if it is a command, otherwise whom the policy chooses."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, Literal

from edge.events import (
    ASK_CLOUD,
    LISTENING,
    LOOKED_UP,
    MODEL,
    NO_CONTEXT,
    Chooser,
    CloudState,
    Context,
    Decision,
    Intent,
    Match,
)
from edge.nlu import IntentMatch, IntentRecognizer, Language
from edge.nlu.delayed import packed
from edge.nlu.home_names import HomeNames
from edge.nlu.kinds import FIXED, Kind
from edge.nlu.reference import ReferenceWorks
from edge.nlu.suggestions import BY, CHOICE, OTHERWISE, Suggestions, suggestion
from edge.nlu.suggestions.menu import Menu
from edge.privacy import PrivacyGate
from edge.route.policy import Consent, Features, Local, decide
from edge.settings import Escalate, PrivacySettings

_UNCLEAR: Final[AbstractSet[str | None]] = frozenset({"command", "fragment", "home"})
"""Kinds of texts that may be wishes."""

_CERTAIN: Final = 0.7
"""With a smaller probability of its kind, a text may be a wish too."""

_UNDERSTOOD: Final = frozenset({"intent", "sounds-like"})
"""The reasons of commands that can be carried out."""

_IN_WORKS: Final = frozenset({"world", "definition"})
"""Kinds of questions for facts of the world, see `Facts.looked_up`."""

_BEFORE_REFUSALS: Final = frozenset({"fixed-reply", "looked-up"})
"""The reasons of answers to texts that also look like a command."""

_MENU: Final = 40
"""The most things that a model chooses from."""

_REFUSED: Final = Intent("EdgeUnsupported", {"what": "unclear"})


class GrammarFirstRouter:
    """A `Router`: commands and what can be computed never reach a model, and neither does what it would make up."""

    def __init__(
        self,
        open_recognizer: Callable[[HomeNames | None], IntentRecognizer],
        names: HomeNames | None,
        language: Language,
        *,
        wake_words: Sequence[str],
        escalate: Escalate,
        cloud: Callable[[], CloudState],
        fit: AbstractSet[Kind] | None,
        privacy: PrivacySettings | None = None,
        choosers: Sequence[Chooser] = (),
        model: str | None = None,
        works: ReferenceWorks | None = None,
    ) -> None:
        """`fit` are the kinds of questions that the model in the home, `model`, is fit for; None: there is no model.

        `cloud` is called for each decision, on the router's thread. `choosers` are the models that may choose a command
        for a text that was not understood, in this order. `works` are what answers are looked up in beside the tables.
        """
        self._open_recognizer = open_recognizer
        self._recognizer = open_recognizer(names)
        self._suggestions = None if names is None else Suggestions(names, language)
        self._language = language
        self._wake_words = tuple(wake_words)
        self._escalate: Escalate = escalate
        self._cloud = cloud
        self._fit = fit
        self._model = model
        self._works = works
        self._choosers = tuple(choosers)
        self._gate = PrivacyGate(language, privacy or PrivacySettings())

    def use(self, names: HomeNames) -> None:
        """See `Router.use`."""
        self._recognizer = self._open_recognizer(names)
        self._suggestions = Suggestions(names, self._language)

    def escalate(self, mode: Escalate) -> None:
        """See `Router.escalate`."""
        self._escalate = mode

    def decide(self, text: str, match: Match | None = None, context: Context = NO_CONTEXT) -> Decision:
        """See `Router.decide`. Blocks for a few milliseconds: run it on a worker."""
        decision = self._decide(text, match, context)
        if self._suggestions is None or not _is_unclear(decision, self._suggestions):
            return decision
        guesses = self._suggestions.guesses(decision.text)
        if not guesses:
            return self._chosen_by_model(decision, context.consent)
        intent = suggestion([it.intent for it in guesses], decision.intent or _REFUSED)
        return replace(
            decision,
            answerer="home",
            reason="suggested",
            intent=intent,
            confidence=guesses[0].certainty,
            refusal=None,
            why={**decision.why, "runner_up": decision.answerer, "runner_up_reason": decision.reason},
        )

    def menu(self, text: str) -> Menu | None:
        """See `Router.menu`."""
        return None if self._suggestions is None else self._suggestions.menu(text, _MENU)

    def _chosen_by_model(self, refused: Decision, consent: Consent) -> Decision:
        """The decision that a model may choose a command, or the refusal where none may."""
        wish = refused.answerer == "home" and self._suggestions is not None and self._suggestions.is_wish(refused.text)
        by = next((it for it in self._choosers if wish and self._may_choose(it, refused.text, consent)), None)
        if by is None or refused.intent is None:
            return refused
        intent = Intent(CHOICE, {BY: by, OTHERWISE: packed(refused.intent)})
        return replace(refused, reason=f"chosen-by-{by}", intent=intent, why={**refused.why, "refused": refused.reason})

    def _may_choose(self, chooser: Chooser, text: str, consent: Consent) -> bool:
        if chooser == "llm":
            return self._fit is not None
        allowed = self._escalate in {"hard-only", "prefer"} or (self._escalate == "ask" and consent == "yes")
        return allowed and self._cloud() == "ready" and not self._gate.check(text)

    def _decide(self, text: str, match: Match | None, context: Context) -> Decision:
        text = self._language.strip_wake_word(text, self._wake_words)
        if context.asked_since and (more := self._going_on(text, context)) is not None:
            return more
        follow_up = self._language.follow_up(text, context, self._command)
        if follow_up is not None:
            return self._consented(follow_up, context) or Decision("home", "follow-up", text, follow_up)
        if match is not None and "conversation_command" in match.intent.slots:
            match = None  # a command for later is read from its text
        several = len(self._language.commands.pieces(text)) > 1
        if match is not None and not several:
            return Decision("home", "intent", text, self._for_here(match.intent), match.probability)
        command = self._recognizer.recognize(text)
        if match is not None and (command is None or not command.intent.then):
            return Decision("home", "intent", text, self._for_here(match.intent), match.probability)
        if command is not None and command.reason in _UNDERSTOOD and command.intent.name != _REFUSED.name:
            return Decision("home", command.reason, text, self._for_here(command.intent), command.confidence)
        return self._not_a_command(text, command, context)

    def _not_a_command(self, text: str, refused: IntentMatch | None, context: Context) -> Decision:
        """The decision about a question; `refused` is the refusal of a text that looks like a command."""
        exact = self._language.exact_question(text, context.asked)
        if exact is not None:
            return Decision("exact", "exact-question", text, exact)
        question = self._question(text, chatting=context.chatting, consent=context.consent)
        if refused is None or question.reason in _BEFORE_REFUSALS:  # "call an ambulance" is more than a call
            return question
        return Decision("home", refused.reason, text, refused.intent, refused.confidence)

    def _going_on(self, text: str, context: Context) -> Decision | None:
        """The decision about a text that asks something only because of the exact question or fact before it."""
        asked, exact = context.asked, self._language.exact_question
        if asked is None:
            return None
        if asked.name != LOOKED_UP:
            more = exact(text, asked) if exact(text, None) is None else None
            return None if more is None else Decision("exact", "exact-question", text, more)
        decisions = (
            self._question(it, chatting=False, consent=context.consent, worldly=True)
            for it in self._language.facts_meant(text, str(asked.slots["question"]), str(asked.slots["response"]))
        )
        meant = next((it for it in decisions if it.reason == "looked-up"), None)
        return None if meant is None else replace(meant, text=text)

    def _command(self, text: str) -> Intent | None:
        command = self._recognizer.recognize(text)
        return None if command is None or command.reason != "intent" else command.intent

    def _consented(self, answer: Intent, context: Context) -> Decision | None:
        """The decision about the question that waited for a yes or a no; None if another one was answered."""
        asked = context.question
        if asked is None or asked.intent.name != ASK_CLOUD:
            return None
        consent: Literal["yes", "no"] = "yes" if answer == asked.intent else "no"
        decision = self._question(str(asked.intent.slots["text"]), chatting=context.chatting, consent=consent)
        return replace(decision, consent=consent)

    def _question(self, text: str, *, chatting: bool, consent: Consent, worldly: bool = False) -> Decision:
        """The decision about a question; `worldly`: one for a fact of the world, whatever its kind seems to be."""
        question = self._language.question(text, chatting=chatting)
        kind = question.kind
        worldly = worldly or kind in _IN_WORKS
        found = None if kind in FIXED else self._language.looked_up(question.text, self._works, worldly=worldly)
        features = Features(
            understood="no" if found is None else "looked-up",
            kind=kind,
            private=bool(self._gate.check(question.text)),
            asks_for_cloud=question.asks_for_cloud,
            mode=self._escalate,
            consent=consent,
            cloud=self._cloud(),
            local=self._local(kind),
        )
        choice = decide(features)
        why = {
            "kind": kind,
            "probability": round(question.probability, 2),
            "private": int(features.private),
            "mode": features.mode,
            "consent": features.consent,
            "cloud": features.cloud,
            "local": features.local,
            "runner_up": choice.runner_up,
            "runner_up_reason": choice.runner_up_reason,
        }
        match choice.answers:
            case "exact":
                intent = Intent(LOOKED_UP, {"question": question.text, "response": found or ""})
                return Decision("exact", choice.reason, question.text, intent, kind=kind, why=why)
            case "ask":
                asks = Intent(ASK_CLOUD, {"text": text})
                return Decision("home", choice.reason, question.text, asks, kind=kind, why=why)
            case "home":
                intent = self._reply(choice.reason, kind, question.told)
                return Decision("home", choice.reason, question.text, intent, kind=kind, why=why)
            case answerer:
                refused = answerer == "cloud" and choice.runner_up == "home"
                refusal = _refused(choice.runner_up_reason, kind) if refused else None
                return Decision(answerer, choice.reason, question.text, refusal=refusal, kind=kind, why=why)

    def _reply(self, reason: str, kind: Kind, told: str | None) -> Intent:
        """The intent of a reply that is no command."""
        if reason != "fixed-reply":
            what = told if told is not None and reason != "private" else _refused(reason, kind)
            return Intent("EdgeUnsupported", {"what": what})
        return self._for_here(Intent("HassRespond", {"response": f"edge:{kind}"}))

    def _for_here(self, intent: Intent) -> Intent:
        """A command, or with what it needs to tell truly what leaves this speaker."""
        response = intent.slots.get("response")
        if response not in {LISTENING, MODEL}:
            return intent
        sends = "never" if self._cloud() == "no-key" else self._escalate
        named = {"model": self._model} if response == MODEL and self._model else {}
        return replace(intent, slots={**intent.slots, "sends": sends, **named})

    def _local(self, kind: Kind) -> Local:
        if self._fit is None:
            return "none"
        return "fit" if kind in self._fit else "unfit"


def _is_unclear(decision: Decision, suggestions: Suggestions) -> bool:
    """Whether a text was not understood, so that a guess helps more than a refusal or a model."""
    intent = decision.intent
    if intent is not None and decision.reason == "unknown-name":
        return "name" in intent.slots and not suggestions.knows(str(intent.slots["name"]))
    if intent is not None and intent.name == "EdgeNotUnderstood":
        return True
    in_doubt = decision.kind in _UNCLEAR or float(decision.why.get("probability", 1.0)) < _CERTAIN
    return in_doubt and decision.reason not in {"asked-for-cloud", *_BEFORE_REFUSALS}


def _refused(reason: str, kind: Kind) -> str:
    """The `what` of the EdgeUnsupported that refuses a text."""
    return {"private": "private", "no-fit-model": "unfit"}.get(reason, kind)
