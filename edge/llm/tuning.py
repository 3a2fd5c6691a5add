"""The numbers that belong to one chat model; they stand in its manifest."""

from pydantic import BaseModel, ConfigDict, Field


class Tuning(BaseModel):
    """`certain_from`: the probability that every word of an answer about the world must have (`edge.llm.certainty`).

    It is the lowest at which at most 5 % of the questions of `edge/bench/questions.jsonl` about the world get a wrong
    answer; `edge-voice bench llm --quality` finds it. 0: answers are taken as they are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    certain_from: float = Field(default=0.0, ge=0, le=1)
