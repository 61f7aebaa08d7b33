"""A run over many files as a person sees it: errors as they come, how far it is, a summary, the exit code."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial

from cleaner import batch, console, files, streams, workers
from cleaner.account import Account, keeping
from cleaner.batch import Batch
from cleaner.config import Field
from cleaner.errors import CleanerError
from cleaner.inputs import RECORDS, TEXTS, Inputs, find, listed
from cleaner.progress import Progress
from cleaner.records import TOLD, Block, Cleaned
from cleaner.work import Order, Outcome, Task
from cleaner.workers import Crew

_WORDS = {
    "cleaned": "cleaned",
    "same": "clean already",
    "skipped": "done before",
    "bad": "with bad lines",
    "failed": "failed",
}

# So many blocks of lines for each process may be ahead of one that takes long.
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be cleaned, where it goes, and how; as the command line says it."""

    names: tuple[str, ...]
    globs: tuple[str, ...]
    files_from: str | None
    null: bool
    output: str | None
    """A folder; None to clean in place, or to write nothing."""
    jobs: int | None
    resume: bool
    check: bool = False
    """Whether it is an error that something would change."""
    report: str | None = None
    """The file for the report."""


def run(wanted: Wanted, order: Order, *, quiet: bool) -> int:
    """Clean many files; the exit code says how it went. With ``quiet``, only errors are told."""
    try:
        inputs = _inputs(wanted, order)
        journal = batch.keep_journal(inputs, order, wanted.output, resume=wanted.resume)
    except CleanerError as error:
        console.tell(str(error))
        return 2
    job = Batch(inputs, order, wanted.output, wanted.jobs or workers.cores(), journal)
    for trouble in inputs.troubles:
        console.tell(trouble)
    try:
        with keeping(wanted.report) as account:
            whole = _run(job, account, quiet=quiet)
    except CleanerError as error:
        console.tell(str(error))
        return 2
    if not whole:
        return 130
    return max(account.code(check=wanted.check), 2 if inputs.troubles else 0)


def _run(job: Batch, account: Account, *, quiet: bool) -> bool:
    """Whether the run came to its end, and was not interrupted."""
    talk = _Talk(len(job.inputs.names), "files", quiet=quiet)
    with closing(batch.run(job)) as outcomes:
        try:
            for outcome in outcomes:
                account.add(outcome)
                talk.show(outcome)
                talk.step()
        except KeyboardInterrupt:
            resume = "; --resume goes on from there" if job.journal else ""
            talk.tell(f"interrupted; done: {talk.so_far()}, none left half written{resume}")
            return False
    words = _WORDS if job.order.view == "text" else {**_WORDS, "cleaned": "would change"}
    counts = ((account.counts[status], word) for status, word in words.items())
    talk.note(f"{talk.so_far()}: {', '.join(f'{count:,} {word}' for count, word in counts if count)}")
    if not quiet:
        console.tell_more(account.summary.lines())
    return True


def run_lines(task: Task, order: Order, jobs: int | None, *, quiet: bool) -> int:
    """Clean one file of JSON Lines, its lines in several processes; the exit code says how it went."""
    count = jobs or workers.cores()
    to_terminal = task.target is None and sys.stdout is not None and sys.stdout.isatty()
    talk = _Talk(None, "lines", quiet=quiet, bar=not to_terminal)
    lost = partial(Cleaned.as_it_is, field=order.field or Field())

    def seen(block: Cleaned) -> None:
        for trouble in block.troubles:
            talk.trouble(f"{files.shown(task.name)}: {trouble}")
        talk.step(block.lines)

    with ExitStack() as stack:

        def clean_blocks(blocks: Iterator[Block]) -> Iterator[Cleaned]:
            crew: Crew[Block] = Crew(count, _WINDOW * count, source=_pipe(task.name))
            results = workers.run(streams.cleaner_of(order), blocks, lost, crew)
            return stack.enter_context(closing(results))

        try:
            talk.show(streams.stream(task, order, clean_blocks, console.put, seen)._replace(notes=()))
        except KeyboardInterrupt:
            talk.tell(f"interrupted; done: {talk.so_far()}")
            return 130
    return 2 if talk.errors else 0


def _pipe(name: str) -> int | None:
    """The file descriptor of standard input, if the text comes from there."""
    try:
        return sys.stdin.fileno() if name == "-" else None
    except (AttributeError, OSError):  # it is closed, or no file at all
        return None


class _Talk:
    """What a person is told while a run goes on."""

    def __init__(self, total: int | None, unit: str, *, quiet: bool, bar: bool = True) -> None:
        self._quiet = quiet
        self._troubles = 0
        self._progress = Progress(sys.stderr, total, unit, quiet=quiet or not bar)
        self.errors = 0

    def show(self, outcome: Outcome) -> None:
        """Print what came of a file."""
        self.errors += bool(outcome.error)
        if outcome.error or outcome.output or outcome.notes:
            self._progress.clear()
            console.show(outcome, quiet=self._quiet)

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self._progress.step(count)

    def trouble(self, line: str) -> None:
        """Tell what is wrong with one line of many; after some, nobody reads on."""
        self._troubles += 1
        if self._troubles <= TOLD:
            self.note(line)

    def note(self, line: str) -> None:
        """Tell something unless nobody wants to hear it."""
        if not self._quiet:
            self.tell(line)

    def tell(self, line: str) -> None:
        """Tell something in any case."""
        self._progress.clear()
        console.tell(line)

    def so_far(self) -> str:
        """How many are done, and in what time."""
        return self._progress.so_far()


def _inputs(wanted: Wanted, order: Order) -> Inputs:
    names = list(wanted.names)
    if wanted.files_from is not None:
        console.hint(wanted.files_from)
        with files.naming(wanted.files_from), files.reading(wanted.files_from) as file:
            names += listed(file, nul=wanted.null)
    globs = wanted.globs or (RECORDS if order.field else TEXTS)
    inputs = find(names, globs, links=wanted.output is not None, leave_out=wanted.output)
    if inputs.names or inputs.troubles:
        return inputs
    if not names:
        raise CleanerError(f"{files.shown(wanted.files_from or '')}: no file is named in it")
    raise CleanerError(f"{files.shown(names[0])}: no file matches {' or '.join(globs)}; choose with --glob")
