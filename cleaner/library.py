"""The library's way to work with many texts: one value with the settings, for any number of files."""

import os
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from functools import partial

from cleaner import files, workers
from cleaner.config import DEFAULT, Config, Field
from cleaner.errors import CleanerError
from cleaner.pipeline import Result, clean
from cleaner.records import Cleaned, clean_block, lines_of, of_lines
from cleaner.workers import Crew

# Results that may be ready before their turn, for each process: they are held whole.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class CleanedFile:
    """What came of one file among many."""

    name: str
    result: Result | None
    """None if it failed."""
    error: str = ""
    """One line that names the file and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans texts and files, all with the same settings.

    It holds its settings and nothing else: threads can share one, and it can be sent to a process.

    >>> cleaner = Cleaner(Config(newline="crlf"))
    >>> cleaner.clean("他说：\\u200b好。\\n").text
    '他说：好。\\r\\n'
    """

    config: Config = DEFAULT

    def clean(self, source: str | bytes) -> Result:
        """Clean a text, or the bytes of one; see :func:`cleaner.clean`."""
        return clean(source, self.config)

    def file(self, path: str | os.PathLike[str]) -> Result:
        """Clean the text in a file, which may be compressed (.gz, .bz2, .xz); the file stays as it is.

        Raises :class:`cleaner.CleanerError`, in words that name the file, if it cannot be read as text.
        """
        name = os.fspath(path)
        with files.naming(name):
            return clean(files.read(name), self.config)

    def files(self, paths: Iterable[str | os.PathLike[str]], jobs: int | None = None) -> Generator[CleanedFile]:
        """Clean the texts in many files; what came of each, in their order.

        Works in ``jobs`` processes (by default one for each core; with 1 in this one), a few files ahead of the one
        given out last; closing the iterator ends them. A file that cannot be read does not stop the others.
        """
        names = (os.fspath(path) for path in paths)
        work = partial(_clean_file, self)
        if jobs == 1:
            return (work(name) for name in names)
        jobs = jobs or workers.cores()
        return workers.run(work, names, _lost, Crew(jobs, _AHEAD * jobs))

    def lines(self, lines: Iterable[bytes], field: Field | None = None, jobs: int | None = None) -> Generator[bytes]:
        r"""Clean the text in one field (``text``, if ``field`` names no other) of every line of JSON.

        Lines come out in their order, in constant memory and as those that come in allow; nothing else of a line is
        touched. A line without such a text comes out as it is; or, with ``Field(bad_lines="stop")``,
        :class:`cleaner.CleanerError` is raised in its place. For ``jobs`` see :meth:`files`.

        >>> line = '{"id": 1.0, "text": "他说：\u200b好。"}\n'.encode()
        >>> [line.decode() for line in Cleaner().lines([line], jobs=1)]
        ['{"id": 1.0, "text": "他说：好。"}\n']
        """
        wanted = field or Field()
        work = partial(clean_block, field=wanted, config=self.config)
        if jobs == 1:
            return _singly(map(work, of_lines(lines)))
        jobs = jobs or workers.cores()
        lost = partial(Cleaned.as_it_is, field=wanted)
        return _singly(workers.run(work, of_lines(lines), lost, Crew(jobs, _AHEAD * jobs)))


def _singly(blocks: Iterable[Cleaned]) -> Generator[bytes]:
    for block in blocks:
        yield from lines_of(block.data)
        if block.stopped:
            raise CleanerError(block.troubles[-1])


def _clean_file(cleaner: Cleaner, name: str) -> CleanedFile:
    try:
        return CleanedFile(name, cleaner.file(name))
    except CleanerError as error:
        return CleanedFile(name, None, str(error))


def _lost(name: str, why: str) -> CleanedFile:
    return CleanedFile(name, None, f"{files.shown(name)}: {why}")
