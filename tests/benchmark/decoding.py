"""Tables on decoding: how often the right text comes out, by encoding, length and damage.

Run as a script: python tests/benchmark/decoding.py [--fast]. The text is our own; the traditional version
is made from it with a table of characters below. Every table is made with the same seed, so it comes out
the same.
"""

import argparse
import random
import time
import warnings
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.resources import files

import chardet
import charset_normalizer

from cleaner.decode import decode, encode
from cleaner.encodings import DecodeError
from cleaner.mojibake import repairs

PASSAGES = (
    "清晨的渡口还没有人，只有一条旧木船系在柳树下。老周把烟袋在船帮上敲了敲，抬头看看天色，说：“今天过江的人"
    "多，水又急，你们几个坐稳了，别站起来。”孩子们挤在船头，一声不响地望着对岸的灯火。雾慢慢散开，江面上露出几只"
    "白鹭，忽然一齐飞起，翅膀几乎碰到了水。谁也没有想到，那是他们最后一次坐这条船。",
    "本办法所称的临时工作人员，是指由用人单位直接聘用、聘期不超过十二个月的人员。聘用合同应当写明工作内容、劳动"
    "报酬、休息休假以及违约责任。单位提前解除合同的，应当在三十日以前书面通知本人，并按照实际工作年限支付补偿金；"
    "因严重失职造成重大损失的，不在此限。争议可以先行调解，调解不成的，向有管辖权的人民法院起诉。",
    "把程序编译好以后，先在测试服务器上运行一遍，确认日志里没有错误信息，再部署到正式环境。数据库的备份每天凌晨两"
    "点自动开始，通常需要四十分钟左右。如果磁盘空间不足，系统会发出警告，这时请删除三个月以前的临时文件，或者联系"
    "管理员扩充容量。用户密码在任何情况下都不得以明文保存，也不得出现在邮件和截图中。",
    "做这道菜的关键在于火候。豆腐切成小块，用淡盐水泡一刻钟，捞出来沥干；葱姜蒜切末，干辣椒剪成小段。锅里放油，"
    "烧到六成热，先把肉末炒散，再加豆瓣酱炒出红油。倒入一碗高汤，放豆腐，小火煮五分钟，最后勾一层薄芡，撒上花椒"
    "粉和葱花就可以出锅了。喜欢清淡的，可以少放酱油，多放一点糖。",
    "十九世纪末，这座城市开始修建铁路。工程师从外国请来，工人却大多是附近的农民，农闲时修路，农忙时回家收割。铁轨"
    "铺到城门口的那一天，全城的人都跑出来看热闹，有人烧香，有人放鞭炮，也有老人坐在路边哭，说祖坟的风水被破坏了。二"
    "十年后，沿线出现了纺织厂、面粉厂和火柴厂，人口增加了三倍，旧城墙也终于被拆除，砖头拿去盖了学校。",
    "“你究竟去不去？”她把围巾往椅子上一扔，声音有点发抖。“去又怎么样，不去又怎么样？”他低着头，慢吞吞地擦着眼"
    "镜，“医生说的话你也听见了，再拖下去，恐怕连这个春天都熬不过。”窗外的雨下得更大了，屋檐下的燕子缩成一团。两个"
    "人谁也不再开口，只听见墙上的挂钟滴答滴答地响，像是在替他们数着剩下的日子。",
    "鲸是生活在海洋里的哺乳动物，用肺呼吸，每隔一段时间就要浮到水面上换气。最大的蓝鲸体长超过三十米，心脏像一辆小"
    "汽车那么大。它们的祖先曾经在陆地上行走，后来逐渐适应了水中的环境，前肢变成鳍状，后肢完全退化，只在骨骼里留下一点"
    "痕迹。科学家根据声波记录发现，不同海域的鲸群有各自的“方言”，幼鲸要用好几年才能学会。",
    "近日，市气象台发布暴雨橙色预警，预计未来二十四小时内，东部和南部地区降雨量可达一百五十毫米，并伴有雷电和短时"
    "大风。教育局决定，全市中小学及幼儿园明日停课一天；地铁三号线部分站点临时关闭，公交车绕行路线将另行公布。有关"
    "部门提醒市民，尽量减少外出，远离河道、低洼路段和广告牌，遇到险情请立即拨打报警电话求助。",
)
# What the table of frequent characters lacks of the traditional forms needed here.
MORE = dict(
    [*pair]
    for pair in [
        "鹭鷺",
        "炮砲",
        "坟墳",
        "纺紡",
        "砖磚",
        "镜鏡",
        "鲸鯨",
        "辆輛",
        "鳍鰭",
        "闭閉",
        "绕繞",
        "雾霧",
        "檐簷",
        "沥瀝",
        "酱醬",
        "汤湯",
        "干乾",
        "葱蔥",
        "捞撈",
        "辖轄",
        "闹鬧",
        "闲閒",
        "脏髒",
        "蓝藍",
    ]
)
ASCII_WORDS = [
    "config.py",
    "README",
    "version",
    "2.1",
    "HTTP/1.1",
    "user_id",
    "=",
    "42;",
    "API",
    "->",
    "print(x)",
    "[ERROR]",
    "2024-05-06",
    "http://example.com/a?b=c",
    "GPU",
]


def traditional(text: str) -> str:
    """The text in traditional characters, and nothing Big5 does not have."""
    return "".join(MORE.get(character, TABLE.get(character, character)) for character in text)


def _table() -> dict[str, str]:
    lines = files("cleaner").joinpath("data/frequent.txt").read_text(encoding="utf-8").split("[traditional form]")[1]
    pairs = lines.split()
    return {pair[0]: pair[1] for pair in reversed(pairs)}


TABLE = _table()
DOCUMENT = "\n".join(PASSAGES)
OLD_DOCUMENT = traditional(DOCUMENT)


def with_ascii(text: str, dice: random.Random) -> str:
    """Every ten characters or so a word of ASCII."""
    pieces = []
    while text:
        size = dice.randint(4, 16)
        pieces.append(text[:size])
        text = text[size:]
    return "".join(piece + " " + dice.choice(ASCII_WORDS) + " " for piece in pieces)


def window(text: str, size: int, dice: random.Random) -> str:
    """So many characters of the text; for more than it has, passages in another order."""
    while len(text) < size + 1:
        text += "\n" + text
    start = dice.randrange(len(text) - size)
    return text[start : start + size]


# ---- the three who answer: text, or None


def ours(data: bytes) -> str | None:
    try:
        return decode(data).text
    except DecodeError:
        return None


def by_chardet(data: bytes) -> str | None:
    name = chardet.detect(data)["encoding"]
    return _decoded(data, name)


def by_charset_normalizer(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data).best()
    return _decoded(data, best.encoding) if best else None


def _decoded(data: bytes, name: str | None) -> str | None:
    try:
        return data.decode(name or "utf-8").removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


ANSWERS: tuple[tuple[str, Callable[[bytes], str | None]], ...] = (
    ("cleaner", ours),
    ("chardet", by_chardet),
    ("c-normalizer", by_charset_normalizer),
)
LENGTHS = (4, 8, 16, 64, 1000, 0)  # 0: whole documents


def table_of_lengths(trials: int) -> None:
    print("1. Share of texts decoded exactly, by length in characters (all: a whole document)\n")
    print(f"{'':32}" + "".join(f"{size or 'all':>8}" for size in LENGTHS))
    for script, source in (("simplified", DOCUMENT), ("traditional", OLD_DOCUMENT)):
        names = (
            ("utf-8", "gb18030", "utf-16-le", "utf-16", "hz")
            if script == "simplified"
            else ("gb18030", "big5", "utf-16-le")
        )
        for name in names:
            for mixed in (False, True):
                for who, answer in ANSWERS:
                    shares = [_share(source, name, size, mixed, answer, trials) for size in LENGTHS]
                    label = f"{script[:4]} {name}{' + ASCII' if mixed else ''}"
                    print(f"{label:20}{who:12}" + "".join(f"{share:8.1%}" for share in shares), flush=True)
    print()


def _share(
    source: str, name: str, size: int, mixed: bool, answer: Callable[[bytes], str | None], trials: int
) -> float:
    dice = random.Random(f"{name}{size}{mixed}")
    right = 0
    count = trials if 0 < size <= 64 else max(10, trials // 10)
    for _ in range(count):
        text = window(source, size, dice) if size else shuffled(source, dice)
        if mixed:
            text = with_ascii(text, dice)
        data = text.encode(name)
        right += answer(data) == text
    return right / count


def shuffled(text: str, dice: random.Random) -> str:
    passages = text.split("\n")
    dice.shuffle(passages)
    return "\n".join(passages) + "\n"


def table_of_damage(trials: int) -> None:
    print("2. Random bytes overwritten, inserted or removed in whole documents\n")
    print(f"{'':36}{'right encoding':>16}{'lost per byte':>16}{'worst':>8}{'restored':>10}")
    for name, source in (("utf-8", DOCUMENT), ("gb18030", DOCUMENT), ("big5", OLD_DOCUMENT)):
        for what in ("overwrite", "insert", "remove"):
            for count in (1, 2, 10):
                dice = random.Random(f"{name}{what}{count}")
                right = restored = 0
                losses = []
                for _ in range(trials):
                    text = shuffled(source, dice)
                    data, expected = text.encode(name), {"big5": "cp950"}.get(name, name)
                    broken = damaged(data, what, count, dice)
                    decoded = decode(broken)
                    right += decoded.encoding == expected
                    restored += encode(decoded) == broken
                    losses.append(lost(text, decoded.text) / count)
                print(
                    f"{name:10}{what:10}{count:4} bytes{'':8}{right / trials:15.2%}"
                    f"{sum(losses) / trials:16.2f}"
                    f"{max(losses):8.1f}{restored / trials:10.1%}",
                    flush=True,
                )
    print()


def damaged(data: bytes, what: str, count: int, dice: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(count):
        at = dice.randrange(len(result))
        if what == "overwrite":
            result[at] = dice.randrange(256)
        elif what == "insert":
            result.insert(at, dice.randrange(256))
        else:
            del result[at]
    return bytes(result)


def lost(text: str, decoded: str) -> int:
    """How many characters of the text are missing in what was decoded."""
    lines, found = text.split("\n"), decoded.split("\n")
    if len(lines) > 1 and len(lines) == len(found):  # much faster, and the same as a rule
        count = sum(lost(line, other) for line, other in zip(lines, found, strict=True) if line != other)
        if count < 100:  # else one line end was lost and another won
            return count
    matcher = SequenceMatcher(None, text, decoded, autojunk=False)
    return sum(end - start for kind, start, end, _, _ in matcher.get_opcodes() if kind in ("replace", "delete"))


ADVERTISEMENTS = (
    "更多精彩内容请关注我们的公众号，回复数字领取全套资料。",
    "本文由小站整理发布，转载请注明出处，下载完整版请访问 www.example.com 首页。",
)


def table_of_mixtures(trials: int) -> None:
    print("3. Two encodings in one file: share of characters right\n")
    cases = (
        ("gb18030 body, utf-8 advertisement", DOCUMENT, "gb18030", "utf-8", str),
        ("utf-8 body, gb18030 advertisement", DOCUMENT, "utf-8", "gb18030", str),
        ("big5 body, utf-8 advertisement", OLD_DOCUMENT, "big5", "utf-8", traditional),
        ("utf-8 body, big5 advertisement", OLD_DOCUMENT, "utf-8", "big5", traditional),
    )
    for label, source, body, foreign, convert in cases:
        for own_line in (True, False):
            dice = random.Random(label)
            size = wrong = 0
            for _ in range(trials):
                text = shuffled(source, dice)
                at = text.index("\n", dice.randrange(len(text) // 2)) + 1 if own_line else dice.randrange(len(text))
                pasted = convert(dice.choice(ADVERTISEMENTS)) + "\n" * own_line
                data = text[:at].encode(body) + pasted.encode(foreign) + text[at:].encode(body)
                whole = text[:at] + pasted + text[at:]
                size += len(whole)
                found = decode(data).text
                wrong += lost(whole, found) if found != whole else 0
            print(
                f"{label:36}{'own line' if own_line else 'in a sentence':16}{1 - wrong / size:10.3%}",
                flush=True,
            )
    print()


def table_of_mojibake() -> None:
    print("3. Mojibake in a sound document: share of the accidents repaired exactly, and false repairs\n")

    def windows(data: bytes) -> str:
        odd = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
        return "".join(chr(code) if code in odd else bytes((code,)).decode("cp1252") for code in data)

    accidents: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("UTF-8 read as GBK (nothing lost)", lambda text: text.encode().decode("gb18030")),
        ("UTF-8 read as Windows-1252", lambda text: windows(text.encode())),
        ("UTF-8 read as Latin-1", lambda text: text.encode().decode("latin-1")),
        ("UTF-8 read as Windows-1252, twice", lambda text: windows(windows(text.encode()).encode())),
        ("GBK read as Latin-1", lambda text: text.encode("gbk").decode("latin-1")),
    )
    pieces = [piece for piece in DOCUMENT.replace("\n", "，").replace("。", "，").split("，") if len(piece) > 1]
    for label, accident in accidents:
        right = count = 0
        for piece in pieces:
            piece = piece[: len(piece) // 2 * 2]  # an odd number of characters read as GBK loses the last
            try:
                broken = accident(piece)
            except UnicodeDecodeError:
                continue
            text = f"前面是正文，{broken}，后面也是正文。"
            count += 1
            for repair in reversed(repairs(text)):
                text = text[: repair.start] + repair.replacement + text[repair.end :]
            right += text == f"前面是正文，{piece}，后面也是正文。"
        print(f"{label:40}{right / count:8.1%} of {count}")
    print(f"{'false repairs in our own text':40}{len(repairs(DOCUMENT)) + len(repairs(OLD_DOCUMENT)):8}\n")


def table_of_speed() -> None:
    print("4. Speed in MB/s of bytes\n")
    for name, source in (
        ("utf-8", DOCUMENT),
        ("gb18030", DOCUMENT),
        ("big5", OLD_DOCUMENT),
        ("utf-16", DOCUMENT),
    ):
        data = (source + "\n").encode(name) if name == "utf-16" else (source + "\n").encode(name) * 1000
        data = ("\ufeff" + (source + "\n") * 1000).encode("utf-16-le") if name == "utf-16" else data
        decode(data[:4000])
        start = time.perf_counter()
        text = decode(data).text
        middle = time.perf_counter()
        repairs(text)
        end = time.perf_counter()
        size = len(data) / 1e6
        print(f"{name:10}decode {size / (middle - start):8.0f}   look for mojibake {size / (end - middle):8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="a tenth of the trials")
    parser.add_argument("--only", help="the numbers of the tables to make, such as 13")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    trials = 100 if options.fast else 1000
    only = options.only or "1234"
    if "1" in only:
        table_of_lengths(trials // 4)
    if "2" in only:
        table_of_damage(trials)
    if "3" in only:
        table_of_mixtures(trials // 10)
        table_of_mojibake()
    if "4" in only:
        table_of_speed()


if __name__ == "__main__":
    main()
