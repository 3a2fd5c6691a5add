import pytest

from edge.audio.device_link import FIRST_RETRY_S, LAST_RETRY_S, LATE_S, POLL_S, STALLED_POLLS, DeviceLink
from edge.audio.devices import Stream
from tests.fakes.sound_host import FakeHost


def make(host: FakeHost, changes: list[bool] | None = None) -> DeviceLink:
    link = DeviceLink("microphone", lambda: host.open_input(None, lambda *_: None))
    if changes is not None:
        link = DeviceLink(
            "microphone",
            lambda: host.open_input(None, lambda *_: None),
            on_change=lambda: changes.append(link.missing),
        )
    return link


def test_a_device_is_opened_and_stays_open() -> None:
    host = FakeHost()
    link = make(host)
    for _ in range(100):
        assert link.step() == POLL_S
        host.stream.blocks += 1
    assert len(host.opened) == 1
    assert not link.missing


def test_a_missing_device_is_tried_again_less_and_less_often() -> None:
    host = FakeHost()
    host.plugged = False
    link = make(host)
    delays = [link.step() for _ in range(8)]
    assert delays[0] == FIRST_RETRY_S
    assert delays == sorted(delays)
    assert delays[-1] == LAST_RETRY_S
    assert link.missing


def test_an_unplugged_device_is_noticed_at_the_next_look_and_found_when_it_is_back() -> None:
    host, changes = FakeHost(), list[bool]()
    link = make(host, changes)
    link.step()
    host.unplug()
    assert link.step() == FIRST_RETRY_S
    host.plugged = True
    assert link.step() == POLL_S
    assert link.stream is host.stream
    assert changes == [False, True, False]
    assert [stream.closed for stream in host.opened] == [True, False]


def test_a_stream_that_another_one_had_to_end_is_opened_again_at_once() -> None:
    host = FakeHost()
    link = make(host)
    link.step()
    host.stream.plugged = False
    assert link.step() == POLL_S
    assert len(host.opened) == 2
    assert not link.missing


def test_a_device_without_callbacks_is_gone_whatever_it_says() -> None:
    host = FakeHost()
    link = make(host)
    for _ in range(STALLED_POLLS + 1):
        assert len(host.opened) <= 1
        link.step()
    assert len(host.opened) == 2


def test_a_device_that_nobody_wants_is_let_go_and_opened_again_when_it_is_wanted() -> None:
    host = FakeHost()
    wanted = True
    link = DeviceLink("output", lambda: host.open_output(None, lambda n, _: bytes(2 * n)), wanted=lambda: wanted)
    link.step()
    wanted = False
    link.step()
    link.step()
    assert [stream.closed for stream in host.opened] == [True]
    wanted = True
    link.step()
    assert link.stream is host.stream
    assert [stream.closed for stream in host.opened] == [True, False]


def test_a_driver_that_hangs_makes_the_line_late() -> None:
    now = 100.0
    host = FakeHost()
    link = DeviceLink("microphone", lambda: host.open_input(None, lambda *_: None), now=lambda: now)
    link.step()
    now += POLL_S + 1
    assert not link.late
    now += LATE_S
    assert link.late


def test_the_thread_opens_the_device_and_lets_go_of_it_at_the_end() -> None:
    host = FakeHost()
    link = make(host)
    link.start()
    link.close(10)
    assert all(stream.closed for stream in host.opened)
    assert not link._thread.is_alive()


def test_a_line_that_was_never_started_can_be_closed() -> None:
    make(FakeHost()).close()


def test_a_driver_that_crashes_counts_as_missing_and_is_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    host, crashes = FakeHost(), 2

    def open_stream() -> Stream:
        nonlocal crashes
        if crashes:
            crashes -= 1
            raise PermissionError(13, "a folder that cannot be read")
        return host.open_input(None, lambda *_: None)

    link = DeviceLink("microphone", open_stream)
    assert link.step() == FIRST_RETRY_S
    assert link.missing
    assert "device-failed" in capsys.readouterr().out
    link.step()
    assert link.step() == POLL_S
    assert not link.missing


def test_a_driver_that_crashes_when_it_is_looked_at_is_opened_again() -> None:
    host = FakeHost()
    link = make(host)
    link.step()
    host.stream.alive = None  # type: ignore[method-assign, assignment]
    assert link.step() == FIRST_RETRY_S
    assert link.missing
    assert link.step() == POLL_S
    assert len(host.opened) == 2
