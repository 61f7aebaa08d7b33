"""Survey of a document for advertisements: where the evidence lies, and what the document says of itself.

The whole text is looked through once, cheaply, for words that strong evidence is made of; the rules run only around
those. A document with addresses of its own, or one that lists people with their numbers, makes addresses and numbers
weak evidence; one that tells how to use a program may ask to press a button. A house that speaks for itself has
accounts to add; one that quotes such phrases again and again is about them.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from cleaner.draft import Draft
from cleaner.obfuscation import marked_lines, names_in_pieces, obfuscated_addresses
from cleaner.outline import Sieve, sketches
from cleaner.patterns import lazy
from cleaner.phrases import Phrases
from cleaner.promotion import LONGEST, Hit, could_be_enough, decides, find_hits, own_voice, quoted_phrases
from cleaner.rules import Rule
from cleaner.shadow import Shadow, shadow, squeeze
from cleaner.subject import about_programs

# How far from its strongest word an ad can reach, in characters of the shadow.
_WINDOW = 120
# As many hosts, or people with a number, are a list of the document's own.
_LISTED = 3
# As many phrases in quotation marks, and the document is about ads.
_QUOTES = 2
# What a house has as well as a site.
_OF_A_HOUSE = frozenset(("account", "address", "call", "prompt", "site"))
# An ad may be wrapped over so many lines.
MOST_LINES = 3

OBFUSCATED = Rule("obfuscated-address", "ads", "obfuscation", "address spelled to escape a filter", "", (), (), (), 6)
_PIECES = Rule("site-in-pieces", "ads", "obfuscation", "site name spelled to escape a filter", "", (), (), (), 6)

# A name at the head of a line, and in it a number, an account or a mail address of that person's.
_PERSON = lazy(
    r"\s*(?:\d{1,3}[.、\s]\s*)?\p{Han}(?:[ \u3000]{0,3}\p{Han}){1,3}(?:[ \u3000\t]+|[:：,，|/]\s*)"
    r"(?:[^。！？\n]*?[^。！？\n\d])?[\d*@._-]{5,}[^。！？\n]*$"
)
_LATIN_JOIN = lazy(r"[a-z0-9]\n[a-z0-9]")
_DOT = lazy(r"[.。·•=点]")


@cache
def _anchors() -> Phrases:
    """The hints of the rules that can decide; single characters are left out where a rule has longer ones."""
    words: set[str] = set()
    for rule in sketches("ads"):
        if decides(rule.kind, rule.weight):
            words.update([hint for hint in rule.hints if len(hint) > 1] or rule.hints)
    return Phrases(words)


@cache
def _rules(deciding: bool | None) -> Sieve:
    """The rules that can decide, or those that cannot, or all."""
    return Sieve(each for each in sketches("ads") if deciding in (None, decides(each.kind, each.weight)))


class Survey:
    """The evidence in one draft.

    ``lines`` maps the number of each line that has any to its hits; a line whose letters only have marks between
    them is there with none.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines: dict[int, list[Hit]] = {}
        text = draft.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in draft.text else draft.text
        self._text = squeeze(text, draft.uncommon)
        self._starts = [0]
        self._known: dict[str, list[Hit]] = {}
        self._find()
        self._links = self._own_hosts() >= _LISTED
        self._people = self._lists_people()
        self._prompts = not (self.lines and about_programs(draft.text))
        self._own_voice = bool(self.lines) and own_voice(self._text)
        if self._links:
            self.lines = {number: [_cheap(hit) for hit in hits] for number, hits in self.lines.items()}
        self._repeated = Counter(self._shadow_line(number) for number in self.lines)

    def _find(self) -> None:
        """Note the evidence of every line that has any."""
        at = self._text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = self._text.find("\n", at + 1)
        for start, end in self._windows():
            stretch = self._text[start:end]
            hits = find_hits(self._text, _rules(True).possible(stretch), start, end)
            if hits:
                hits += find_hits(self._text, _rules(False).possible(stretch), start, end)
            for hit in hits:
                self.lines.setdefault(self._line_of(hit.start), []).append(hit)
        for start in marked_lines(self._text):
            self.lines.setdefault(self._line_of(start), [])

    def about_ads(self) -> bool:
        """Whether the document quotes phrases of ads, and so may show them."""
        rules = [each.rule for each in sketches("ads") if each.possible(self._text)]
        return len(quoted_phrases(self._text, rules)) >= _QUOTES

    def _line_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _windows(self) -> Iterator[tuple[int, int]]:
        """The stretches of the shadow around the words that strong evidence is made of."""
        start = end = -1
        for first, last in _anchors().spans(self._text):
            near = max(0, first - _WINDOW)  # a line may be the whole text: it is not searched to its start each time
            low = max(self._text.rfind("\n", near, first) + 1, near)
            high = self._text.find("\n", last, last + _WINDOW)
            high = high if high >= 0 else min(len(self._text), last + _WINDOW)
            if low >= end:
                if end > start:
                    yield start, end
                start = low
            end = max(end, high)
        if end > start:
            yield start, end

    def _own_hosts(self) -> int:
        """How many hosts the document names with no other evidence near."""
        hosts: set[str] = set()
        for hits in self.lines.values():
            if {hit.kind for hit in hits if hit.weight > 1} <= {"address", "call"}:
                hosts.update(self._host(hit) for hit in hits if hit.kind == "address")
        return len(hosts)

    def _host(self, hit: Hit) -> str:
        address = self._text[hit.start : hit.end]
        return address.partition("://")[2].partition("/")[0] or address

    def _lists_people(self) -> bool:
        """Whether the document lists people with their numbers: three lines of it, each another's."""
        if not any(self.lines.values()):
            return False
        found = {line.text for line in self.draft.lines() if len(line.text) <= LONGEST and _PERSON.match(line.text)}
        return len(found) >= _LISTED

    def _shadow_line(self, number: int) -> str:
        end = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[number] : end]

    def possible(self, number: int) -> bool:
        """Whether the evidence of a line and those it may be wrapped over could be enough; most lines end here."""
        here = self.lines[number]
        if not here:
            return True  # noted for the marks between its letters
        if could_be_enough([hit for each in range(number, number + MOST_LINES) for hit in self.lines.get(each, ())]):
            return True
        return any(hit.kind == "address" for hit in here) and bool(
            obfuscated_addresses(self.draft.lines()[number].text)
        )

    def circumstances(self, number: int, hits: Sequence[Hit]) -> int:
        """Points for where the line stands and how often it comes, if it offers anything."""
        if not any(hit.offers for hit in hits):
            return 0
        edge = number < 2 or number >= len(self.draft.lines()) - 3
        return edge + 2 * (self._repeated[self._shadow_line(number)] >= 3)

    def stretch(self, first: int, last: int) -> Shadow:
        """The shadow of some lines as if they were one."""
        lines = self.draft.lines()
        return self.between(lines[first].start, lines[last].end)

    def between(self, start: int, end: int) -> Shadow:
        """The shadow of a stretch of the draft as if it were one line."""
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

    def hits(self, part: Shadow) -> list[Hit]:
        """The evidence in a stretch, spelling of addresses included."""
        original = self.draft.text[part.offsets[0] : part.offsets[-1]]
        if original not in self._known:
            self._known[original] = self._look(part, original)
        return self._known[original]

    def _look(self, part: Shadow, original: str) -> list[Hit]:
        rules = _rules(None).possible(part.text)
        hits = [_trimmed(part, hit) for hit in find_hits(part.text, rules)]
        if self._links:
            hits = [_cheap(hit) for hit in hits]
        # Whoever writes <https://...> refers to a page; those who want visitors do not know the custom.
        hits = [_cheap(hit) if part.text.startswith("<http", hit.start - 1) else hit for hit in hits]
        if not self._prompts:
            hits = [hit for hit in hits if hit.kind != "prompt"]
        if self._own_voice:
            hits = [hit.weakened() if hit.kind in _OF_A_HOUSE else hit for hit in hits]
        if self._people and _PERSON.match(original):
            hits = [hit.weakened() if hit.kind in ("account", "call") else hit for hit in hits]
        return sorted([*hits, *_spelled(part, original)], key=lambda hit: (hit.start, -hit.end))


def _cheap(hit: Hit) -> Hit:
    """The hit as it counts in a document full of addresses, where one more proves little."""
    return hit.weakened() if hit.kind == "address" else hit


def _spelled(part: Shadow, original: str) -> Iterator[Hit]:
    """What is spelled to escape a filter: addresses, and names with marks between their letters."""
    start = part.offsets[0]
    spelled = [(span, OBFUSCATED) for span in obfuscated_addresses(original)]
    for (low, high), rule in [*spelled, *((span, _PIECES) for span in names_in_pieces(original))]:
        first, last = bisect_left(part.offsets, start + low), bisect_left(part.offsets, start + high)
        if first < last:
            yield Hit(first, min(last, len(part.text)), rule.kind, rule.weight, rule)


def _trimmed(part: Shadow, hit: Hit) -> Hit:
    """An address without the English words before it, which the shadow has moved up to it."""
    if hit.kind != "address" or part.text.startswith(("www", "http"), hit.start):
        return hit
    dot = _DOT.search(part.text, hit.start, hit.end)
    for at in range(dot.start() if dot else hit.start, hit.start, -1):
        if part.offsets[at] - part.offsets[at - 1] > 1:
            return Hit(at, hit.end, hit.kind, hit.weight, hit.rule)
    return hit
