"""How the process uses memory: on a board, free memory belongs to the system, not to the C library.

Other C libraries than glibc are left as they are. What stays is not looked through again and again.
"""

import ctypes
import gc

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_RETURNED_BYTES = 2 * 1024 * 1024
"""Above what a step of the recogniser's decoder takes, 1 MB for eight hypotheses: fresh pages from the system for each
step cost as much as a third of its arithmetic. With 4 MB the process would keep 25 MB more."""


def configure_malloc() -> None:
    """Keep little free memory in the process. Call once, before the first thread starts.

    By default glibc raises the size from which it returns freed blocks at once to 32 MB when such blocks come and go,
    which keeps 50 to 130 MB after decoding, and gives each thread a heap of its own, which keeps 20 MB after the start.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _RETURNED_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _RETURNED_BYTES)
        mallopt(_M_ARENA_MAX, 1)


def return_free_memory() -> None:
    """Give the free pages inside the heap back to the system: after work that allocated much, such as a grammar."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def collect_no_more() -> None:
    """Leave all that is loaded now out of later garbage collections. Call once, when the process has started.

    Grammars and modules are a hundred thousand objects that stay; a full collection looks at each of them, which takes
    80 ms on a server, and it comes in the middle of a turn as well as anywhere else. Without them it takes 2 ms.
    """
    gc.collect()
    gc.freeze()
