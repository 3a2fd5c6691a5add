"""Chooses among what was measured. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from edge.runtime.onnx.plan import Choice
from edge.tune.agreement import agree
from edge.tune.candidates import Candidate, default_of
from edge.tune.trial import Outcome

WORTH: Final = 0.9
"""Only what needs at most this share of the default's time is chosen: less is within the noise of a measurement."""


def choose(measured: Mapping[Candidate, Sequence[Outcome]]) -> Choice | None:
    """The best way to run a stage, of the outcomes of all rounds; None: the default is the best, or was not measured.

    What does not agree with the default, or failed in any round, is not chosen, however fast it is. The slowest round
    of a candidate is compared with the fastest of the default.
    """
    if not measured:
        return None
    default = default_of(next(iter(measured)).stage)
    seconds = [it.seconds for it in measured.get(default, ())]
    if not seconds or None in seconds:
        return None
    least = min(it for it in seconds if it is not None)
    best: tuple[float, Candidate] | None = None
    for candidate, outcomes in measured.items():
        slowest = _slowest(candidate, outcomes, measured[default][0])
        if candidate == default or slowest is None or slowest > WORTH * least:
            continue
        if best is None or slowest < best[0]:
            best = slowest, candidate
    return None if best is None else Choice(best[1].device, best[1].threads)


def _slowest(candidate: Candidate, outcomes: Sequence[Outcome], reference: Outcome) -> float | None:
    seconds = [it.seconds for it in outcomes if it.seconds is not None]
    agreeing = all(agree(candidate.stage, reference.result, it.result) for it in outcomes)
    return max(seconds) if seconds and len(seconds) == len(outcomes) and agreeing else None
