"""How far a run has come: a bar, lines, or nothing."""

import io

import pytest

from cleaner import progress
from cleaner.progress import Progress


class Terminal(io.StringIO):
    """What thinks it is one."""

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_bar(clock):
    """It is drawn again in its place, ten times a second at most, and taken away."""
    stream = Terminal()
    bar = Progress(stream, 4000, "files")
    for _ in range(1000):
        clock[0] += 1 / 16
        bar.step()
    told = stream.getvalue().split("\r")[1:]
    assert len(told) == 500
    assert told[-1] == "[######..................] 1,000 of 4,000 files, 16 a second, 3:08 left\x1b[K"
    bar.clear()
    assert stream.getvalue().endswith("\r\x1b[K")
    assert bar.so_far() == "1,000 of 4,000 files in 1:02"


def test_lines(clock):
    """Where nobody watches, a line a minute is enough."""
    stream = io.StringIO()
    lines = Progress(stream, None, "lines")
    for _ in range(150):
        clock[0] += 1
        lines.step(2)
    lines.clear()
    assert stream.getvalue() == "cleaner: 120 lines, 120 a minute\ncleaner: 240 lines, 120 a minute\n"
    assert lines.so_far() == "300 lines in 2:30"


def test_quiet(clock):
    """Nothing at all, not even the end of a bar."""
    stream = Terminal()
    nothing = Progress(stream, 1, "files", quiet=True)
    clock[0] += 100
    nothing.step()
    nothing.clear()
    assert stream.getvalue() == ""
    assert nothing.so_far() == "1 file in 1:40"
