"""`python3 -m edge.board COMMAND`: what `make install` and the Ansible role run. It asks no questions."""

import argparse
import errno
import fcntl
import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edge import __version__
from edge.board.console import Console, ask
from edge.board.files import Configuration
from edge.board.host import create_account, create_folders, install_packages, require_host, require_space
from edge.board.layout import UNIT, Layout, target, write_whole
from edge.board.release import (
    Release,
    build,
    check_settings,
    checkout_digest,
    fill_from_checkout,
    fill_from_wheels,
    pull_models,
    python_tag,
    release_name,
    remove_incomplete,
)
from edge.board.switch import activate, is_installed, plan, prove_with, rollback, uninstall
from edge.errors import InstallError

FIRST_SETTINGS = b"""\
# Settings of edge-voice. docs/settings.md describes all of them; this file may stay empty.
# After a change: sudo edge-voice check && sudo systemctl restart edge-voice
#
# [device]
# name = "Kitchen speaker"
# area = "Kitchen"
#
# [audio]
# input = "USB"      # part of a name that `sudo edge-voice doctor` lists
#
# [mqtt]
# host = "broker.local"
"""


def main() -> int:
    """Run one command; its exit status."""
    options = _options()
    layout = Layout()
    console = Console(layout.log)
    os.umask(0o022)  # the service, another user, reads what is made here
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # a lost connection ends an installation as Ctrl-C does
    try:
        require_host()
        with _alone(layout, console):
            _COMMANDS[options.command](options, layout, console)
    except InstallError as error:
        console.say(f"edge-voice: {error}")
        return 1
    except OSError as error:
        full = "; free some space, then" if error.errno == errno.ENOSPC else "; you can"
        console.say(f"edge-voice: {error.filename or 'the system'}: {error.strerror or error}{full} try again")
        return 1
    except KeyboardInterrupt:
        console.say("edge-voice: interrupted; the same command again finishes what is left to do")
        return 130
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m edge.board", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("install", "upgrade"):
        install = commands.add_parser(name, help="install this checkout as the service")
        install.add_argument("--checkout", type=Path, default=Path(__file__).resolve().parents[2])
        install.add_argument("--python", default=sys.executable)
    commands.add_parser("rollback", help="go back to the previous release")
    remove = commands.add_parser("uninstall", help="remove the service and the program")
    remove.add_argument("--purge", action="store_true", help="also settings, secrets, timers, models and account")
    building = commands.add_parser("build", help="build a release from wheels, and switch to nothing")
    building.add_argument("name")
    building.add_argument("--wheels", type=Path, required=True)
    building.add_argument("--python", default=sys.executable)
    proving = commands.add_parser("prove", help="test a release with a configuration (JSON on standard input)")
    proving.add_argument("name")
    activating = commands.add_parser(
        "activate", help="switch to a release and a configuration (JSON on standard input)"
    )
    activating.add_argument("name")
    activating.add_argument("--proved", action="store_true", help="`prove` has tested it with this configuration")
    activating.add_argument("--dry-run", action="store_true", help="only print what would be changed")
    activating.add_argument("--no-enable", action="store_true")
    activating.add_argument("--no-restart", action="store_true")
    return parser.parse_args()


@contextmanager
def _alone(layout: Layout, console: Console) -> Iterator[None]:
    """One installation at a time."""
    with (layout.root / "run/edge-voice-install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstallError("busy", "another installation is running", "wait for its end, then try again") from None
        console.lock = lock.fileno()
        yield


def _install(options: argparse.Namespace, layout: Layout, console: Console) -> None:
    before = target(layout.current)
    if options.command == "upgrade" and before is None:
        console.say("* nothing is installed yet: installing")
    name = release_name(__version__, checkout_digest(options.checkout), python_tag(options.python))
    remove_incomplete(layout)
    if not Release(layout.releases / name).works():
        require_space(layout)
    sound = install_packages(console, options.python)
    create_account(console)
    create_folders(layout)
    fill = fill_from_checkout(layout, console, options.checkout, sound=sound)
    release, built = build(layout, console, name, options.python, fill)
    if not layout.settings.exists():
        write_whole(layout.settings, FIRST_SETTINGS)
    check_settings(layout, console, release)
    pull_models(console, release)
    changed = activate(layout, console, release)
    if not built and not changed:
        console.say(f"{name} is installed and runs already: nothing was changed")
    _say_what_next(layout, console, release, before)


def _say_what_next(layout: Layout, console: Console, release: Release, before: Path | None) -> None:
    status = ask("systemctl", "show", "-P", "StatusText", UNIT).stdout.strip()
    console.say(f"\nedge-voice {release.name} is running ({status or 'no status'}).")
    if before is not None and before != release.folder:
        console.say(f"Before it ran {before.name}; to go back: sudo make rollback")
    for warning in dict.fromkeys(console.warnings):
        console.say(f"Note: {warning}")
    word = "Alexa"
    try:
        report = json.loads(ask(release.program, "doctor", "--json").stdout)
        word = re.sub("[_-]", " ", report["wake_words"][0]).capitalize()
        for finding in report["findings"]:
            kind = "To repair" if finding["certain"] else "Note"
            console.say(f"{kind}: {finding['message']}" + (f" - {finding['hint']}" if finding["hint"] else ""))
    except (ValueError, LookupError):
        pass  # of a program that could not look; `doctor` shows why
    user = os.environ.get("SUDO_USER", "$USER")
    console.say(
        f'\nTry this first: say "{word}, what time is it?"\n'
        '  sudo edge-voice ask "what time is it"    a typed question\n'
        "  sudo edge-voice doctor                   what is missing\n"
        "  sudo journalctl -u edge-voice -f         what the speaker does\n"
        f"  sudo usermod -aG edge-voice {user}; then log in again, and the commands need no sudo\n"
        f"Settings: {layout.settings}"
    )


def _rollback(_: argparse.Namespace, layout: Layout, console: Console) -> None:
    release = rollback(layout, console)
    console.say(f"edge-voice {release.name} is running. To go back to the other release: sudo make rollback")


def _uninstall(options: argparse.Namespace, layout: Layout, console: Console) -> None:
    installed = is_installed(layout)
    kept = uninstall(layout, console, purge=options.purge)
    console.say("Removed edge-voice." if installed else "The service was not installed.")
    if kept:
        console.say(f"Kept: {', '.join(map(str, kept))}, and the user edge-voice.")
        console.say("To remove them, too: sudo make uninstall PURGE=1")


def _build(options: argparse.Namespace, layout: Layout, console: Console) -> None:
    python_tag(options.python)
    remove_incomplete(layout)
    create_account(console)
    create_folders(layout)
    fill = fill_from_wheels(console, options.wheels)
    _, built = build(layout, console, options.name, options.python, fill, pip=False)
    print(json.dumps({"changed": ["release"] if built else [], "notes": console.warnings}))


def _named(options: argparse.Namespace, layout: Layout) -> Release:
    release = Release(layout.releases / options.name)
    if not release.works():
        raise InstallError("release-missing", f"{options.name} is not installed", "build it first")
    return release


def _prove(options: argparse.Namespace, layout: Layout, console: Console) -> None:
    release = _named(options, layout)
    create_account(console)
    create_folders(layout)
    prove_with(layout, console, release, Configuration.parse(sys.stdin.buffer.read()))


def _activate(options: argparse.Namespace, layout: Layout, console: Console) -> None:
    release, wanted = _named(options, layout), Configuration.parse(sys.stdin.buffer.read())
    service = {"enable": not options.no_enable, "restart": not options.no_restart}
    if options.dry_run:
        changed = plan(layout, release, wanted, **service)
    else:
        changed = activate(layout, console, release, wanted, proved=options.proved, **service)
    print(json.dumps({"changed": changed, "notes": console.warnings}))


_COMMANDS = {
    "install": _install,
    "upgrade": _install,
    "rollback": _rollback,
    "uninstall": _uninstall,
    "build": _build,
    "prove": _prove,
    "activate": _activate,
}

if __name__ == "__main__":
    sys.exit(main())
