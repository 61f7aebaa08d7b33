"""The account of a run: what came of its files, counted, and written to a report if one is wanted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from cleaner import files
from cleaner.report import Facts, Report, Summary
from cleaner.work import Outcome


class Account:
    """Told of every outcome."""

    def __init__(self, report: Report | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self.summary = Summary()
        """Without a report, nothing is in it."""
        self._report = report

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        self.counts["bad" if outcome.error and outcome.status != "failed" else outcome.status] += 1
        if self._report:
            told = outcome.facts or Facts(files.shown(outcome.name), outcome.status, error=outcome.error or None)
            self._report.add(told)
            self.summary.add(told)

    def code(self, *, check: bool) -> int:
        """The exit code: 2 if a file failed or had bad lines, and with ``check`` 1 if one would change."""
        return 2 if self.counts["failed"] or self.counts["bad"] else int(check and self.counts["cleaned"] > 0)


@contextmanager
def keeping(report: str | None) -> Iterator[Account]:
    """An account, and the file ``report`` written when the block ends well.

    Raises :class:`cleaner.CleanerError` if that file cannot be written.
    """
    if report is None:
        yield Account()
        return
    with files.naming(report), files.writing(report) as file:
        book = Report(file)
        account = Account(book)
        yield account
        book.close(account.summary)
