"""What earlier runs have done, so that a run that was stopped can be taken up again."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME = ".cleaner-journal"


class Journal:
    """A file with a line for every file done: its name, and the evidence that it is done and unchanged.

    A line is written when the file itself is, so a run that is killed has at worst done a file more than it knows.
    The evidence is compared as a whole: if a file's size or time has changed in any way, it is done again.
    ``settings`` is the first line; a journal that begins with another one counts for nothing.
    """

    def __init__(self, folder: str | Path, settings: object, *, go_on: bool) -> None:
        """Raises ``OSError`` if the journal cannot be written in ``folder``."""
        path = Path(folder, NAME)
        heading = _line(settings)
        self._done: set[bytes] = set()
        if go_on:
            with suppress(FileNotFoundError), path.open("rb") as old:
                if next(old, b"") == heading:
                    self._done = set(old)
        if not self._done:
            path.write_bytes(heading)
        self._file = path.open("ab", buffering=0)  # whoever else is writing, no line overwrites another
        # A line that was left unfinished, by a killed run or for want of space, must not swallow the next.
        self._unfinished = bool(self._done)

    def has(self, name: str, evidence: Iterable[int]) -> bool:
        """Whether the file ``name`` was done, and the evidence is still the same."""
        return bool(self._done) and _entry(name, evidence) in self._done

    def add(self, name: str, evidence: Iterable[int]) -> None:
        """Note that the file ``name`` is done. Raises ``OSError`` if there is no room for it."""
        line = _entry(name, evidence)
        if self._unfinished:
            line = b"\n" + line
        self._unfinished = True
        while line:
            line = line[self._file.write(line) :]
        self._unfinished = False

    def close(self) -> None:
        """No more is noted."""
        self._file.close()


def _entry(name: str, evidence: Iterable[int]) -> bytes:
    return _line([os.path.abspath(name), *evidence])


def _line(value: object) -> bytes:
    return json.dumps(value, default=sorted).encode() + b"\n"
