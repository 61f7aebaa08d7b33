"""The shadow of a text: what it says once tricks of spelling are taken away, with a map back.

Width, case, spaces, look-alike letters and the traditional forms of the words ads are made of are folded;
everything else stays. Two ways to get one: :func:`squeeze` for a whole text at once, which only answers "does
it say this somewhere", and :class:`Shadow` for a stretch of it, which also says where.
"""

import unicodedata
from typing import NamedTuple

from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain

# Letters of other scripts that look like Latin ones. The whole alphabets are not folded, so Russian
# stays Russian enough to match nothing.
_LOOK_ALIKES = dict(zip("аеорсхуіјѕԁԛԝνοιρ", "aeopcxyijsdqwvoip", strict=True))

# Traditional and banking forms of the characters ads are written with.
_TRADITIONAL = dict(
    zip(
        "網載閱讀請點擊關註號書電資費說無彈記壹貳訪問瀏覽機戶優驗體質盡來轉發權歸刪僅學習處掃碼領歡論壇"
        "庫站鏈員繼續聯係繫誌務於時會為爲與從們內創專區雜製檔範寫總結編輯導遊樂業應這個將讚贊賞動雲閣樓聲責"
        "試標題節頁傳圖廣對違實財幣萬億採複還進入鑒賬購買賣東價錢獲詳見連鎖淘絡祕線間長錄簡歷試創優級齊歸幣盤軟"
        "檢預結報訂響迴導尋則捲動層頻觀聽強籤類門熱視寄佈評顯隱權條約協議輯刪處體螢設儲選項訊賬號員獨縮陸後裡沒與據數滿羣開過樣麼儘",
        "网载阅读请点击关注号书电资费说无弹记一二访问浏览机户优验体质尽来转发权归删仅学习处扫码领欢论坛"
        "库站链员继续联系系志务于时会为为与从们内创专区杂制档范写总结编辑导游乐业应这个将赞赞赏动云阁楼声责"
        "试标题节页传图广对违实财币万亿采复还进入鉴账购买卖东价钱获详见连锁淘络秘线间长录简历试创优级齐归币盘软"
        "检预结报订响回导寻则卷动层频观听强签类门热视寄布评显隐权条约协议辑删处体萤设储选项讯账号员独缩陆后里没与据数满群开过样么尽",
        strict=True,
    )
)

_DROPPED = " \t\r\f\v\xa0\xad\u3000\u1680\u202f\u205f\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\x85" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class _Fold(dict[int, str | None]):
    """What each character becomes: for ``str.translate``, filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if character in _DROPPED:
            folded: str | None = None
        elif 0x4E00 <= code <= 0x9FFF:
            folded = _TRADITIONAL.get(character, character)
        else:
            folded = unicodedata.normalize("NFKC", character).lower()
            folded = "".join(_LOOK_ALIKES.get(each, each) for each in folded if each not in _DROPPED) or None
        self[code] = folded
        return folded


_FOLD = _Fold({ord("\n"): "\n"})
# Letters and digits in brackets or before a full stop, written as one character: NFKC would write the brackets too.
_FOLD.update({0x249C + index: chr(ord("a") + index) for index in range(26)})
_FOLD.update({start + index: str(index + 1) for start in (0x2474, 0x2488) for index in range(9)})
# NFKC would turn one character into three full stops, and the end of a sentence into an abbreviation.
_FOLD[ord("\N{HORIZONTAL ELLIPSIS}")] = "\N{HORIZONTAL ELLIPSIS}"


_SIMPLIFIED = str.maketrans(_TRADITIONAL)


def simplified(text: str) -> str:
    """``text`` with the traditional forms of the words of ads and pages written simply, and as long as before.

    >>> simplified("點擊閱讀全文")
    '点击阅读全文'
    """
    # As a rule there are none: to find that out takes a tenth of the time.
    return text.translate(_SIMPLIFIED) if _OF_ADS.search(text) else text


def squeeze(text: str) -> str:
    """The shadow of ``text`` without the map; newlines stay.

    >>> squeeze("ＷＷＷ。hＡo ＳhuＤＵ.ＣＯm\\n書 包 網")
    'www。haoshudu.com\\n书包网'
    """
    if len(text) < _LONG:
        return text.translate(_FOLD)
    if text.isascii():
        return text.encode().translate(_LOWER, _DROPPED.encode("ascii", "ignore")).decode()
    there = {*_OF_PROSE, *_UNCOMMON.findall(text), *_OF_ADS.findall(text)}
    folds = {each: fold for each in there if (fold := _FOLD[ord(each)] or "") != each}
    if len(folds) > _FEW or not folds.keys().isdisjoint("".join(folds.values())):  # what is put may not go again
        return text.translate(_FOLD)
    for each, fold in folds.items():
        text = text.replace(each, fold)
    return text.lower() if any(map(narrow(text).__contains__, _CAPITALS)) else text


# A long text is folded by one replacement for each character that changes: in prose they are few, and each takes a
# tenth of a millisecond for a megabyte, where ``str.translate`` takes 17 in all.
_LONG, _FEW = 4_000, 60
_OF_PROSE = " \u3000，：；！？（）"
_UNCOMMON = lazy_plain(rf"[^\n!-@\[-~\u4e00-\u9fff、。“”‘’《》…—{_OF_PROSE}]")
_OF_ADS = lazy_plain(f"[{''.join(_TRADITIONAL)}]")
_LOWER = bytes(range(256)).lower()
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Shadow(NamedTuple):
    """The shadow of a stretch of text; ``offsets[i]`` is where its character ``i`` comes from.

    ``offsets`` has one entry more than ``text``, the end of the last character.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` (not empty) stands for."""
        return self.offsets[start], self.offsets[end - 1] + 1


def shadow(text: str, start: int = 0, end: int | None = None) -> Shadow:
    """The shadow of ``text[start:end]``.

    >>> sample = shadow("见 w ww .a", 1)
    >>> sample.text, sample.span(0, 3)
    ('www.a', (2, 6))
    """
    pieces: list[str] = []
    offsets: list[int] = []
    end = len(text) if end is None else end
    for offset in range(start, end):
        folded = _FOLD[ord(text[offset])]
        if folded:
            pieces.append(folded)
            offsets.extend([offset] * len(folded))
    offsets.append(end)
    return Shadow("".join(pieces), tuple(offsets))
