"""How much memory this process may still take, from /proc/meminfo (proc(5)) and the limits of its control groups."""

from collections.abc import Iterator
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_OWN_GROUP = Path("/proc/self/cgroup")
_GROUPS = Path("/sys/fs/cgroup")


def free_memory(meminfo: Path = _MEMINFO, own_group: Path = _OWN_GROUP, groups: Path = _GROUPS) -> int:
    """Bytes: the kernel's estimate for new programs, or less if a control group (version 2) allows less.

    Cached files count as free in both: a model file that was just read, or that another process has mapped, can be
    dropped or shared. 0 if the kernel reports nothing.
    """
    return min([_available(meminfo), *_left_in_groups(own_group, groups)])


def _available(meminfo: Path) -> int:
    return _fields(meminfo).get("MemAvailable:", 0) * 1024


def _left_in_groups(own_group: Path, groups: Path) -> Iterator[int]:
    """The memory left in each limited group, from the process's own group up to the root."""
    for line in _text(own_group).splitlines():
        hierarchy, _, path = line.partition("::")
        if hierarchy != "0" or ".." in path:  # version 1, or a group that is not visible here
            continue
        group = groups / path.strip("/")
        for folder in [group, *(parent for parent in group.parents if parent.is_relative_to(groups))]:
            limits = [int(text) for name in ("memory.max", "memory.high") if (text := _text(folder / name)).isdecimal()]
            if limits:
                cached = _fields(folder / "memory.stat")
                used = int(_text(folder / "memory.current") or 0)
                used -= cached.get("active_file", 0) + cached.get("inactive_file", 0)
                yield max(0, min(limits) - max(0, used))


def _fields(path: Path) -> dict[str, int]:
    """The numbers of a file with a name and a number per line."""
    lines = (line.split() for line in _text(path).splitlines())
    return {words[0]: int(words[1]) for words in lines if len(words) > 1 and words[1].isdecimal()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
