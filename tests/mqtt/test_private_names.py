"""The contract with aiomqtt and paho-mqtt: every private name that edge/mqtt/link.py uses, and what it relies on.

When a new version of either library breaks one of these, no speaker reaches its broker.
"""

import ast
import asyncio
import inspect
import socket
from pathlib import Path

import aiomqtt
from paho.mqtt.client import Client as PahoClient

from edge.mqtt import link
from edge.mqtt.link import Link

USED = {"_client", "_create_socket", "_sock_close"}


def unused(_: object) -> None:
    raise AssertionError


def a_link() -> Link:
    return Link(unused, hostname="broker.invalid", identifier="test")


def test_no_other_private_name_is_used() -> None:
    names = set()
    for path in Path(inspect.getfile(link)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                ours = isinstance(node.value, ast.Name) and node.value.id == "self"
                names |= set() if ours else {node.attr}
    assert names == USED


async def test_aiomqtt_drives_a_paho_client_named_client() -> None:
    assert isinstance(aiomqtt.Client("broker.invalid")._client, PahoClient)


async def test_paho_connects_on_the_socket_that_create_socket_returns() -> None:
    ours, theirs = socket.socketpair()
    it = a_link()
    opening = asyncio.create_task(it.open(ours))
    theirs.setblocking(False)
    connect = await asyncio.get_running_loop().sock_recv(theirs, 100)
    assert connect[:1] == b"\x10"
    await asyncio.get_running_loop().sock_sendall(theirs, b"\x20\x02\x00\x00")
    await opening
    assert it._paho.socket() is ours
    await it.aclose()
    theirs.close()


async def test_sock_close_closes_at_once_and_takes_the_socket_off_the_loop() -> None:
    ours, theirs = socket.socketpair()
    it = a_link()
    opening = asyncio.create_task(it.open(ours))
    await asyncio.sleep(0.01)
    theirs.send(b"\x20\x02\x00\x00")
    await opening
    number = ours.fileno()
    await it.aclose()
    assert it._paho.socket() is None
    assert ours.fileno() == -1
    assert not asyncio.get_running_loop().remove_reader(number)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1  # aiomqtt's keepalive task is gone too
    assert theirs.recv(100)[:1] == b"\x10"
    theirs.close()
