"""Paragraphs: sets them apart the way the user asked for."""

from collections.abc import Iterator
from itertools import pairwise

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain

RULE = "paragraph-style"
_INDENT = "\N{IDEOGRAPHIC SPACE}" * 2
_LEAD = lazy_plain(r"[ \t\u00a0\u3000]*")
_ENDS = lazy_plain(r"[。！？!?.…；;：:][”’」』）)》]*\s*$")
_SHORTEST = 30  # characters of a line without a mark at its end that is still taken for a paragraph


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Restyle every paragraph of ``draft``; with ``lines``, the default, there is nothing to do.

    >>> from cleaner.edits import apply
    >>> text = "第一章\\n话说天下大势。\\n后事如何？\\n"
    >>> apply(text, propose(Draft(text), Config(paragraphs="blank")))
    '第一章\\n\\n话说天下大势。\\n\\n后事如何？\\n'
    >>> apply(text, propose(Draft(text), Config(paragraphs="indent")))    # a heading is none
    '第一章\\n\\u3000\\u3000话说天下大势。\\n\\u3000\\u3000后事如何？\\n'
    """
    if config.paragraphs == "blank":
        yield from _parted_by_blank_lines(draft)
    elif config.paragraphs == "indent":
        yield from _indented(draft)


def _parted_by_blank_lines(draft: Draft) -> Iterator[Edit]:
    texts = [line for line in draft.lines() if not line.blank]
    for before, after in pairwise(texts):
        if after.number - before.number != 2:
            lead = _LEAD.match(after.text)
            end = after.start + (lead.end() if lead else 0)
            yield from draft.replace(before.end, end, "\n\n", RULE, "a blank line between two paragraphs")


def _indented(draft: Draft) -> Iterator[Edit]:
    for line in draft.lines():
        lead = _LEAD.match(line.text)
        width = lead.end() if lead else 0
        if line.blank or (line.text.startswith(_INDENT) and width == len(_INDENT)):
            continue
        if _ENDS.search(line.text) or len(line.text) > _SHORTEST:
            first = line.text[width]
            yield from draft.replace(
                line.start,
                line.start + width + 1,
                _INDENT + first,
                RULE,
                "two ideographic spaces before a paragraph",
            )
