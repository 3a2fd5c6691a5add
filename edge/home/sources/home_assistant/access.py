"""What opens the connection to Home Assistant: the token and the authorities."""

import ssl
from typing import Final

from pydantic import SecretStr

from edge.errors import HomeError
from edge.runtime.secrets import read_secret
from edge.settings import HomeAssistantSettings

CREDENTIAL: Final = "home-assistant-token"


def secret(settings: HomeAssistantSettings) -> SecretStr:
    """The token. Raises `SettingsError` if it cannot be read, `HomeError` "home-assistant-token-missing"."""
    token = read_secret(CREDENTIAL, settings.token_file)
    if token is None:
        message = "there is no token for Home Assistant"
        raise HomeError("home-assistant-token-missing", message, "name its file in [home.home_assistant] token_file")
    return token


def tls_context(settings: HomeAssistantSettings) -> ssl.SSLContext | None:
    """For wss; reads the file of authorities. Raises `HomeError` "home-assistant-ca-unusable"."""
    if not str(settings.url).startswith("wss:"):
        return None
    try:
        return ssl.create_default_context(cafile=None if settings.ca_file is None else str(settings.ca_file))
    except OSError as error:
        message = f"{settings.ca_file} holds no certificate that can be used: {error}"
        raise HomeError("home-assistant-ca-unusable", message, "correct [home.home_assistant] ca_file") from error
