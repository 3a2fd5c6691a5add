"""The commands of docs/boards.md for a Jetson, typed on the Ubuntu that JetPack 7 is made of; there is no GPU here."""

import re
from collections.abc import Iterator

import pytest

from tests.docs.commands import commands
from tests.system.conftest import UNIT
from tests.system.guest import until
from tests.system.owner import Owner, new_owner
from tests.system.test_accelerators import PAGE

pytestmark = [pytest.mark.system, pytest.mark.nightly, pytest.mark.timeout(3600)]

HEADING = "Jetson with JetPack 7"
STAGES = ["wake", "vad", "stt", "tts"]


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with new_owner("evjetson", tmp_path_factory.mktemp("jetson"), "noble") as owner:
        yield owner


def test_the_commands_lead_to_a_speaker_that_says_what_the_device_lacks(owner: Owner) -> None:
    *before, last = [command.text for command in commands(PAGE) if command.heading == HEADING]
    assert len(before) == 4
    for command in before:
        owner.types(command)
    built = owner.types(last, status=[1], timeout=2400)
    assert re.findall(r"^(\w+): .*libcuda\.so", built, re.MULTILINE) == STAGES, built
    # The board with a GPU comes to the end of that line by itself.
    owner.types("sudo systemctl daemon-reload && sudo systemctl restart edge-voice")
    until(lambda: owner.guest.show(UNIT, "ActiveState") == "active", what="it runs without the GPU")
    assert "It's " in owner.types('sudo edge-voice ask "what time is it"')
    log = owner.types("sudo journalctl -u edge-voice --no-pager")
    failed = re.findall(r"provider-failed .*provider=(\w+) .*stage=(\w+)", log)
    assert {provider for provider, _ in failed} == {"NvTensorRTRTXExecutionProvider"}, log
    said = owner.types("sudo edge-voice doctor", status=[0, 1])
    assert "processor instead of tensorrt: its engines are not built: edge-voice models build" in said
