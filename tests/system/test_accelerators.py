"""docs/boards.md as an owner follows it: every provider is installed, really loaded, and tried.

The machines of the tests have no accelerator. So a turn has to end on the processor, with one line for each stage; only
the OpenVINO of `onnxruntime-openvino` runs here, on the processor.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from edge.bench.stt import RECORDINGS
from edge.store import ModelStore
from tests.docs.blocks import ROOT
from tests.docs.commands import commands

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

PAGE = ROOT / "docs/boards.md"
STAGES = {"wake", "vad", "stt", "tts"}
CPU = {"CPUExecutionProvider": 1.0}


@dataclass(frozen=True)
class Checkout:
    """A folder with an environment of its own; the code is this checkout's."""

    folder: Path

    def types(self, command: str) -> None:
        """A command of the page."""
        subprocess.run(["sh", "-ec", command], cwd=self.folder, check=True, timeout=600)

    def follows(self, heading: str) -> None:
        """All commands under a heading of the page."""
        found = [
            command.text for command in commands(PAGE) if command.heading == heading and "cuda.txt" not in command.text
        ]
        assert found, f"{PAGE} has no commands under {heading}"
        for command in found:
            self.types(command)

    def edge_voice(self, device: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`edge-voice` with all models on a device."""
        settings = self.folder / "config.toml"
        settings.write_text(f'[compute]\ndevice = "{device}"\n', encoding="utf-8")
        return subprocess.run(
            [".venv/bin/python", "-m", "edge", "-c", str(settings), *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def doctor(self, device: str) -> dict[str, Any]:
        """What `doctor` says of each stage. Its status is that of this machine, which may have no sound devices."""
        stages: dict[str, Any] = json.loads(self.edge_voice(device, "doctor", "--json").stdout)["compute"]
        return stages


@pytest.fixture(scope="module")
def checkout(store: ModelStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    assert store.names()
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "requirements").symlink_to(ROOT / "requirements")
    made = Checkout(folder)
    made.types(f"{sys.executable} -m venv .venv")
    made.types(".venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/default.txt")
    yield made
    made.types("rm -rf .venv")  # a gigabyte


def turn_on_the_processor(checkout: Checkout, device: str, providers: set[str], reason: str) -> None:
    """One turn is answered; each provider failed once for each stage, for a reason that holds these words."""
    ran = checkout.edge_voice(device, "demo", "--quick", "--json")
    assert ran.returncode == 0, ran.stderr
    (turn,) = json.loads(ran.stdout)["turns"]
    assert (turn["outcome"], turn["transcript"]) == ("answered", "What time is it?")
    lines = [line for line in ran.stderr.splitlines() if "provider-failed" in line]
    failed = Counter(
        (match[1], match[2]) for line in lines if (match := re.search(r"provider=(\w+) .*stage=(\w+)", line))
    )
    assert failed == Counter((provider, stage) for provider in providers for stage in STAGES), ran.stderr
    assert all(re.search(reason, line) for line in lines), lines


def test_plug_ins_are_installed_beside_the_runtime_and_loaded(checkout: Checkout) -> None:
    checkout.follows("Beside onnxruntime")
    turn_on_the_processor(checkout, "openvino", {"OpenVINOExecutionProvider"}, "finds no device")
    turn_on_the_processor(checkout, "webgpu", {"WebGpuExecutionProvider"}, "finds no device")
    turn_on_the_processor(checkout, "tensorrt", {"NvTensorRTRTXExecutionProvider"}, "its engines are not built")
    built = checkout.edge_voice("tensorrt", "models", "build").stdout
    assert re.findall(r"^(\w+): .*(?:libcuda\.so|finds no device)", built, re.MULTILINE) == [
        "wake",
        "vad",
        "stt",
        "tts",
    ]
    turn_on_the_processor(checkout, "qnn", {"QNNExecutionProvider"}, "backend|finds no device")
    stages = checkout.doctor("webgpu")
    assert {stage: stages[stage]["providers"] for stage in STAGES} == dict.fromkeys(STAGES, CPU)
    assert {stages[stage]["failed"][0]["step"] for stage in STAGES} == {"loaded"}


def test_onnxruntime_gpu_takes_the_place_of_the_runtime(checkout: Checkout) -> None:
    checkout.follows("onnxruntime-gpu")
    turn_on_the_processor(checkout, "cuda", {"CUDAExecutionProvider"}, r"cannot be loaded: lib\w+\.so")


def test_openvino_hears_what_the_processor_hears_and_leaves_to_it_what_it_cannot_build(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.follows("Back to onnxruntime")
    checkout.follows("onnxruntime-openvino")
    recordings = sorted(map(str, RECORDINGS.parent.glob("*.flac")))
    heard = {}
    for device in ("cpu", "openvino"):
        ran = checkout.edge_voice(device, "transcribe", "--json", *recordings)
        heard[device] = [json.loads(line)["text"] for line in ran.stdout.splitlines()]
    assert len(heard["cpu"]) == len(recordings)
    assert heard["openvino"] == heard["cpu"]
    stages = checkout.doctor("openvino")
    assert stages["wake"]["providers"] == stages["wake"]["providers"] | {"OpenVINOExecutionProvider": 1.0}
    assert stages["vad"]["providers"] == CPU
    assert [it["step"] for it in stages["vad"]["failed"]] == ["built"]
    assert stages["stt"]["providers"]["OpenVINOExecutionProvider"] > 0
    with capsys.disabled():
        print("\nOpenVINO:", {stage: stages[stage]["providers"] for stage in STAGES})  # noqa: T201 - the figures


def test_the_time_of_openvino_stands_beside_the_processor_s(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    checkout.types(".venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/bench.txt")
    manifest = tmp_path / "manifest.jsonl"
    rows = [json.loads(line) for line in RECORDINGS.read_text(encoding="utf-8").splitlines()]
    some = [row | {"audio": str(RECORDINGS.parent / row["audio"])} for row in rows if row.get("text")][:12]
    manifest.write_text("\n".join(map(json.dumps, some)), encoding="utf-8")
    rates = set()
    for device in ("cpu", "openvino", "cpu", "openvino"):
        result = json.loads(checkout.edge_voice(device, "bench", "stt", "--manifest", str(manifest), "--json").stdout)
        rates.add(result["wer"])
        with capsys.disabled():
            print(f"\nbench stt on {device}:", result["latency_ms"], result["rtf"], result["providers"])  # noqa: T201 - as above
        assert ("OpenVINOExecutionProvider" in result["providers"]["stt"]) is (device == "openvino")
    assert len(rates) == 1
