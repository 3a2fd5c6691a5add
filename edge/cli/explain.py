"""Why a recording became this command, or none: what it was compared with, and which text won."""

from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from edge.events import Candidate, Match, Transcript
from edge.stt.commands import described
from edge.stt.verdict import LEAST_PROBABILITY, behind, evidence, fit, probability

LEGEND = (
    "> won. log prob: how likely the sound makes the text (natural logarithm, 0 is certain). prior: the same in mere "
    "noise. fit: log prob less half of the prior; the best sentence has the most. behind: how far below the free text, "
    "for each token (a piece of a word). evidence: how much likelier than in noise, for each token. probability: that "
    f"it was this sentence; {LEAST_PROBABILITY:.0%} is needed."
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what decided about it; `behind` and `probability` only for a sentence."""

    candidate: Candidate
    fit: float
    evidence: float
    behind: float | None
    probability: float | None
    won: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The candidates, free text first, then sentences, best first; and why in plain words."""

    weighed: tuple[Weighed, ...]
    why: str


def explain(transcript: Transcript, match: Match | None, nearest: tuple[Candidate, ...] = ()) -> Explanation:
    """What a transcript was chosen from; `match` as `edge.stt.commands.command` gives it.

    `nearest` are sentences that only a wider search found, where the candidates hold none.
    """
    weighed = tuple(_weigh(one, transcript) for one in (*transcript.candidates, *nearest))
    return Explanation(weighed, " ".join(_reasons(transcript, match, weighed, wide=bool(nearest))))


def _weigh(one: Candidate, transcript: Transcript) -> Weighed:
    free = transcript.candidates[0]
    if one is free:
        won = transcript.match is None and bool(transcript.text)
        return Weighed(one, fit(one), evidence(one), None, None, won)
    won = transcript.match is not None and one.text == transcript.match.sentence
    return Weighed(one, fit(one), evidence(one), behind(one, free), probability(one, free), won)


def _reasons(transcript: Transcript, match: Match | None, weighed: tuple[Weighed, ...], *, wide: bool) -> list[str]:
    if not weighed:
        return [_uncompared(transcript, match)]
    _, *sentences = weighed
    if not sentences:
        return [_without_sentence(transcript)]
    if transcript.match is not None:
        return _won(transcript.match, sentences)
    best = sentences[0]
    if (best.probability or 0.0) < LEAST_PROBABILITY:
        near = f"the best, '{best.candidate.text}', is {best.behind:.1f} behind the free text for each token"
        reasons = [
            f"No sentence is close enough: {near}.",
            f"That makes it {best.probability:.0%} likely; {LEAST_PROBABILITY:.0%} is needed.",
        ]
    elif wide:
        near = f"'{best.candidate.text}', is {best.behind:.1f} behind the free text for each token"
        reasons = [f"The nearest sentence, {near}: the search gave it up on the way."]
    else:
        reasons = [f"'{best.candidate.text}' comes close, but noise would explain the sound nearly as well."]
    if transcript.progress == "could-go-on":
        reasons.append("What was heard is the beginning of a sentence.")
    return [*reasons, "Free text won." if transcript.text else "The free text is no better: nothing was said."]


def _uncompared(transcript: Transcript, match: Match | None) -> str:
    if not transcript.text:
        return "Nothing was said."
    so = "It is one." if match is not None else "It is none."
    return (
        "The sound was not compared with the sentences: this recogniser cannot, or the recording is too long for a "
        f"command. Its text was looked up among them. {so}"
    )


def _without_sentence(transcript: Transcript) -> str:
    return "No sentence comes near the sound. " + ("Free text won." if transcript.text else "Nothing was said.")


def _won(match: Match, sentences: list[Weighed]) -> list[str]:
    won = next((one for one in sentences if one.won), sentences[0])
    distance = f"{won.behind:.1f}"
    far = "as close to the sound as free text" if distance == "0.0" else f"only {distance} behind free text a token"
    reasons = [f"'{match.sentence}' is {far}: {match.probability:.0%} likely."]
    other = next((one for one in sentences if one.candidate.intent != match.intent), None)
    if other is not None:
        reasons.append(f"The next best command, '{other.candidate.text}', fits less by {won.fit - other.fit:.1f}.")
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
                "fit": _rounded(one.fit),
                "evidence": _rounded(one.evidence),
                "behind": _rounded(one.behind),
                "probability": _rounded(one.probability),
                "won": one.won,
            }
            for one in explanation.weighed
        ],
        "why": explanation.why,
    }


def as_table(explanation: Explanation) -> Table:
    """The candidates for people."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("")
    table.add_column("text", overflow="fold")
    for name in ("log prob", "prior", "fit", "behind", "evidence", "probability"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in explanation.weighed:
        meaning = described(one.candidate.intent) or "free text"
        table.add_row(
            ">" if one.won else "",
            Text.assemble(one.candidate.text, "\n", (meaning, "dim")),
            f"{one.candidate.log_prob:.1f}",
            f"{one.candidate.prior:.1f}",
            f"{one.fit:.1f}",
            "" if one.behind is None else f"{one.behind:.1f}",
            f"{one.evidence:.1f}",
            "" if one.probability is None else f"{one.probability:.0%}",
        )
    return table


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
