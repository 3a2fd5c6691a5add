"""The blocks of code in a document, and the commands in them, in the order in which a reader meets them.

A block is fenced and names its language, or it is indented by four spaces more than the text around it; an indented
block holds shell commands. A block in the language `text` directly after a shell block is what its last command prints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
"""The documents whose commands are run."""

SHELL = "sh"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its heading, its language ("" if a fence names none), its text, and what it is shown to print."""

    heading: str
    language: str
    text: str
    printed: str | None = None

    def commands(self) -> list[str]:
        """The commands of a shell block, without comments; a line that ends in a backslash goes on in the next one."""
        if self.language != SHELL:
            return []
        lines = re.sub(r"\\\n\s*", "", self.text).splitlines()
        return [command for line in lines if (command := re.sub(r"(^|\s+)#.*", "", line.strip()))]


def blocks(text: str) -> list[Block]:
    """The blocks of a document in Markdown."""
    found: list[Block] = []
    for block, follows in _blocks(text.splitlines()):
        if follows and block.language == "text" and found and found[-1].language == SHELL:
            last = found[-1]
            found[-1] = Block(last.heading, last.language, last.text, block.text)
        else:
            found.append(block)
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether nothing but blank lines stands between it and the block before."""
    heading, place, margin, follows = "", 0, 0, False
    while place < len(lines):
        line = lines[place]
        indent = len(line) - len(line.lstrip())
        fence = re.match(r" *```(\S*)$", line)
        if fence:
            end = next(at for at in range(place + 1, len(lines)) if lines[at].strip() == "```")
            yield Block(heading, fence[1], _flush([it[indent:] for it in lines[place + 1 : end]])), follows
            place, follows = end + 1, True
        elif line.strip() and indent >= margin + 4 and (place == 0 or not lines[place - 1].strip()):
            end = place
            while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) >= indent):
                end += 1
            yield Block(heading, SHELL, _flush([it[indent:] for it in lines[place:end]])), follows
            place, follows = end, True
        else:
            if line.strip():
                margin = len(item[0]) if (item := re.match(r" *([*-]|\d+\.) +", line)) else min(indent, margin)
                heading = line.lstrip("# ") if line.startswith("#") else heading
                follows = False
            place += 1


def _flush(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
