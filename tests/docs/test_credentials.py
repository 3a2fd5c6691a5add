"""The credentials of the service have the same names wherever they are listed."""

import re

import pytest
import yaml

from edge.board.layout import CREDENTIALS
from edge.runtime import secrets
from tests.docs.blocks import ROOT


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def names_after(text: str, beginning: str) -> list[str]:
    """The names in backquotes in the line that begins like this."""
    line = next(it for it in text.splitlines() if it.startswith(beginning))
    return re.findall(r"`([a-z-]+)`", line.removeprefix(beginning))


PLACES = {
    "the unit": re.findall(
        r"^LoadCredential=([^:]+):edge-voice\.\1$", text("systemd/edge-voice.service"), re.MULTILINE
    ),
    "docs/service.md": re.findall(r"^\| `edge-voice\.([a-z-]+)` \|", text("docs/service.md"), re.MULTILINE),
    "docs/fleet.md": names_after(text("docs/fleet.md"), "| `edge_voice_credentials` |"),
    "the role's variables": list(
        yaml.safe_load(text("ansible/roles/edge_voice/meta/argument_specs.yml"))["argument_specs"]["main"]["options"][
            "edge_voice_credentials"
        ]["options"]
    ),
    "the example of an inventory": re.findall(
        r"^      #   ([a-z-]+):", text("ansible/inventory.example.yml"), re.MULTILINE
    ),
    "the reader": re.findall(r"`([a-z-]+)`", str(secrets.__doc__)),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_credential_is_listed(place: str) -> None:
    assert sorted(PLACES[place]) == sorted(CREDENTIALS)
