"""`[home.home_assistant]`: which addresses are taken, and as what."""

import pytest
from pydantic import ValidationError

from edge.settings import HomeAssistantSettings

API = "/api/websocket"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("ws://homeassistant.local:8123", f"ws://homeassistant.local:8123{API}"),
        ("http://192.168.1.5:8123/", f"ws://192.168.1.5:8123{API}"),
        ("https://home.example", f"wss://home.example{API}"),
        (f"wss://home.example{API}", f"wss://home.example{API}"),
        ("ws://[::1]:8123", f"ws://[::1]:8123{API}"),
    ],
)
def test_the_address_of_the_page_is_enough(given: str, used: str) -> None:
    assert HomeAssistantSettings(url=given).url == used


@pytest.mark.parametrize(
    "given",
    ["homeassistant.local", "mqtt://home", "ws://", "ws://home:0", "ws://home:99999", "ws://h/lovelace", "ws://h?a=b",
     "ws://user:secret@home:8123", "ws://ho me", ""],
)  # fmt: skip
def test_other_addresses_are_mistakes_that_quote_no_secret(given: str) -> None:
    with pytest.raises(ValidationError) as mistake:
        HomeAssistantSettings(url=given)
    assert "must be an address like" in str(mistake.value) or "only the address" in str(mistake.value)
    assert "secret" not in mistake.value.errors()[0]["msg"]


def test_authorities_are_for_wss() -> None:
    with pytest.raises(ValidationError, match="wss"):
        HomeAssistantSettings.model_validate({"url": "ws://home", "ca_file": "/etc/ca.pem"})
    assert HomeAssistantSettings.model_validate({"url": "wss://home", "ca_file": "/etc/ca.pem"}).ca_file is not None


def test_it_is_off_without_a_url() -> None:
    assert HomeAssistantSettings().url is None
