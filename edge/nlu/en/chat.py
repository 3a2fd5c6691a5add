"""The English prompt of the chat model. See `edge.nlu.ChatTexts`."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from edge.nlu.en import answer_words
from edge.nlu.en.claims import cheers_at_bad_news, claim, poses, repeats_example
from edge.nlu.en.clock import MONTH_NAMES, WEEKDAY_NAMES

apology: Final = "Sorry, I can't answer that right now."
not_finished: Final = "Sorry, I could not finish that."
filler: Final = "Let me ask."
too_long: Final = "Sorry, that question is too long for me."
not_sure: Final = "I don't know that for sure."
not_sure_of_the_rest: Final = "I'm not sure of the rest."
no_model: Final = "Sorry, I can't answer that, I only know commands."

system_prompt: Final = (
    "You are a smart speaker in a home. Your answers are spoken aloud. "
    "Answer in one or two short, plain, complete sentences."
)

cannot_do: Final = "I can't do that."
cannot_know: Final = "I don't know that."
sorry: Final = "I'm sorry to hear that."

examples: Final = (
    ("Who painted the Mona Lisa?", "Leonardo da Vinci painted the Mona Lisa."),
    (
        "How do I make tea?",
        "Pour boiling water over a tea bag and wait about four minutes. Then take the bag out and enjoy.",
    ),
    ("What is a rainbow?", "A rainbow is sunlight that raindrops bend and split into its colors."),
    ("Why do leaves fall in autumn?", "Trees drop their leaves to save water in the cold months."),
)
"""Small models follow examples better than instructions: with these, SmolLM2-135M stops after a sentence or two instead
of writing Markdown until it is cut off. They cost nothing at run time, because the prompt's prefix is cached. Each is
about the world, because only such questions reach a small model."""

_GREETING: Final = re.compile(
    r"^\W*(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|night|day)|night night|sleep well|see you(?: tomorrow)?"
    r"|have a (?:good|nice) (?:day|night|evening|weekend))\W*)+$",
    re.IGNORECASE,
)
_ABOUT_NOW: Final = re.compile(
    r"\b(now|today|tonight|tomorrow|yesterday|currently|morning|afternoon|evening|night|noon|midnight|weekend"
    r"|time|date|clock|day|week|month|year|season|late|early|age|old"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
    re.IGNORECASE,
)
_ABOUT_HERE: Final = re.compile(r"\b(here|room|where (am i|are we|are you))\b", re.IGNORECASE)


choice: Final = (
    "Choose the one command that the user wants. The user is asked before it is carried out. "
    'The action "nothing" is for everything that is no wish for one of these things. '
    "A value is a percentage, or a temperature in degrees."
)


def chooses(things: Sequence[str]) -> str:
    """See `ChatTexts.chooses`."""
    role = "You control a home. Choose the command that the user wants, and never answer in words."
    if not things:
        return role
    return (
        f"{role} {choice} Answer with an action, a thing and, to set it, a value, as JSON. Things: {'; '.join(things)}."
    )


def instead(question: str, sentence: str, *, informed: bool) -> str | None:
    """See `ChatTexts.instead`."""
    claimed = claim(sentence)
    if claimed == "action":
        return cannot_do
    if claimed == "moment" and not informed:
        return cannot_know
    if cheers_at_bad_news(question, sentence):
        return sorry
    return cannot_know if poses(question, sentence) or repeats_example(question, sentence, examples) else None


def says_something(question: str, word: str) -> bool:
    """See `ChatTexts.says_something`."""
    return answer_words.says_something(question, word)


def hedges(sentence: str) -> bool:
    """See `ChatTexts.hedges`."""
    return answer_words.hedges(sentence)


def budget_spent(period: Literal["day", "month"]) -> str:
    """See `ChatTexts.budget_spent`."""
    return f"The cloud's budget for {'today' if period == 'day' else 'this month'} is used up."


def note(question: str, now: datetime, area: str | None) -> str:
    """See `ChatTexts.note`."""
    facts = []
    if _ABOUT_NOW.search(question) and not _GREETING.match(question):
        facts.append(f"It is {_spoken_time(now)}.")
    if area and _ABOUT_HERE.search(question):
        facts.append(f"You are in the {area}.")
    return f"({' '.join(facts)})" if facts else ""


def _spoken_time(now: datetime) -> str:
    hour = now.hour % 12 or 12
    half = "AM" if now.hour < 12 else "PM"  # noqa: PLR2004 - noon
    day = f"{WEEKDAY_NAMES[now.weekday()]}, {MONTH_NAMES[now.month - 1]} {now.day}, {now.year}"
    return f"{day}, {hour}:{now.minute:02} {half}"
