"""Line ends: those the other stages left are written the way the user asked for."""

import re
from collections.abc import Iterator

from cleaner.config import Config, Newline
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain

RULE = "line-end"

_OTHERS: dict[Newline, tuple[re.Pattern[str], str, str]] = {
    "lf": (lazy_plain(r"\r\n?"), "\n", "line end written as LF"),
    "crlf": (lazy_plain(r"\r(?!\n)|(?<!\r)\n"), "\r\n", "line end written as CRLF"),
}


def line_end(source: str, newline: Newline) -> str:
    """The line end that new lines get: the one asked for, or with ``keep`` the document's commonest."""
    if newline != "keep":
        return _OTHERS[newline][1]
    if "\r" not in source:
        return "\n"
    pairs = source.count("\r\n")
    counts = {"\n": source.count("\n") - pairs, "\r\n": pairs, "\r": source.count("\r") - pairs}
    return max(counts, key=lambda end: counts[end])


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Rewrite every line end that is not as ``config.newline`` wants it.

    Like every stage it writes ``\\n``; the pipeline puts the wanted line end in its place.

    >>> [edit.start for edit in propose(Draft("一\\r\\n二\\n"), Config())]
    [1]
    >>> list(propose(Draft("一\\r\\n二\\n"), Config(newline="keep")))
    []
    """
    if config.newline == "keep":
        return
    pattern, _, reason = _OTHERS[config.newline]
    for found in pattern.finditer(draft.text):
        yield from draft.replace(found.start(), found.end(), "\n", RULE, reason)
