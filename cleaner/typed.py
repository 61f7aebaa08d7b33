"""Typed documents: Markdown, reStructuredText and Org as their authors typed them, and what in them is nobody else's.

Sites that share texts leave plain lines behind. A link written out in such a document (``[下载](https://…)``) is its
author's, however much it reads like an advertisement, and so is whatever stands in a block of code. Where an author
typed blocks of code, he broke the lines too.

==========================================  ====================================================
what shows it                               what is left to the author
==========================================  ====================================================
two fences (``` or ~~~), two directives or  lines with a link, blocks of code, all line ends and
targets (``.. image::``, ``.. _name: …``)   spaces
or settings of Org
two headings (``## …``) and a link          lines with a link
two headings                                the indents of list items, if its lines were broken
==========================================  ====================================================
"""

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from cleaner.edits import Edit
from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain

_FENCE = lazy_plain(r"(?m)^[ \t]{0,3}(?:```|~~~).*$")
_DIRECTIVE = lazy_plain(r"(?m)^[ \t]*\.\. (?:[\w-]+::|_[^:\n]{1,80}: \S)")
_ORG = lazy_plain(r"(?mi)^[ \t]*#\+(?:title|begin_|attr_|options)")
_HEADING = lazy_plain(r"(?m)^#{1,6} \S")
_LINK = lazy_plain(
    r"""(?mx)
      \]\([^\s)]                                 # [text](url)
    | ^[ \t]*\[[^\]\n]{1,80}\]:[ ]\S            # [name]: url
    | ^[ \t]*\.\.[ ]_[^:\n]{1,80}:[ ]\S         # .. _name: url
    | <a\s[^<>\n]{0,200}href=
    """
)
_ITEM = lazy_plain(r"(?:[-*+]|\d{1,3}[.)]) ")
_LEAST = 2


class Typed(NamedTuple):
    """What of a document is its author's."""

    lines: bool
    """Whether its line ends and spaces are."""
    spans: tuple[tuple[int, int], ...]
    """Stretches of the source that are, in order."""

    def holds(self, edit: Edit) -> bool:
        """Whether ``edit`` would take something of the author's."""
        index = bisect_left(self.spans, (edit.end, edit.end)) - 1
        return index >= 0 and self.spans[index][1] > edit.start


PLAIN = Typed(False, ())
"""A document that shows nothing of the kind."""


def typed(text: str) -> Typed:
    """What of ``text`` is its author's because he typed it as the source of a document.

    >>> source = "# 安装\\n\\n[点击这里下载](https://a.example)\\n\\n```sh\\nnpm i\\n```\\n"
    >>> found = typed(source)
    >>> found.lines, [source[start:end] for start, end in found.spans]
    (True, ['[点击这里下载](https://a.example)', '```sh\\nnpm i\\n```'])
    >>> typed("[点击这里下载](https://a.example)\\n更多小说请访问 www.a.example\\n") == PLAIN    # no such document
    True
    """
    signs = narrow(text)  # five questions to a Chinese text itself took ten times as long
    fenced = any(sign in signs and 3 * sign in signs for sign in (b"`", b"~"))
    fences = [found.span() for found in _FENCE.finditer(text)] if fenced else []
    directives = b".. " in signs and len(_DIRECTIVE.findall(text)) >= _LEAST
    org = b"#" in signs and b"#+" in signs and len(_ORG.findall(text)) >= _LEAST
    lines = len(fences) >= _LEAST or directives or org
    linked = b"]" in signs and b"](" in signs and "](" in text
    if not lines and not (linked and headed(text)):
        return PLAIN
    code = [(first[0], last[1]) for first, last in pairwise(fences)][::2]
    links = [_line(text, found.start()) for found in _LINK.finditer(text)]
    return Typed(lines, tuple(_merged(sorted({*code, *links}))))


def headed(text: str) -> bool:
    """Whether there are headings of Markdown in ``text``: then the indents of its lists say what belongs to what.

    >>> headed("# 渡口\\n## 值班\\n- 早上\\n  - 看水尺\\n"), headed("#1 渡口\\n#2 值班\\n")
    (True, False)
    """
    signs = text.startswith("#") or "\n# " in text or "\n## " in text
    return signs and len(_HEADING.findall(text)) >= _LEAST


def is_item(text: str) -> bool:
    """Whether a line of Markdown, without its indent, begins an item of a list.

    >>> is_item("- 看水尺"), is_item("2. 点灯"), is_item("——他说")
    (True, True, False)
    """
    return _ITEM.match(text) is not None


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
