"""Announcements on the other speakers: their text, and an honest count."""

import asyncio
import json
from pathlib import Path

import pytest

from edge.errors import HomeError
from edge.events import Intent
from edge.home import Delivery
from edge.peers.directory import MAX_PEERS, leave_home
from edge.peers.intercom import ANSWER_S
from edge.runtime.virtual_time import instantly
from tests.fakes.resident import Resident
from tests.peers.bus import Bus
from tests.peers.speakers import speaker

SAY = "edge-voice-home/home/say"


@instantly
async def test_everyone_but_the_sender_says_it_once(tmp_path: Path) -> None:
    bus = Bus()
    async with (
        speaker(bus, tmp_path, "a", "Kitchen") as a,
        speaker(bus, tmp_path, "b", "Bedroom") as b,
        speaker(bus, tmp_path, "c", None) as c,
        speaker(bus, tmp_path, "d", "Kitchen", home="other") as stranger,
    ):
        assert await a.peers.intercom.announce("Dinner is ready.") == Delivery(2, 2)
        assert (a.said, b.said, c.said, stranger.said) == ([], ["Dinner is ready."], ["Dinner is ready."], [])
        bus.take(f"{SAY}/a", bus.on(SAY)[0], retain=False)  # QoS 1 may deliver a message twice
        await asyncio.sleep(1)
        assert b.said == ["Dinner is ready."]


@pytest.mark.parametrize("room", ["kitchen", "the Kitchen", "a speaker", "Anna's Room"])
@instantly
async def test_a_room_is_found_as_it_is_spoken(room: str, tmp_path: Path) -> None:
    bus = Bus()
    area = "Anna's Room" if "Anna" in room else "The Kitchen"
    async with speaker(bus, tmp_path, "a", area) as a, speaker(bus, tmp_path, "b", "Bedroom") as b:
        assert await b.peers.intercom.announce("Lunch.", room) == Delivery(1, 1)
        assert a.said == ["Lunch."]
        assert b.peers.intercom.count("bedroom") == 0, "its own room has no other speaker"


@instantly
async def test_speakers_that_refuse_or_do_not_answer_are_not_counted(tmp_path: Path) -> None:
    bus = Bus()
    async with (
        speaker(bus, tmp_path, "a") as a,
        speaker(bus, tmp_path, "b") as b,
        speaker(bus, tmp_path, "c") as c,
        speaker(bus, tmp_path, "d") as d,
    ):
        b.refuses = True
        c.peers.intercom.accept = None
        began = asyncio.get_running_loop().time()
        assert await a.peers.intercom.announce("Dinner.") == Delivery(3, 1)
        assert asyncio.get_running_loop().time() - began == pytest.approx(ANSWER_S)
        assert d.said == ["Dinner."]


@instantly
async def test_a_speaker_that_is_gone_is_not_asked_and_one_without_a_broker_says_so(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b") as b:
        b.mqtt.lose()
        await asyncio.sleep(1)
        assert await a.peers.intercom.announce("Dinner.") == Delivery(0, 0)
        with pytest.raises(HomeError) as caught:
            await b.peers.intercom.announce("Dinner.")
        assert caught.value.code == "speakers-unreachable"


@instantly
async def test_after_a_loss_the_others_are_known_again(tmp_path: Path) -> None:
    bus = Bus()
    async with (
        speaker(bus, tmp_path, "a") as a,
        speaker(bus, tmp_path, "b") as b,
        speaker(bus, tmp_path, "c") as c,
    ):
        a.mqtt.lose()
        c.mqtt.lose()
        await asyncio.sleep(1)
        assert (a.peers.intercom.count(), b.peers.intercom.count()) == (0, 0)
        a.mqtt.back()
        await asyncio.sleep(1)
        assert await a.peers.intercom.announce("Dinner.") == Delivery(1, 1), "c is still away"
        assert b.said == ["Dinner."]


@instantly
async def test_a_speaker_that_moves_to_another_home_leaves_the_first(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a:
        async with speaker(bus, tmp_path, "b"):
            assert a.peers.intercom.count() == 1
        async with speaker(bus, tmp_path, "b", home="cottage"):
            assert a.peers.intercom.count() == 0
    assert {topic for topic in bus.retained if "speakers" in topic} == {
        "edge-voice-home/home/speakers/a",
        "edge-voice-home/cottage/speakers/b",
    }


@instantly
async def test_a_speaker_that_is_to_know_no_others_leaves_the_home_once(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a:
        async with speaker(bus, tmp_path, "b") as b:
            pass
        assert a.peers.intercom.count() == 1
        for _ in range(2):
            await leave_home(b.mqtt, tmp_path / "b")
        await asyncio.sleep(1)
        assert a.peers.intercom.count() == 0
    assert bus.on("edge-voice-home/home/speakers/b").count(b"") == 1


@instantly
async def test_strangers_on_the_topics_do_no_harm(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b") as b:
        for payload in (
            b"",
            b"[]",
            b"\xff",
            b'{"id": 1, "to": ["a"], "text": "x"}',
            b'{"id": "1", "to": "a", "text": "x"}',
        ):
            bus.take(f"{SAY}/b", payload, retain=False)
            bus.take("edge-voice-home/home/took/b", payload, retain=False)
            bus.take("edge-voice-home/home/speakers/x", payload, retain=True)
        for n in range(2 * MAX_PEERS):
            bus.take(f"edge-voice-home/home/speakers/x{n}", b'{"name": "x", "area": "Attic"}', retain=True)
        await asyncio.sleep(1)
        assert a.said == []
        assert len(a.peers.directory._members) == MAX_PEERS
        assert a.peers.intercom.count() == 1, "who has no status is not there"
        task = asyncio.create_task(a.peers.intercom.announce("Hi."))
        await asyncio.sleep(0.001)
        asked = json.loads(bus.on(SAY)[-1])["id"]
        bus.take("edge-voice-home/home/took/x1", json.dumps({"id": asked, "took": True}).encode(), retain=False)
        assert await task == Delivery(1, 1), "only those that were asked are counted"
        assert b.said == ["Hi."]


class Others:
    """An `Intercom` with a scripted delivery."""

    def __init__(self, delivery: Delivery | None) -> None:
        self.delivery = delivery
        self.sent: list[tuple[str, str]] = []

    async def announce(self, text: str, room: str = "") -> Delivery:
        self.sent.append((text, room))
        if self.delivery is None:
            raise HomeError("speakers-unreachable", "gone")
        return self.delivery

    def count(self, room: str = "") -> int:
        _ = room
        return 0 if self.delivery is None else self.delivery.asked


@pytest.mark.parametrize(
    ("slots", "delivery", "reply"),
    [
        ({}, Delivery(2, 2), "Announced on 2 speakers."),
        ({}, Delivery(1, 1), "Announced on 1 speaker."),
        ({}, Delivery(3, 2), "Only 2 of the 3 speakers took it."),
        ({}, Delivery(3, 0), "None of the 3 speakers took it."),
        ({}, Delivery(1, 0), "The speaker did not take it."),
        ({}, Delivery(0, 0), "I found no other speaker."),
        ({}, None, "I can't reach the other speakers right now."),
        ({"area": "Kitchen"}, Delivery(1, 1), "Announced in the Kitchen."),
        ({"room": "cellar"}, Delivery(0, 0), "I found no other speaker for the cellar."),
        ({"room": "cellar"}, Delivery(1, 0), "The speaker in the cellar did not take it."),
        ({"area": "Kitchen"}, Delivery(2, 1), "Only 1 of the 2 speakers in the Kitchen took it."),
    ],
)
@instantly
async def test_the_reply_says_how_many_speakers_took_it(
    slots: dict[str, str], delivery: Delivery | None, reply: str, tmp_path: Path
) -> None:
    others = Others(delivery)
    resident = Resident(tmp_path, intercom=others)
    assert await resident.says("HassBroadcast", message="dinner is ready", **slots) == reply
    assert others.sent == [("dinner is ready", next(iter(slots.values()), ""))]


@instantly
async def test_a_rehearsal_sends_nothing(tmp_path: Path) -> None:
    others = Others(Delivery(2, 2))
    resident = Resident(tmp_path, intercom=others)
    reply = await resident.home.rehearse(Intent("HassBroadcast", {"message": "dinner is ready"}))
    assert reply is not None
    assert reply.text == "Announced on 2 speakers."
    assert others.sent == []
