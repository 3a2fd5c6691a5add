"""Ansible against a guest, over real ssh from the hub's network namespace."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.guest import Guest, sh, ssh_key

ROOT = Path(__file__).resolve().parents[2]
ANSIBLE = ROOT / "ansible"
PLAYBOOK = ANSIBLE / "playbook.yml"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Report:
    """What a run of the playbook did; `changed` is that of the first host."""

    ok: bool
    changed: int
    output: str


def prepare(bundle: Path) -> None:
    """What an owner runs on the laptop: wheels and models into a folder."""
    sh(sys.executable, ANSIBLE / "prepare", "--out", bundle, timeout=600)


def play(
    guest: Guest, folder: Path, variables: Mapping[str, Any], *, check: bool = False, playbook: Path = PLAYBOOK
) -> Report:
    """Run the playbook with these variables; with `check`, only say what it would change, and show the differences."""
    ssh = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    login = {
        "ansible_user": "root",
        "ansible_ssh_private_key_file": str(ssh_key()),
        "ansible_ssh_common_args": ssh,
    }
    hosts = {guest.name: {"ansible_host": guest.address}}
    options = ["--check", "--diff"] if check else []
    return run_ansible(folder, hosts, login | dict(variables), *options, playbook, inside=guest.hub)


def run_ansible(
    folder: Path, hosts: Mapping[str, Any], variables: Mapping[str, Any], *arguments: object, inside: str | None = None
) -> Report:
    """Run ansible-playbook on these hosts, in a network namespace if one is named."""
    path = folder / "inventory.json"
    path.write_text(json.dumps({"speakers": {"hosts": hosts, "vars": variables}}), encoding="utf-8")
    environment = {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_CONFIG": str(ANSIBLE / "ansible.cfg"),
        "ANSIBLE_NOCOLOR": "1",
    }
    command = [*(("ip", "netns", "exec", inside) if inside else ()), BIN / "ansible-playbook", "-i", path, *arguments]
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=600,
    )
    output = done.stdout + done.stderr
    changed = re.search(r"\bchanged=(\d+)", output)
    return Report(done.returncode == 0, int(changed[1]) if changed else 0, output)
