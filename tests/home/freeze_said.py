"""Writes `said.jsonl` again: `python -m tests.home.freeze_said`. Read the difference before you commit it.

A line is a home, what is said in one conversation, and for each turn what is published and answered. The answer of a
command that was carried out is left empty: what is published tells all.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from edge.runtime import virtual_time
from tests.fakes.spoken_home import SpokenHome

FILE = Path(__file__).parent / "homes" / "said.jsonl"

Turn = tuple[tuple[str, ...], str]


def outcomes(home: str, said: Sequence[str]) -> list[Turn]:
    """What a conversation publishes and answers."""

    async def conversation() -> list[Turn]:
        speaker = SpokenHome(home)
        turns = [await speaker.say(text) for text in said]
        return [(sent, "" if sent else reply) for sent, reply in turns]

    return virtual_time.run(conversation())


def read() -> Iterable[tuple[str, list[str], list[Turn]]]:
    """The conversations of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        home, said, turns = json.loads(line)
        yield home, said, [(tuple(sent), reply) for sent, reply in turns]


def main() -> None:
    """Write the outcomes of today."""
    lines = [json.dumps([home, said, outcomes(home, said)], ensure_ascii=False) for home, said, _ in read()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
