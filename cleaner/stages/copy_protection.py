"""Copy protection: takes out what a site put between an author's characters.

What shows that it was no author stands in :mod:`cleaner.readings` and :mod:`cleaner.garble`. It goes before the lines
are measured and before the words of pages and advertisements are looked for.
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.garble import garble
from cleaner.readings import readings

_RANDOM = ("random-letters", "letters that a site drew at random")


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out pinyin that machines wrote behind characters, random letters, and marks in mid-sentence.

    >>> [(edit.start, edit.rule) for edit in propose(Draft("她说话时的'欢快劲儿，谁也学不来。"), Config())]
    [(5, 'stray-mark')]
    >>> list(propose(Draft("她说的'好'不是好。"), Config()))
    []
    """
    for start, end in readings(draft.text):
        yield from draft.delete(start, end, "machine-reading", "pinyin that a machine wrote behind a character")
    lines = draft.lines() if (found := [*garble(draft.text)]) else []
    for start, end, mark in found:
        line = lines[bisect_right(lines, start, key=attrgetter("start")) - 1]
        if mark:
            yield from draft.delete(start, end, "stray-mark", "mark that a site put between two words")
        elif (start, end) == (line.start, line.end):
            yield from draft.delete_lines(line.number, line.number, *_RANDOM)
        else:
            yield from draft.delete(start, end, *_RANDOM)
