"""The command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def edge_voice(*arguments: str | Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`edge-voice` with these arguments and `typed` on standard input; `environment` is added to the present one."""
    return subprocess.run(
        [sys.executable, "-m", "edge", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )
