"""What slows a board down now: heat, a weak power supply, a power mode. Reads small files, and never fails."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.runtime.temperature import temperature_c

_HOT_C: Final = 80.0
"""From here on a Raspberry Pi slows down (raspberrypi.com/documentation/computers/config_txt.html, temperature)."""

_THROTTLED: Final = "sys/devices/platform/soc*/soc*firmware/get_throttled"
_NOW: Final = (
    (0x1, "power-weak", "the power supply is too weak", "use the supply of the board's maker, and a short cable"),
    (0x4, "throttled", "the firmware slows the processor down", "cool the board, and check its power supply"),
    (0x8, "throttled", "the processor is slowed down because it is hot", "cool the board"),
)
_SINCE_START: Final = (
    (0x10000, "power-weak", "the power supply was too weak since the start", "use the supply of the board's maker"),
    (0x40000, "throttled", "the firmware slowed the processor down since the start", "cool the board"),
)
"""Bits, as raspberrypi.com/documentation/computers/os.html lists them for `vcgencmd get_throttled`."""

_MODE: Final = re.compile(r"NV Power Mode: *(\S+)")
_TIMEOUT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that slows the board down, and what to do about it."""

    code: str
    message: str
    hint: str


def conditions(root: Path = Path("/")) -> Iterator[Condition]:
    """What slows the board down whose files are under `root`."""
    if (bits := throttled_bits(root)) is not None:
        found = [it for it in _NOW if bits & it[0]] or [it for it in _SINCE_START if bits & it[0]]
        yield from (Condition(code, message, hint) for _, code, message, hint in found)
    hot = temperature_c(root / "sys/class/thermal")
    if hot is not None and hot >= _HOT_C:
        yield Condition("hot", f"the board has {hot:.0f} °C, and will slow down", "cool the board")
    yield from _processor(root)


def throttled_bits(root: Path = Path("/")) -> int | None:
    """The firmware's word of a Raspberry Pi; None on other boards."""
    for path in sorted(root.glob(_THROTTLED)):
        try:
            return int(path.read_text(encoding="ascii")[:20].strip(), 16)
        except (OSError, ValueError):
            continue
    return None


def power_mode() -> str | None:
    """The name of the power mode of a Jetson; None on other boards, or where it is not told."""
    program = shutil.which("nvpmodel")
    if program is None:
        return None
    try:
        asked = subprocess.run([program, "-q"], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _MODE.search(asked.stdout)
    return found[1][:40] if found else None


def _processor(root: Path) -> Iterator[Condition]:
    """Whether something keeps a processor below its speed (kernel.org, CPU Performance Scaling)."""
    for policy in sorted(root.glob("sys/devices/system/cpu/cpufreq/policy*")):
        allowed, possible = _number(policy / "scaling_max_freq"), _number(policy / "cpuinfo_max_freq")
        if allowed and possible and allowed < possible:
            message = f"the processor may run at {allowed // 1000} of {possible // 1000} MHz"
            yield Condition("slow-clock", message, "see the power mode of the board")
            return
        if _word(policy / "scaling_governor") == "powersave" and _word(policy / "scaling_driver") != "intel_pstate":
            hint = f"echo ondemand | sudo tee {policy}/scaling_governor"
            yield Condition("slow-clock", "the processor stays at its lowest speed (governor powersave)", hint)
            return


def _number(path: Path) -> int | None:
    word = _word(path)
    return int(word) if word.isdecimal() else None


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")[:40].strip()
    except (OSError, UnicodeDecodeError):
        return ""
