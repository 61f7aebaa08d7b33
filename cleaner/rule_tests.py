"""What rules of the user's own do to their examples and to texts, told before he trusts them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.config import Config
from cleaner.diff import visible
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.pipeline import Result, clean
from cleaner.rules import Rule

# A document whose line ends became spaces is one line of this length, and worse for a pattern than any book.
_LONG_LINE = 20_000
# Characters shown on either side of what goes, and of what goes at its ends.
_CONTEXT = 24
_ENDS = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule did to its examples."""

    rule: Rule
    failures: tuple[str, ...]
    """What it did that it should not have, a line each."""
    slow: str = ""
    """The example that takes too long, by itself or repeated on a long line; "" if none does."""

    @property
    def good(self) -> bool:
        """Whether the rule can be used."""
        return not (self.failures or self.slow)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule changes a text."""

    rule: str
    line: int
    """Of the source, from 1."""
    shown: str
    """The text there: ``[-…-]`` goes, ``{+…+}`` comes."""


def examine(rule: Rule, packs: tuple[str, ...]) -> Verdict:
    """Run ``rule``, one of the rules in ``packs``, by itself on each of its examples."""
    config = Config(rules=packs, only=frozenset({rule.name}), guard=None)
    failures: list[str] = []
    for example in (*rule.removes, *rule.keeps):
        result = clean(example, config)
        if result.warnings or (rule.pattern and not rule.phrases and _hangs(example, config)):
            return Verdict(rule, (), example)
        shown = " ".join(place.shown for place in places(result, frozenset({rule.name})))
        if example in rule.removes and not result.edits:
            failures.append(f"removes: finds nothing in {shorten(example)}")
        if example in rule.keeps and result.edits:
            failures.append(f"keeps: would change {shown}")
    return Verdict(rule, tuple(failures))


def _hangs(example: str, config: Config) -> bool:
    return bool(clean(example * (_LONG_LINE // len(example) + 1), config).warnings)


def places(result: Result, rules: frozenset[str]) -> Iterator[Place]:
    """Where ``rules`` acted in a document, in its order; what touches is one place.

    >>> result = clean("内容\\u200b不变。\\n")
    >>> list(places(result, frozenset({"zero-width"})))
    [Place(rule='zero-width', line=1, shown='内容[-<U+200B>-]不变。')]
    """
    starts = [line.start for line in Draft(result.source).lines()]
    runs: list[list[Edit]] = []
    for edit in result.edits:
        if edit.rule not in rules:
            continue
        if runs and runs[-1][-1].end == edit.start and runs[-1][-1].rule == edit.rule:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    for run in runs:
        yield Place(run[0].rule, bisect_right(starts, run[0].start), _shown(result.source, run))


def _shown(source: str, run: list[Edit]) -> str:
    start, end = run[0].start, run[-1].end
    line_start = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    before = source[max(line_start, start - _CONTEXT) : start]
    after = source[end : end + _CONTEXT].partition("\n")[0].partition("\r")[0]
    if source[start:end].endswith(("\n", "\r")):
        after = ""  # the line is over
    if line_start < start - _CONTEXT:
        before = "…" + before
    if len(after) == _CONTEXT:
        after += "…"
    comes = "".join(edit.replacement for edit in run)
    put = f"{{+{comes}+}}" if comes else ""
    goes = source[start:end].rstrip("\r\n") or source[start:end]
    shown = f"{before}[-{shorten(goes)}-]{put}{after}"
    return visible(shown.replace("\r\n", "⏎").replace("\n", "⏎"))


def shorten(text: str) -> str:
    """A text without its middle, if that is long."""
    return text if len(text) <= 2 * _ENDS else f"{text[:_ENDS]}…{text[-_ENDS:]}"
