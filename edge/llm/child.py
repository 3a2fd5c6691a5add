"""The process that holds the quantised model: `python -m edge.llm.child OPTIONS`, started by `edge.llm.local`.

Protocol: the parent writes the access token as one line on standard input; the child answers with one JSON line on
standard output, {"url": ...}, {"error": ...} or {"missing": ...} (why the runtime cannot be loaded), and lives until
its standard input ends. The token is on no command line and in no environment, where other users of the machine could
read it.
"""

import argparse
import contextlib
import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xllamacpp import Server

_PR_SET_PDEATHSIG = 1
_OOM_SCORE_ADJ = 500
"""As if the process had half of the machine's memory more than it has."""

_LARGE_MODEL = 400_000_000
"""Bytes. Measured with models of 98, 491 and 1,117 MB: see docs/language-models.md."""


def main() -> int:
    """Serve until standard input ends."""
    _end_with_parent()
    _die_first()
    options = _options()
    token = sys.stdin.readline().strip()
    if not token:
        return 1
    announce = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the runtime may print, but only our line is read
    # Generation must not take the processor from the microphone and the voice.
    os.nice(5)
    # If waiting threads spin (OpenMP's default), the first word takes a second while another process keeps a core busy;
    # if they never spin, it is 50 % slower on an idle machine. A short spin is best.
    os.environ.setdefault("GOMP_SPINCOUNT", "300")
    try:
        server = _serve(options, token)
    except RuntimeError:
        reply = {"error": "the model cannot be loaded"}
    except ImportError as error:
        reply = {"missing": str(error)}
    else:
        reply = {"url": server.listening_address}
    announce.write(json.dumps(reply) + "\n")
    announce.close()
    if "url" not in reply:
        return 1
    while sys.stdin.read(1024):
        pass
    # Not through the interpreter's shutdown, which would wait for a running generation.
    os._exit(0)


def _end_with_parent() -> None:
    """Request to be killed when the thread that started this process ends (prctl(2); Linux)."""
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended in between
        raise SystemExit(1)


def _die_first() -> None:
    """Where memory runs out, the kernel is to end this process and not the speaker's (proc(5)).

    Raising the value needs no right.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_OOM_SCORE_ADJ), encoding="ascii")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--verbosity", type=int, default=-1)
    return parser.parse_args()


def _writing_threads(threads: int, model_size: int) -> int:
    """How many of the threads write the answer; all of them read the prompt, which is bound by arithmetic.

    With a small model half of them are as fast, and leave a core for the voice, which speaks the first words meanwhile.
    With a large one, writing gains from every core, too, and the first words wait for it longer than for the voice.
    """
    return threads if model_size > _LARGE_MODEL else max(1, threads // 2)


def _serve(options: argparse.Namespace, token: str) -> "Server":
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(options.model)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [token]
    params.n_threads_http = 2
    params.ui = False
    params.offline = True  # the runtime can fetch models; this one is given a file
    params.verbosity = options.verbosity
    params.fit_params = False
    params.n_parallel = 1
    if options.kept is not None:
        os.umask(0o077)
        params.slot_save_path = f"{options.kept}/"
    params.n_ctx = options.context
    # A cancelled request is noticed between two batches: small ones keep that under about a quarter of a second.
    params.n_batch = params.n_ubatch = 64
    params.cpuparams_batch.n_threads = options.threads
    params.cpuparams.n_threads = _writing_threads(options.threads, options.model.stat().st_size)
    # One conversation at a time, so one cache: none of the server's copies of older prompts.
    params.cache_ram_mib = 0
    params.n_ctx_checkpoints = 0
    return xllamacpp.Server(params)


if __name__ == "__main__":
    raise SystemExit(main())
