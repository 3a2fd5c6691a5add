"""How the system tests run the commands of README.md and docs/: which they leave out, and what commands print."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import ROOT, Block, blocks

SERVICE = ROOT / "docs/service.md"
"""tests/system/test_install.py runs this page, in the order of an owner's life."""

NOT_RUN = {
    "EDGE_VOICE_DATA": "needs public recordings that are not part of the project",
    "tests/nlu/test_home_assistant_sentences.py": "needs Home Assistant's sentences, which are not part of the project",
    "computer_v2.onnx": "needs a wake word model that is not part of the project",
    "mosquitto_pub -h broker.local": "needs a broker; tests/mqtt has one",
    "scripts/measure_broker.py": "needs Mosquitto; tests/mqtt has one",
    "-r requirements/system.txt": "needs boards; tests/system/test_ansible.py has one",
    "requirements/plugin-": "tests/system/test_accelerators.py runs these commands, in an environment of its own",
    "requirements/gpu.txt": "the same",
    "requirements/openvino.txt": "the same",
    "requirements/cuda.txt": "2.1 GB, for nothing without a GPU",
    "requirements/default.txt": "the same",
    "pip uninstall -y onnxruntime": "the same",
    "sudo usermod -aG render edge-voice": "needs udev, which makes that group",
    'device = "tensorrt"': "tests/system/test_jetson_page.py runs these commands",
    "models build && sudo systemctl daemon-reload": "the same",
    "ansible/prepare": "needs boards; tests/system/test_ansible.py has one",
    "ansible-playbook": "needs boards; tests/system/test_ansible.py has one",
    "-m edge.board rollback": "the same as sudo make rollback",
    "-p IPAddressDeny=any": "containers cannot filter; tests/system/test_service.py looks at the packets",
    "scripts/native-llama": "a build of ten minutes; tests/llm/test_native_llama.py runs the script without it",
    "sudo make": "tests/system/test_install.py runs these commands, which docs/service.md has, too",
}
"""A part of the command, and the reason."""

NIGHTLY = {
    "bench turn": "five minutes",
    "edge-voice models quantize": "six minutes",
    "bench idle": "a minute",
    "bench endpoint": "a quarter of a minute each",
    "bench llm": "half a minute",
    "bench --report": "six minutes",
    "scripts/measure_large_home.py": "a minute",
}
"""The same for commands that only `make nightly-test` runs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ends in a guest, which has no sound card, and what it prints (a regular expression)."""

    says: str = ""
    status: int = 0
    seconds: int = 0
    """If not 0: it does not end by itself and is stopped."""
    answers: str = ""
    """What the user types when it asks."""


_TIME = r"^It's (\d+:\d\d [AP]M|\d+ o'clock|noon|midnight)"

OUTCOMES = {
    "sudo make install": Outcome("what time is it"),
    "make run": Outcome(r"No microphone was found[\s\S]*you  Alexa, what time is it\?\nspeaker  It's "),
    'edge-voice ask "what time is it"': Outcome(_TIME),
    'sudo edge-voice ask "what time is it"': Outcome(_TIME),
    "edge-voice transcribe dinner.wav": Outcome(r"^Dinner is ready\b"),
    "edge-voice doctor": Outcome("no microphone", status=1),
    "sudo edge-voice doctor": Outcome("no microphone", status=1),
    "edge-voice doctor --listen": Outcome("no microphone", status=1),
    "sudo journalctl -u edge-voice -f": Outcome("listening", status=124, seconds=5),
    "edge-voice telemetry tail": Outcome(status=124, seconds=5),
    "sudo apt-get install mosquitto": Outcome(answers="Y"),
    "sudo apt-get install --no-install-recommends prometheus-node-exporter": Outcome(answers="Y"),
    "sudo mosquitto_passwd -c /etc/mosquitto/passwd home": Outcome(answers="a-password\na-password"),
    "systemctl status edge-voice": Outcome(r"Active: active \(running\)[\s\S]*Status: \"without microphone, output"),
    "edge-voice volume 40": Outcome("^40 percent"),
}
"""Of the other commands it is only known that they succeed, and what the document shows."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page, the heading above it, and what the page shows that it prints."""

    heading: str
    text: str
    printed: str | None = None

    @property
    def outcome(self) -> Outcome:
        """How it ends."""
        return OUTCOMES.get(self.text, Outcome())

    def is_in(self, table: dict[str, str]) -> bool:
        """A part of the command is in the table."""
        return any(part in self.text for part in table)

    def prints(self, said: str) -> bool:
        """What it has printed is what it should, and what the page shows."""
        shown = self.printed is None or _plain(self.printed) in _plain(said)
        return shown and bool(re.search(self.outcome.says, said, re.MULTILINE))


def page_blocks(page: Path) -> list[Block]:
    """The blocks of a page."""
    return blocks(page.read_text(encoding="utf-8"))


def commands(page: Path) -> list[Command]:
    """The commands of a page in order."""
    return [
        Command(block.heading, text, block.printed if place == len(texts) else None)
        for block in page_blocks(page)
        if (texts := block.commands())
        for place, text in enumerate(texts, 1)
    ]


def _plain(text: str) -> str:
    """A text in which numbers, which differ between processors, and the breaks of lines do not count."""
    return re.sub(r"[\s─]+", " ", re.sub(r"-?\d+(\.\d+)?", "0", text)).strip()
