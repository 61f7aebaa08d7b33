"""Bytes of a named file, and a file written in one step: all of it or nothing."""

import errno
import os
from pathlib import Path

from cleaner.errors import CleanerError

_ADVICE = {
    errno.ENOENT: "no such file or folder; check the name, or pipe the text in",
    errno.EACCES: "permission denied; check who may read or write it",
    errno.EISDIR: "is a folder; name a file",
    errno.ENOSPC: "no space left on the device; nothing was written",
}


def explain(error: OSError) -> str:
    """What went wrong with a file and what to try, in one line without its name.

    >>> explain(FileNotFoundError(2, "No such file or directory"))
    'no such file or folder; check the name, or pipe the text in'
    """
    return _ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()


def write(target: Path, data: bytes, source: Path | None = None) -> None:
    """Write ``target`` in one step, so that it never holds half a text.

    Raises :class:`cleaner.CleanerError` if ``target`` is ``source``, the file the text came from, and ``OSError``
    if it cannot be written.
    """
    if target.exists() and not target.is_file():  # a device, a pipe; a folder fails here with a clear word
        target.write_bytes(data)
        return
    if source is not None and target.exists() and target.samefile(source):
        raise CleanerError("is the input itself; give -o another name")
    import tempfile  # slow to import, and most calls write to standard output

    place = target.resolve()  # through a symbolic link, not over it
    descriptor, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
