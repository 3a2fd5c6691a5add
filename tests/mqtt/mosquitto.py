"""A real Mosquitto for tests, on an ephemeral port of the loopback interface."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiomqtt
import pytest


def require() -> str:
    """The program; the test is skipped where it is missing."""
    program = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("mosquitto is not installed (Debian: apt-get install mosquitto)")
    return program


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mosquitto:
    """A broker that can be stopped, started again on the same port, and suspended."""

    def __init__(self, folder: Path, *config: str) -> None:
        self.port = free_port()
        self._program = require()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        lines = (f"listener {self.port} 127.0.0.1", "user root", *(config or ("allow_anonymous true",)))
        (folder / "mosquitto.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self) -> None:
        with (self._folder / "mosquitto.log").open("ab") as out:
            command = [self._program, "-v", "-c", str(self._folder / "mosquitto.conf")]
            self._process = subprocess.Popen(command, stdout=out, stderr=out)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.01)
            else:
                return
        pytest.fail(f"mosquitto did not start:\n{self.log()}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None

    def suspend(self) -> None:
        """Stop the process: the kernel still takes connections and bytes, nothing answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def log(self) -> str:
        return (self._folder / "mosquitto.log").read_text(encoding="utf-8", errors="replace")


class Observer:
    """Another client of the broker: sees every message, publishes commands."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client

    async def next(self, topic: str, *, timeout_s: float = 10) -> bytes:
        """The next message on a topic; others are passed over."""
        async with asyncio.timeout(timeout_s):
            async for message in self._client.messages:
                if str(message.topic) == topic:
                    return bytes(message.payload) if isinstance(message.payload, bytes) else b""
        raise AssertionError("the connection ended")

    def messages(self) -> AsyncIterator[aiomqtt.Message]:
        """Every message."""
        return self._client.messages

    async def until(self, topic: str, payload: bytes) -> None:
        """Wait for this payload on this topic."""
        while await self.next(topic) != payload:
            pass

    async def publish(self, topic: str, payload: bytes = b"", *, retain: bool = False) -> None:
        await self._client.publish(topic, payload, qos=1, retain=retain)


def make_certificates(folder: Path, address: str = "127.0.0.1") -> None:
    """ca.crt, a server certificate for the address and localhost, and a client certificate named "kitchen"."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    # The extensions are what Python 3.13 insists on (VERIFY_X509_STRICT, RFC 5280).
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    authority = ("-days", "2", "-subj", "/CN=test authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-x509", *new_key, *authority, "-keyout", "ca.key", "-out", "ca.crt")
    for name, subject, names in (
        ("server", "localhost", f"IP:{address},DNS:localhost"),
        ("client", "kitchen", "DNS:kitchen"),
    ):
        extensions = f"subjectAltName={names}\nauthorityKeyIdentifier=keyid\n"
        (folder / "extensions").write_text(extensions, encoding="utf-8")
        openssl("req", *new_key, "-subj", f"/CN={subject}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        sign = ("-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions")
        openssl("x509", "-req", "-in", f"{name}.csr", *sign, "-out", f"{name}.crt")
