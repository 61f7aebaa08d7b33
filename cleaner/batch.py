"""Many files: where each one's text goes, what is done already, and the work itself, in order."""

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from functools import partial

from cleaner import files, streams, workers
from cleaner.errors import CleanerError
from cleaner.inputs import Inputs
from cleaner.journal import Journal
from cleaner.rules import stamp
from cleaner.version import __version__
from cleaner.work import Order, Outcome, Task, evidence, failure, perform
from cleaner.workers import Crew, Done

# So many files may be ahead of one that takes long: enough to keep every process busy, and little to hold.
_WINDOW = 1000

# Cleaning a text takes some 15 times its size: a gigabyte for all the processes together, unless one file is larger.
_LIMIT = 64_000_000
_PACKED = 4  # about so much larger is a text than the file in which it is compressed


@dataclass(frozen=True, slots=True)
class Batch:
    """Many files to be cleaned."""

    inputs: Inputs
    order: Order
    folder: str | None
    """The folder where the texts go, each in its place in the tree; None to clean in place, or to write nothing."""
    jobs: int
    journal: Journal | None = None


def keep_journal(inputs: Inputs, order: Order, folder: str | None, *, resume: bool) -> Journal | None:
    """The journal of a batch: in the output folder; in place only on request, in the folder that holds all files.

    Raises ``CleanerError`` if it cannot be written.
    """
    if order.view != "text" or (folder is None and not (resume and inputs.names)):
        return None
    place = folder if folder is not None else _common_folder(inputs)
    with files.naming(place):
        os.makedirs(place, exist_ok=True)
        return Journal(place, _settings(order), go_on=resume)


def _settings(order: Order) -> list[object]:
    """All that makes a text what it is."""
    field = asdict(order.field) if order.field else None
    packs = [stamp(path) for path in order.config.rules]  # a pack that was changed is another setting
    return [__version__, asdict(order.config), packs, order.decode_only, field]


def _common_folder(inputs: Inputs) -> str:
    return inputs.folder or os.path.commonpath([os.path.dirname(os.path.abspath(name)) for name in inputs.names])


def run(batch: Batch) -> Generator[Outcome]:
    """What came of each file, in their order. Closing the iterator stops the work at once; the journal is closed
    with it."""
    work = partial(streams.perform if batch.order.field else perform, order=batch.order)
    crew = Crew(batch.jobs, _WINDOW, _weight, _LIMIT)
    with ExitStack() as stack:
        if batch.journal:
            stack.enter_context(closing(batch.journal))
        for outcome in stack.enter_context(closing(workers.run(work, _tasks(batch), _lost, crew))):
            yield _noted(outcome, batch.journal) if batch.journal else outcome


def _noted(outcome: Outcome, journal: Journal) -> Outcome:
    if not outcome.evidence or outcome.status == "skipped":
        return outcome
    try:
        journal.add(outcome.name, outcome.evidence)
    except OSError as error:
        note = f"{files.shown(outcome.name)}: is not in the journal: {files.explain(error)}"
        return outcome._replace(notes=(*outcome.notes, note))
    return outcome


def _lost(task: Task, why: str) -> Outcome:
    return failure(task.name, f"{files.shown(task.name)}: {why}")


def _weight(task: Task) -> int:
    try:
        size = os.stat(task.name).st_size
    except OSError:  # cleaning it will say so
        return 0
    return size * _PACKED if files.compression(task.name) else size


def _tasks(batch: Batch) -> Iterator[Task | Done[Outcome]]:
    places = Places(batch.inputs, batch.folder)
    for name in batch.inputs.names:
        if batch.order.view != "text":
            yield Task(name)
            continue
        try:
            with files.naming(name):
                task = Task(name, places.of(name), in_place=batch.folder is None)
        except CleanerError as error:
            yield Done(failure(name, str(error)))
            continue
        if batch.journal and batch.journal.has(name, done := evidence(task)):
            yield Done(Outcome(name, "skipped", evidence=done))
        else:
            yield task


class Places:
    """Where the texts go: no two to one place, and none over a file that is yet to be read."""

    def __init__(self, inputs: Inputs, folder: str | None) -> None:
        self._source = inputs.folder
        self._folder = folder
        self._taken: set[str] = set()
        self._swept: set[str] = set()
        self._inputs: set[str] = set()
        if folder is not None:
            inside = os.path.realpath(folder) + os.sep
            real = (os.path.realpath(name) for name in inputs.names)
            self._inputs = {name for name in real if name.startswith(inside)}

    def of(self, name: str) -> str:
        """The target of the file ``name``; its folder is there. Raises ``CleanerError`` or ``OSError``."""
        if name == "-":
            raise CleanerError("is not a file among files; clean it by itself")
        if not stat.S_ISREG(os.stat(name).st_mode):
            raise CleanerError("is no ordinary file; clean it by itself, with -o FILE")
        target = name if self._folder is None else os.path.join(self._folder, _mirrored(name, self._source))
        self._prepare(os.path.dirname(target) or ".")
        real = os.path.realpath(target)
        if real in self._taken:
            raise CleanerError(f"another file goes to {files.shown(target)} too; clean them one by one")
        if real in self._inputs:
            raise CleanerError(f"its text would replace the input {files.shown(target)}; give -o another folder")
        self._taken.add(real)
        return target

    def _prepare(self, folder: str) -> None:
        if folder in self._swept:
            return
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            word = f"the folder {files.shown(folder)} for its text cannot be made: {files.explain(error)}"
            raise CleanerError(word) from error
        files.sweep(folder)
        self._swept.add(folder)


def _mirrored(name: str, folder: str | None) -> str:
    """The path of a file below the output folder: from ``folder`` on, else from where we are, else all of it.

    >>> _mirrored("corpus/a/b.txt", "corpus"), _mirrored("./a/b.txt", None), _mirrored("/a/b.txt", None)
    ('a/b.txt', 'a/b.txt', 'a/b.txt')
    """
    path = os.path.relpath(name, folder)
    if not path.startswith(os.pardir + os.sep):
        return path
    return os.path.splitdrive(os.path.abspath(name))[1].lstrip(os.sep)
