"""How certain a model is of what it writes, and the end of an answer where it is not. Pure.

The measure is the probability of the least certain word that carries the answer. The probability of a word is that of
its first token in the model's own distribution, which neither sampling nor penalties change; the tokens that follow are
mostly its spelling. Words of the question and function words carry no answer: how a sentence is built is a choice, and
a model may be uncertain about it while it knows the answer. So where such a word was as likely, it is not counted
against the answer: "Charles Dickens wrote it" could have begun with "The", and the model may be certain all the same.
"""

import re
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from math import exp, log

from edge.events import ReplySentence
from edge.llm import Token
from edge.nlu.chat_texts import ChatTexts

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")  # noqa: RUF001 - a typographic apostrophe is meant

_LEAST = 1e-9

_CLAUSE_ENDS = (",", ";", ":", ".", "!", "?")


class Certainty:
    """Follows one answer: its tokens as they come, and the pieces in which it is spoken, in the same order."""

    def __init__(self, texts: ChatTexts, question: str, certain_from: float) -> None:
        self.doubted = False
        """The answer was cut where the model was not certain of it."""
        self._texts = texts
        self._question = question
        self._certain_from = certain_from
        self._letters: deque[float] = deque()
        """For each character that was not spoken yet, without white space, how certain its token is, as a logarithm."""

    def feed(self, tokens: Iterable[Token]) -> None:
        """The next tokens of the answer."""
        for token in tokens:
            certainty = self._among_answers(token)
            self._letters.extend(certainty for letter in token.text if not letter.isspace())

    async def only_certain(self, pieces: AsyncGenerator[ReplySentence, None]) -> AsyncGenerator[ReplySentence, None]:
        """The pieces up to the first that the model is not certain of, and that it is not.

        Behind a clause that answers, the reply just ends.
        """
        answered = whole = False
        async with aclosing(pieces):
            async for piece in pieces:
                certainty = self.of(piece.text)
                if (certainty is not None and certainty < self._certain_from) or self._texts.hedges(piece.text):
                    self.doubted = True
                    if not (answered and whole):
                        unsure = self._texts.not_sure_of_the_rest if answered else self._texts.not_sure
                        yield ReplySentence(unsure, fixed=True)
                    return
                yield piece
                answered = answered or certainty is not None
                whole = piece.text.endswith(_CLAUSE_ENDS)

    def of(self, piece: str) -> float | None:
        """The probability of the least certain word that carries the answer in its next piece; None if none does.

        A word whose tokens the endpoint did not tell has none.
        """
        least: float | None = None
        at = 0
        for word in _WORD.finditer(piece):
            self._skip(piece[at : word.start()])
            letters = self._skip(word[0])
            at = word.end()
            if self._texts.says_something(self._question, word[0]):
                certainty = exp(letters[0]) if letters else 0.0
                least = certainty if least is None else min(least, certainty)
        self._skip(piece[at:])
        return least

    def _among_answers(self, token: Token) -> float:
        """The log-probability of a token among those that carry an answer."""
        of_form = sum(exp(probability) for text, probability in token.others if not self._carries(text))
        return token.log_probability - log(max(1 - of_form, exp(token.log_probability), _LEAST))

    def _carries(self, text: str) -> bool:
        word = _WORD.search(text)
        return word is not None and self._texts.says_something(self._question, word[0])

    def _skip(self, text: str) -> list[float]:
        """The log-probabilities of the text's characters, which are then behind us."""
        number = sum(not letter.isspace() for letter in text)
        return [self._letters.popleft() for _ in range(min(number, len(self._letters)))]
