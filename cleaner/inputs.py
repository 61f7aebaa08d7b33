"""Which files are meant: names, folders, and lists of names."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import BinaryIO

from cleaner import files
from cleaner.errors import CleanerError

TEXTS = ("*.txt",)
"""What is taken from a folder if nobody says otherwise."""
RECORDS = ("*.jsonl", "*.ndjson")
"""The same for JSON Lines."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that are meant."""

    names: tuple[str, ...]
    """Each once, in order; of a folder, in the order of their names."""
    folder: str | None = None
    """The folder they lie in, if one folder was named and nothing else."""
    troubles: tuple[str, ...] = ()
    """A line for every folder that could not be read."""


def find(
    names: Iterable[str], globs: tuple[str, ...] = TEXTS, *, links: bool = True, leave_out: str | None = None
) -> Inputs:
    """The files that ``names`` stand for: a file for itself, a folder for all the files below it.

    From a folder come the files that match one of ``globs``: their names, or with a slash in the glob their paths
    from the folder on; a compressed file may match without its suffix. Hidden ones are not taken unless they are
    named, nor those in the folder ``leave_out``. Links to files are taken if ``links`` says so; links to folders are
    not followed, so there is no endless loop.
    """
    names = list(names)
    found: dict[str, None] = {}
    troubles: list[str] = []
    for name in names:
        if os.path.isdir(name):
            below = _walk(name, leave_out, links, troubles)
            found.update((path, None) for path in below if _matches(path, name, globs))
        else:
            found[name] = None
    single = len(names) == 1 and os.path.isdir(names[0])
    return Inputs(tuple(found), names[0] if single else None, tuple(troubles))


def _walk(top: str, leave_out: str | None, links: bool, troubles: list[str]) -> Iterator[str]:
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with files.naming(folder), os.scandir(folder) as entries:
                seen = sorted((entry for entry in entries if not entry.name.startswith(".")), key=_name)
        except CleanerError as error:
            troubles.append(str(error))
            continue
        below = [entry.path for entry in seen if entry.is_dir(follow_symlinks=False)]
        folders += (path for path in reversed(below) if not (leave_out and _is(path, leave_out)))
        yield from (entry.path for entry in seen if entry.is_file(follow_symlinks=links))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is(path: str, folder: str) -> bool:
    return os.path.exists(folder) and os.path.samefile(path, folder)


def _matches(path: str, top: str, globs: tuple[str, ...]) -> bool:
    paths = {path, path[: len(path) - len(files.compression(path))]}
    return any(
        fnmatch(os.path.relpath(each, top) if "/" in glob else os.path.basename(each).lower(), glob)
        for glob in globs
        for each in paths
    )


def listed(file: BinaryIO, *, nul: bool) -> Iterator[str]:
    """The names in a list, one a line, or separated by NUL characters; empty ones are passed over."""
    separator = b"\0" if nul else b"\n"
    rest = b""
    while block := file.read(1 << 16):
        *whole, rest = (rest + block).split(separator)
        yield from (os.fsdecode(name) for name in whole if name)
    if rest:
        yield os.fsdecode(rest)
