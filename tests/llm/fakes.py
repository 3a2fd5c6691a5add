"""A chat endpoint that follows a script."""

from collections.abc import AsyncGenerator, Sequence

from edge.errors import EdgeError
from edge.events import CloudState
from edge.llm import Delta, Finished, Message, Tool, Usage

Script = Sequence[str | Delta | EdgeError | Finished]


class ScriptedEndpoint:
    """Each question takes the next script: pieces of text, then how it ends (a stop where nothing is said)."""

    name = "scripted"
    state: CloudState = "ready"
    charged_usd = 0.0

    def __init__(self, *scripts: Script, certain_from: float = 0.0) -> None:
        self.certain_from = certain_from
        self._scripts = list(scripts)
        self.asked: list[tuple[Message, ...]] = []
        self.tools: list[Tool | None] = []
        self.warmed: list[tuple[Message, ...]] = []
        self.stopped = 0
        self.closed = False

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncGenerator[Delta | Finished, None]:
        assert max_tokens > 0
        self.asked.append(tuple(messages))
        self.tools.append(tool)
        try:
            for step in self._scripts.pop(0):
                match step:
                    case str():
                        yield Delta(step)
                    case Delta():
                        yield step
                    case EdgeError():
                        raise step
                    case Finished():
                        yield step
                        return
            yield Finished("stop", Usage(prompt_tokens=10, reply_tokens=5))
        except GeneratorExit:
            self.stopped += 1
            raise

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        self.warmed.append((*messages, Message("user", begun)) if begun else tuple(messages))

    async def aclose(self) -> None:
        self.closed = True
