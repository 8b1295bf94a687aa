"""Files that somebody else may have put there: regular ones alone, and never more of one than can
be of use. A pipe, a device or a file without end would keep us waiting."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


class NotRegular(OSError):
    """What was to be read is a pipe, a device, or another thing that is no file."""


@contextmanager
def regular(path: str | Path, *, links: bool = True) -> Iterator[BufferedReader]:
    """A regular file, open for reading its bytes; through a last link only with `links`.

    Raises NotRegular, IsADirectoryError for a folder, and OSError for what can't be opened.
    """
    handle = os.open(path, _FLAGS | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise NotRegular
        file = os.fdopen(handle, "rb", closefd=False)
        with file:
            yield file
    finally:
        os.close(handle)


def read_bytes(path: str | Path, most: int, *, links: bool = True) -> bytes:
    """What a regular file holds, at most one byte more than `most`. Raises as `regular` does."""
    with regular(path, links=links) as file:
        return file.read(most + 1)


def holds(path: str | Path, data: bytes) -> bool:
    """Whether a regular file holds just this."""
    try:
        return read_bytes(path, len(data)) == data
    except OSError:
        return False
