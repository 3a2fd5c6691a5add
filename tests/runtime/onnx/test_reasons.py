"""What runtimes say about their failures, as they said it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.runtime.onnx.reasons import reason_of


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            (
                "[ONNXRuntimeError] : 1 : FAIL : Failed to load library /opt/lib/libfast.so with error: "
                "libcuda.so.1: cannot open shared object file: No such file or directory"
            ),
            "libcuda.so.1: cannot open shared object file: No such file or directory",
        ),
        (
            (
                "[ONNXRuntimeError] : 1 : FAIL : /src/core/session/interfaces.cc:393 virtual std::unique_ptr<Provider> "
                "Factory::CreateProvider(const Options&, const Logger&) [ONNXRuntimeError] : 1 : FAIL : no backend"
            ),
            "no backend",
        ),
        (
            (
                "[ONNXRuntimeError] : 1 : FAIL : Exception during initialization: /src/backend.cc:136 Backend::Backend("
                "std::unique_ptr<Model>&) /src/interface.cc:28 auto Boundary(Func&&, Args&& ...) [with bool typed = 0; "
                "Func = Core::Compile(Model&)::<lambda()>; Args = {const char&}] [OpenVINO-EP] Loading failed: "
                "Exception from src/core.cpp:114:\nException from src/plugin.cpp:53:\nCheck "
                "'rank' failed at src/node.cpp:106:\n"
                "dynamic rank\n\n"
            ),
            "Loading failed: Check 'rank' failed: dynamic rank",
        ),
        (
            (
                "[ONNXRuntimeError] : 1 : FAIL : Non-zero status code returned while running Fast_0 node. "
                "Name:'Fast_0_0' Status Message: the device is lost"
            ),
            "the device is lost",
        ),
        ("CUDA failure 999: unknown error", "CUDA failure 999: unknown error"),
        ("", "RuntimeError"),
        ("\n", "RuntimeError"),
    ],
)
def test_codes_and_places_in_sources_are_left_out(said: str, reason: str) -> None:
    assert reason_of(RuntimeError(said)) == reason


@given(st.text())
def test_whatever_is_said_becomes_one_short_line(said: str) -> None:
    reason = reason_of(RuntimeError(said))
    assert 0 < len(reason) <= 200
    assert len(reason.splitlines()) == 1


def test_a_hostile_message_takes_no_time() -> None:
    assert reason_of(RuntimeError("/a.cc:1 " * 100_000 + "(" * 100_000))
    assert reason_of(RuntimeError("/a.cc:1 f" + "()" * 100_000 + " [with " * 100_000))
