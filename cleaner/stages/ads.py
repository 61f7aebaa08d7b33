"""Advertisements: lines and sentences that a site put between the author's.

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

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.obfuscation import MARKED, names_in_pieces, obfuscated_addresses
from cleaner.patterns import lazy
from cleaner.pieces import start_class
from cleaner.rules import Rule, builtin
from cleaner.shadow import Shadow, shadow, squeeze
from cleaner.subject import about_programs, is_code, is_markup

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
_OFFERS = {"promise", "attribution", "notice", "deadline", "obfuscation", "ad", "repetition", "prompt"}
# Two strong kinds, or three with a weak one.
_ENOUGH = 6
# A sentence beside an ad belongs to it with half the evidence ("最快更新！无广告！").
_BESIDE = 3
# Less than this share of the unit, and it talks of something else too.
_COVERED = 0.45
_ALONE = 0.85
# More than this before or after all evidence is the sentence of somebody else, into which the ad was glued.
_LOOSE = 14
# A piece of a sentence is cut out only if it holds hardly anything else.
_PURE = 0.6
# The beginning of an ad that a line end cut off is no longer than this.
_SHORT = 40
# Longer than this no advertisement was seen; longer units are prose.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class _Hit:
    """Evidence at a place of a shadow."""

    start: int
    end: int
    kind: str
    weight: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Unit:
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
        return self.score >= _ENOUGH and self.covered >= (_ALONE if alone else _COVERED) and self._offers()

    def _offers(self) -> bool:
        if "ad" in self.kinds or "obfuscation" in self.kinds:
            return True
        strong = self.kinds - {"decoration", "place", "repetition"}
        offers = bool(self.kinds & _OFFERS) or self.site > 1
        # Goods without a place to get them are anybody's talk of goods.
        return len(strong) >= 2 and offers and bool(strong - {"promise", "call"})


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out ads that have lines of their own.

    >>> text = "他走了。\\n更多精品小说请访问 www.abc-books.com\\n她也走了。\\n"
    >>> [edit.rule for edit in propose(Draft(text), Config())]
    ['promise']
    >>> list(propose(Draft("他说：“更多小说请访问 www.abc-books.com。”\\n"), Config()))
    []
    """
    yield from _Judge(draft).own_lines()


def propose_inside(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out ads that have become sentences of a paragraph, and lines that were not whole before.

    >>> text = "她也走了。更多精品小说请访问 www.abc-books.com。门开着。\\n"
    >>> [(edit.start, edit.end) for edit in propose_inside(Draft(text), Config())]
    [(5, 33)]
    """
    judge = _Judge(draft)
    taken: set[int] = set()
    for edits, lines in judge.own_line_groups():
        taken.update(lines)
        yield from edits
    yield from judge.inside(taken)


# --- evidence ---------------------------------------------------------------------------------------------

_PUBLIC = lazy(
    r"\.(?:gov|edu|ac|mil)(?![a-z])|github|gitee|gitlab|wikipedia|w3\.org|doi\.|mozilla|apache"
    r"|python|microsoft|localhost|127\.0|192\.168"
)
# Who acts or speaks in a sentence that tells something; who answers for a notice that is no ad.
_TELLS = lazy(
    r"[他她]|记者|说[:：,，“]|表示|告诉(?![您你])|这家|一家|查处|曝光|发现|消费者|市民|顾客"
    r"|同学|老师|要求|必须|应当|可以通过|用户可|可以?从|参[照见]|请参|安装|配置|编译|命令|项目"
    r"|脚本|程序|服务器|源代码|源码|日志|我的|笔者|作者[:：]|译者|校对|于是|后来|如图|例如|比如"
)
_PUBLIC_BODY = lazy(
    r"公司|集团|政府|委员会|人民法院|[省市县区]局|厅|学校|大学|学院|医院|银行|证券|公告|官网"
    r"|官方|官方网站|申报|报名|办理|投诉|举报|监督|招聘|应聘|招生|帮助文档|手册"
)
_LIST_ITEM = lazy(
    r"^(?:第[\p{Han}\d]{1,6}条|\[?\d{1,3}[\].、)）]|[-*+•·]\s|[（(]?[一二三四五六七八九十]{1,3}[、)）.])"
)
_DECORATED = lazy(
    r"^[^\p{Han}a-z0-9“”‘’《》「」（）()，。]{2,}|[^\p{Han}a-z0-9“”‘’《》「」（）()，。！？!?.…]{2,}$"
    r"|^[【\[][^【】\[\]]*[】\]]$|^[（(][^（）()]*[）)]$"
)
# What somebody says is short or ends in its paragraph; an ad glued into a page-long quotation is still one.
_QUOTED = lazy(
    r"“[^“”\n]{0,120}+”|「[^「」\n]{0,120}+」|《[^《》\n]{0,60}+》|『[^『』\n]{0,60}+』|(?m:^[“「][^“”「」\n]{0,120}+$)"
    r"|`[^`\n]{1,120}+`"
)
_NAME_LENGTH = 14
# A name at the head of a line, and in it a number, an account or a mail address of that person's.
_PERSON = lazy(
    r"\s*(?:\d{1,3}[.、\s]\s*)?\p{Han}(?:[ \u3000]{0,3}\p{Han}){1,3}(?:[ \u3000\t]+|[:：,，|/]\s*)"
    r"(?:[^。！？\n]*?[^。！？\n\d])?[\d*@._-]{5,}[^。！？\n]*$"
)


def _evidence(text: str, rules: Sequence[Rule], start: int = 0, end: int | None = None) -> list[_Hit]:
    """What the rules find in ``text`` (a shadow), apart from what stands in quotation marks."""
    end = len(text) if end is None else end
    hits = [
        _Hit(_start(rule, found), found.end(), rule.kind, _weight(rule, found[0]), rule)
        for rule in rules
        for found in rule.compiled.finditer(text, start, end)
    ]
    if not hits:
        return hits
    quotes = [found.span() for found in _QUOTED.finditer(text, start, end)]
    return sorted((hit for hit in hits if not _quoted(hit, quotes)), key=lambda hit: (hit.start, -hit.end))


def _start(rule: Rule, found: regex.Match[str]) -> int:
    """Where the hit starts; what stands before the trade in a site's name belongs to the name."""
    start = found.start()
    if rule.kind == "site" and rule.weight > 2:
        while start > max(0, found.start() - 4) and found.string[start - 1].isalnum():
            start -= 1
    return start


def _weight(rule: Rule, found: str) -> int:
    return 1 if rule.kind == "address" and _PUBLIC.search(found) else rule.weight


def _quoted(hit: _Hit, quotes: list[tuple[int, int]]) -> bool:
    """Whether the hit is what somebody says; a name in quotation marks may still be the site's."""
    for start, end in quotes:
        if start <= hit.start and hit.end <= end:
            return not (end - start <= _NAME_LENGTH and hit.kind in ("site", "account"))
    return False


def _cheap(hit: _Hit) -> _Hit:
    """The hit as it counts in a document full of addresses, where one more proves little."""
    return replace(hit, weight=1) if hit.kind == "address" else hit


def _official(stretch: str, points: dict[str, int]) -> int:
    """Points against what a public body, school or company says: asking people to visit or follow is its business."""
    return 3 + min(points.get("call", 0), _CAPS["call"]) if _PUBLIC_BODY.search(stretch) else 0


def _item(stretch: str) -> int:
    """Points against a list item, more against an article of a law."""
    found = _LIST_ITEM.match(stretch)
    return 0 if not found else 3 if found[0].startswith("第") else 1


def _clip(hit: _Hit, start: int) -> _Hit:
    return replace(hit, start=max(hit.start, start))


def _unit(text: str, start: int, end: int, hits: Sequence[_Hit], extra: int = 0) -> _Unit:
    """Add up the evidence of ``text[start:end]``."""
    points: dict[str, int] = {}
    covered = 0
    reached = other_end = start
    best: _Hit | None = None
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
    score = sum(min(points[kind], _CAPS[kind]) for kind in points)
    kinds = set(points)
    stretch = text[start:end]
    if points and _DECORATED.search(stretch):
        kinds.add("decoration")
        score += 1
    if points and "ad" not in points:
        rest = _QUOTED.sub("", stretch)
        score -= 3 * bool(_TELLS.search(rest)) + _official(stretch, points) + _item(stretch)
        score += extra
    first = min((hit.start for hit in hits if start <= hit.start and hit.end <= end), default=start)
    loose = max(first - start, end - reached)
    letters = sum(1 for character in stretch if character.isalnum())
    return _Unit(
        start,
        end,
        score,
        frozenset(kinds),
        min(1.0, covered / max(1, letters)),
        points.get("site", 0),
        loose,
        best.rule if best else None,
    )


# --- where to look ----------------------------------------------------------------------------------------

# An ad inside a sentence has seldom more than a dozen pieces of evidence; more would only cost time.
_PIECES_HITS = 16
# How far from its strongest word an ad can reach, in characters of the shadow.
_WINDOW = 120


def _decides(rule: Rule) -> bool:
    """Whether an ad needs evidence from a rule like this."""
    return rule.kind in _OFFERS or rule.kind in ("address", "prompt") or (rule.kind == "site" and rule.weight > 1)


@cache
def _anchors() -> re.Pattern[str]:
    """The hints of the rules that can decide; single characters are left out where a rule has longer ones."""
    words: set[str] = set()
    for rule in builtin("ads"):
        if _decides(rule):
            words.update([hint for hint in rule.hints if len(hint) > 1] or rule.hints)
    # The stdlib's engine checks an alternation of literals faster than regex does.
    return re.compile("|".join(map(re.escape, sorted(words))))


# --- the document -----------------------------------------------------------------------------------------


class _Judge:
    """Looks for the ads of one draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = squeeze(draft.text.replace("\r\n", "\n").replace("\r", "\n"))
        self.rules = builtin("ads")
        self.starts = [0]
        self.repeated: Counter[str] = Counter()
        self.lines: dict[int, list[_Hit]] = {}
        self.linking = False
        self.people = False
        self.prompting = True
        self.collects = False
        self.known: dict[str, list[_Hit]] = {}
        self._find()

    def _find(self) -> None:
        """Note the evidence of every line that has any."""
        at = self.text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        deciding = [rule for rule in self.rules if _decides(rule)]
        others = [rule for rule in self.rules if not _decides(rule)]
        for start, end in self._windows():
            stretch = self.text[start:end]
            hits = _evidence(self.text, [rule for rule in deciding if rule.possible(stretch)], start, end)
            if hits:
                hits += _evidence(self.text, [rule for rule in others if rule.possible(stretch)], start, end)
            for hit in hits:
                self.lines.setdefault(bisect_right(self.starts, hit.start) - 1, []).append(hit)
        for found in MARKED.finditer(self.text):
            self.lines.setdefault(bisect_right(self.starts, found.start()) - 1, [])
        self.prompting = not (self.lines and about_programs(self.draft.text))
        self.people = self._lists_people()
        if self._links():
            self.lines = {number: [_cheap(hit) for hit in hits] for number, hits in self.lines.items()}
        for number in self.lines:
            self.repeated[self._shadow_line(number)] += 1

    def _lists_people(self) -> bool:
        """Whether the document lists people with their numbers: three lines of it, each another's."""
        if not any(self.lines.values()):
            return False
        found = {line.text for line in self.draft.lines() if len(line.text) <= _LONGEST and _PERSON.match(line.text)}
        return len(found) >= 3

    def _links(self) -> bool:
        """Whether the document has addresses of its own: three or more hosts with no other evidence near."""
        hosts: set[str] = set()
        for hits in self.lines.values():
            kinds = {hit.kind for hit in hits if hit.weight > 1}
            if kinds <= {"address", "call"}:
                hosts.update(self._host(hit) for hit in hits if hit.kind == "address")
        self.linking = len(hosts) >= 3
        return self.linking

    def _host(self, hit: _Hit) -> str:
        return self.text[hit.start : hit.end].partition("://")[2].partition("/")[0] or self.text[hit.start : hit.end]

    def _windows(self) -> Iterator[tuple[int, int]]:
        """The stretches of the shadow around the words that strong evidence is made of."""
        start = end = -1
        for found in _anchors().finditer(self.text):
            low = max(self.text.rfind("\n", 0, found.start()) + 1, found.start() - _WINDOW)
            high = self.text.find("\n", found.end(), found.end() + _WINDOW)
            high = high if high >= 0 else min(len(self.text), found.end() + _WINDOW)
            if low >= end:
                if end > start:
                    yield start, end
                start = low
            end = max(end, high)
        if end > start:
            yield start, end

    def _shadow_line(self, number: int) -> str:
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def _possible(self, number: int) -> bool:
        """Whether the evidence of the line and those it may be wrapped over could be enough; most lines end here."""
        if not self.lines[number]:
            return True  # noted for the marks between its letters
        points: dict[str, int] = {}
        address = False
        for each in range(number, number + 3):
            for hit in self.lines.get(each, ()):
                points[hit.kind] = min(points.get(hit.kind, 0) + hit.weight, _CAPS[hit.kind])
                address = address or (each == number and hit.kind == "address")
        if "ad" in points or "obfuscation" in points:
            return True
        # Decoration, place and repetition can add 4.
        if (
            len(points) > 1
            and sum(points.values()) + 4 >= _ENOUGH
            and (_OFFERS & set(points) or points.get("site", 0) > 1)
        ):
            return True
        line = self.draft.lines()[number]
        return address and bool(obfuscated_addresses(line.text))

    def own_lines(self) -> Iterator[Edit]:
        """Edits for the lines that are ads and whole; what is cut by a line end waits for the paragraph."""
        groups = self.own_line_groups()
        ads = {number for _, taken in groups for number in taken}
        for edits, taken in groups:
            if not self._goes_on(taken, ads):
                yield from edits

    def own_line_groups(self) -> list[tuple[list[Edit], range]]:
        """Edits for the lines that are ads, with the lines they take; none if the document is made of such lines."""
        groups = list(self._own_line_groups())
        lines = self.draft.lines()
        advertised = Counter(squeeze(lines[number].text) for _, taken in groups for number in taken)
        rest = sum(1 for line in lines if not line.blank) - sum(advertised.values())
        # Markup and code have words of sites of their own, in attributes and strings.
        if groups and (is_markup(self.draft) or is_code(self.draft)):
            self.collects = True
            return []
        # A site adds its line to a document again and again, or some lines to many; a document of which a third is
        # ads, each in other words, is a collection of them.
        self.collects = len(advertised) > 4 and len(advertised) > 0.5 * rest
        return [] if self.collects else groups

    def _own_line_groups(self) -> Iterator[tuple[list[Edit], range]]:
        lines = self.draft.lines()
        done = -1
        for number in sorted(self.lines):
            if number <= done or number >= len(lines) or not self._possible(number):
                continue
            found = self._own(number)
            if found:
                last, rule = found
                first = number - 1 if number - 1 > done and self._begins_before(number, last) else number
                done = last
                yield self.draft.delete_lines(first, last, rule.name, rule.reason), range(first, last + 1)

    def _begins_before(self, number: int, last: int) -> bool:
        """Whether the line before an ad holds the beginning of it and nothing else."""
        before = self.draft.lines()[number - 1] if number else None
        if before is None or before.blank or len(before.text) > _SHORT or _FINISHED.search(before.text):
            return False
        part = self._stretch(number - 1, number - 1)
        unit = _unit(part.text, 0, len(part.text), self._hits(part))
        return (
            unit.score >= _BESIDE
            and unit.covered >= _PURE
            and bool(self._whole(self._stretch(number - 1, last), number - 1, last))
        )

    def _own(self, number: int) -> tuple[int, Rule] | None:
        """The last line of the ad that starts with line ``number`` and its rule, if there is one."""
        lines = self.draft.lines()
        best: tuple[int, Rule] | None = None
        best_score = 0
        for last in range(number, min(number + 3, len(lines))):
            if lines[last].blank or (last > number + 1 and not best and last not in self.lines):
                break
            if last > number and start_class(lines[last].text.strip()) in "BL":
                break  # an item of the author's, not the ad's second line
            part = self._stretch(number, last)
            if len(part.text) > _LONGEST:
                break
            unit = self._whole(part, number, last)
            if unit and unit.rule and (unit.score > best_score or self._runs_over(part, lines[last].start)):
                best, best_score = (last, unit.rule), unit.score
            if _FINISHED.search(part.text):
                break
        return best

    def _stretch(self, first: int, last: int) -> Shadow:
        """The shadow of some lines as if they were one."""
        lines = self.draft.lines()
        return self._between(lines[first].start, lines[last].end)

    def _between(self, start: int, end: int) -> Shadow:
        part = shadow(self.draft.text, start, end)
        if "\n" not in part.text:
            return part
        # A line end between Latin letters stays as a space: an address must not swallow the next line's words.
        kept = [
            (" " if mark == "\n" else mark, at)
            for index, (mark, at) in enumerate(zip(part.text, part.offsets, strict=False))
            if mark != "\n" or _LATIN_JOIN.match(part.text, max(0, index - 1))
        ]
        return Shadow("".join(mark for mark, _ in kept), (*(at for _, at in kept), part.offsets[-1]))

    def _runs_over(self, part: Shadow, offset: int) -> bool:
        """Whether evidence lies across ``offset``, where the last line starts, and that line holds little else."""
        join = bisect_left(part.offsets, offset)
        hits = self._hits(part)
        if not any(hit.start < join < hit.end for hit in hits):
            return False
        return (
            _unit(part.text, join, len(part.text), [_clip(hit, join) for hit in hits if hit.end > join]).covered
            >= _PURE
        )

    def _goes_on(self, taken: range, ads: set[int]) -> bool:
        """Whether the sentence of an ad begins in the line before or ends in the line after.

        Taking the line alone would leave half an ad behind, or a syllable of it. A neighbour that is an ad of its own
        (``ads`` are the lines of all of them) is no part of it.
        """
        lines = self.draft.lines()
        first, last = taken[0], taken[-1]
        before = self._neighbour(first, -1)
        reach = 2 * _LONGEST
        if before is not None and before not in ads and not _FINISHED.search(squeeze(lines[before].text[-reach:])):
            whole = self._between(max(lines[before].start, lines[before].end - reach), lines[last].end)
            join = bisect_left(whole.offsets, lines[first].start)
            if self._one_sentence(whole, _last_sentence(whole.text[:join]), join, len(whole.text)):
                return True
        after = self._neighbour(last, 1)
        if after is None or after in ads or _FINISHED.search(squeeze(lines[last].text)):
            return False
        whole = self._between(lines[first].start, min(lines[after].end, lines[after].start + reach))
        join = bisect_left(whole.offsets, lines[after].start)
        ending = _SENTENCE_END.search(whole.text, join)
        return self._one_sentence(whole, 0, join, ending.end() if ending else len(whole.text))

    def _one_sentence(self, part: Shadow, start: int, join: int, end: int) -> bool:
        """Whether what stands on the two sides of ``join`` is one ad: evidence across it, little else around."""
        hits = [hit for hit in self._hits(part) if hit.end > start and hit.start < end]
        if not any(hit.start < join < hit.end for hit in hits):
            sides = (_unit(part.text, start, join, hits), _unit(part.text, join, end, hits))
            if any(side.score < _BESIDE or side.covered < _PURE for side in sides):
                return False
        unit = _unit(part.text, start, end, hits)
        return unit.is_ad and unit.covered >= _PURE

    def _neighbour(self, number: int, step: int) -> int | None:
        """The next line that is not blank, two away at most."""
        lines = self.draft.lines()
        for other in (number + step, number + 2 * step):
            if 0 <= other < len(lines) and not lines[other].blank:
                return other
        return None

    def _hits(self, part: Shadow) -> list[_Hit]:
        """The evidence in a stretch, spelling of addresses included."""
        original = self.draft.text[part.offsets[0] : part.offsets[-1]]
        if original not in self.known:
            self.known[original] = self._look(part, original)
        return self.known[original]

    def _look(self, part: Shadow, original: str) -> list[_Hit]:
        rules = [rule for rule in self.rules if rule.possible(part.text)]
        hits = [self._trimmed(part, hit) for hit in _evidence(part.text, rules)]
        if self.linking:
            hits = [_cheap(hit) for hit in hits]
        if not self.prompting:
            hits = [hit for hit in hits if hit.kind != "prompt"]
        if self.people and _PERSON.match(original):
            hits = [replace(hit, weight=1) if hit.kind in ("account", "call") else hit for hit in hits]
        start = part.offsets[0]
        spelled = [(span, _OBFUSCATED) for span in obfuscated_addresses(original)]
        for (low, high), rule in [*spelled, *((span, _PIECES) for span in names_in_pieces(original))]:
            first, last = bisect_left(part.offsets, start + low), bisect_left(part.offsets, start + high)
            if first < last:
                hits.append(_Hit(first, min(last, len(part.text)), rule.kind, rule.weight, rule))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _trimmed(self, part: Shadow, hit: _Hit) -> _Hit:
        """An address without the English words before it, which the shadow has moved up to it."""
        if hit.kind != "address" or part.text.startswith(("www", "http"), hit.start):
            return hit
        dot = regex.search(r"[.。·•=点]", part.text[hit.start : hit.end])
        for at in range(hit.start + (dot.start() if dot else 0), hit.start, -1):
            if part.offsets[at] - part.offsets[at - 1] > 1:
                return _Hit(at, hit.end, hit.kind, hit.weight, hit.rule)
        return hit

    def _whole(self, part: Shadow, number: int, last: int) -> _Unit | None:
        """The line as one unit, if it is an ad from its first letter to its last."""
        text = part.text
        hits = self._hits(part)
        extra = self._extra(number, hits) if number == last else 0
        whole = _unit(text, 0, len(text), hits, extra)
        if not whole.is_ad:
            return None
        for start, end in _sentences(text, hits):
            sentence = _unit(text, start, end, hits)
            if sentence.score < _BESIDE and regex.search(r"\p{Han}{3}|[a-z]{6}", text[start:end]):
                return None
        return whole

    def _extra(self, number: int, hits: Sequence[_Hit]) -> int:
        """Points for where the line stands and how often it comes, if it offers anything."""
        if not any(
            (hit.kind in _OFFERS and hit.weight > 2) or (hit.kind == "site" and hit.weight > 1) for hit in hits
        ):
            return 0
        lines = self.draft.lines()
        extra = 0
        if number < 2 or number >= len(lines) - 3:
            extra += 1
        if self.repeated[self._shadow_line(number)] >= 3:
            extra += 2
        return extra

    def inside(self, taken: set[int]) -> Iterator[Edit]:
        """Edits for ads that are sentences or brackets of a longer line."""
        lines = self.draft.lines()
        done = 0
        own = self.collects or (self.lines and (is_markup(self.draft) or is_code(self.draft)))
        for number in sorted(self.lines) if not own else ():
            if number in taken or number >= len(lines) or not self._possible(number):
                continue
            line = lines[number]
            part = shadow(self.draft.text, line.start, line.end)
            for unit in _inside_units(part, self._hits(part), self.draft.text):
                start, end = part.span(unit.start, unit.end)
                if unit.rule and start >= done:
                    done = end
                    yield from self.draft.delete(start, end, unit.rule.name, unit.rule.reason)
            for start, end, rule in self._over_the_end(number, taken, done):
                done = end
                yield from self.draft.delete(start, end, rule.name, rule.reason)

    def _over_the_end(self, number: int, taken: set[int], done: int) -> list[tuple[int, int, Rule]]:
        """Two pieces to cut where an ad starts in one line and ends in the next, which nothing has joined."""
        lines = self.draft.lines()
        after = self._neighbour(number, 1)
        if after is None or after in taken:
            return []
        # Ends of the two lines only: a paragraph may be a book long.
        reach = 2 * _LONGEST
        whole = self._between(
            max(lines[number].start, lines[number].end - reach), min(lines[after].end, lines[after].start + reach)
        )
        join = bisect_left(whole.offsets, lines[after].start)
        start = _last_sentence(whole.text[:join])
        ending = _SENTENCE_END.search(whole.text, join + 1)
        for hit in self._hits(whole):
            if ending and hit.kind in ("address", "obfuscation") and hit.start < ending.start() < hit.end - 1:
                ending = _SENTENCE_END.search(whole.text, hit.end)
        end = ending.end() if ending else len(whole.text)
        if not start < join < end or end - start > _LONGEST or whole.offsets[start] < done:
            return []
        if not self._one_sentence(whole, start, join, end):
            return []
        rule = _unit(whole.text, start, end, self._hits(whole)).rule or _OBFUSCATED
        first, second = whole.span(start, join), whole.span(join, end)
        if second[1] >= lines[after].end:
            second = (lines[number].end, lines[after].end)  # nothing stays on that line, so it goes
        elif first[0] <= lines[number].start:
            first = (lines[number].start, lines[after].start)
        return [(*first, rule), (*second, rule)]


_PIECES = Rule("site-in-pieces", "ads", "obfuscation", "site name spelled to escape a filter", "", (), (), (), 6)
_OBFUSCATED = Rule(
    "obfuscated-address", "ads", "obfuscation", "address spelled to escape a filter", "", (), (), (), 6
)

_CLOSERS = "”’」』）)】]》\"'"
_SENTENCE_END = lazy(rf"[。！？!?…]+[{regex.escape(_CLOSERS)}]*+")
_LATIN_JOIN = lazy(r"[a-z0-9]\n[a-z0-9]")
_FINISHED = lazy(rf"(?:[。！？!?…]|[a-z]\.)[{regex.escape(_CLOSERS)}]*+\W{{0,6}}$")
_BRACKETS = lazy(
    r"【[^【】]{1,120}+】|（[^（）]{1,120}+）|\([^()]{1,120}+\)|\[[^\[\]]{1,120}+\]|〔[^〔〕]{1,120}+〕"
    r"|〖[^〖〗]{1,120}+〗|⟪[^⟪⟫]{1,120}+⟫|([★☆♥♡◆●■※♦✦▲])(?!\1)[^\n。]{4,100}\1"
)


def _last_sentence(text: str) -> int:
    """Where the last, unfinished sentence of ``text`` starts."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return ends[-1] if ends else 0


def _sentences(text: str, hits: Sequence[_Hit]) -> list[tuple[int, int]]:
    """The sentences of a line; a bracket with evidence in it is one, a full stop in an address ends none."""
    held = sorted((hit.start, hit.end) for hit in hits if hit.kind in ("address", "obfuscation", "ad"))
    starts = [start for start, _ in held]
    cuts = {0, len(text)}
    for found in _SENTENCE_END.finditer(text):
        index = bisect_right(starts, found.start()) - 1
        if index < 0 or held[index][1] < found.end():
            cuts.add(found.end())
    every = [hit.start for hit in hits]
    for found in _BRACKETS.finditer(text):
        index = bisect_left(every, found.start())
        inner = [hit for hit in hits[index : index + 12] if hit.end <= found.end()]
        if inner and _unit(text, found.start(), found.end(), inner).is_ad:
            cuts = {cut for cut in cuts if not found.start() < cut < found.end()} | {found.start(), found.end()}
    ordered = sorted(cuts)
    return [pair for pair in pairwise(ordered) if pair[0] < pair[1]]


def _inside_units(part: Shadow, hits: Sequence[_Hit], original: str) -> Iterator[_Unit]:
    """The ads inside a line, in order."""
    text = part.text
    starts = [hit.start for hit in hits]
    units: list[_Unit] = []
    for start, end in _sentences(text, hits):
        here = hits[bisect_left(starts, start) : bisect_left(starts, end)]
        units.append(_unit(text, start, end, here))
    for index, unit in enumerate(units):
        if unit.end - unit.start <= _LONGEST and unit.is_ad:
            yield unit
            continue
        here = hits[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        if (
            unit.score >= _BESIDE
            and unit.covered >= _COVERED
            and any(units[other].is_ad for other in (index - 1, index + 1) if 0 <= other < len(units))
        ):
            yield unit
            continue
        if _item(text[unit.start : unit.end]) < _BESIDE:
            yield from _pieces(part, unit, here, original)


def _pieces(part: Shadow, unit: _Unit, hits: Sequence[_Hit], original: str) -> Iterator[_Unit]:
    """Ads glued into a sentence: between spaces, or an obfuscated address by itself."""
    text = part.text
    gaps = [at for at in range(unit.start + 1, unit.end) if part.offsets[at] - part.offsets[at - 1] > 1]
    bounds = [unit.start, *gaps, unit.end]
    starts = [hit.start for hit in hits]
    at = tried = unit.start
    for index, hit in enumerate(hits):
        if hit.start < at:
            continue
        first = bounds[max(0, bisect_right(bounds, hit.start) - 1)]
        if gaps and first >= at and (first > tried or index == 0):
            tried = first
            near = hits[index : min(index + _PIECES_HITS, bisect_left(starts, first + _LONGEST))]
            ends = sorted(
                {bounds[min(len(bounds) - 1, bisect_left(bounds, other.end))] for other in near}, reverse=True
            )
            for last in ends:
                piece = _unit(text, first, last, near) if last - first <= _LONGEST else None
                if piece and piece.is_ad and piece.covered >= _PURE:
                    yield piece
                    at = last
                    break
        if hit.kind == "obfuscation" and hit.start >= at:
            yield _around(text, hit)
            at = hit.end


def _around(text: str, hit: _Hit) -> _Unit:
    """The address with the bracket it stands in."""
    start, end = hit.start, hit.end
    for bracket in _BRACKETS.finditer(text, max(0, start - 120), min(len(text), end + 120)):
        if bracket.start() <= start and end <= bracket.end():
            start, end = bracket.span()
    return _Unit(start, end, 6, frozenset({"obfuscation"}), 1.0, 0, 0, hit.rule)
