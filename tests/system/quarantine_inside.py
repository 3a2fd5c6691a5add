"""The file system of `quarantine`: this machine's, with an overlay on every mount that takes what is written.

Only `quarantine_outside` starts it, in a mount namespace of its own: reads a request from standard input, runs the
program in the overlays, and writes what it did to standard output, both JSON. The end of standard input ends the
program.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

_VIRTUAL = ("/proc", "/sys", "/dev", "/run")
"""What is below them belongs to the kernel, or, sockets in /run, to services that would talk to the network for us."""

_PRIVATE = {"/run": 0o755, "/dev/shm": 0o1777}
"""Empty at the start, and recorded."""

_LISTEN = "0A"
_LOOPBACK = ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")


class Layers:
    """The program's root folder, and where its changes go."""

    def __init__(self, folder: Path) -> None:
        _mount("-t", "tmpfs", "tmpfs", folder)
        self.root = folder / "root"
        self.root.mkdir()
        self._folder = folder
        self._upper: dict[str, Path] = {}
        for target in _mounted():
            self._cover(target)
        _mount("-t", "proc", "proc", self.root / "proc")
        for name in ("sys", "dev"):
            _mount("--rbind", f"/{name}", self.root / name)
        for target, mode in _PRIVATE.items():
            _mount("--bind", self._new_upper(target, mode), self.root / target[1:])

    def changes(self) -> set[str]:
        """Everything that differs from the machine's own files."""
        found = set()
        for target, upper in self._upper.items():
            for folder, folders, files in os.walk(upper):
                here = Path(target, Path(folder).relative_to(upper))
                found |= {str(here / name) for name in files}
                for name in folders:
                    path = here / name
                    if Path(folder, name).is_symlink():
                        found.add(str(path))
                    elif target in _PRIVATE or not path.is_dir():  # an old folder is only there to hold what is new
                        found.add(f"{path}/")
        return found

    def _cover(self, target: str) -> None:
        place = self.root / target[1:]
        if not Path(target).is_dir():
            _mount("--bind", target, place)
            return
        upper, work = self._new_upper(target), self._folder / f"work{len(self._upper)}"
        work.mkdir()
        _mount("-t", "overlay", "overlay", "-o", f"lowerdir={target},upperdir={upper},workdir={work}", place)

    def _new_upper(self, target: str, mode: int = 0o755) -> Path:
        upper = self._folder / f"upper{len(self._upper)}"
        upper.mkdir()
        upper.chmod(Path(target).stat().st_mode & 0o7777 if target not in _PRIVATE else mode)
        self._upper[target] = upper
        return upper


def _mounted() -> list[str]:
    """The mount points of real file systems, outer ones first."""
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    points = {line.split()[4].replace("\\040", " ") for line in lines}
    return sorted(p for p in points if not any(p == v or p.startswith(f"{v}/") for v in _VIRTUAL))


def _mount(*options: object) -> None:
    subprocess.run(["mount", *map(str, options)], check=True, stdout=sys.stderr)


def _listening() -> set[str]:
    """Sockets of this network namespace that wait for connections from other machines (proc(5), /proc/net/tcp)."""
    found = set()
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(FileNotFoundError):
            for line in Path("/proc/self/net", name).read_text(encoding="ascii").splitlines()[1:]:
                local, state = line.split()[1], line.split()[3]
                if state == _LISTEN and local.partition(":")[0] not in _LOOPBACK:
                    found.add(f"{name} {local}")
    return found


def _resolve_by(resolver: str, etc: Path) -> None:
    """Names are looked up at `resolver` and nowhere else."""
    for name, text in {
        "resolv.conf": f"nameserver {resolver}\noptions timeout:1 attempts:1\n",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        "hosts": "127.0.0.1 localhost\n::1 localhost\n",
    }.items():
        (etc / name).unlink(missing_ok=True)
        (etc / name).write_text(text, encoding="utf-8")


def _run(request: dict[str, Any], root: Path, log: Path) -> tuple[int, set[str]]:
    """Exit status, and where the program listened."""
    enter = ["chroot", str(root), "/bin/sh", "-c", 'cd "$HOME" && exec "$@"', "sh"]
    listening: set[str] = set()
    with log.open("wb") as out:
        program = subprocess.Popen(
            [*enter, *request["command"]],
            env=request["environment"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        threading.Thread(target=_stop_at_end_of_input, args=(program.pid,), daemon=True).start()
        deadline = time.monotonic() + request["timeout_s"]
        while program.poll() is None and time.monotonic() < deadline:
            listening |= _listening()
            time.sleep(0.1)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        return program.wait(), listening


def _stop_at_end_of_input(group: int) -> None:
    sys.stdin.read()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)


def main() -> None:
    """One request."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    request = json.loads(sys.stdin.readline())
    folder = Path(request["scratch"], "layers")
    folder.mkdir()
    layers = Layers(folder)
    _resolve_by(request["resolver"], layers.root / "etc")
    (layers.root / request["home"][1:]).mkdir(parents=True)
    before = layers.changes()
    status, listening = _run(request, layers.root, folder / "log")
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    files = sorted(layers.changes() - before)
    json.dump({"status": status, "log": log, "files": files, "listening": sorted(listening)}, sys.stdout)


if __name__ == "__main__":
    main()
