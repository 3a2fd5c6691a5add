"""Memory that is free goes back to the system: on a board it is the model's, or another program's."""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_RETURNED_BYTES = 2 * 1024 * 1024
"""Above what a step of the recogniser's decoder takes, 1 MB for eight hypotheses: fresh pages from the system for each
step cost as much as a third of its arithmetic. With 4 MB the process would keep 25 MB more."""


def return_freed_memory() -> None:
    """From now on the C library gives every freed block of some megabytes back to the system at once.

    By itself glibc raises that limit to 32 MB when such blocks come and go, and keeps what engines free between
    utterances. Holds for the whole process; other C libraries are left as they are.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _RETURNED_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _RETURNED_BYTES)
