"""From a decision to the sentences of a reply: the home acts and answers, or a chat model does."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.events import Decision, ReplySentence
from edge.home import Home
from edge.llm.answering import Answering
from edge.tts.splitter import Splitter
from edge.turn.log import TurnLog

CANNOT_HEAR = ReplySentence("Sorry, my speech recognition is not working.", fixed=True)
NO_MODEL = ReplySentence("Sorry, I can't answer that, I only know commands.", fixed=True)
