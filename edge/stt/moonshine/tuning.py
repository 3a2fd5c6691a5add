"""The numbers that were fitted to one model: the section `[tuning]` of its manifest."""

from pydantic import BaseModel, ConfigDict, Field


class Tuning(BaseModel):
    """Weights and thresholds of one Moonshine model. Log-probabilities are natural logarithms.

    `scripts/fit_verdict.py` fits the bias and the three weights, and measures what the thresholds of speech let pass;
    the others were chosen with `edge-voice bench intent` (docs/speech-to-intent.md).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bias: float
    """Of the logistic regression that gives the probability of a sentence; the next three are its weights."""

    gap_per_token_weight: float = Field(le=0)
    pmi_per_token_weight: float = Field(ge=0)
    certain_gap_weight: float = Field(le=0)
    """Of the whole gap between free text and sentence, multiplied by how certain the free text is."""

    certain_log_prob: float = Field(le=0)
    """Mean log-probability per token at which the free text counts as half certain."""

    certain_width: float = Field(gt=0)
    """How fast certainty rises around it: the scale of a logistic function."""

    prior_weight: float = Field(ge=0, le=1)
    """The share of the internal language model that is subtracted from a sentence's log-probability."""

    min_probability: float = Field(gt=0, lt=1)
    """Needed for a command. Acting on a command that was not given is worse than asking again."""

    min_pmi: float = Field(ge=0)
    min_pmi_per_token: float = Field(ge=0)
    """By how much the audio must make a text more likely than silence and noise do, to count as speech."""

    min_pmi_of_unclear_speech: float = Field(ge=0)
    """The same for a command whose free text does not count as speech."""

    min_mean_log_prob: float = Field(le=0)
    """Per token; free text below it does not count as speech."""

    max_prefix_gap: float = Field(ge=0)
    """How far the beginning of a command may lie behind the free text."""

    max_tokens_per_second: float = Field(gt=0)
    """Faster than anyone speaks: bounds the length of a text."""
