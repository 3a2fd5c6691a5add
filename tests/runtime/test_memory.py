"""What the C library does with free memory, in a process of its own: the setting cannot be taken back."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import ctypes, sys, threading
from edge.runtime.memory import configure_malloc

if sys.argv[1] == "configured":
    configure_malloc()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
barrier = threading.Barrier(4)

def work():
    libc.malloc(ctypes.c_size_t(100_000))
    barrier.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
stream = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, stream)
libc.fflush(stream)
"""

COLLECTS = """
import gc, weakref
from edge.runtime.memory import collect_no_more

class Loaded:
    pass

gc.disable()
garbage = Loaded()
garbage.itself = garbage
gone = weakref.ref(garbage)
del garbage
loaded = Loaded()
collect_no_more()
print(gone() is None, loaded in gc.get_objects(), gc.get_freeze_count() > 1000)
"""


def test_what_is_loaded_is_left_out_of_collections_and_its_garbage_is_not_kept() -> None:
    command = [sys.executable, "-c", COLLECTS]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.split() == ["True", "False", "True"]


@pytest.mark.skipif(sys.platform != "linux", reason="glibc only")
def test_threads_share_one_heap() -> None:
    heaps = {}
    for way in ("default", "configured"):
        command = [sys.executable, "-c", PROGRAM, way]
        heaps[way] = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.count("<heap")
    assert heaps["configured"] == 1 < heaps["default"]
