"""Writes the table of boards into docs/boards.md from the profiles in models/boards."""

from pathlib import Path

from edge.hardware.profile import BoardProfile, shipped_boards

DOCUMENT = Path(__file__).parents[1] / "docs" / "boards.md"
BEGIN = "<!-- Boards, written by scripts/make_boards_table.py; change models/boards/*.toml instead. -->"
END = "<!-- end of the boards -->"


def table() -> str:
    """The table, with a line for each board that has a note."""
    boards = sorted(shipped_boards().values(), key=lambda it: (it.machine, not it.compatible, it.name))
    lines = [
        "| board | worth trying, the likely best first | language model | tried by us |",
        "| --- | --- | --- | --- |",
    ]
    lines += [_row(board) for board in boards]
    notes = [f"* {board.summary}: {board.note}" for board in boards if board.note]
    return "\n".join([*lines, "", *notes])


def _row(board: BoardProfile) -> str:
    devices = ", ".join(board.devices)
    model = f"`{board.chat_model}`, if it fits" if board.chat_model else "none"
    return f"| {board.summary} (`{board.name}`) | {devices} | {model} | {board.tried or 'no'} |"


def with_table(document: str) -> str:
    """The document with the table of now."""
    head, rest = document.split(BEGIN)
    return f"{head}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
