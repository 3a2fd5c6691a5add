"""The numbers that belong to one chat model; they stand in its manifest."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field


class Tuning(BaseModel):
    """How a chat model is asked.

    `certain_from` is the probability that every word of an answer about the world must have (`edge.llm.certainty`): the
    lowest at which at most 5 % of the questions about the world in `edge/bench/questions.jsonl` get a wrong answer, as
    `edge-voice bench llm --quality` finds it. 0: answers are taken as they are.

    `repeat_penalty` and `dry_multiplier` are llama.cpp's: penalties on repeated words and, with DRY (oobabooga's
    text-generation-webui, pull request 5677), on repeated sequences. Without them a 135M model says "No, no, no" to the
    end. A larger one does not loop, and they keep it from using the words of the question: "who was queen in 1590" is
    answered "in 1580".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    certain_from: float = Field(default=0.0, ge=0, le=1)
    repeat_penalty: float = Field(default=1.05, ge=1, le=2)
    dry_multiplier: float = Field(default=0.8, ge=0, le=5)


UNTUNED: Final = Tuning()
"""For a model that was not measured."""
