"""Runs `python -m edge.board` on the board, with secrets on its standard input and a diff of the settings."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: edge_voice_board
short_description: Test a release of edge-voice, switch to it, or remove the service
description:
  - Runs the installer that is part of each release. C(prove) lets the release test a configuration. C(activate)
    replaces release, settings, secrets and drop-ins in one step, and puts the old ones back if the service does not
    start.
options:
  command: {type: str, required: true, choices: [prove, activate, uninstall], description: What to do.}
  release: {type: str, description: Name of the release.}
  settings: {type: str, description: The settings file.}
  secrets: {type: dict, description: "Credentials of the service, name to content. Others are removed."}
  drop_ins: {type: dict, description: "Drop-ins of the unit, name to content. Others that Ansible wrote are removed."}
  enabled: {type: bool, default: true, description: Start the service now and at boot.}
  restart: {type: bool, default: true, description: Restart a service that runs anything older.}
  purge: {type: bool, default: false, description: "With C(uninstall): also settings, secrets, models and timers."}
author: The edge-voice authors
"""

RELEASES = Path("/opt/edge-voice/releases")
SETTINGS = Path("/etc/edge-voice/config.toml")
DROP_INS = Path("/etc/systemd/system/edge-voice.service.d")
MANAGED = "# Written by Ansible: change the inventory, not this file.\n"


def main() -> None:
    """Carry out one command."""
    module = AnsibleModule(
        argument_spec={
            "command": {"type": "str", "required": True, "choices": ["prove", "activate", "uninstall"]},
            "release": {"type": "str"},
            "settings": {"type": "str"},
            "secrets": {"type": "dict", "no_log": True},
            "drop_ins": {"type": "dict"},
            "enabled": {"type": "bool", "default": True},
            "restart": {"type": "bool", "default": True},
            "purge": {"type": "bool", "default": False},
        },
        required_if=[("command", "prove", ["release"]), ("command", "activate", ["release"])],
        supports_check_mode=True,
    )
    match module.params["command"]:
        case "prove":
            _prove(module)
        case "activate":
            _activate(module)
        case _:
            _uninstall(module)


def _prove(module: AnsibleModule) -> None:
    if not module.check_mode:
        _board(module, "prove", module.params["release"])
    module.exit_json(changed=False)


def _activate(module: AnsibleModule) -> None:
    """In check mode a new release is not there yet."""
    diff = _diff(module.params["settings"], module.params["drop_ins"] or {})
    if module.check_mode and not (RELEASES / module.params["release"]).is_dir():
        module.exit_json(changed=True, diff=diff)
    flags = {
        "--dry-run": module.check_mode,
        "--no-enable": not module.params["enabled"],
        "--no-restart": not module.params["restart"],
    }
    chosen = [flag for flag, wanted in flags.items() if wanted]
    said = _board(module, "activate", module.params["release"], "--proved", *chosen)
    changed = json.loads(said)["changed"]
    module.exit_json(changed=bool(changed), changes=changed, diff=diff)


def _uninstall(module: AnsibleModule) -> None:
    """On the system's Python: an upgrade of the system may have removed that of the release."""
    boards = sorted(RELEASES.glob("*/lib/python3*/site-packages/edge/board"))
    if boards and not module.check_mode:
        os.environ["PYTHONPATH"] = str(boards[-1].parents[1])
        purge = ["--purge"] if module.params["purge"] else []
        _run(module, [sys.executable, "-m", "edge.board", "uninstall", *purge], "")
    module.exit_json(changed=bool(boards))


def _board(module: AnsibleModule, command: str, release: str, *flags: str) -> str:
    configuration = {name: module.params[name] for name in ("settings", "secrets", "drop_ins")}
    python = str(RELEASES / release / "bin/python")
    return _run(module, [python, "-m", "edge.board", command, release, *flags], json.dumps(configuration))


def _run(module: AnsibleModule, command: list[str], document: str) -> str:
    status, said, complaint = module.run_command(command, data=document)
    if status != 0:
        module.fail_json(msg=complaint.strip() or f"{command[3]} failed with status {status}")
    return str(said)


def _diff(settings: str, drop_ins: Mapping[str, str]) -> list[dict[str, str]]:
    wanted = {SETTINGS: settings} | {DROP_INS / f"{name}.conf": f"{MANAGED}{text}" for name, text in drop_ins.items()}
    return [
        {"before_header": str(path), "before": _text(path), "after_header": str(path), "after": text}
        for path, text in wanted.items()
        if _text(path) != text
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


if __name__ == "__main__":
    main()
