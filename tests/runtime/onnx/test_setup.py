"""scripts/setup where the owner has put another package in place of onnxruntime."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "setup"


@pytest.mark.parametrize("variant", ["gpu", "openvino"])
def test_the_packages_of_the_tests_are_not_installed_beside_a_variant(variant: str, tmp_path: Path) -> None:
    """The Python of this environment does nothing, and records that."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / f".venv/lib/python3.12/site-packages/onnxruntime_{variant}-1.31.1.dist-info").mkdir(parents=True)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\n')
    python.chmod(0o755)
    ran = subprocess.run([tmp_path / "scripts/setup", "--test"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f".venv has onnxruntime-{variant} in its place" in ran.stderr
    assert f"-m pip uninstall -y onnxruntime-{variant}\n" in ran.stderr
    assert " -r requirements/default.txt" in ran.stderr
    assert "install" not in (tmp_path / "asked").read_text()
