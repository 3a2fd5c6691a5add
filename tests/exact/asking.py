"""Exact questions asked without a speaker: from a text to the reply, also in a conversation."""

from collections.abc import Sequence

from edge.events import Intent
from edge.exact import ExactAnswerer
from tests.fakes.language import ENGLISH


def ask(*texts: str) -> str:
    """The reply to the last text; empty if it is no exact question. The texts before are asked before."""
    answerer = ExactAnswerer(ENGLISH.exact_replies)
    last: Intent | None = None
    reply = ""
    for text in texts:
        intent = ENGLISH.exact_question(text, last)
        reply = "" if intent is None else answerer.answer(intent)
        last = intent or last
    return reply


def table(rows: str) -> Sequence[tuple[str, str]]:
    """The questions and answers of a table: "question -> words of the answer" on each line."""
    pairs = [line.rpartition("->") for line in rows.strip().splitlines()]
    return [(question.strip(), answer.strip()) for question, _, answer in pairs]


def says(reply: str, words: str) -> bool:
    """Whether a reply has all of these words, each as a whole."""
    said = f" {reply.rstrip('.').replace(',', '')} ".replace(". ", " ").casefold()
    return bool(reply) and all(f" {word} " in said for word in words.replace(",", "").casefold().split(" & "))
