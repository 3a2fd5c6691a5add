"""No library reports to its maker: the switches are set in every place, and they work.

tests/system/test_nothing_leaves.py records what the whole daemon does.
"""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from edge import NO_TELEMETRY

ROOT = Path(__file__).parents[1]
WISHES_OTHERWISE = dict.fromkeys(NO_TELEMETRY, "0")


def run(code: str, home: Path) -> str:
    """What `code` prints in a process whose environment asks for the opposite."""
    environment = os.environ | WISHES_OTHERWISE | {"HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("XDG_CACHE_HOME", None)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_the_package_sets_the_switches_whatever_the_environment_said(tmp_path: Path) -> None:
    found = json.loads(run("import edge, json, os; print(json.dumps(dict(os.environ)))", tmp_path))
    assert {name: found[name] for name in NO_TELEMETRY} == NO_TELEMETRY


@pytest.mark.parametrize(
    "module",
    [
        "edge.runtime.onnx.session",
        "edge.vad.silero",
        "edge.wake.openwakeword",
        "edge.tts.hibari",
        "edge.tts.piper",
        "edge.daemon",
    ],
)
def test_onnx_runtime_leaves_no_device_id(module: str, tmp_path: Path) -> None:
    run(f"import {module}, onnxruntime", tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_onnx_runtime_is_imported_in_one_place() -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "edge").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(alias.name.startswith("onnxruntime") for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onnxruntime"))
    }
    assert importers == {"edge/runtime/onnx/runtime.py"}


def test_the_unit_the_role_the_makefile_and_the_page_name_the_same_switches() -> None:
    unit = (ROOT / "systemd/edge-voice.service").read_text(encoding="utf-8")
    assignments = " ".join(re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)).split()
    assert {f"{name}={value}" for name, value in NO_TELEMETRY.items()} <= set(assignments)
    role = yaml.safe_load((ROOT / "ansible/roles/edge_voice/vars/main.yml").read_text(encoding="utf-8"))
    assert role["edge_voice_role_environment"] == NO_TELEMETRY
    exported = dict(re.findall(r"^export (\w+) = (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert NO_TELEMETRY.items() <= exported.items()
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    assert [name for name in NO_TELEMETRY if f"`{name}" not in page] == []
