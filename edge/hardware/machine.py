"""Which board this is: what the kernel tells. Reads small files, and never fails.

/proc/device-tree (Devicetree Specification 0.4, 2.3.1 and 2.3.2) on ARM, /sys/class/dmi on PCs, /etc/nv_tegra_release
on a Jetson.
"""

import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LIMIT: Final = 4096
_JETSON_LINUX: Final = re.compile(r"# R(\d+) \(release\), REVISION: ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Machine:
    """`model` is its name, empty if the kernel knows none; `compatible` as in `profile_of`.

    `processor` is the kernel's name of the architecture, `memory_mb` the whole memory. `system` is the release of
    Jetson Linux, empty elsewhere.
    """

    model: str
    compatible: tuple[str, ...]
    processor: str
    memory_mb: int
    system: str = ""


def this_machine(root: Path = Path("/"), processor: str | None = None) -> Machine:
    """The machine whose files are under `root`."""
    tree = root / "proc/device-tree"
    names = _text(tree / "compatible").split("\0")
    model = _text(tree / "model").strip("\0 \n")
    if not model:
        dmi = root / "sys/class/dmi/id"
        model = " ".join(filter(None, (_text(dmi / name).strip() for name in ("sys_vendor", "product_name"))))
    return Machine(
        model=_printable(model),
        compatible=tuple(_printable(name) for name in names if name),
        processor=processor or platform.machine(),
        memory_mb=_memory_mb(root),
        system=_jetson_linux(root),
    )


def _memory_mb(root: Path) -> int:
    found = re.search(r"^MemTotal:\s+(\d+) kB", _text(root / "proc/meminfo"), re.MULTILINE)
    return int(found[1]) // 1024 if found else 0


def _jetson_linux(root: Path) -> str:
    found = _JETSON_LINUX.match(_text(root / "etc/nv_tegra_release"))
    return f"Jetson Linux {found[1]}.{found[2]}" if found else ""


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""


def _printable(text: str) -> str:
    return "".join(it for it in text if it.isprintable())[:100]
