"""CPU time and memory of processes, read from /proc (proc(5))."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int | str) -> float:
    """User and system time so far; 0 if the process is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    # The name, in brackets, may contain spaces; utime and stime are the 12th and 13th fields after it.
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_mb(pid: int | str) -> dict[str, float]:
    """`rss_mb`, resident memory, and `pss_mb`, its proportional share (MB: 10^6 bytes); zeros if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    kilobytes = {line.split(":")[0].lower(): int(line.split()[1]) for line in lines if line.endswith("kB")}
    return {f"{kind}_mb": round(kilobytes.get(kind, 0) * 1.024 / 1000, 1) for kind in ("rss", "pss")}


def children() -> tuple[int, ...]:
    """The direct children of this process."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += [int(pid) for pid in (task / "children").read_text(encoding="utf-8").split()]
        except OSError:
            continue
    return tuple(found)


def children_cpu_seconds() -> float:
    """User and system time of the direct children so far."""
    return sum(cpu_seconds(pid) for pid in children())
