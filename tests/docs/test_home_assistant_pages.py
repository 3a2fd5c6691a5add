"""docs/home-assistant.md and docs/home-assistant-api.md say what the code does."""

import re

from edge.home.sources.home_assistant import source
from edge.home.sources.home_assistant.entities import DOMAINS
from edge.home.sources.home_assistant.payload import MAX_MESSAGE_BYTES
from edge.home.sources.home_assistant.registry import MAX_ENTITIES
from edge.settings import Settings
from edge.telemetry.home_assistant import MAX_TYPED_CHARS, Features, device_payload, discovery_topic
from tests.docs.blocks import ROOT

MQTT, DEVICE, API = (
    (ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("mqtt", "home-assistant", "home-assistant-api")
)
EVERYTHING = Features(wake_words=("a", "b"), escalations=("never", "ask"), temperature=True, restart=True)
COMPONENTS = device_payload(Settings(), EVERYTHING)["components"].values()


def words(page: str) -> str:
    return " ".join(page.split())


def cells(page: str, header: str) -> list[list[str]]:
    """The rows of the table with this header."""
    table = page[page.index(header) :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def listed(text: str) -> list[str]:
    return re.split(r", (?:and )?", text)


def test_the_device_and_its_topic() -> None:
    settings = Settings()
    assert f"`{discovery_topic(settings).replace(settings.device.id, '<device-id>')}`" in words(MQTT)


def test_every_entity_is_listed_with_its_platform_and_no_other() -> None:
    named = {name: kind for names, kind in cells(DEVICE, "| entity | |") for name in listed(names)}
    entities = [it for it in COMPONENTS if it["platform"] != "device_automation"]
    assert sorted(named) == sorted(it["name"] for it in entities)
    for it in entities:
        if it.get("entity_category") == "diagnostic":
            assert named[it["name"]] == "diagnostics"
        else:
            assert it["platform"] in named[it["name"]], it["name"]


def test_every_trigger_is_named() -> None:
    sentence = words(DEVICE).partition("Device triggers: ")[2].partition(". ")[0]
    for it in COMPONENTS:
        if it["platform"] == "device_automation" and it["type"] != "wake":
            assert it["subtype"] in sentence, it["subtype"]


def test_the_kinds_of_the_interface_are_those_that_are_read() -> None:
    special = {"alarm panel": "alarm_control_panel", "to-do list": "todo"}
    helpers = {"group", "input_boolean", "input_button", "input_number", "input_select"}
    named = {
        special.get(kind, kind.replace(" ", "_"))
        for kinds, _ in cells(API, "| kind | what it can be asked for |")
        for kind in listed(kinds)
    }
    assert named - {"helpers_of_these_kinds"} == DOMAINS - helpers
    assert "helpers_of_these_kinds" in named


def test_the_numbers_are_those_of_the_code() -> None:
    for sentence in (
        f"At most {MAX_ENTITIES} exposed entities are used",
        f"messages of up to {MAX_MESSAGE_BYTES >> 20} MB are read",
        f"A command waits up to {source.CALL_S:.0f} s for the connection",
        f"offered again after {source._REFUSED_S / 120:.0f} to {source._REFUSED_S / 60:.0f} minutes at the earliest",
    ):
        assert sentence in words(API), sentence
    assert f"A text entity takes {MAX_TYPED_CHARS} characters." in DEVICE
