"""The speaker's own volume: what is said of it sets it or is refused, and never reaches a model or a thing."""

from pathlib import Path

import pytest

from tests.reports.reported import typed


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("louder", 70),
        ("a little quieter please", 50),
        ("lower your voice", 50),
        ("turn it down by twenty percent", 40),
        ("turn the volume up by 15", 75),
        ("turn it all the way up", 100),
        ("turn the volume all the way down", 10),
        ("raise the volume to the max", 100),
        ("volume to thirty", 30),
        ("volume 4", 40),
        ("volume five percent", 5),
        ("half volume", 50),
        ("set the volume to thirty five percent", 35),
        ("turn yourself down to 20 percent", 20),
        ("turn the sound off", 0),
        ("mute", 0),
        ("volume 150", 60),
        ("volume minus 10", 60),
        ("volume up by 200", 60),
        ("set your volume to a third", 33),
        ("turn down the volume a lot", 30),
        ("much louder", 90),
        ("a touch louder", 70),
        ("volume up two notches", 80),
        ("make it 20 percent louder", 80),
        ("turn your voice down to 20", 20),
        ("volume back to normal", 60),
        ("set the alarm volume to 50", 60),
        ("make the alarm louder", 60),
        ("make the pasta timer louder", 60),
        ("how loud are you", 60),
    ],
)
def test_the_volume_is_set_or_the_sentence_is_refused(text: str, volume: int, tmp_path: Path) -> None:
    said = typed(tmp_path, text)
    assert said.turn.answerer == "home"
    assert said.volume == volume
    assert said.published == []


@pytest.mark.parametrize("text", ["what's the volume of a sphere", "volume of a cube"])
def test_a_question_about_volume_is_not_about_the_speaker_s(text: str, tmp_path: Path) -> None:
    said = typed(tmp_path, text)
    assert said.turn.intent is None or said.turn.intent.name == "EdgeUnsupported"
    assert said.volume == 60
