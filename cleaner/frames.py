"""Frames: rulers between which nothing is left, because what they framed has been taken out."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cleaner.draft import Draft, Line

_LEAST = 6


def emptied_frames(draft: Draft) -> Iterator[tuple[int, int]]:
    """The first and last lines of frames out of which all was taken.

    >>> from cleaner.edits import Edit
    >>> text = "雨停了。\\n=======\\n广告\\n=======\\n他走了。\\n"
    >>> list(emptied_frames(Draft(text, [Edit(13, 16, "", "x", "")])))
    [(1, 2)]
    >>> list(emptied_frames(Draft("雨停了。\\n=======\\n=======\\n他走了。\\n")))    # an author's
    []
    """
    if not draft.removals:
        return
    starts = {*draft.removals}
    filled = [line for line in draft.lines() if not line.blank]
    for before, after in pairwise(filled):
        if starts.isdisjoint(range(before.next, after.start + 1)):
            continue
        if _is_ruler(before) and _is_ruler(after) and _drawn_with(before) == _drawn_with(after):
            yield before.number, after.number


def _is_ruler(line: Line) -> bool:
    text = line.text.strip()
    return len(text) >= _LEAST and not any(map(str.isalnum, text)) and len({*text}) <= _LEAST


def _drawn_with(line: Line) -> str:
    """The character a ruler has most of: the corners of a box are others above than below."""
    return Counter(line.text.strip()).most_common(1)[0][0]
