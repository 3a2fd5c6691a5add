from collections.abc import Sequence
from io import StringIO

from edge.cli.pull_progress import ProgressLines

MB = 1_000_000


def lines(steps: Sequence[tuple[float, str, int, int | None]]) -> list[str]:
    """What is printed for steps of time, name, bytes and total."""
    stream = StringIO()
    times = iter([now for now, *_ in steps])
    progress = ProgressLines(stream, lambda: next(times))
    for _, name, done, total in steps:
        progress(name, done, total)
    return stream.getvalue().splitlines()


def test_a_long_pull_is_a_line_every_five_seconds_with_percent_megabytes_and_speed() -> None:
    steps = [(float(second), "brain", second * 40 * MB, 1000 * MB) for second in [*range(12), 25]]
    assert lines(steps) == [
        "fetching brain (1000.0 MB)",
        "   20 %, 200 of 1000 MB, 40.0 MB/s",
        "   40 %, 400 of 1000 MB, 40.0 MB/s",
        "  100 %, 1000 of 1000 MB, 40.0 MB/s",
    ]


def test_a_continued_pull_does_not_count_what_was_here_as_speed() -> None:
    steps = [(0, "brain", 0, 1000 * MB), (1, "brain", 900 * MB, 1000 * MB), (11, "brain", 950 * MB, 1000 * MB)]
    assert lines(steps)[1:] == ["   95 %, 950 of 1000 MB, 5.0 MB/s"]


def test_what_is_here_at_once_has_no_speed() -> None:
    assert lines([(0, "small", 0, 9 * MB), (1, "small", 9 * MB, 9 * MB)])[1:] == ["  100 %, 9 of 9 MB"]


def test_each_model_has_its_lines_and_one_that_was_here_has_one() -> None:
    assert lines([(0, "a", 0, 0), (0, "a", 0, 0), (1, "b", 0, None), (2, "b", MB, None), (7, "b", 6 * MB, None)]) == [
        "fetching a",
        "fetching b",
        "  6.0 MB, 1.0 MB/s",
    ]
