"""Characters nobody sees: what extractors and copy-protection leave between the author's letters.

What goes, and the evidence asked for:

==================  =========================================================================
zero-width          always, except where scripts join by it (emoji, Arabic, Indic, Thai ...)
direction marks     where the document has no right-to-left letter
control             always, except tab, line ends, form feed (pages), and a terminal's escapes
soft hyphen         always, except at a line end inside a Latin word: it proves that join
line separators     become a line end, or go where one stands already
no-break space      becomes a space in a document that has them where no typographer puts one
Kangxi radical      the twin of the letter beside it goes; a lone one inside words becomes the letter
compatibility form  in a document with such radicals, the twin of the letter beside it goes
==================  =========================================================================

U+FFFD and private-use characters are not touched: something of the author's stood there.
"""

import unicodedata
from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain

_CONTROL = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SEPARATOR = r"\x0b\x85\u2028\u2029"
_JOINER = r"\u200b\u200c\u200d"
_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
# Word joiner, invisible operators, interlinear anchors, and the joiner of graphemes.
_ZERO_WIDTH = r"\u034f\u180e\u2060-\u2064\ufeff\ufff9-\ufffb"
_RADICAL = r"\u2e80-\u2fd5"
_COMPATIBLE = r"\uf900-\ufaff"

_ODD = lazy_plain(f"[{_CONTROL}{_SEPARATOR}{_JOINER}{_DIRECTION}{_ZERO_WIDTH}{_RADICAL}{_COMPATIBLE}\\xa0\\xad]+")
_EVERYDAY = "“”‘’…—，：；！？（）"
_ODD_WIDE = lazy_plain(rf"[\u2028\u2029{_JOINER}{_DIRECTION}{_ZERO_WIDTH}{_RADICAL}{_COMPATIBLE}]")
_PLAIN_NARROW = bytes({*range(256)} - {*range(0x20), *range(0x7F, 0xA1), 0xAD} | {*b"\t\n\f\r"})

# Letters and signs that a joiner or a zero-width space does something to: Arabic to Thaana, the Indic
# scripts, Thai to Myanmar, Khmer, Mongolian, emoji and their selectors.
_JOINING = lazy_plain(
    r"[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1a00-\u1aaf\u1b00-\u1cff\u2600-\u27bf\ufb50-\ufdff"
    r"\ufe00-\ufe0f\ufe70-\ufefc\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\U0001f000-\U0001faff\U000e0100-\U000e01ef]"
)
_RIGHT_TO_LEFT = lazy_plain(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HAN = lazy_plain(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_1 = lazy_plain(r"[\xa1-\xff\u0152-\u0192\u2013-\u2122]")

# Radicals of the supplement that extractors write for the letter: NFKC does not know them.
_SUPPLEMENT = dict(
    zip(
        "\u2e81\u2e88\u2e8c\u2e8f\u2e95\u2e9d\u2ea0\u2ea6\u2ea9\u2ebb\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed1"
        "\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee5\u2ee6\u2ee8\u2eea\u2eec\u2eee\u2ef0\u2ef3",
        "厂刀小尢彐月民丬王聿虎西见角贝车長长门青韦页风飞食马鱼鸟麦黾齐齿龙龟",
        strict=True,
    )
)


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take invisible characters out and write artefacts as the characters they stand for.

    >>> [edit.start for edit in propose(Draft("无\\u200b小事\\n"), Config())]
    [1]
    >>> list(propose(Draft("\\U0001f469\\u200d\\U0001f4bb\\n"), Config()))    # a joined emoji
    []
    """
    text = draft.text
    if not draft.narrow.translate(None, _PLAIN_NARROW) and not _has_odd(draft.uncommon):
        return
    letters = max(text) >= "\u2e80" and _radicals_are_artefacts(text)
    spaces = "\xa0" in text and _no_break_spaces_are_artefacts(text)
    directed = bool(_RIGHT_TO_LEFT.search(text))
    for run in _ODD.finditer(text):
        before = text[run.start() - 1 : run.start()]
        after = text[run.end() : run.end() + 1]
        for offset in range(run.start(), run.end()):
            character = text[offset]
            if character == "\xa0":
                if spaces:
                    yield from draft.replace(
                        offset, offset + 1, " ", "no-break-space", "no-break space where a space belongs"
                    )
            elif "\u2e80" <= character <= "\u2fd5" or "\uf900" <= character <= "\ufaff":
                if letters:
                    yield from _radical(draft, offset)
            elif character in "\x0b\x85\u2028\u2029":
                yield from _separator(draft, offset, before, after)
            elif not _meant(character, before, after, directed):
                rule, reason = _name(character)
                yield from draft.delete(offset, offset + 1, rule, reason)


def _has_odd(characters: frozenset[str]) -> bool:
    """Whether there is one among wide characters that may go."""
    # The pattern takes 0.5 ms to make; what nearly all texts are made of needs none.
    rest = [each for each in characters.difference(_EVERYDAY) if each > "\xff" and not "\u3000" <= each <= "\u9fff"]
    return bool(rest) and _ODD_WIDE.search("".join(rest)) is not None


def _meant(character: str, before: str, after: str, directed: bool) -> bool:
    """Whether the invisible ``character`` does something where it stands."""
    if character in "\u200b\u200c\u200d\u180e":
        return bool(_JOINING.match(before) or _JOINING.match(after))
    if character in "\u061c\u200e\u200f" or "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u206f":
        return directed
    if character == "\xad":
        # Proof that the word goes on: the stage that joins lines needs it.
        return after in ("\n", "\r") and before.isascii() and before.isalpha()
    if character == "\x1b":
        return after == "["
    if "\x7f" <= character <= "\x9f":
        # UTF-8 that was read as Latin-1: half of a lost character, which only re-decoding can save.
        return bool(_LATIN_1.match(before) or _LATIN_1.match(after))
    return False


def _name(character: str) -> tuple[str, str]:
    if character == "\xad":
        return "soft-hyphen", "soft hyphen"
    if unicodedata.category(character) == "Cc":
        return "control-character", "control character"
    return "zero-width", "character without width"


def _separator(draft: Draft, offset: int, before: str, after: str) -> list[Edit]:
    if before in ("", "\n", "\r") or after in ("", "\n", "\r"):
        return draft.delete(offset, offset + 1, "line-separator", "line separator beside a line end")
    if draft.text[offset] == "\x85" and (_LATIN_1.match(before) or _LATIN_1.match(after)):
        return []
    return draft.replace(offset, offset + 1, "\n", "line-separator", "line separator instead of a line end")


# Where typographers put a no-break space: between a number and its unit or sign, after an abbreviation
# or initial, before high punctuation, inside guillemets, beside a dash. Anywhere else it came from a web
# page or a program.
_SINGLE = lazy_plain(r"(?<![\s\xa0])\xa0(?![\s\xa0])")
_TYPOGRAPHIC = lazy_plain(
    r"""(?x)
    (?<=[0-9])\xa0(?=[A-Za-z%\u2030\u00b0\u20ac$\u00b50-9])     # 5 km, 20 %, 10 000
    | (?<=[.\u00b7\u2116\u00a7\u00b6])\xa0(?=\w)                # Dr. Who, No. 5
    | (?<=\u00ab)\xa0 | \xa0(?=[\u00bb;:!?\u2013\u2014\u2026])  # guillemets, French punctuation, dashes
    | (?<=[\u2013\u2014])\xa0
    """
)


def _no_break_spaces_are_artefacts(text: str) -> bool:
    """Whether the document's no-break spaces stand for plain spaces.

    Runs of them and those beside other white space prove nothing (aligned terminal output copied from a web
    page must keep its columns); those inside mis-decoded text are half a letter.

    >>> _no_break_spaces_are_artefacts("目录\\xa0Git 的\\xa0索引")
    True
    >>> _no_break_spaces_are_artefacts("重 5\\xa0kg，长 3\\xa0m，约 20\\xa0%")
    False
    """
    single = [found.start() for found in _SINGLE.finditer(text)]
    single = [at for at in single if not (_LATIN_1.match(text[at - 1 : at]) or _LATIN_1.match(text[at + 1 : at + 2]))]
    typographic = sum(1 for at in single if _TYPOGRAPHIC.match(text, at))
    # A typographer's document has none in other places; an artefact's are where any space may be.
    return len(single) > 2 * typographic


def _letter(radical: str) -> str:
    return _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)


_WORD_RADICAL = lazy_plain(
    f"(?<=[\\u4e00-\\u9fff{_RADICAL}])[{_RADICAL}]|[{_RADICAL}](?=[\\u4e00-\\u9fff{_RADICAL}])"
)
_ABOUT_RADICAL = lazy_plain(f"[{_RADICAL}][部旁字首头頭]|[\"'“‘「『《（(][{_RADICAL}][\"'”’」』》）)]")


def _radicals_are_artefacts(text: str) -> bool:
    """Whether the document's radical characters are letters that an extractor wrote wrongly.

    >>> _radicals_are_artefacts("⾼高可⽤用")
    True
    >>> _radicals_are_artefacts("部首有⼀部、⼁部、⼂部")
    False
    """
    inside = len(_WORD_RADICAL.findall(text))
    # Two, because one alone may be the subject of the sentence.
    return inside >= 2 and inside > 2 * len(_ABOUT_RADICAL.findall(text))


def _radical(draft: Draft, offset: int) -> list[Edit]:
    text = draft.text
    letter = _letter(text[offset])
    if letter == text[offset]:
        return []
    if letter in (text[offset - 1 : offset], text[offset + 1 : offset + 2]):
        return draft.delete(offset, offset + 1, "radical-twin", "radical beside the letter it stands for")
    if _WORD_RADICAL.match(text, offset):
        return draft.replace(offset, offset + 1, letter, "radical", "radical instead of the letter")
    return []
