"""decode: bytes to text, and back to the same bytes."""

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import reading, salvage
from cleaner.decode import Decoded, DecodeError, decode, encode

SIMPLIFIED = "今天早上下了一场大雨，院子里的花都湿了。我们坐在窗边喝茶，说起去年春天的事情。"
TRADITIONAL = "今天早上下了一場大雨，院子裡的花都濕了。我們坐在窗邊喝茶，說起去年春天的事情。"
JAPANESE = "今日は朝から雨が降っていました。友達と一緒に図書館で本を読みました。"
KOREAN = "오늘 아침에는 비가 많이 내렸습니다. 친구와 함께 도서관에서 책을 읽었어요."

# (what it is, bytes, text, encoding, how)
SOUND = [
    ("empty", b"", "", "utf-8", "nothing but ASCII"),
    ("ASCII", b"plain text\r\n", "plain text\r\n", "utf-8", "nothing but ASCII"),
    ("UTF-8", SIMPLIFIED.encode(), SIMPLIFIED, "utf-8", "valid UTF-8"),
    ("UTF-8, accents", "Café · naïve 2×3".encode(), "Café · naïve 2×3", "utf-8", "valid UTF-8"),
    ("UTF-8, BOM", "\ufeff正文".encode(), "正文", "utf-8-sig", "byte order mark"),
    ("UTF-8, BOM inside", "一\n\ufeff二".encode(), "一\n\ufeff二", "utf-8", "valid UTF-8"),
    (
        "UTF-16 LE, BOM",
        codecs.BOM_UTF16_LE + "正文".encode("utf-16-le"),
        "正文",
        "utf-16-le",
        "byte order mark",
    ),
    (
        "UTF-16 BE, BOM",
        codecs.BOM_UTF16_BE + "正文".encode("utf-16-be"),
        "正文",
        "utf-16-be",
        "byte order mark",
    ),
    (
        "UTF-32 LE, BOM",
        codecs.BOM_UTF32_LE + "正文".encode("utf-32-le"),
        "正文",
        "utf-32-le",
        "byte order mark",
    ),
    ("GB18030, BOM", "\ufeff正文".encode("gb18030"), "正文", "gb18030", "byte order mark"),
    (
        "UTF-16 LE",
        (SIMPLIFIED + "\n").encode("utf-16-le"),
        SIMPLIFIED + "\n",
        "utf-16-le",
        "zero bytes in regular places",
    ),
    (
        "UTF-16 BE",
        (SIMPLIFIED + "\n").encode("utf-16-be"),
        SIMPLIFIED + "\n",
        "utf-16-be",
        "zero bytes in regular places",
    ),
    (
        "UTF-16 of ASCII",
        "plain\n".encode("utf-16-le"),
        "plain\n",
        "utf-16-le",
        "zero bytes in regular places",
    ),
    ("UTF-32 BE", SIMPLIFIED.encode("utf-32-be"), SIMPLIFIED, "utf-32-be", "zero bytes in regular places"),
    ("GBK", SIMPLIFIED.encode("gbk"), SIMPLIFIED, "gb18030", "the most plausible text"),
    ("GBK, traditional", TRADITIONAL.encode("gbk"), TRADITIONAL, "gb18030", "the most plausible text"),
    ("GBK, four characters", "你好世界".encode("gbk"), "你好世界", "gb18030", "the most plausible text"),
    ("GBK, two characters", "联通".encode("gbk"), "联通", "gb18030", "the most plausible text"),
    ("GBK, valid UTF-8 by chance", "全员".encode("gbk"), "全员", "gb18030", "the most plausible text"),
    (
        "GB18030, four bytes",
        "㐀𠀀的人们来了".encode("gb18030"),
        "㐀𠀀的人们来了",
        "gb18030",
        "the most plausible text",
    ),
    (
        "GBK late",
        b"x = 1\n" * 50000 + "备注".encode("gbk"),
        "x = 1\n" * 50000 + "备注",
        "gb18030",
        "the most plausible text",
    ),
    ("Big5", TRADITIONAL.encode("big5"), TRADITIONAL, "cp950", "the most plausible text"),
    ("Big5, four characters", "你好世界".encode("big5"), "你好世界", "cp950", "the most plausible text"),
    (
        "Big5, double code",
        b"\xa2\xce\xa4\xe9" + TRADITIONAL.encode("big5"),
        "卅日" + TRADITIONAL,
        "cp950",
        "the most plausible text",
    ),
    (
        "Big5 of Windows",
        "約翰‧史密斯裏的話".encode("cp950"),
        "約翰‧史密斯裏的話",
        "cp950",
        "the most plausible text",
    ),
    (
        "Big5 of Hong Kong",
        "佢哋喺香港嘅屋企".encode("big5hkscs"),
        "佢哋喺香港嘅屋企",
        "big5hkscs",
        "the most plausible text",
    ),
    ("HZ", "他说~{<:Ky2;S{~}".encode(), "他说己所不欲", "utf-8", "valid UTF-8"),
    ("HZ, seven bits", b"ok ~{<:Ky2;S{~}.\n", "ok 己所不欲.\n", "hz", "escape sequences"),
    ("not HZ", b"foo~{bar}~{x y}", "foo~{bar}~{x y}", "utf-8", "nothing but ASCII"),
    ("ISO-2022-JP", JAPANESE.encode("iso2022_jp"), JAPANESE, "iso2022_jp_2", "escape sequences"),
    ("Shift_JIS", JAPANESE.encode("cp932"), JAPANESE, "cp932", "the most plausible text"),
    ("EUC-JP", JAPANESE.encode("euc_jp"), JAPANESE, "euc_jp", "the most plausible text"),
    ("EUC-KR", KOREAN.encode("euc_kr"), KOREAN, "cp949", "the most plausible text"),
    (
        "cp1252",
        "Où est le café ? Déjà fermé, hélas…".encode("cp1252"),
        "Où est le café ? Déjà fermé, hélas…",
        "cp1252",
        "byte statistics",
    ),
    (
        "cp1251",
        "Мы сидели у окна и пили чай.".encode("cp1251"),
        "Мы сидели у окна и пили чай.",
        "cp1251",
        "byte statistics",
    ),
]
SOUND = [case for case in SOUND if case[0] != "HZ"]


@pytest.mark.parametrize(
    ("data", "text", "encoding", "how"), [case[1:] for case in SOUND], ids=[case[0] for case in SOUND]
)
def test_sound(data: bytes, text: str, encoding: str, how: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.how) == (text, encoding, how)
    assert decoded.damage == ()
    assert decode(data, strict=True) == decoded
    assert encode(decoded) == data


def gbk(text: str) -> bytes:
    return text.encode("gbk")


# (what it is, bytes, text, [(offset, bytes, kind)])
DAMAGED = [
    (
        "UTF-8, a stray byte",
        "一二".encode() + b"\xff" + "三四".encode(),
        "一二\ufffd三四",
        [(6, b"\xff", "stray-byte")],
    ),
    ("UTF-8, cut short", "一二三".encode()[:-1], "一二\ufffd", [(6, b"\xe4\xb8", "truncated")]),
    (
        "UTF-8, a byte lost",
        "一二三".encode()[:5] + "三".encode(),
        "一\ufffd三",
        [(3, b"\xe4\xba", "lost-half")],
    ),
    ("UTF-8, BOM", b"\xef\xbb\xbf" + "一".encode() + b"\xfe", "一\ufffd", [(6, b"\xfe", "stray-byte")]),
    (
        "GBK, a stray byte",
        gbk("今天下雨") + b"\xff" + gbk("了。"),
        "今天下雨\ufffd了。",
        [(8, b"\xff", "stray-byte")],
    ),
    (
        "GBK, half lost",
        gbk("今天早上下")[:-1] + gbk("\n一场大雨"),
        "今天早上\ufffd\n一场大雨",
        [(8, b"\xcf", "lost-half")],
    ),
    (
        "GBK, cut short",
        gbk("今天早上下了一场大雨")[:-1],
        "今天早上下了一场大\ufffd",
        [(18, b"\xd3", "truncated")],
    ),
    (
        "zero padding",
        gbk("今天下雨\n") + bytes(512),
        "今天下雨\n" + "\0" * 512,
        [(9, bytes(512), "zero-bytes")],
    ),
    (
        "UTF-8, zero padding",
        "今天\n".encode() + bytes(99),
        "今天\n" + "\0" * 99,
        [(7, bytes(99), "zero-bytes")],
    ),
    (
        "UTF-16, odd byte",
        codecs.BOM_UTF16_LE + "今天".encode("utf-16-le") + b"x",
        "今天\ufffd",
        [(6, b"x", "truncated")],
    ),
    (
        "UTF-16, half a pair",
        b"\xff\xfe\x00\xd8" + "今天".encode("utf-16-le"),
        "\ufffd今天",
        [(2, b"\x00\xd8", "lost-half")],
    ),
    ("lost before", "好\ufffd人".encode(), "好\ufffd人", [(3, b"\xef\xbf\xbd", "replacement-character")]),
    (
        "lost before, GBK",
        gbk("他说锟斤拷锟斤拷的人们"),
        "他说锟斤拷锟斤拷的人们",
        [(4, gbk("锟斤拷锟斤拷"), "lost-text")],
    ),
]


@pytest.mark.parametrize(
    ("data", "text", "damage"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_damage(data: bytes, text: str, damage: list[tuple[int, bytes, str]]) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert [(place.offset, place.data, place.kind) for place in decoded.damage] == damage
    assert encode(decoded) == data
    with pytest.raises(DecodeError, match="damaged"):
        decode(data, strict=True)


# A lost byte must not put the rest of the line out of step.
@pytest.mark.parametrize("encoding", ["gbk", "big5"])
@pytest.mark.parametrize("at", range(0, 60, 7))
def test_a_lost_byte_costs_two_characters_at_most(encoding: str, at: int) -> None:
    text = SIMPLIFIED if encoding == "gbk" else TRADITIONAL
    data = text.encode(encoding)
    decoded = decode(data[:at] + data[at + 1 :])
    rest = text[at // 2 + 2 :]
    assert decoded.text.endswith(rest)
    assert decoded.text.startswith(text[: max(0, at // 2 - 1)])


KEEP = ["曹锟和陈锟都是人名。", "手烫烫的，屯屯满了。", "所谓“锟斤拷”是怎么来的？"]


@pytest.mark.parametrize("text", KEEP)
def test_words_that_are_no_damage(text: str) -> None:
    assert decode(text.encode()).damage == decode(gbk(text)).damage == ()


AD = "更多精彩内容请关注公众号，免费下载电子书。"
MIXED = [
    (gbk(SIMPLIFIED) + AD.encode() + gbk(SIMPLIFIED), SIMPLIFIED + AD + SIMPLIFIED, "gb18030", ["utf-8"]),
    (
        gbk(SIMPLIFIED + "\n") + AD.encode() + b"\n" + gbk(SIMPLIFIED),
        f"{SIMPLIFIED}\n{AD}\n{SIMPLIFIED}",
        "gb18030",
        ["utf-8"],
    ),
    (SIMPLIFIED.encode() + gbk(AD) + SIMPLIFIED.encode(), SIMPLIFIED + AD + SIMPLIFIED, "utf-8", ["gb18030"]),
    (TRADITIONAL.encode("big5") + AD.encode() * 1, TRADITIONAL + AD, "cp950", ["utf-8"]),
]


@pytest.mark.parametrize(("data", "text", "main", "parts"), MIXED)
def test_mixed_encodings(data: bytes, text: str, main: str, parts: list[str]) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == main
    assert [part.encoding for part in decoded.parts] == parts
    assert decoded.how == "the most plausible text, in more than one encoding"
    part = decoded.parts[0]
    inside = decoded.text[part.start : part.end].encode(part.encoding)
    assert data[part.offset : part.offset + len(inside)] == inside
    assert encode(decoded) == data


BINARY = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office document"),
    (b"%PDF-1.7\n", "PDF"),
    (b"{\\rtf1\\ansi", "RTF"),
    (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml word/document.xml", "docx"),
    (b"PK\x03\x04\x0a\x00mimetypeapplication/epub+zip", "EPUB"),
    (b"PK\x03\x04\x0a\x00\x00 a.txt", "unzip"),
    (b"\x89PNG\r\n\x1a\n", "OCR"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"\x1f\x8b\x08\x00", "gunzip"),
    (bytes(60) + b"BOOKMOBI", "mobi"),
    (b"\x7fELF", "ELF"),
    (bytes(range(256)) * 9, "control codes"),
]


@pytest.mark.parametrize(("data", "named"), BINARY)
def test_what_is_no_text_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(DecodeError, match=named):
        decode(data)


def test_a_named_encoding_is_used() -> None:
    data = gbk("你好")
    assert decode(data, "GBK").text == decode(data, "gb2312").text == "你好"
    assert decode(data, "latin-1").text == "ÄãºÃ"
    assert decode(data, "gbk").how == "given by the user"
    assert decode("\ufeff好".encode("utf-16"), "utf-16").encoding == "utf-16-le"


def test_an_unknown_encoding_lists_near_names() -> None:
    with pytest.raises(DecodeError, match=r'unknown encoding "gb18303"; near names: gb18030'):
        decode(b"", "gb18303")
    for name in ("base64", "rot13", "idna", "\0", ""):
        with pytest.raises(DecodeError, match="unknown encoding"):
            decode(b"", name)


def test_restoring_needs_no_text_in_the_record() -> None:
    decoded = decode(gbk("今天\xb7下雨") + b"\xff" + AD.encode())
    record = Decoded(
        "", decoded.encoding, decoded.how, decoded.damage, None, decoded.parts, decoded.bom, decoded.variants
    )
    assert encode(record, decoded.text) == encode(decoded)
    with pytest.raises(DecodeError, match=r"U\+D55C"):
        encode(decode(TRADITIONAL.encode("big5")), "한")


# Pieces that make trouble beside each other more often than random bytes do.
PIECES = st.sampled_from(
    [gbk("今天下雨"), "今天".encode(), "裡面".encode("big5"), b"\xff", b"\xe4\xbd", b"\n", b"abc ",
     b"\0", b"\xa2\xce", b"~{", b"~}", b"\x1b$B", b"\x1b(B", b"\x0e", b"\xef\xbf\xbd", gbk("锟斤拷"),
     b"\xef\xbb\xbf", b"\xff\xfe", b"\x81\x30"]
)  # fmt: skip
MESSY = st.lists(PIECES | st.binary(max_size=3), max_size=12).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(MESSY | st.binary(max_size=64))
@example(b"\x00")
@example(b"\x1b$B")
@example(b"\xff\xfe\x00\x00")
@example(gbk("锟斤拷") + "锟斤拷".encode() + b"\xff\xef\xbf\xbd")
def test_every_file_comes_back(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodeError:
        return  # no text
    assert encode(decoded) == data
    places = [decoded.text[place.position : place.position + place.width] for place in decoded.damage]
    assert all(place.strip("\0") in ("", "\ufffd", "\ufffd" * len(place)) or "锟" in place for place in places)


NAMES = ["utf-8", "utf-16", "utf-16-le", "utf-32", "gbk", "big5", "big5hkscs", "cp932", "hz", "iso2022_jp",
         "iso2022_kr", "utf-7", "cp1252", "euc_jp", "johab", "ascii", "koi8-r", "shift_jis_2004"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(MESSY | st.binary(max_size=64), st.sampled_from(NAMES))
def test_every_file_comes_back_from_a_named_encoding(data: bytes, name: str) -> None:
    try:
        decoded = decode(data, name)
    except DecodeError:
        return  # a known kind of file
    assert encode(decoded) == data


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES | st.just(SIMPLIFIED.encode("gbk")), max_size=30).map(b"".join),
    st.sampled_from(["utf-8", "gbk", "big5", None]),
)
def test_every_file_comes_back_however_it_is_cut(data: bytes, name: str | None) -> None:
    """The same with blocks and stretches so small that each file has many."""
    with pytest.MonkeyPatch.context() as patch:
        for module, constant, value in (
            (reading, "_BLOCK", 32),
            (reading, "_REACH", 4),
            (reading, "_LONGEST", 12),
            (salvage, "_BLOCK", 24),
            (salvage, "_MARGIN", 8),
        ):
            patch.setattr(module, constant, value)
        try:
            decoded = decode(data, name)
        except DecodeError:
            return
        assert encode(decoded) == data


def test_two_characters_with_one_code() -> None:
    pair = "Ê\u0304".encode("big5hkscs")
    for data in (pair * 700 + b"\xff" + pair * 700, pair * 70 + b"\xa2\xce\xff" + pair * 300):
        assert encode(decode(data, "big5hkscs")) == data


def test_damage_in_a_large_file_takes_linear_time_and_stays_local() -> None:
    line = SIMPLIFIED * 40
    data = b"".join(gbk(line) + b"\xff" for _ in range(60))
    decoded = decode(data)
    assert decoded.text == (line + "\ufffd") * 60
    assert encode(decoded) == data
