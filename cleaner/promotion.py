"""Promotion: what in a stretch of text is evidence of an advertisement, and what the evidence adds up to.

No list of sites and no single word decides. The rules of the packs find *evidence*, each of one kind; what
stands together (a line, a sentence, a bracket) is added up. The weights are in the packs, what they mean here:

===========  ======  ===========================================================================
kind         at most  evidence
===========  ======  ===========================================================================
address      3       a web address; 1 if it is a public body's or a project's
account      3       a QQ group, WeChat name or hotline with its number
obfuscation  6       an address spelled to escape a filter: enough by itself
site         3       a name formed like that of a site that shares texts (1: any site)
call         3       visit, download, follow, scan, remember ...
prompt       3       press something on the page: a button, a code, the corner below
attribution  3       from, collected by, uploaded by, all at (a site)
promise      4       more, free, latest + the goods of such sites
notice       5       infringement, study only, rights of the author
deadline     3       delete the download within 24 hours
ad           6       phrases nobody but a site writes: enough by themselves
decoration   1       rows of stars, arrows or rules around it
place        1       first or last lines of the document
repetition   2       the same words three times or more
===========  ======  ===========================================================================

A unit is an ad if its evidence adds up to 6 from two kinds or more, one of which *offers or claims* something
(site of a trade, promise, attribution, notice, obfuscation): an address or an account with a call to act is what any
school, shop or manual has. The evidence must make up nearly half of the unit; a sentence that also says other things
is prose. Against it count: quotation marks around it, people who speak or act, public bodies, companies and authors.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from cleaner.patterns import lazy
from cleaner.rules import Rule, shared_words

_CAPS = {
    "address": 3,
    "account": 3,
    "obfuscation": 6,
    "site": 3,
    "call": 3,
    "prompt": 3,
    "attribution": 3,
    "promise": 4,
    "notice": 5,
    "deadline": 3,
    "ad": 6,
    "decoration": 1,
}
_OFFERS = frozenset(("promise", "attribution", "notice", "deadline", "obfuscation", "ad", "repetition", "prompt"))
# Two strong kinds, or three with a weak one.
_ENOUGH = 6
# What decoration, place and repetition can add at most.
_CIRCUMSTANCES = 4
# A sentence beside an ad belongs to it with half the evidence ("最快更新！无广告！").
BESIDE = 3
# Less than this share of the unit, and it talks of something else too.
COVERED = 0.45
_ALONE = 0.85
# A piece of a sentence is cut out only if it holds hardly anything else.
PURE = 0.6
# More than this before or after all evidence is the sentence of somebody else, into which the ad was glued.
_LOOSE = 14
# Longer than this no advertisement was seen; longer units are prose.
LONGEST = 160


class Hit(NamedTuple):
    """Evidence at a place of a shadow."""

    start: int
    end: int
    kind: str
    weight: int
    rule: Rule

    @property
    def offers(self) -> bool:
        """Whether it alone offers or claims something."""
        return (self.kind in _OFFERS and self.weight > 2) or (self.kind == "site" and self.weight > 1)

    def weakened(self) -> "Hit":
        """The hit as it counts where one more of its kind proves little."""
        return self._replace(weight=1)


class Unit(NamedTuple):
    """A stretch of a shadow judged as one, with its evidence."""

    start: int
    end: int
    score: int
    kinds: frozenset[str]
    covered: float
    site: int
    """The points among them for the name of a site."""
    loose: int
    """How many characters at one of its ends are no evidence."""
    rule: Rule | None

    @property
    def is_ad(self) -> bool:
        """Whether the evidence is enough."""
        if "ad" not in self.kinds and self.loose > _LOOSE:
            return False
        # An address alone, however spelled, says nothing about the words beside it.
        alone = self.kinds <= {"obfuscation", "address", "decoration"}
        return self.score >= _ENOUGH and self.covered >= (_ALONE if alone else COVERED) and self._offers()

    @property
    def half(self) -> bool:
        """Whether it can be part of an ad: half the evidence, and little else."""
        return self.score >= BESIDE and self.covered >= PURE

    def _offers(self) -> bool:
        if "ad" in self.kinds or "obfuscation" in self.kinds:
            return True
        strong = self.kinds - {"decoration", "place", "repetition"}
        offers = bool(self.kinds & _OFFERS) or self.site > 1
        # Goods without a place to get them are anybody's talk of goods.
        return len(strong) >= 2 and offers and bool(strong - {"promise", "call"})


def decides(kind: str, weight: int) -> bool:
    """Whether an ad needs evidence of this kind."""
    return kind in _OFFERS or kind in ("address", "prompt") or (kind == "site" and weight > 1)


def could_be_enough(hits: Sequence[Hit]) -> bool:
    """Whether an ad could be made of these hits: a cheap upper bound."""
    points: dict[str, int] = {}
    for hit in hits:
        points[hit.kind] = min(points.get(hit.kind, 0) + hit.weight, _CAPS[hit.kind])
    if "ad" in points or "obfuscation" in points:
        return True
    offers = bool(points.keys() & _OFFERS) or points.get("site", 0) > 1
    return len(points) > 1 and offers and sum(points.values()) + _CIRCUMSTANCES >= _ENOUGH


# --- hits -------------------------------------------------------------------------------------------------

# What somebody says is short or ends in its paragraph; an ad glued into a page-long quotation is still one.
_QUOTED = lazy(
    r"“[^“”\n]{0,120}+”|「[^「」\n]{0,120}+」|《[^《》\n]{0,60}+》|『[^『』\n]{0,60}+』|(?m:^[“「][^“”「」\n]{0,120}+$)"
    r"|`[^`\n]{1,120}+`"
)
_NAME_LENGTH = 14
# What a study of ads quotes; a person who speaks may well say "download" or name a site.
_PHRASES = frozenset(("ad", "attribution", "notice", "deadline"))


@cache
def _any_of(words: str) -> regex.Pattern[str]:
    """A word list of the core pack as one pattern."""
    return regex.compile("|".join(shared_words()[words]))


def find_hits(text: str, rules: Sequence[Rule], start: int = 0, end: int | None = None) -> list[Hit]:
    """What the rules find in ``text`` (a shadow), in order, apart from what stands in quotation marks."""
    end = len(text) if end is None else end
    hits = [
        Hit(_start(rule, found), found.end(), rule.kind, _weight(rule, found[0]), rule)
        for rule in rules
        for found in rule.compiled.finditer(text, start, end)
    ]
    if not hits:
        return hits
    quotes = [found.span() for found in _QUOTED.finditer(text, start, end)]
    return sorted((hit for hit in hits if not _quoted(hit, quotes)), key=lambda hit: (hit.start, -hit.end))


def quoted_phrases(text: str, rules: Sequence[Rule]) -> set[str]:
    """The phrases of ads that stand in quotation marks in ``text`` (a shadow): somebody talks about them.

    >>> from cleaner.rules import builtin
    >>> quoted_phrases("最常见的是“下载后24小时内删除”，后来又有“天才一秒记住”。", builtin("ads")) != set()
    True
    >>> quoted_phrases("『加入书签,方便阅读』『章节错误,点此举报』", builtin("ads"))    # a site's buttons
    set()
    """
    phrases = [rule for rule in rules if rule.kind in _PHRASES and rule.weight > 2]
    quotes = (found for found in _QUOTED.finditer(text) if found[0][0] in "“「『")
    said = (found for found in quotes if any(rule.compiled.search(found[0]) for rule in phrases))
    return {found[0] for found in said if _is_said(text, *found.span())}


def _is_said(text: str, start: int, end: int) -> bool:
    """Whether there are other words on the line of a quotation."""
    near = text[max(0, start - LONGEST) : start].rpartition("\n")[2], text[end : end + LONGEST].partition("\n")[0]
    return any(map(str.isalnum, "".join(_QUOTED.sub("", part) for part in near)))


def _start(rule: Rule, found: regex.Match[str]) -> int:
    """Where the hit starts; what stands before the trade in a site's name belongs to the name."""
    start = found.start()
    if rule.kind == "site" and rule.weight > 2:
        while start > max(0, found.start() - 4) and found.string[start - 1].isalnum():
            start -= 1
    return start


def _weight(rule: Rule, found: str) -> int:
    return 1 if rule.kind == "address" and _any_of("public-host").search(found) else rule.weight


def _quoted(hit: Hit, quotes: list[tuple[int, int]]) -> bool:
    """Whether the hit is what somebody says; a name in quotation marks may still be the site's."""
    for start, end in quotes:
        if start <= hit.start and hit.end <= end:
            return not (end - start <= _NAME_LENGTH and hit.kind in ("site", "account"))
    return False


# --- units ------------------------------------------------------------------------------------------------

_LIST_ITEM = lazy(
    r"^(?:第[\p{Han}\d]{1,6}条|\[?\d{1,3}[\].、)）]|[-*+•·]\s|[（(]?[一二三四五六七八九十]{1,3}[、)）.])"
)
_DECORATED = lazy(
    r"^[^\p{Han}a-z0-9“”‘’《》「」（）()，。]{2,}|[^\p{Han}a-z0-9“”‘’《》「」（）()，。！？!?.…]{2,}$"
    r"|^[【\[][^【】\[\]]*[】\]]$|^[（(][^（）()]*[）)]$"
)


def own_voice(text: str) -> bool:
    """Whether ``text`` (a shadow) is a house's own, which names itself twice.

    >>> own_voice("本店初三开门。本店谢绝还价。"), own_voice("“本店打烊了。”他说。本店关了门。")
    (True, False)
    """
    return len(_any_of("own-voice").findall(_QUOTED.sub("", text))) >= 2


def add_up(text: str, start: int, end: int, hits: Sequence[Hit], extra: int = 0) -> Unit:
    """Judge ``text[start:end]`` of a shadow by the hits that lie in it; ``extra`` points are for its place.

    >>> from cleaner.rules import builtin
    >>> def judge(text): return add_up(text, 0, len(text), find_hits(text, builtin("ads"))).is_ad
    >>> judge("更多免费小说请访问www.abc-books.com"), judge("请访问www.abc-books.com提交报名表")
    (True, False)
    """
    points: dict[str, int] = {}
    covered = 0
    reached = other_end = start
    best: Hit | None = None
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if hit.kind == "call" and hit.end <= other_end:
            continue  # "download" in "free download" or "24 hours after download" calls nobody
        if hit.kind in ("promise", "notice", "deadline"):
            other_end = max(other_end, hit.end)
        points[hit.kind] = points.get(hit.kind, 0) + hit.weight
        covered += max(0, hit.end - max(hit.start, reached))
        reached = max(reached, hit.end)
        if best is None or hit.weight > best.weight:
            best = hit
    stretch = text[start:end]
    decorated = bool(points and _DECORATED.search(stretch))
    score = sum(min(points[kind], _CAPS[kind]) for kind in points) + decorated
    if points and "ad" not in points:
        score += extra - _points_against(stretch, points)
    first = min((hit.start for hit in hits if start <= hit.start and hit.end <= end), default=start)
    letters = sum(1 for character in stretch if character.isalnum())
    return Unit(
        start,
        end,
        score,
        frozenset(points) | ({"decoration"} if decorated else frozenset()),
        min(1.0, covered / max(1, letters)),
        points.get("site", 0),
        max(first - start, end - reached),
        best.rule if best else None,
    )


def _points_against(stretch: str, points: dict[str, int]) -> int:
    """Points for people who act or speak, for a public body that answers for what is said, for an item of a list."""
    told = 3 if _any_of("tells").search(_QUOTED.sub("", stretch)) else 0
    # Asking people to visit or follow is what a public body, school or company does.
    official = 3 + min(points.get("call", 0), _CAPS["call"]) if _any_of("public-body").search(stretch) else 0
    return told + official + item_points(stretch)


def item_points(stretch: str) -> int:
    """Points against a list item, more against an article of a law.

    >>> item_points("第三条请勿"), item_points("2.请勿"), item_points("请勿")
    (3, 1, 0)
    """
    found = _LIST_ITEM.match(stretch)
    return 0 if not found else 3 if found[0].startswith("第") else 1
