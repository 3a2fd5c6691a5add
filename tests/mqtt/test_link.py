"""The socket to the broker, and calls on it that are cancelled."""

import asyncio
import socket

import aiomqtt
import pytest

from edge.mqtt.link import cancellable
from edge.mqtt.sockets import open_socket
from edge.runtime.virtual_time import instantly
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import settings


@pytest.mark.slow  # a real broker
async def test_a_small_packet_does_not_wait_for_the_one_before_it(mosquitto: Mosquitto) -> None:
    with await open_socket(settings(mosquitto.port).mqtt, mosquitto.port) as connected:
        assert connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@instantly
async def test_a_cancellation_is_not_lost_in_a_call_that_swallows_it() -> None:
    async def swallows() -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "the result came at the same moment"
        raise AssertionError

    task = asyncio.create_task(cancellable(swallows()))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


@instantly
async def test_a_call_has_its_result_or_its_error() -> None:
    async def fails() -> None:
        raise aiomqtt.MqttError("gone")

    async def answers() -> int:
        await asyncio.sleep(1)
        return 7

    assert await cancellable(answers()) == 7
    with pytest.raises(aiomqtt.MqttError, match="gone"):
        await cancellable(fails())
