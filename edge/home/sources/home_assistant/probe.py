"""What keeps a speaker from using its Home Assistant, found on a connection of its own, for `edge-voice doctor`."""

import asyncio
from collections.abc import Sequence
from typing import Final

from edge.errors import EdgeError, HomeError
from edge.home.sources.home_assistant.access import secret, tls_context
from edge.home.sources.home_assistant.connection import connect, lost
from edge.home.sources.home_assistant.registry import Home, read_home
from edge.settings import HomeAssistantSettings

PROBE_TIMEOUT_S: Final = 15.0


async def probe(settings: HomeAssistantSettings) -> Sequence[EdgeError]:
    """Sign in and ask what is exposed; empty where nothing is wrong. It changes nothing there."""
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S):
            home = await _home(settings)
    except TimeoutError:
        return [lost("Home Assistant does not answer")]
    except EdgeError as error:
        return [error]
    if home.exposed:
        return []
    hint = "expose some there: Settings, Voice assistants, Expose"
    return [HomeError("home-assistant-nothing-exposed", "Home Assistant exposes no entity to voice assistants", hint)]


async def _home(settings: HomeAssistantSettings) -> Home:
    token = secret(settings)
    tls = await asyncio.to_thread(tls_context, settings)
    async with connect(str(settings.url), token.get_secret_value(), tls) as connection:
        reading = asyncio.create_task(connection.read())
        try:
            return await read_home(connection)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
