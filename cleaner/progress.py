"""How far a long run has come: a bar on a terminal, a line now and then elsewhere."""

import time
from typing import TextIO

# A bar that moves ten times a second looks alive and costs nothing; a log wants no more than a line a minute.
_BAR_SECONDS = 0.1
_LINE_SECONDS = 60.0
_WIDTH = 24


class Progress:
    """Told of every step; says on ``stream`` how many are done, how fast, and what time is left.

    ``total`` is None if nobody knows it, as when reading from a pipe.
    """

    def __init__(self, stream: TextIO, total: int | None, unit: str, *, quiet: bool = False) -> None:
        self._stream = stream
        self._total = total
        self._unit = unit
        self._quiet = quiet
        self._terminal = stream.isatty() and not quiet
        self._began = self._told = time.monotonic()
        self._done = 0

    def step(self, count: int = 1) -> None:
        """``count`` more are done."""
        self._done += count
        now = time.monotonic()
        if not self._quiet and now - self._told >= (_BAR_SECONDS if self._terminal else _LINE_SECONDS):
            self._told = now
            text = self._text(now - self._began)
            self._stream.write(f"\r{text}\x1b[K" if self._terminal else f"cleaner: {text}\n")
            self._stream.flush()

    def clear(self) -> None:
        """Take the bar away, so that a line can be written."""
        if self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def so_far(self) -> str:
        """How many are done, and in what time."""
        total = "" if self._total in (None, self._done) else f" of {self._total:,}"
        unit = self._unit.removesuffix("s") if self._done == 1 and not total else self._unit
        return f"{self._done:,}{total} {unit} in {time_of(time.monotonic() - self._began)}"

    def _text(self, seconds: float) -> str:
        rate = self._done / seconds
        speed = f"{rate:,.0f} a second" if rate >= 10 else f"{rate * 60:,.0f} a minute"
        if self._total is None:
            return f"{self._done:,} {self._unit}, {speed}"
        left = time_of((self._total - self._done) / rate)
        text = f"{self._done:,} of {self._total:,} {self._unit}, {speed}, {left} left"
        return f"{_bar(self._done / self._total)} {text}" if self._terminal else text


def _bar(share: float) -> str:
    full = int(share * _WIDTH)
    return f"[{'#' * full}{'.' * (_WIDTH - full)}]"


def time_of(seconds: float) -> str:
    """A time for people.

    >>> time_of(4.26), time_of(75), time_of(7265)
    ('4.3 s', '1:15', '2:01:05')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
