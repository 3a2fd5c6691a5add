"""Explains why a recording was recognised as a command or not: the candidates, their scores, and the winner."""

from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from edge.events import Candidate, Match, Transcript
from edge.stt.commands import described
from edge.stt.moonshine.verdict import Verdict, gap_per_token, pmi_per_token


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its scores; `gap_per_token` and `probability` only for a sentence."""

    candidate: Candidate
    score: float
    pmi_per_token: float
    gap_per_token: float | None
    probability: float | None
    won: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The candidates (free text first, then sentences, best first) and the reason in plain words."""

    weighed: tuple[Weighed, ...]
    why: str


def legend(verdict: Verdict) -> str:
    """The meaning of the columns of the table."""
    return (
        "> winner. log prob: log probability of the text given the audio (natural logarithm, 0 is certain). prior: the "
        "same given noise. score: log prob minus part of the prior; the best sentence has the highest. gap: distance "
        "below the free text, per token. PMI: log prob minus prior, per token. probability: that this sentence was "
        f"said; {verdict.tuning.min_probability:.0%} is required."
    )


def explain(
    transcript: Transcript, match: Match | None, verdict: Verdict | None, nearest: tuple[Candidate, ...] = ()
) -> Explanation:
    """Explain the choice of a transcript; `match` is the result of `edge.stt.commands.command`.

    `verdict` is None if the recogniser does not score sentences. `nearest` are sentences found only by a wider search,
    if there is none among the candidates.
    """
    if verdict is None or not transcript.candidates:
        return Explanation((), _uncompared(transcript, match))
    free = transcript.candidates[0]
    weighed = tuple(_weigh(one, free, transcript, verdict) for one in (*transcript.candidates, *nearest))
    needed = verdict.tuning.min_probability
    return Explanation(weighed, " ".join(_reasons(transcript, weighed[1:], needed, wide=bool(nearest))))


def _weigh(one: Candidate, free: Candidate, transcript: Transcript, verdict: Verdict) -> Weighed:
    score, pmi = verdict.score(one), pmi_per_token(one)
    if one is free:
        won = transcript.match is None and bool(transcript.text)
        return Weighed(one, score, pmi, None, None, won)
    won = transcript.match is not None and one.text == transcript.match.sentence
    return Weighed(one, score, pmi, gap_per_token(one, free), verdict.probability(one, free), won)


def _reasons(transcript: Transcript, sentences: tuple[Weighed, ...], needed: float, *, wide: bool) -> list[str]:
    if not sentences:
        return [_without_sentence(transcript)]
    if transcript.match is not None:
        return _won(transcript.match, sentences)
    best = sentences[0]
    gap = f"{best.gap_per_token:.1f} below the free text per token"
    if (best.probability or 0.0) < needed:
        reasons = [
            f"No sentence is close enough: the best, '{best.candidate.text}', is {gap}.",
            f"Its probability is {best.probability:.0%}; {needed:.0%} is required.",
        ]
    elif wide:
        reasons = [f"The nearest sentence, '{best.candidate.text}', is {gap}, so the search pruned it."]
    else:
        reasons = [f"'{best.candidate.text}' is close, but noise would explain the audio nearly as well."]
    if transcript.progress == "could-go-on":
        reasons.append("The text is the beginning of a sentence.")
    return [*reasons, "Free text won." if transcript.text else "The free text is not better: nothing was said."]


def _uncompared(transcript: Transcript, match: Match | None) -> str:
    if not transcript.text:
        return "Nothing was said."
    found = "is" if match is not None else "is not"
    return (
        "This recogniser cannot score sentences, or the recording is too long for a command. Its text "
        f"{found} a sentence of the grammar."
    )


def _without_sentence(transcript: Transcript) -> str:
    return "No sentence is close to the audio. " + ("Free text won." if transcript.text else "Nothing was said.")


def _won(match: Match, sentences: tuple[Weighed, ...]) -> list[str]:
    won = next((one for one in sentences if one.won), sentences[0])
    gap = f"{won.gap_per_token:.1f}"
    far = "as close to the audio as free text" if gap == "0.0" else f"only {gap} below free text per token"
    reasons = [f"'{match.sentence}' is {far}; its probability is {match.probability:.0%}."]
    other = next((one for one in sentences if one.candidate.intent != match.intent), None)
    if other is not None:
        difference = won.score - other.score
        reasons.append(f"The next best command, '{other.candidate.text}', scores {difference:.1f} lower.")
    return reasons


def as_data(explanation: Explanation) -> dict[str, Any]:
    """The explanation as `--json` prints it: `candidates` and `why`."""
    return {
        "candidates": [
            {
                "text": one.candidate.text,
                "intent": one.candidate.intent.name if one.candidate.intent else None,
                "slots": dict(one.candidate.intent.slots) if one.candidate.intent else {},
                "log_prob": _rounded(one.candidate.log_prob),
                "prior": _rounded(one.candidate.prior),
                "score": _rounded(one.score),
                "pmi_per_token": _rounded(one.pmi_per_token),
                "gap_per_token": _rounded(one.gap_per_token),
                "probability": _rounded(one.probability),
                "won": one.won,
            }
            for one in explanation.weighed
        ],
        "why": explanation.why,
    }


def as_table(explanation: Explanation) -> Table:
    """The candidates as a table."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("")
    table.add_column("text", overflow="fold")
    for name in ("log prob", "prior", "score", "gap", "PMI", "probability"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in explanation.weighed:
        meaning = described(one.candidate.intent) or "free text"
        table.add_row(
            ">" if one.won else "",
            Text.assemble(one.candidate.text, "\n", (meaning, "dim")),
            f"{one.candidate.log_prob:.1f}",
            f"{one.candidate.prior:.1f}",
            f"{one.score:.1f}",
            "" if one.gap_per_token is None else f"{one.gap_per_token:.1f}",
            f"{one.pmi_per_token:.1f}",
            "" if one.probability is None else f"{one.probability:.0%}",
        )
    return table


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
