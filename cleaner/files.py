"""Files: read whole, also compressed, and written in one step, so that no file ever holds half a text."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple

from cleaner.errors import CleanerError

if sys.platform != "win32":
    import fcntl

_ADVICE = {
    errno.ENOENT: "no such file or folder; check the name, or pipe the text in",
    errno.EACCES: "permission denied; check who may read or write it",
    errno.EISDIR: "is a folder; name a file",
    errno.ENOSPC: "no space left on the device; nothing was written",
    errno.EDQUOT: "no space left for this user; nothing was written",
    errno.EFBIG: "would become larger than a file may be here; nothing was written",
    errno.EROFS: "the device can only be read; nothing was written",
    errno.ENAMETOOLONG: "the name is too long for this device",
    errno.EMFILE: "too many open files; use fewer processes (-j)",
}

# What is written beside a target before it takes its place. No part of the target's own name: that may be as long
# as a name can be. Hidden, so that nobody takes it for a text.
_TEMPORARY = ".cleaner-{}.tmp"


class Stamp(NamedTuple):
    """Tells one state of a file from another."""

    inode: int
    size: int
    modified: int
    """In nanoseconds."""


def stamp(path: str | os.PathLike[str]) -> Stamp:
    """The state a file is in. Raises ``OSError`` if there is none."""
    found = os.stat(path)
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def shown(name: str) -> str:
    r"""What a person calls the file ``name``: on one line, and printable whatever bytes the name is made of.

    >>> shown("报告.txt"), shown("-"), shown("b\udcffd\n.txt")
    ('报告.txt', 'standard input', 'b\\xffd\\n.txt')
    """
    if name == "-":
        return "standard input"
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def explain(error: OSError) -> str:
    """What went wrong with a file and what to try, in one line without its name.

    >>> explain(FileNotFoundError(2, "No such file or directory"))
    'no such file or folder; check the name, or pipe the text in'
    """
    return _ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()


class FileError(CleanerError):
    """What went wrong with a file, in one line that names it."""


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Turn what can go wrong with the file ``name`` into a ``FileError``; one that names another file stays."""
    try:
        yield
    except FileError:
        raise
    except CleanerError as error:
        raise FileError(f"{shown(name)}: {error}") from error
    except OSError as error:
        raise FileError(f"{shown(name)}: {explain(error)}") from error
    except MemoryError as error:
        raise FileError(f"{shown(name)}: not enough memory; split the file and clean its parts") from error


# ---------------------------------------------------------------- reading


def read(name: str) -> bytes:
    """The bytes of a file, decompressed if its name ends in .gz, .bz2 or .xz; ``-`` is standard input.

    Raises ``OSError`` if it cannot be read, and :class:`cleaner.CleanerError` if it is not compressed as its
    name says.
    """
    with reading(name) as file:
        return file.read()


@contextmanager
def reading(name: str) -> Iterator[BinaryIO]:
    """The same as an open file, for texts that are not to be held whole."""
    if name == "-":
        if sys.stdin is None:
            raise CleanerError("is closed; name a file")
        yield sys.stdin.buffer
        return
    with open(name, "rb") as raw:
        if not (suffix := compression(name)):
            yield raw
            return
        import lzma
        import zlib

        try:
            with _unpacking(raw, suffix) as file:
                yield file
        except (EOFError, zlib.error, lzma.LZMAError) as error:
            raise CleanerError(_not_compressed(suffix)) from error
        except OSError as error:
            if error.errno is None:  # gzip and bz2 say so of their data; the system's errors have a number
                raise CleanerError(_not_compressed(suffix)) from error
            raise


def compression(name: str) -> str:
    """The suffix that says how the file ``name`` is compressed; empty if it is not.

    >>> compression("a.txt.gz"), compression("gz")
    ('.gz', '')
    """
    suffix = os.path.splitext(name)[1].lower()
    return suffix if suffix in (".gz", ".bz2", ".xz") else ""


def _not_compressed(suffix: str) -> str:
    return f"is not a whole {suffix} file; it is damaged or cut short, or only called so"


def _unpacking(raw: BinaryIO, suffix: str) -> BinaryIO:
    import bz2
    import gzip
    import lzma

    openers = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
    return openers[suffix](raw, "rb")  # type: ignore[operator, no-any-return]


@contextmanager
def _packing(raw: BinaryIO, suffix: str) -> Iterator[BinaryIO]:
    import bz2
    import gzip
    import lzma

    if suffix == ".gz":  # without a time and a name inside, so that the same text gives the same file
        with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
            yield packed  # type: ignore[misc]
    else:
        with {".bz2": bz2.open, ".xz": lzma.open}[suffix](raw, "wb") as packed:  # type: ignore[operator]
            yield packed


# ---------------------------------------------------------------- writing


def write(target: str, data: bytes, source: str | None = None) -> None:
    """Write ``target`` in one step; the same as :func:`writing`, with all of the text at hand."""
    with writing(target, source) as file:
        file.write(data)


class Unneeded(Exception):
    """Raised while a file is written: the target is to stay what it is after all."""


class Replacing(NamedTuple):
    """That a file is written over itself on purpose."""

    read: Stamp
    """The state in which it was read."""
    backup: str | None = None
    """The suffix of the name under which the old one is kept."""


def append(target: str, lines: bytes) -> None:
    """Add whole lines to the end of a file, all of them or none, whoever else is adding to it.

    They are on the device before this returns. Raises ``OSError`` if they cannot be written.
    """
    with open(target, "ab+", buffering=0) as file:
        _lock(file.fileno(), wait=True)
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a killed run left half a line
                lines = b"\n" + lines
        rest = memoryview(lines)
        try:
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.truncate(size)
            raise


def replace(name: str, data: bytes, replacing: Replacing) -> None:
    """Write a file over itself in one step."""
    with writing(name, replacing=replacing) as file:
        file.write(data)


@contextmanager
def writing(target: str, source: str | None = None, replacing: Replacing | None = None) -> Iterator[BinaryIO]:
    """A file that becomes ``target`` in one step when the block ends well, and is gone if it does not.

    It is compressed if its name says so. An older ``target`` hands on its permissions and owner; a new one gets the
    permissions of ``source``, the file the text came from. Raises ``OSError`` if it cannot be written, and
    :class:`cleaner.CleanerError` if it is ``source`` itself; with ``replacing``, if it has been changed since it
    was read, or if its backup would replace another file.
    """
    if _is_special(target):  # a device, a pipe; a folder fails here with a clear word
        with open(target, "wb") as raw:
            yield raw
        return
    if replacing is None and source is not None and os.path.exists(target) and os.path.samefile(source, target):
        raise CleanerError("is the input itself; give -o another name")
    place = os.path.realpath(target)  # through a symbolic link, not over it
    descriptor, temporary = _new_file(place, source)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            if suffix := compression(target):
                with _packing(raw, suffix) as file:
                    yield file
            else:
                yield raw
            raw.flush()
            _hand_on(place, descriptor)
            os.fsync(descriptor)  # the text is on the device before its name is: no power cut leaves an empty file
            if replacing is not None:
                _let_go(place, target, replacing)
            os.replace(temporary, place)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        if not isinstance(error, Unneeded):
            raise


def _is_special(target: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(target).st_mode)
    except FileNotFoundError:
        return False


def _new_file(place: str, source: str | None) -> tuple[int, str]:
    """A temporary file beside ``place``, locked for as long as it is open."""
    folder = os.path.dirname(place)
    mode = 0o666  # the system takes from it what the user's umask forbids
    if os.path.exists(place):
        mode = 0o600
    elif source is not None and source != "-":
        mode = os.stat(source).st_mode & 0o777
    while True:
        temporary = os.path.join(folder, _TEMPORARY.format(os.urandom(6).hex()))
        with suppress(FileExistsError):
            descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
            _lock(descriptor, wait=True)
            if os.fstat(descriptor).st_nlink:  # somebody who sweeps may have come before the lock
                return descriptor, temporary
            os.close(descriptor)


def _hand_on(place: str, descriptor: int) -> None:
    """Give a new file the permissions and, if we may, the owner of the one it is going to replace."""
    try:
        old = os.stat(place)
    except FileNotFoundError:
        return
    if sys.platform != "win32":
        with suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _let_go(place: str, name: str, replacing: Replacing) -> None:
    """See to it that nothing is lost when the file at ``place`` is replaced."""
    if stamp(place) != replacing.read:
        raise CleanerError("was changed by somebody else meanwhile; run again")
    if not replacing.backup:
        return
    backup = name + replacing.backup
    try:
        os.link(place, backup)
    except FileExistsError:  # it may be an older original
        if not os.path.samefile(place, backup):  # the same: a run was stopped between this step and the next
            word = f"the backup {shown(backup)} is there already; move it, or take another suffix"
            raise CleanerError(word) from None
    except PermissionError:  # a device without links, if not a folder that is read-only
        with open(place, "rb") as file, writing(backup, place) as copy:
            while block := file.read(1 << 20):
                copy.write(block)


# ---------------------------------------------------------------- what a killed run leaves behind


def is_temporary(name: str) -> bool:
    """Whether a file of this name, without a folder, is one we were writing.

    >>> is_temporary(".cleaner-00c0ffee1234.tmp"), is_temporary(".cleaner-journal")
    (True, False)
    """
    before, after = _TEMPORARY.split("{}")
    return name.startswith(before) and name.endswith(after)


def sweep(folder: str) -> None:
    """Remove the temporary files that killed runs left in ``folder``; those still being written stay."""
    with suppress(OSError), os.scandir(folder) as entries:  # what cannot be removed does no harm
        for path in [entry.path for entry in entries if is_temporary(entry.name)]:
            remove_stale(path)


def remove_stale(path: str) -> None:
    """Remove one temporary file unless somebody is writing it, here or on another machine."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            _lock(descriptor, wait=False)
            os.unlink(path)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> None:
    """Hold the file until it is closed. Raises ``OSError`` if another process does and we do not ``wait``."""
    if sys.platform != "win32":  # there, a file that is open cannot be removed anyway
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
