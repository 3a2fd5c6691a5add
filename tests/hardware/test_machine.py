"""What the kernel tells of a board, and what slows it down; in folders that look like the kernel's."""

from pathlib import Path

import pytest

from edge.hardware.health import conditions, power_mode, throttled_bits
from edge.hardware.machine import this_machine


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_raspberry_pi(tmp_path: Path) -> None:
    put(tmp_path, "proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0")
    put(tmp_path, "proc/device-tree/compatible", "raspberrypi,5-model-b\0brcm,bcm2712\0")
    put(tmp_path, "proc/meminfo", "MemTotal:        8245184 kB\nMemFree:          100 kB\n")
    machine = this_machine(tmp_path, "aarch64")
    assert machine.model == "Raspberry Pi 5 Model B Rev 1.0"
    assert machine.compatible == ("raspberrypi,5-model-b", "brcm,bcm2712")
    assert (machine.memory_mb, machine.system) == (8051, "")


def test_a_jetson(tmp_path: Path) -> None:
    put(tmp_path, "proc/device-tree/model", "NVIDIA Jetson Orin Nano Engineering Reference Developer Kit\0")
    put(tmp_path, "etc/nv_tegra_release", "# R36 (release), REVISION: 4.3, GCID: 1, BOARD: generic, EABI: aarch64\n")
    assert this_machine(tmp_path, "aarch64").system == "Jetson Linux 36.4.3"


def test_a_pc(tmp_path: Path) -> None:
    put(tmp_path, "sys/class/dmi/id/sys_vendor", "ACME\n")
    put(tmp_path, "sys/class/dmi/id/product_name", "Brick 3000\n")
    assert this_machine(tmp_path, "x86_64").model == "ACME Brick 3000"


def test_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    machine = this_machine(tmp_path, "x86_64")
    assert (machine.model, machine.compatible, machine.memory_mb, machine.system) == ("", (), 0, "")
    assert list(conditions(tmp_path)) == []
    assert throttled_bits(tmp_path) is None


def test_control_characters_of_a_device_tree_reach_no_terminal(tmp_path: Path) -> None:
    put(tmp_path, "proc/device-tree/model", "Pi \x1b[31m\x07" + "x" * 5000)
    model = this_machine(tmp_path, "aarch64").model
    assert model.isprintable()
    assert len(model) <= 100


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("0\n", []),
        ("0x0\n", []),
        ("50005\n", ["power-weak", "throttled"]),
        ("50000\n", ["power-weak", "throttled"]),
        ("8\n", ["throttled"]),
        ("nonsense\n", []),
    ],
)
@pytest.mark.parametrize("soc", ["soc/soc:firmware", "soc@107c000000/soc@107c000000:firmware"])
def test_the_firmware_s_word_of_a_raspberry_pi(word: str, codes: list[str], soc: str, tmp_path: Path) -> None:
    put(tmp_path, f"sys/devices/platform/{soc}/get_throttled", word)
    assert [it.code for it in conditions(tmp_path)] == codes


def test_what_is_wrong_now_is_said_before_what_was_wrong(tmp_path: Path) -> None:
    put(tmp_path, "sys/devices/platform/soc/soc:firmware/get_throttled", "50001")
    assert [it.message for it in conditions(tmp_path)] == ["the power supply is too weak"]


def test_a_hot_board(tmp_path: Path) -> None:
    put(tmp_path, "sys/class/thermal/thermal_zone0/temp", "84900\n")
    (found,) = conditions(tmp_path)
    assert (found.code, found.message) == ("hot", "the board has 85 °C, and will slow down")


@pytest.mark.parametrize(
    ("allowed", "governor", "driver", "message"),
    [
        ("1500000", "schedutil", "cpufreq-dt", "the processor may run at 1500 of 2400 MHz"),
        ("2400000", "powersave", "cpufreq-dt", "the processor stays at its lowest speed (governor powersave)"),
        ("2400000", "powersave", "intel_pstate", None),
        ("2400000", "ondemand", "cpufreq-dt", None),
    ],
)
def test_a_processor_that_is_held_back(
    allowed: str, governor: str, driver: str, message: str | None, tmp_path: Path
) -> None:
    policy = "sys/devices/system/cpu/cpufreq/policy0"
    put(tmp_path, f"{policy}/scaling_max_freq", allowed)
    put(tmp_path, f"{policy}/cpuinfo_max_freq", "2400000")
    put(tmp_path, f"{policy}/scaling_governor", governor)
    put(tmp_path, f"{policy}/scaling_driver", driver)
    assert [it.message for it in conditions(tmp_path)] == ([] if message is None else [message])


@pytest.mark.parametrize(
    ("script", "mode"),
    [("echo 'NV Power Mode: MAXN_SUPER'; echo 2", "MAXN_SUPER"), ("exit 1", None), ("sleep 60", None)],
)
def test_the_power_mode_of_a_jetson(
    script: str, mode: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "nvpmodel"
    program.write_text(f'#!/bin/sh\nexec sh -c "{script}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("edge.hardware.health._TIMEOUT_S", 0.3 if mode is None else 3.0)
    assert power_mode() == mode
