"""The types of values in the settings that have rules of their own."""

import contextlib
import re
from collections.abc import Set as AbstractSet
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

AUTO: Final = "auto"
"""The value of `[llm] model` that chooses the chat model by free memory (`edge.store.chat_model`), and of `[llm.cloud]
model` that follows OpenAI's shutdowns (`edge.llm.endpoint_profile`)."""

_MAX_HOST = 253
_MAX_OWN_WORD = 100


class Section(BaseModel):
    """A section: unknown keys are errors, values do not change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", value):
        message = "use lower-case letters, digits, '-' and '_', at most 63"
        raise ValueError(message)
    return value


def _own_word(value: str) -> str:
    if not any(map(str.isalnum, value)) or len(value) > _MAX_OWN_WORD:
        message = f"must have letters or digits, and at most {_MAX_OWN_WORD} characters"
        raise ValueError(message)
    return value


def _topic(value: str) -> str:
    if not value or any(c in value for c in "+#\0"):
        message = "a topic to publish to must not be empty or contain '+' or '#'"
        raise ValueError(message)
    return value


def _host(value: str) -> str:
    """A name or an address, without anything around it."""
    given = value.strip()
    if not given:
        message = "must not be empty"
        raise ValueError(message)
    with contextlib.suppress(ValueError):
        return str(ip_address(given))
    if (mistake := _host_mistake(given)) is not None:
        raise ValueError(mistake)
    return given


def _host_mistake(given: str) -> str | None:
    scheme, is_url, rest = given.rpartition("://")
    place = rest.removeprefix("//").partition("/")[0].rpartition("@")[2]
    name, port = _host_and_port(place)
    if not name:
        return "only a name or an address, without anything around it"
    if is_url or name != given:
        also = [f"port = {port}"] if port else []
        also += ["tls = true"] if scheme in {"mqtts", "ssl", "tls", "wss"} else []
        also += ["username"] if "@" in rest else []
        return f"only a name or an address: write host = '{name}'" + (f", and {', '.join(also)}" if also else "")
    labels = given.removesuffix(".").split(".")
    if labels[-1].isdecimal() or len(given) > _MAX_HOST or not all(re.fullmatch(r"[\w-]{1,63}", one) for one in labels):
        return "is not a host name or an address"
    return None


def _host_and_port(place: str) -> tuple[str, str]:
    if found := re.fullmatch(r"\[([^\]]*)\](?::(\d*))?", place):
        return found[1], found[2] or ""
    if place.count(":") == 1:
        name, _, port = place.partition(":")
        return name, port if port.isdecimal() else ""
    return place, ""


def _url(value: str) -> str:
    """Must be http or https, with a host."""
    if not _is_url(value, {"http", "https"}):
        message = "must be an address like http://192.168.1.20:8080/v1"
        raise ValueError(message)
    return value


def device(value: object) -> object:
    """Check part of the name of a sound device, or its number; None is the default. Raises `ValueError`."""
    is_name = isinstance(value, str) and value.strip() != ""
    is_number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if value is not None and not is_name and not is_number:
        message = "must be a part of the device's name in quotes, or its number"
        raise ValueError(message)
    return value


_SOCKETS = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
_API = "/api/websocket"


def _websocket(value: str) -> str:
    """The address of the API of a Home Assistant, which may be given as that of its page."""
    if not _is_url(value, set(_SOCKETS)):
        message = "must be an address like ws://homeassistant.local:8123"
        raise ValueError(message)
    parts = urlsplit(value)
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in {"", "/", _API}:
        message = f"only the address: {parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        raise ValueError(message)
    return f"{_SOCKETS[parts.scheme]}://{parts.netloc}{_API}"


def _is_url(value: str, schemes: AbstractSet[str]) -> bool:
    try:
        parts = urlsplit(value)
        usable = bool(parts.scheme in schemes and parts.hostname and parts.port != 0)
    except ValueError:  # the port, or brackets
        return False
    return usable and not re.search(r"\s", value)


Slug = Annotated[str, AfterValidator(_slug)]
"""A name that can be a level of an MQTT topic."""

OwnWord = Annotated[str, AfterValidator(_own_word)]
Topic = Annotated[str, AfterValidator(_topic)]
"""An MQTT topic to publish to."""

HostName = Annotated[str, AfterValidator(_host)]
"""A host name or an IP address."""

Url = Annotated[str, AfterValidator(_url)]
"""The address of an HTTP server."""

WebSocketUrl = Annotated[str, AfterValidator(_websocket)]
"""The address of Home Assistant's WebSocket API."""
