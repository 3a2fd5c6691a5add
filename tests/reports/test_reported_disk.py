"""A disk that takes nothing: the answer says what will not survive a restart."""

from pathlib import Path

import pytest

from tests.reports.reported import typed


@pytest.mark.parametrize(
    "text",
    [
        "set a timer for ten minutes",
        "set an alarm for 7 am",
        "remind me to call mum at 6 pm",
        "twelve minutes for the pizza",
        "set an alarm for 7 and 8 am",
    ],
)
def test_what_cannot_be_saved_is_set_and_said_not_to_survive(text: str, tmp_path: Path) -> None:
    (tmp_path / "schedule.json").mkdir()
    said = typed(tmp_path, text)
    assert said.reply.endswith("I can't save it, so it will not survive a restart.")
    assert said.due


def test_what_cannot_be_removed_from_the_disk_is_said_to_come_back(tmp_path: Path) -> None:
    (tmp_path / "schedule.json").mkdir()
    said = typed(tmp_path, "set an alarm for 7 am", "set an alarm for 8 am", "cancel all alarms", "yes")
    assert said.reply == "All alarms cancelled. I can't save that, so it may come back after a restart."
    assert said.due == ()
