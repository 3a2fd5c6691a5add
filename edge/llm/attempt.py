"""One endpoint asked for one reply: what of it can be spoken, and how it went."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal, cast

from edge.errors import EdgeError
from edge.events import Answerer, ReplySentence
from edge.llm import ChatEndpoint, Delta, Finished, Message, Usage
from edge.llm.certainty import Certainty
from edge.llm.outgoing import Outgoing
from edge.nlu.segmenter import Segmenter

NOT_CERTAIN = "not-certain"
"""The reason of a reply that says that the model is not certain of its answer, or that ends before what it doubts."""


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """How a reply came about; the last item of `ChatService.reply`.

    `answerer` is the endpoint that replied and `reason` why: that of the decision, or "cloud-timeout",
    "cloud-cut-off", "cloud-unavailable"... if the cloud was asked in vain, "private" if it must not be asked,
    "claim-refused" if the model claimed to have done or to know what it cannot, or "not-certain" if it was not certain
    of its answer. `answerer` is "home" for a refusal in place of the cloud. `error` is the code of the failure that the
    user noticed, None for a whole reply; `hint` what to do about it. `cost_usd` of `usage` counts the cloud's part.
    """

    answerer: Answerer
    reason: str
    usage: Usage
    error: str | None = None
    hint: str = ""


class Attempt:
    """One endpoint asked once; how it went stands in `began`, `usage`, `error`, `hint` and `failure`.

    `claimed`: its reply was cut before a claim.
    """

    def __init__(self, segmenter: Segmenter, certainty: Certainty | None = None) -> None:
        self._segmenter = segmenter
        self._certainty = certainty
        self.usage = Usage()
        self.error: str | None = None
        self.hint = ""
        self.failure: EdgeError | None = None
        self.claimed = False

    def record(self, answerer: Literal["llm", "cloud"], reason: str) -> ReplyRecord:
        """The record of a reply for this reason."""
        if self.claimed:
            reason = "claim-refused"
        elif self._certainty is not None and self._certainty.doubted:
            reason = NOT_CERTAIN
        return ReplyRecord(answerer, reason, self.usage, self.error, self.hint)

    @property
    def began(self) -> bool:
        """Something can be spoken."""
        return self._segmenter.began

    async def run(
        self, endpoint: ChatEndpoint | None, messages: Sequence[Message], max_tokens: int, sent: Outgoing | None = None
    ) -> AsyncGenerator[ReplySentence, None]:
        """What can be spoken. A failure ends it and stands in `error`. `sent` puts back what was not sent."""
        if endpoint is None:
            self.error, self.hint = "llm-missing", "set [llm] engine, or `edge-voice models pull`"
            return
        cut = False
        try:
            # The protocol says "iterator", every endpoint is a generator: closing it stops the model.
            stream = cast("AsyncGenerator[Delta | Finished, None]", endpoint.stream(messages, max_tokens=max_tokens))
            restored = stream if sent is None else sent.restored(stream)
            async with aclosing(restored):
                async for piece in restored:
                    if isinstance(piece, Finished):
                        self.usage, cut = piece.usage, piece.reason == "length"
                    else:
                        if self._certainty is not None:
                            self._certainty.feed(piece.tokens)
                        for sentence in self._segmenter.feed(piece.text):
                            yield sentence
                    if self._segmenter.ended:
                        break
        except EdgeError as error:
            self.error, self.hint, self.failure = error.code, error.hint, error
            return
        for sentence in self._segmenter.finish(cut=cut):
            yield sentence
        if not self.began:
            self.error = "llm-empty"
