"""A board in a folder: releases that are scripts, and a systemctl that starts a real process."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edge.board.console import Console
from edge.board.layout import UNIT, Layout
from edge.board.release import Release

SYSTEMCTL = """\
#!/bin/sh
# The part of systemctl that the installer uses, for one unit.
state={state}
echo "$*" >> $state/asked
stop() {{ [ -f $state/pid ] && kill $(cat $state/pid) 2>/dev/null; rm -f $state/pid; }}
case "$1" in
  is-active) [ -f $state/pid ] && echo active || echo inactive ;;
  is-enabled) [ -f $state/enabled ] && echo enabled || echo disabled ;;
  enable) touch $state/enabled ;;
  disable) rm -f $state/enabled; [ "$2" = --now ] && stop ;;
  stop) stop ;;
  restart)
    stop
    release=$(readlink {root}/opt/edge-voice/current)
    if [ -f "$release/does-not-start" ]; then echo "Job failed." >&2; exit 1; fi
    "$release/bin/python" -S -c 'import time; time.sleep(60)' >/dev/null 2>&1 &
    echo $! > $state/pid
    awk '{{printf "%.0f", ($1 + 0.02) * 1000000}}' /proc/uptime > $state/began ;;
  show)
    if [ "$3" = MainPID ]; then cat $state/pid 2>/dev/null || echo 0; else cat $state/began; fi ;;
esac
exit 0
"""

PROGRAM = """\
#!/bin/sh
echo "$(basename {folder}) $*" >> {state}/programs
for word in "$@"; do
  [ -f "{folder}/refuses-$word" ] && {{ echo "$word is refused" >&2; exit 1; }}
  [ -f "$word" ] && cat "$word" >> {state}/settings-seen
done
exit 0
"""


@dataclass
class Board:
    """What a test changes and sees."""

    layout: Layout
    console: Console
    state: Path

    def release(self, name: str, *trouble: str, unit: str = "[Service]\n") -> Release:
        """A complete release. `trouble`: "does-not-start", or "refuses-check", "refuses-verify", "refuses-demo"."""
        folder = self.layout.releases / name
        shipped = folder / "lib/python3.11/site-packages/edge/store/systemd" / UNIT
        shipped.parent.mkdir(parents=True)
        shipped.write_text(unit, encoding="utf-8")
        (folder / "bin").mkdir()
        (folder / "bin/python").symlink_to(os.path.realpath(sys.executable))
        program = folder / "bin/edge-voice"
        program.write_text(PROGRAM.format(folder=folder, state=self.state), encoding="utf-8")
        program.chmod(0o755)
        for word in trouble:
            (folder / word).touch()
        (folder / "release.json").write_text("{}", encoding="utf-8")
        return Release(folder)

    @property
    def current(self) -> str:
        """The name of the current release; empty if there is none."""
        return self.layout.current.resolve().name if self.layout.current.is_symlink() else ""

    @property
    def previous(self) -> str:
        """The name of the release before; empty if there is none."""
        return self.layout.previous.resolve().name if self.layout.previous.is_symlink() else ""

    @property
    def running(self) -> str:
        """The release that the service's process was started from; empty if none runs."""
        try:
            command = Path(f"/proc/{self.pid}/cmdline").read_bytes().split(b"\0")[0].decode()
        except OSError:
            return ""
        return Path(command).parents[1].name

    @property
    def pid(self) -> int:
        """The service's process; 0 if there is none."""
        pid = self.state / "pid"
        return int(pid.read_text(encoding="ascii")) if pid.exists() else 0

    def wait_for_the_next_tick(self) -> None:
        """Let the clock of files, which runs in steps, pass the start of the process: at most 50 ms."""
        began_s = int((self.state / "began").read_text(encoding="ascii")) / 1e6
        while time.monotonic() < began_s + 0.03:
            pass

    def said(self, file: str) -> list[str]:
        """The lines of "asked" (systemctl) or "programs" (the releases)."""
        path = self.state / file
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    layout, state, programs, modules = (tmp_path / name for name in ("root", "state", "bin", "modules"))
    for folder in (state, programs, modules):
        folder.mkdir()
    made = Layout(layout)
    for folder in (
        made.releases,
        made.settings_folder,
        made.secrets_folder,
        made.models,
        made.unit.parent,
        made.cache,
        layout / "run",
    ):
        folder.mkdir(parents=True)
    made.log.parent.mkdir(parents=True)
    scripts = {
        "systemctl": SYSTEMCTL.format(state=state, root=layout),
        "runuser": '#!/bin/sh\nshift 3\nexec "$@"\n',
        "userdel": "#!/bin/sh\n",
        "groupdel": "#!/bin/sh\n",
    }
    for name, text in scripts.items():
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    for name in ("edge", "pip"):
        (modules / f"{name}.py").touch()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(modules))
    monkeypatch.setattr("shutil.chown", lambda *_: None)  # the account exists on a board only
    found = Board(made, Console(made.log), state)
    yield found
    if found.pid:
        os.kill(found.pid, signal.SIGKILL)
