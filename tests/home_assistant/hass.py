"""A real Home Assistant for tests, set up over its own HTTP interface and connected to a real broker."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.mqtt.mosquitto import Mosquitto, free_port
from tests.skips import HOME_ASSISTANT

CONFIGURATION = """\
homeassistant:
  name: test
http:
  server_host: 127.0.0.1
  server_port: {port}
api:
websocket_api:
config:
onboarding:
automation: !include automations.yaml
logger:
  default: warning
"""

CLIENT = "http://localhost/"
START_S = 120.0


def require() -> Path:
    """The program; the test is skipped where it is missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
    program = cache / "edge-voice" / "home-assistant" / "bin" / "hass"
    if not program.exists():
        pytest.skip(f"{HOME_ASSISTANT}, which scripts/home-assistant installs")
    return program


class HomeAssistant:
    """One instance, as its owner sees it."""

    def __init__(self, client: httpx.AsyncClient, folder: Path) -> None:
        self._client = client
        self._folder = folder
        self.token = ""
        """The owner's, for 30 minutes."""

    @property
    def url(self) -> str:
        """The address of its page."""
        return str(self._client.base_url)

    async def post(self, path: str, body: Any) -> Any:
        answer = await self._client.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.headers.get("content-type", "").startswith("application/json") else answer.text

    async def states(self) -> dict[str, dict[str, Any]]:
        """Every entity with its state and attributes."""
        answer = await self._client.get("/api/states")
        return {it["entity_id"]: it for it in answer.json()}

    async def state(self, entity: str) -> str:
        found = (await self.states()).get(entity)
        return "missing" if found is None else str(found["state"])

    async def becomes(self, entity: str, condition: Callable[[str], bool] | str) -> str:
        """Wait until an entity has this state; returns it."""
        holds = condition if callable(condition) else condition.__eq__
        last = ""
        try:
            async with asyncio.timeout(20):
                while not holds(last := await self.state(entity)):  # noqa: ASYNC110 - watched from outside
                    await asyncio.sleep(0.05)
        except TimeoutError:
            pytest.fail(f"{entity} is still {last!r}")
        return last

    async def call(self, service: str, **data: Any) -> None:
        """Call a service like `number.set_value`."""
        await self.post(f"/api/services/{service.replace('.', '/')}", data)

    async def template(self, text: str) -> str:
        return str(await self.post("/api/template", {"template": text}))

    async def automate(self, trigger: dict[str, str], action: str, **data: Any) -> None:
        """Add an automation: when the trigger fires, the service is called."""
        actions = [{"action": action, "data": data}]
        await self.post(
            "/api/config/automation/config/test",
            {"alias": "test", "triggers": [trigger], "actions": actions, "mode": "single"},
        )
        await self.becomes("automation.test", "on")

    def complaints(self) -> list[str]:
        """The errors in its log, but for a library of cameras that may be missing, and the warnings about MQTT."""
        lines = (self._folder / "home-assistant.log").read_text(encoding="utf-8").splitlines()
        ours = [line for line in lines if "libturbojpeg" not in line]
        return [line for line in ours if " ERROR " in line or (" WARNING " in line and "mqtt" in line.lower())]

    async def set_up(self, broker: Mosquitto) -> None:
        """Create the owner and add the MQTT integration."""
        owner = {"name": "Test", "username": "test", "password": "test-test", "language": "en", "client_id": CLIENT}
        code = (await self.post("/api/onboarding/users", owner))["auth_code"]
        form = {"grant_type": "authorization_code", "code": code, "client_id": CLIENT}
        token = (await self._client.post("/auth/token", data=form)).json()["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"
        self.token = token
        await self.add("mqtt", broker="127.0.0.1", port=broker.port)

    async def add(self, integration: str, **settings: Any) -> None:
        """Add an integration, as on the page of the devices."""
        flow = await self.post("/api/config/config_entries/flow", {"handler": integration})
        result = await self.post(f"/api/config/config_entries/flow/{flow['flow_id']}", settings)
        assert result["type"] == "create_entry", result


def start(program: Path, folder: Path, port: int, more: str) -> subprocess.Popen[bytes]:
    folder.mkdir()
    (folder / "configuration.yaml").write_text(CONFIGURATION.format(port=port) + more, encoding="utf-8")
    (folder / "automations.yaml").write_text("[]", encoding="utf-8")
    with (folder / "output").open("wb") as output:
        return subprocess.Popen([program, "-c", str(folder), "--skip-pip"], stdout=output, stderr=output)


def output_of(folder: Path) -> str:
    return (folder / "output").read_text(encoding="utf-8", errors="replace")


@asynccontextmanager
async def home_assistant(folder: Path, broker: Mosquitto, more: str = "") -> AsyncIterator[HomeAssistant]:
    """A Home Assistant that is started, set up and connected to the broker. `more` is added to its configuration."""
    port = free_port()
    process = await asyncio.to_thread(start, require(), folder, port, more)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            until = time.monotonic() + START_S
            while True:
                try:
                    if (await client.get("/api/onboarding")).is_success:
                        break
                except httpx.TransportError:
                    pass
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"Home Assistant did not start: {output_of(folder)}")
                await asyncio.sleep(0.2)
            started = HomeAssistant(client, folder)
            await started.set_up(broker)
            yield started
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
