"""How much memory a process has, and how much it may have."""

import importlib
import os
from contextlib import suppress
from pathlib import Path

_NOW = Path("/proc/self/statm")


def resident() -> int:
    """Bytes of memory of this process: now where the system tells (Linux), else the most so far."""
    with suppress(OSError):
        return int(_NOW.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with suppress(ImportError):  # no such module on Windows
        resource = importlib.import_module("resource")
        most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if os.uname().sysname == "Darwin" else most * 1024
    return 0


def limit_memory(most: int) -> None:
    """Lets this process ask for no more than so many bytes, where the system can hold it to that.

    A runaway document then fails alone, before the machine runs out of memory.
    """
    if not _NOW.is_file():  # elsewhere the limit doesn't count what is asked for, or is not there
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
