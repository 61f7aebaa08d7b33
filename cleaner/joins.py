"""Joins: what goes between two pieces that belong together, by the document's own habit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from cleaner.cells import width
from cleaner.patterns import lazy, lazy_plain
from cleaner.pieces import REFERENCE_KIND, Piece, is_han

_WORD = lazy_plain(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_HALF = lazy_plain(r"([A-Za-z]+)[-\u2010]$")
# The end of an address or a path, which goes on without a space.
_ADDRESS_END = lazy(r"(?:https?://|www\.)[^\s\u3000-\u9fff]*[/\-_.=&?%]$|://$|[A-Za-z0-9_.~-][/\\]$")


_THOUSANDS, _HUNDREDS = lazy(r"(?<![\d,])\d{1,3}(?:,\d{3})*,$"), lazy(r"\d{3}(?!\d)")
_ISSUE = lazy(r"[0-9]( ?)\((?=[0-9])")


@cache
def _kind(char: str) -> str:
    """The class of a character by which habits are counted: Han, letter, digit, other wide, or itself."""
    if is_han(char):
        return "H"
    if width(char) == 2:
        return "W"
    return "A" if char.isalpha() else "0" if char.isdigit() else char


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


@dataclass(slots=True)
class Habit:
    """How often a document puts a space, or none, between two kinds of character, and the words it uses."""

    spaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    tight: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    """What its lists part by spaces."""

    def joiner(self, before: str, after: str) -> str:
        """What goes between ``before`` and ``after``: nothing or a space.

        >>> Habit().joiner("市", "场"), Habit().joiner("data", "base"), Habit().joiner("用", "Git")
        ('', ' ', '')
        >>> Habit().joiner("好。”", "他"), Habit().joiner("it?”", "he"), Habit().joiner("well-", "known")
        ('', ' ', '')
        """
        if self.names and self._part_names(before, after):
            return " "
        if is_han(before[-1]) and is_han(after[0]):
            return ""  # as nearly always
        own = _kind(before[-1]), _kind(after[0])
        if (after[0] in "“‘" or before[-1] in "”’") and self.spaced[own] + self.tight[own] >= 2:
            return " " if self.spaced[own] > self.tight[own] else ""
        # Curly quotation marks serve Han and Latin alike: what they enclose decides.
        left = (before.rstrip("”’") or before)[-1]
        right = (after.lstrip("“‘") or after)[0]
        opened = after[2:3] if after.startswith("--") else after[1:2]
        if right in "-./~@#$<" and opened.isalnum():
            right = opened  # an option, a path, a tag: part of the word it opens
        if _is_hangul(left) and _is_hangul(right):
            return " "
        kinds = _kind(left), _kind(right)
        if "W" in kinds or kinds == ("H", "H"):
            return ""
        if "H" not in kinds:
            return self._between_narrow(before, after)
        if kinds[0] in "HA0" and kinds[1] in "HA0" and (near := _near(before, after)) is not None:
            return near
        spaced, tight = self.spaced[kinds], self.tight[kinds]
        if spaced + tight < 2:  # too few of just this kind: ask what the document does beside Han at all
            side = kinds.index("H")
            spaced = sum(count for pair, count in self.spaced.items() if pair[side] == "H" and pair[1 - side] in "A0")
            tight = sum(count for pair, count in self.tight.items() if pair[side] == "H" and pair[1 - side] in "A0")
            if kinds[1 - side] not in ("A", "0", "(", ")"):
                return ""
        return " " if spaced > tight else ""

    def _between_narrow(self, before: str, after: str) -> str:
        """What goes between two narrow characters: a space, unless a number, a reference or an address goes on.

        >>> Habit().joiner("共有 1", "200"), Habit().joiner("共有 1,", "200 封"), Habit().joiner("In 1991,", "200")
        (' ', '', ' ')
        >>> Habit().joiner("Rural China", "[J]. Studies"), Habit().joiner("Rural China", "[sic] and")
        ('', ' ')
        >>> Habit(tight=Counter({("0", "("): 1})).joiner("1991", "(2)"), Habit().joiner("1991", "(2)")
        ('', ' ')
        """
        if _THOUSANDS.search(before) and _HUNDREDS.match(after):
            return ""
        if before[-1].isdigit() and after[0] == "(" and self.tight["0", "("] > self.spaced["0", "("]:
            return ""  # the issue of a journal
        goes_on = _ADDRESS_END.search(before) or _HALF.search(before) or REFERENCE_KIND.match(after)
        return "" if goes_on else " "

    def _part_names(self, before: str, after: str) -> bool:
        """Whether a line of a list ended between two of its names.

        >>> herbs = Habit(names={"人参", "白术"})
        >>> herbs.joiner("茯苓 人参", "白术 当归"), herbs.joiner("茯苓 人", "参 白术 当归")
        (' ', '')
        """
        left, right = _LAST_NAME.search(before), _FIRST_NAME.match(after)
        if not left or not right:
            return False
        return right[1] in self.names and (not left[1] or left[1] in self.names)

    def drops_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen that ends ``before`` was put there by the line end.

        It was if the document writes the word without it, or does not use both halves as words of their own.
        """
        if before[-1] not in "-\u2010":
            return False
        half = _HALF.search(before)
        rest = _WORD.match(after)
        if not half or not rest or not after[0].islower():
            return False
        if before[-1] == "\u2010":
            return True
        first, second = half.group(1).lower(), rest.group().lower()
        return first + second in self.words or not (first in self.words and second in self.words)


# A name ends at a space or at a note in brackets; a line of a list has several.
_NAME = lazy(r"(?<=[ ）])[\u3400-\u9fff]{2,5}(?=[ （])")
_LAST_NAME, _FIRST_NAME = (
    lazy(r"(?:[ ）]([\u3400-\u9fff]{2,5})|）)$"),
    lazy(r"([\u3400-\u9fff]{2,5})[ （]"),
)
_NAMES = 3


_WITH_SPACE = lazy(r"[\u3400-\u9fff]\x20[A-Za-z0-9]|[A-Za-z0-9]\x20[\u3400-\u9fff]")
_WITHOUT = lazy(r"[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3400-\u9fff]")


def _near(before: str, after: str) -> str | None:
    """What these two lines themselves put between Han and Latin, if they do so twice and never otherwise.

    A page put together from several authors' texts has several habits.

    >>> _near("用 Git 或 SVN", "管理"), _near("用Git或SVN", "管理"), _near("用 Git", "管理")
    (' ', '', None)
    """
    spaced = len(_WITH_SPACE.findall(before)) + len(_WITH_SPACE.findall(after))
    tight = len(_WITHOUT.findall(before)) + len(_WITHOUT.findall(after))
    if min(spaced, tight) or max(spaced, tight) < 2:
        return None
    return " " if spaced else ""


_BESIDE = lazy(r"(?<=[\u3400-\u9fff])([ ]?)([!-~“‘])(?=([\u3400-\u9fff]?))|([!-~”’])([ ]?)(?=[\u3400-\u9fff])")


def learn(pieces: Sequence[Piece], inline: Iterable[tuple[Piece, Piece]]) -> Habit:
    """Count inside ``pieces`` and over the ``inline`` spaces between two of them."""
    habit = Habit()
    mixed = [piece for piece in pieces if piece.latin or "“" in piece.text]
    # All at once, and then once for each kind of place: a third of the time.
    beside = Counter(_BESIDE.findall("\n".join([piece.text for piece in mixed])))
    for (space, after, follows, before, gap), count in beside.items():
        if before:
            (habit.spaced if gap else habit.tight)[_kind(before), "H"] += count
            continue
        (habit.spaced if space else habit.tight)["H", _kind(after)] += count
        if follows and after not in "“‘":
            habit.tight[_kind(after), "H"] += count
    for piece in mixed:
        for issue in _ISSUE.findall(piece.text) if "(" in piece.text else ():
            (habit.spaced if issue else habit.tight)["0", "("] += 1
        if piece.text.count(" ") + piece.text.count("）") >= _NAMES:
            names = _NAME.findall(piece.text)
            if len(names) >= _NAMES:
                habit.names.update(names)
        # The first and the last word may be halves of a divided one.
        if piece.latin:
            habit.words.update(word.lower() for word in _WORD.findall(piece.text)[1:-1])
    for left, right in inline:
        habit.spaced[_kind(left.text[-1]), _kind(right.text[0])] += 1
    return habit
