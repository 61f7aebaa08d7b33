"""Which encoding some bytes are in: the readings that are possible, judged by the text they give."""

import re

from cleaner.encodings import LEGACY, WIDE, canonical
from cleaner.patterns import lazy_plain
from cleaner.plausibility import ASCII, STRAY, Costs, alphabetic, any_language, cost
from cleaner.reading import STRAYS
from cleaner.salvage import costs_for, least_cost

# Patterns are left as text where few files need them: compiling all would take longer than most files.

# Languages this tool is not for must be better by the price of about one character to be believed.
_HANDICAP = dict.fromkeys(("cp932", "euc_jp", "cp949", *WIDE), 8.0)
_ALPHABETS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("koi8-r", "koi8-u", "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-15"),
    *("mac-roman", "cp850", "cp852", "cp866"),
)
_HIGH = lazy_plain(rb"[\x80-\xff]")
_SAMPLE = 1 << 15  # bytes judged at most: some 30 ms of work, and ten times what the closest race needs
_WINDOWS = 16
# Three or more Chinese characters of UTF-8 in a row, which no other encoding's usual text contains.
_UTF8_RUN = lazy_plain(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3,}")


def sample_of(data: bytes) -> bytes:
    """At most 32 KB that are typical of what is not ASCII in the data, cut at line ends where there are any.

    The places are spread over the whole file, and each begins where the first byte that is not ASCII
    follows: in a megabyte of ASCII with one Chinese line near its end, that line is the sample.
    """
    if len(data) <= _SAMPLE:
        return data
    pieces, size, done = [], _SAMPLE // _WINDOWS, 0
    for start in range(0, len(data), len(data) // _WINDOWS):
        found = _HIGH.search(data, max(start, done))
        if not found:
            break
        # From the line's beginning, where a character surely begins; in a line too long for that (no line
        # ends at all) the first character may be cut in two, which costs every reading about the same.
        begin = max(data.rfind(b"\n", max(done, found.start() - 512), found.start()) + 1, done)
        begin = begin if found.start() - begin <= 512 else found.start()
        done = data.find(b"\n", begin + size) + 1
        done = done if begin < done <= begin + 2 * size else begin + size
        pieces.append(data[begin:done])
    return b"\n".join(pieces) or data[:_SAMPLE]


def ranked(sample: bytes, data: bytes) -> list[tuple[float, str]]:
    """The candidates with the cost of reading the sample of the data so, the best first."""
    zeros = b"\0" in data
    # UTF-16 and UTF-32 must be read in step, that is from the beginning.
    head = sample if len(sample) == len(data) else data[:_SAMPLE]
    if zeros:  # padding says nothing; multiples of four, to stay in step
        sample, head = _PADDING.sub(b"", sample), _PADDING.sub(b"", head)
    # What is plainly UTF-8 says nothing about the rest, and must not decide between GB18030 and Big5.
    rest = _UTF8_RUN.sub(b"", sample)
    legacy = min(LEGACY, key=lambda name: cost_of(rest, name))
    names = ["utf-8", legacy, *(name for name in LEGACY if name != legacy)]
    prices = {name: cost_of(sample, name) for name in names}
    wide = WIDE if zeros else WIDE[:2] if len(data) % 2 == 0 else ()
    for name in wide:
        # Without a single zero byte there is no ASCII in it, not even a line end: only Chinese is believed.
        if head and holds(head, name, 11.0 if zeros else 9.5):
            prices[name] = cost_of(head, name) * len(sample) / len(head)
    prices[legacy] = min(prices[name] for name in LEGACY)
    best = min(prices, key=lambda name: prices[name])
    if best not in WIDE and (
        best not in _CHINESE or likeness(sample.decode(best, "surrogateescape"), costs_for(best)) > _DOUBTFUL
    ):
        # Perhaps one lost byte has put the rest of a line out of step, in which nothing is plausible.
        short = close_look(sample)
        prices = {name: price * len(short) / len(sample) for name, price in prices.items() if name in WIDE}
        prices |= {name: least_cost(short, name) + _HANDICAP.get(name, 0) for name in names}
    return sorted(((price, name) for name, price in prices.items()), key=lambda entry: entry[0])


_CHINESE = ("utf-8", "gb18030", "cp950", "big5hkscs")
_DOUBTFUL = 8.5  # mean cost of a character; in Chinese of any kind it is 7 to 8 from a few words on
_CLOSE_LOOK = 1 << 12  # bytes read in every way there is, some 10 ms for each encoding


def close_look(sample: bytes) -> bytes:
    """The first few kilobytes of lines that are not ASCII."""
    return b"\n".join(line for line in sample.split(b"\n") if not line.isascii())[:_CLOSE_LOOK]


_PADDING = lazy_plain(rb"(?:\0{4}){2,}")


def pasted(sample: bytes) -> tuple[str, ...]:
    """The encoding that what is not UTF-8 in UTF-8 text is in, if it is in any."""
    text = sample.decode("utf-8", "surrogateescape")
    pieces = [piece.encode("utf-8", "surrogateescape") for piece in re.findall(_PASTED, text)]
    foreign = b"\n".join(pieces)[:_CLOSE_LOOK]
    return (min(LEGACY, key=lambda name: least_cost(foreign, name) + _HANDICAP.get(name, 0)),) if foreign else ()


# Between the bytes left over stand ASCII letters, and pairs of them that happen to be UTF-8. A UTF-8
# character of three bytes ends it.
_PASTED = "[\udc80-\udcff](?:[\0-\u07ff]{0,3}[\udc80-\udcff])+[@-~]?"


def cost_of(sample: bytes, name: str) -> float:
    """The cost of reading a sample in an encoding; bytes left over have theirs."""
    if name not in WIDE:
        return cost(sample.decode(name, "surrogateescape"), costs_for(name)) + _HANDICAP.get(name, 0)
    unit = 4 if "32" in name else 2
    text = sample[: len(sample) // unit * unit].decode(name, "replace")
    over = len(sample) % unit + unit * text.count("\ufffd")
    return cost(text, any_language()) + _HANDICAP[name] + STRAY * over


def likeness(text: str, costs: Costs) -> float:
    """The mean cost of what is not ASCII: about 7 in good Chinese, more than 10 in none."""
    wide = "".join(character for character in text if character > "\x7f")
    return cost(wide, costs) / len(wide) if wide else ASCII


def alphabet_of(sample: bytes, name: str) -> str | None:
    """The one-byte encoding of an alphabet, if the sample is more likely in one than in ``name``."""
    text = sample.decode(name, "surrogateescape")
    if likeness(text, costs_for(name)) < _POOR:
        return None
    import chardet  # here, because it takes 50 ms to import and few files get so far

    answer = chardet.detect(sample, include_encodings=_ALPHABETS, no_match_encoding="cp1252", prefer_superset=True)
    # Its word counts unless the text it gives is worse than the commonest one's.
    found = [canonical(answer["encoding"] or "cp1252"), "cp1252"]
    prices = [_alphabetic_cost(sample.decode(other, "surrogateescape")) for other in found]
    best = prices.index(min(prices))
    if sample.decode(found[0], "surrogateescape") == sample.decode("cp1252", "surrogateescape"):
        best = 1  # it said ISO 8859-15 or the like, which makes no difference here
    return found[best] if prices[best] + 12 < least_cost(sample, name) else None


def _alphabetic_cost(text: str) -> float:
    """The cost of text in an alphabet; capitals after small letters and words of two alphabets cost extra."""
    return (
        cost(text, alphabetic()) + 6.0 * len(re.findall(_FALSE_CAPITAL, text)) + 8.0 * len(re.findall(_MIXED, text))
    )


_POOR = 9.5  # mean cost of a character, as _DOUBTFUL; what no Chinese text longer than a name reaches
_MIXED = "[a-zA-Z][\u0370-\u1fff]|[\u0370-\u1fff][a-zA-Z]"
_FALSE_CAPITAL = r"(?<=[a-zà-öø-ÿа-яёα-ω])[A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]"


def which_big5(data: bytes, name: str) -> str:
    """Which Big5: that of Windows, unless the file has characters only the Hong Kong one has.

    A byte damaged in Big5 often makes such a character too: one that is in no common use, or a few among
    much that cannot be read at all, prove nothing. In rows C6 to C8, which Python's cp950 fills in a way of
    its own, the Hong Kong table has what was in use.

    >>> which_big5("約翰‧史密斯".encode("cp950"), "cp950"), which_big5("①嗰啲".encode("big5hkscs"), "cp950")
    ('cp950', 'big5hkscs')
    """
    if name not in ("cp950", "big5hkscs"):
        return name
    windows = data.decode("cp950", "surrogateescape")
    strays = STRAYS.findall(windows)
    if not strays:
        return "big5hkscs" if len(re.findall(_OLD_KANA, windows)) > 1 else "cp950"
    data = _UTF8_RUN.sub(b"", data)  # what is pasted in
    hong_kong = data.decode("big5hkscs", "surrogateescape")
    left = len(STRAYS.findall(hong_kong))
    gained = len(STRAYS.findall(data.decode("cp950", "surrogateescape"))) - left
    usual = len(re.findall(_HONG_KONG, hong_kong))
    return "big5hkscs" if usual > left or gained > 3 + 3 * left else "cp950"


_OLD_KANA = "[ぁ-ヾ々①-⑽Ё-ё]"
_HONG_KONG = "[嘅喺哋咗嚟嘢啲嗰啱嘥瞓攞揾冚嘞噃揸嗱氹㗎啫吖啩嚿踎攰餸麪綫衞峯羣啓堃喆犇栢鷄邨鈎滙]"


def holds(sample: bytes, name: str, limit: float = 12.5) -> bool:
    """Whether bytes after the mark of such an encoding are in it: two stray bytes can look like a mark.

    ``limit`` is the mean cost of a character, for bytes without a mark a lower one; random bytes have 13.

    >>> holds("你好".encode("gbk"), "utf-16-le"), holds("你好".encode("utf-16-le"), "utf-16-le")
    (False, True)
    """
    unit = 4 if "32" in name else 2
    text = sample[: len(sample) // unit * unit].decode(name, "replace")
    controls = len(_CONTROL.findall(text))
    if controls > 8 and controls > 0.05 * len(text):
        return False  # a program: zeros and control codes are ASCII in UTF-16
    return likeness(text, any_language()) < limit and not (len(sample) < unit and sample)


_CONTROL = lazy_plain("[\0-\x07\x0e-\x19]")
