"""A run over many files as a person sees it: errors as they come, how far it is, a summary, the exit code."""

import sys
import time
from contextlib import closing
from dataclasses import dataclass

from cleaner import batch, console, files, workers
from cleaner.account import Account, keeping
from cleaner.batch import Batch
from cleaner.errors import CleanerError
from cleaner.inputs import TEXTS, Inputs, find, listed
from cleaner.progress import Progress, time_of
from cleaner.work import Order, Outcome

_WORDS = {"cleaned": "cleaned", "same": "clean already", "skipped": "done before", "failed": "failed"}


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
        inputs = _inputs(wanted)
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
    finally:
        if journal:
            journal.close()
    if not whole:
        return 130
    return max(account.code(check=wanted.check), 2 if inputs.troubles else 0)


def _run(job: Batch, account: Account, *, quiet: bool) -> bool:
    """Whether the run came to its end, and was not interrupted."""
    began = time.monotonic()
    total = len(job.inputs.names)
    progress = None if quiet else Progress(sys.stderr, total)
    try:
        with closing(batch.run(job)) as outcomes:
            for outcome in outcomes:
                account.add(outcome)
                _show(outcome, progress, quiet=quiet)
    except KeyboardInterrupt:
        _clear(progress)
        done = account.counts.total()
        console.tell(f"interrupted; {done:,} of {total:,} files were done, and none is left half written")
        return False
    _clear(progress)
    if not quiet:
        words = _WORDS if job.order.view == "text" else {**_WORDS, "cleaned": "would change"}
        counts = ((account.counts[status], word) for status, word in words.items())
        told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        console.tell(f"{total:,} {'file' if total == 1 else 'files'} in {time_of(time.monotonic() - began)}: {told}")
        console.tell_more(account.summary.lines())
    return True


def _inputs(wanted: Wanted) -> Inputs:
    names = list(wanted.names)
    if wanted.files_from is not None:
        console.hint(wanted.files_from)
        with files.naming(wanted.files_from), files.reading(wanted.files_from) as file:
            names += listed(file, nul=wanted.null)
    globs = wanted.globs or TEXTS
    inputs = find(names, globs, links=wanted.output is not None, leave_out=wanted.output)
    if inputs.names or inputs.troubles:
        return inputs
    if not names:
        raise CleanerError(f"{files.shown(wanted.files_from or '')}: no file is named in it")
    raise CleanerError(f"{files.shown(names[0])}: no file matches {' or '.join(globs)}; choose with --glob")


def _show(outcome: Outcome, progress: Progress | None, *, quiet: bool) -> None:
    if outcome.error or outcome.output or (outcome.notes and not quiet):
        _clear(progress)
        console.show(outcome, quiet=quiet)
    if progress:
        progress.step()


def _clear(progress: Progress | None) -> None:
    if progress:
        progress.clear()

