"""What the sandbox of the service forbids."""

import mmap


def may_generate_code() -> bool:
    """Whether this process may make memory that is both writable and executable (`MemoryDenyWriteExecute=`)."""
    try:
        mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()
    except OSError:
        return False
    return True
