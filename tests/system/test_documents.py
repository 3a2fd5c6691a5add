"""The commands of README.md and of each page in docs/, typed by an ordinary user with sudo on a new system.

tests/docs/commands.py lists the commands that are not run, and why. tests/system/test_install.py runs docs/service.md.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT
from tests.docs.commands import NIGHTLY, NOT_RUN, OUTCOMES, SERVICE, commands, page_blocks
from tests.system.owner import CHECKOUT, HOME, SYSTEMS, Owner, new_owner

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

README = ROOT / "README.md"
ACTIVATE = ". .venv/bin/activate"
"""The README's command that makes the program known in a terminal."""

SOME_TESTS = "tests/docs tests/test_hints.py"
"""What `make test` runs in a guest, after the checks of formatting, lint and types; nightly it runs all."""


@pytest.fixture(scope="module", params=SYSTEMS)
def owner(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Owner]:
    with new_owner("evreader", tmp_path_factory.mktemp("reader"), request.param) as owner:
        yield owner


@pytest.fixture(scope="module")
def first_run(owner: Owner) -> str:
    """What the first `make run` prints, which asks for Debian packages, and the second, after they were installed."""
    asked = owner.types("make run", status=[2])
    wanted = re.search(r"^ +(sudo .*)$", asked, re.MULTILINE)
    assert wanted, asked
    owner.types(wanted[1])
    return owner.types("make run")


@pytest.fixture(scope="module")
def reader(owner: Owner, first_run: str) -> Owner:
    """The owner, who has also installed the service, and has files of the names that the pages use."""
    assert first_run
    owner.types("sudo make install")
    owner.types('sudo usermod -aG edge-voice "$USER"')
    owner.types("sudo apt-get install -y --no-install-recommends socat")
    owner.types(
        "cp edge/bench/recordings/wake-1.flac meeting.flac; cp edge-voice-demo/01-time.wav note.wav;"
        " cp edge/bench/recordings/negative-news.flac kitchen.wav; echo 'Once upon a time.' > story.txt"
    )
    orders = f"{CHECKOUT}/edge/bench/orders"
    recordings = f"{CHECKOUT}/edge/bench/recordings"
    owner.write("rows.jsonl", rows(orders, "manifest", set="voice_commands"))
    owner.write("talk.jsonl", rows(orders, "negative"))
    owner.write("commands.jsonl", rows(recordings, "manifest"))
    owner.write("with.jsonl", "".join(f'{{"audio": "{recordings}/wake-{n}.flac"}}\n' for n in (1, 2, 3)))
    owner.write("without.jsonl", f'{{"audio": "{recordings}/negative-news.flac"}}\n')
    bakery = next(block for block in page_blocks(ROOT / "docs/speech-to-intent.md") if block.language == "yaml")
    owner.write("bakery.yaml", bakery.text)
    return owner


def rows(folder: str, name: str, **more: str) -> str:
    """A list of recordings of the project, with whole paths and these columns."""
    lines = (ROOT / Path(folder).relative_to(CHECKOUT) / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return "".join(json.dumps(row | {"audio": f"{folder}/{row['audio']}"} | more) + "\n" for row in found)


def test_make_run_asks_for_packages_and_then_shows_the_demo(first_run: str) -> None:
    assert re.search(OUTCOMES["make run"].says, first_run), first_run
    assert "no answer" not in first_run


@pytest.mark.usefixtures("first_run")
def test_make_test(owner: Owner) -> None:
    said = owner.types(f"make test PYTEST='{SOME_TESTS}'")
    assert re.search(r"\d+ passed", said), said
    assert not re.search(r"\d+ failed", said)  # a reference work that cannot be fetched is only a warning


@pytest.mark.usefixtures("first_run")
def test_the_readme_s_commands(owner: Owner) -> None:
    page = commands(README)
    assert {command.text for command in page if command.text.startswith("make ")} == {"make run", "make test"}
    for command in page:
        if not command.text.startswith("make ") and not command.is_in(NOT_RUN):
            owner.follows(command, before=ACTIVATE)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {README, SERVICE}], ids=lambda page: page.stem)
def test_a_page_s_commands(reader: Owner, page: Path) -> None:
    for command in commands(page):
        if not command.is_in(NOT_RUN | NIGHTLY):
            reader.follows(command, before=ACTIVATE)


@pytest.mark.nightly
@pytest.mark.timeout(5400)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_s_slow_commands(reader: Owner, page: Path) -> None:
    for command in commands(page):
        if command.is_in(NIGHTLY) and not command.is_in(NOT_RUN):
            reader.follows(command, before=ACTIVATE)


@pytest.mark.nightly
@pytest.mark.timeout(7200)
@pytest.mark.usefixtures("first_run")
def test_the_whole_make_test(owner: Owner) -> None:
    assert re.search(r"\d+ passed", owner.types("make test", timeout=7000))


def test_a_wheel_installs_pulls_its_models_and_shows_the_demo(reader: Owner) -> None:
    reader.types("make wheel")
    reader.types("mkdir ../dist && mv dist/edge_voice-*.whl ../dist && python3 -m venv ../venv")
    reader.types("venv/bin/pip install -q dist/edge_voice-*.whl", folder=HOME)
    apart = "export XDG_CACHE_HOME=~/apart PATH=~/venv/bin:$PATH"
    assert "fetching" in reader.types(f"{apart}; edge-voice models pull", folder=HOME)
    said = reader.types(f"{apart}; edge-voice demo", folder=HOME)
    assert "what time is it" in said
    assert "no answer" not in said
