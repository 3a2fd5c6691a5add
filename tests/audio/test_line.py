from edge.audio.line import FIRST_RETRY_S, LAST_RETRY_S, LATE_S, POLL_S, STALLED_POLLS, Line
from tests.fakes.sound_host import FakeHost


def make(host: FakeHost, changes: list[bool] | None = None) -> Line:
    line = Line("microphone", lambda: host.open_input(None, lambda *_: None))
    if changes is not None:
        line = Line(
            "microphone",
            lambda: host.open_input(None, lambda *_: None),
            on_change=lambda: changes.append(line.missing),
        )
    return line


def test_a_device_is_opened_and_stays_open() -> None:
    host = FakeHost()
    line = make(host)
    for _ in range(100):
        assert line.step() == POLL_S
        host.stream.blocks += 1
    assert len(host.opened) == 1
    assert not line.missing


def test_a_missing_device_is_tried_again_less_and_less_often() -> None:
    host = FakeHost()
    host.plugged = False
    line = make(host)
    delays = [line.step() for _ in range(8)]
    assert delays[0] == FIRST_RETRY_S
    assert delays == sorted(delays)
    assert delays[-1] == LAST_RETRY_S
    assert line.missing
    assert line.attempts == 8


def test_an_unplugged_device_is_noticed_at_the_next_look_and_found_when_it_is_back() -> None:
    host, changes = FakeHost(), list[bool]()
    line = make(host, changes)
    line.step()
    host.unplug()
    assert line.step() == FIRST_RETRY_S
    host.plugged = True
    assert line.step() == POLL_S
    assert line.stream is host.stream
    assert changes == [False, True, False]
    assert [stream.closed for stream in host.opened] == [True, False]


def test_a_stream_that_another_one_had_to_end_is_opened_again_at_once() -> None:
    host = FakeHost()
    line = make(host)
    line.step()
    host.stream.plugged = False
    assert line.step() == POLL_S
    assert len(host.opened) == 2
    assert not line.missing


def test_a_device_without_callbacks_is_gone_whatever_it_says() -> None:
    host = FakeHost()
    line = make(host)
    for _ in range(STALLED_POLLS + 1):
        assert len(host.opened) <= 1
        line.step()
    assert len(host.opened) == 2


def test_a_device_that_nobody_wants_is_let_go_and_opened_again_when_it_is_wanted() -> None:
    host = FakeHost()
    wanted = True
    line = Line("speaker", lambda: host.open_output(None, lambda n, _: bytes(2 * n)), wanted=lambda: wanted)
    line.step()
    wanted = False
    line.step()
    line.step()
    assert [stream.closed for stream in host.opened] == [True]
    wanted = True
    line.step()
    assert line.stream is host.stream
    assert [stream.closed for stream in host.opened] == [True, False]


def test_a_driver_that_hangs_makes_the_line_late() -> None:
    now = 100.0
    host = FakeHost()
    line = Line("microphone", lambda: host.open_input(None, lambda *_: None), now=lambda: now)
    line.step()
    now += POLL_S + 1
    assert not line.late
    now += LATE_S
    assert line.late


def test_the_thread_opens_the_device_and_lets_go_of_it_at_the_end() -> None:
    host = FakeHost()
    line = make(host)
    line.start()
    line.close(10)
    assert all(stream.closed for stream in host.opened)
    assert not line._thread.is_alive()


def test_a_line_that_was_never_started_can_be_closed() -> None:
    make(FakeHost()).close()
