"""The report: what became of each file as plain facts, and of all of them in a few lines."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

from cleaner.page_numbers import Pages
from cleaner.patterns import lazy_plain
from cleaner.pipeline import Result

# So many rules and files are named in a summary; the report has them all.
_NAMED = 8

_PRIVATE_USE = lazy_plain("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Tally:
    """What one rule did to a file."""

    edits: int
    removed: int
    """Characters taken out."""
    inserted: int
    """Characters put in."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What became of one file."""

    file: str
    status: str
    """"cleaned", "same" if the bytes stay what they are, "skipped" if an earlier run did it, "failed"."""
    error: str | None = None
    """What went wrong."""
    encoding: str | None = None
    how: str | None = None
    """How the encoding was found."""
    bytes_before: int = 0
    bytes_after: int = 0
    characters_before: int = 0
    characters_after: int = 0
    rules: dict[str, Tally] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    """Edits that were proposed and not made, by rule."""
    damage: dict[str, int] = field(default_factory=dict)
    """Damaged places, by kind."""
    private_use: int = 0
    """Characters without a meaning of their own: signs of a font that is not here."""
    pages: dict[str, object] | None = None
    """The page numbers taken out: the total, stretches that are missing or stand twice, and the same in words."""
    guard: str | None = None
    """Why the file was passed through unchanged."""
    warnings: tuple[str, ...] = ()
    """What could not be done as asked."""


def facts(name: str, data: bytes, result: Result) -> Facts:
    """What became of ``data``, the bytes of the file ``name``.

    >>> from cleaner.pipeline import clean
    >>> data = "他说：\\u200b好。\\n".encode("gb18030")
    >>> told = facts("a.txt", data, clean(data))
    >>> told.encoding, told.status, told.rules
    ('gb18030', 'cleaned', {'zero-width': Tally(edits=1, removed=1, inserted=0)})
    """
    output = result.text.encode()
    decoded = result.decoded
    return Facts(
        file=name,
        status="same" if output == data else "cleaned",
        encoding=result.encoding,
        how=decoded.how if decoded else None,
        bytes_before=len(data),
        bytes_after=len(output),
        characters_before=len(result.source),
        characters_after=len(result.text),
        rules=dict(_tallies(result)),
        skipped=dict(Counter(edit.rule for edit in result.skipped)),
        damage=dict(Counter(place.kind for place in decoded.damage)) if decoded else {},
        private_use=len(_PRIVATE_USE.findall(result.text)),
        pages=_pages(result.pages) if result.pages else None,
        guard=str(result.guarded) if result.guarded else None,
        warnings=result.warnings,
    )


def _tallies(result: Result) -> Iterator[tuple[str, Tally]]:
    edits = Counter(edit.rule for edit in result.edits)
    removed: Counter[str] = Counter()
    inserted: Counter[str] = Counter()
    for edit in result.edits:
        removed[edit.rule] += edit.end - edit.start
        inserted[edit.rule] += len(edit.replacement)
    for rule, count in edits.most_common():
        yield rule, Tally(count, removed[rule], inserted[rule])


def _pages(pages: Pages) -> dict[str, object]:
    return {
        "found": len(pages.found),
        "total": pages.total,
        "missing": [[stretch.start, stretch.stop - 1] for stretch in pages.missing],
        "repeated": [[stretch.start, stretch.stop - 1] for stretch in pages.repeated],
        "in_words": str(pages),
    }


def line(told: Facts) -> str:
    """The facts as one line of JSON, without its line end."""
    return json.dumps(asdict(told), ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


class Report:
    """A report as it is written: one JSON object, a line a file, in memory that does not grow with their number."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._between = b""
        file.write(b'{"files": [')

    def add(self, told: Facts) -> None:
        """Write the facts of one file."""
        self._file.write(self._between + b"\n" + line(told).encode())
        self._between = b","

    def close(self, summary: "Summary") -> None:
        """Write what the files add up to; nothing can be added after that."""
        total = {
            "files": summary.files,
            "rules": {rule: asdict(tally) for rule, tally in summary.rules.items()},
        }
        self._file.write(b'\n],\n"summary": ' + json.dumps(total).encode() + b"}\n")


# ---------------------------------------------------------------- for people


@dataclass(slots=True)
class Summary:
    """The facts of many files added up, in memory that does not grow with their number."""

    files: Counter[str] = field(default_factory=Counter)
    """How many, by status."""
    rules: dict[str, Tally] = field(default_factory=dict)
    worth_a_look: list[str] = field(default_factory=list)
    """A line for each of the first files somebody should look at."""
    also: int = 0
    """How many more there are."""

    def add(self, told: Facts) -> None:
        """Count one file."""
        self.files[told.status] += 1
        for rule, more in told.rules.items():
            so_far = self.rules.get(rule, Tally(0, 0, 0))
            self.rules[rule] = Tally(
                so_far.edits + more.edits, so_far.removed + more.removed, so_far.inserted + more.inserted
            )
        if words := "; ".join(_worth_a_look(told)):
            if len(self.worth_a_look) < _NAMED:
                self.worth_a_look.append(f"{told.file}: {words}")
            else:
                self.also += 1

    def lines(self) -> Iterator[str]:
        """What the rules did, and which files somebody should look at."""
        ranked = sorted(self.rules.items(), key=lambda item: -item[1].edits)
        yield from _table(ranked[:_NAMED])
        if len(ranked) > _NAMED:
            yield f"  and {len(ranked) - _NAMED} more rules"
        yield from self.worth_a_look
        if self.also:
            yield f"and {self.also:,} more files with something worth a look"


def _table(tallies: Sequence[tuple[str, Tally]]) -> Iterator[str]:
    width = max((len(rule) for rule, _ in tallies), default=0)
    for rule, tally in tallies:
        yield f"  {rule:{width}}  {tally.edits:7,} ×  {tally.removed:9,} characters out  {tally.inserted:7,} in"


def _worth_a_look(told: Facts) -> Iterator[str]:
    """What a person should know of a file before trusting what became of it."""
    if told.guard:
        yield f"left as it is: {told.guard}"
    if told.damage:
        yield ", ".join(f"{count} × {kind}" for kind, count in told.damage.items())
    if told.pages and told.pages["in_words"]:
        yield str(told.pages["in_words"])
    if told.private_use:
        yield f"{told.private_use} characters of private use"
    yield from told.warnings
