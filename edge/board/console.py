"""What an installation prints, and the programs that it runs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from edge.errors import InstallError

_TAIL_LINES = 15
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Console:
    """Prints one line for each step, and keeps the output of programs in a log."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.warnings: list[str] = []
        self.lock: int | None = None
        """The file that says that an installation is running. Programs of `run` inherit it, so that one of them that
        has survived its installer still counts as a running installation."""

    def say(self, text: str) -> None:
        """Print a line. Standard output is left to results that another program reads."""
        with suppress(OSError):  # a terminal or a pipe that was closed must not end a switch in its middle
            print(text, file=sys.stderr, flush=True)

    def warn(self, text: str) -> None:
        """Print a line now, and again at the end."""
        self.warnings.append(text)
        self.say(f"  note: {text}")

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """A step that may take long: its name when it begins, its duration when it ends."""
        self.say(f"* {text} ...")
        began = time.monotonic()
        yield
        self.say(f"  done in {time.monotonic() - began:.0f} s")

    def run(self, *command: object, code: str, hint: str, env: Mapping[str, str] | None = None) -> None:
        """Run a program to its end. If it fails, its last lines are part of the error, and all are in the log."""
        lines: list[str] = []
        fetched = 0
        with subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment() | dict(env or {}),
            pass_fds=() if self.lock is None else (self.lock,),
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            try:
                for line in process.stdout:
                    self._keep(line)
                    lines = [*lines[1 - _TAIL_LINES :], line.rstrip()]
                    if line.startswith("Collecting ") and sys.stderr.isatty():
                        fetched += 1
                        self._show(f"  package {fetched}: {line.split()[1][:60]:<60}")
            except BaseException:
                process.kill()
                raise
        if fetched:
            self._show(" " * 76)
        if process.returncode != 0:
            tail = "\n".join(f"    {line}" for line in lines if line)
            self.say(f"{tail}\n    (all of it: {self.log})")
            raise InstallError(code, f"{Path(str(command[0])).name} failed with status {process.returncode}", hint)

    def succeeds(self, *command: object) -> bool:
        """Run a program whose failure is an answer; its output goes into the log."""
        try:
            done = ask(*command)
        except OSError as error:
            done = subprocess.CompletedProcess([], 1, "", f"{error}\n")
        self._keep(done.stdout + done.stderr)
        return done.returncode == 0

    def _keep(self, text: str) -> None:
        with suppress(OSError), self.log.open("a", encoding="utf-8") as log:  # on a full disk, without a log
            log.write(text)

    def _show(self, text: str) -> None:
        with suppress(OSError):
            print(text, end="\r", file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """The variables for the programs: the caller's, but no messages in another language and no questions."""
    return os.environ | {
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ.get("PATH", _PATH),
        "DEBIAN_FRONTEND": "noninteractive",
        "TMPDIR": os.environ.get("TMPDIR", "/var/tmp"),  # noqa: S108 - /tmp can be a small one in memory
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


def show(*command: object) -> int:
    """Run a program that shows its own progress; its exit status."""
    words = [str(word) for word in command]
    return subprocess.run(words, stdin=subprocess.DEVNULL, check=False, env=environment()).returncode


def ask(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a program and keep its output. Raises `OSError` if there is no such program."""
    words: Sequence[str] = [str(word) for word in command]
    return subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env=environment(),
    )
