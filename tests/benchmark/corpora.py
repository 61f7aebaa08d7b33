"""The texts the benchmarks clean: made of phrases of our own with a fixed seed, so they are the same everywhere."""

import random
from collections.abc import Callable, Iterator
from itertools import count

_WHEN = (
    "天还没有亮的时候|雨停了以后|过了立冬|每逢集市|秋收刚刚结束|那年春天|傍晚收工回来|一连几天|河水解冻的那个早晨|"
    "1987年夏天|搬进新屋以前|灯还亮着|第二天一早|下了半个月的雪|电话打不通的那几年|到了十月"
).split("|")
_WHO = (
    "镇上的老邮差|河对岸的木匠|新来的女教师|摆渡的船家|县里派来的技术员|茶馆的掌柜|守林人|学校的会计|卖豆腐的寡妇|"
    "公社的广播员|修钟表的周师傅|从省城回来的学生|看水库的老汉|合作社主任|邻村的赤脚医生|我的外祖母"
).split("|")
_DOES = (
    "沿着石板路慢慢地走到渡口|把修好的水车重新装在溪边|给远方的儿子写了一封很长的信|在仓库里清点剩下的种子|"
    "挨家挨户地通知开会的时间|坐在门槛上听收音机里的天气预报|把晒干的草药一捆一捆地扎好|同大家商量怎样把堤坝加高|"
    "在黑板上画了一张全县的地图|用三十块钱买下一台旧打字机|把 GPS 定位仪借给了测量队|数了数篮子里的鸡蛋|"
    "带着孩子们去看水电站|从阁楼上取下那只蒙着灰的皮箱|在 2.5 公里外的山口等了一夜|把账本从头到尾核对了一遍"
).split("|")
_ENDS = (
    "谁也没有多说什么|心里却比谁都清楚|这件事后来很少有人提起|日子就这样过去了|大家都觉得理所当然|连狗也懒得叫一声|"
    "那声音过了很久才散|只有墙上的钟还在走|后来的人都以为是传说|河水照样往东流|他自己也说不出为什么|一切又从头开始"
).split("|")
_SAYS = ("你说这水什么时候才退|我看今年的收成不会差|东西放在老地方|路上要当心|这话可不能乱讲|我早就料到会这样").split(
    "|"
)
_TOPICS = "渡口|水车|冬夜|来信|集市|堤坝|皮箱|广播站|收成|山口|旧账|归途".split("|")
_EN_WHO = ("the old ferryman|a clerk from the county|the new teacher|his younger sister|the keeper of the dam").split(
    "|"
)
_EN_DOES = (
    "walked slowly down to the landing|counted the seed that was left in the barn|wrote a long letter to her son|"
    "mended the wheel beside the mill|listened to the forecast on the doorstep|drew a map of the valley on the wall"
).split("|")
_EN_ENDS = (
    "and nobody said a word|although it was getting late|because the river had risen again|as if it were nothing"
)
_EN_WHEN = "In the spring|After the rain had stopped|Before the lamps were lit|On market days|Years later|That night"
_CLOSING = "，。、；：！？”"
_NUMERALS = "零一二三四五六七八九"


def sentence(rng: random.Random) -> str:
    """One Chinese sentence; one in eight is speech."""
    if rng.random() < 0.125:
        return f"“{rng.choice(_SAYS)}。”{rng.choice(_WHO)}{rng.choice(_DOES)}，一面说。"
    return f"{rng.choice(_WHEN)}，{rng.choice(_WHO)}{rng.choice(_DOES)}，{rng.choice(_ENDS)}。"


def _english_sentence(rng: random.Random) -> str:
    when, ends = rng.choice(_EN_WHEN.split("|")), rng.choice(_EN_ENDS.split("|"))
    return f"{when}, {rng.choice(_EN_WHO)} {rng.choice(_EN_DOES)} {ends}."


def paragraphs(rng: random.Random) -> Iterator[str]:
    """Paragraphs without end, a chapter heading before every thirty."""
    for number in count():
        if number % 30 == 0:
            yield f"第{_numeral(number // 30 + 1)}章　{rng.choice(_TOPICS)}"
        yield "".join(sentence(rng) for _ in range(rng.randint(2, 9)))


def _numeral(number: int) -> str:
    return "".join(_NUMERALS[int(digit)] for digit in str(number))


def _collect(pieces: Iterator[str], size: int) -> str:
    """Lines until they make so many bytes of UTF-8."""
    lines: list[str] = []
    for piece in pieces:
        lines.append(piece)
        size -= len(piece.encode()) + 1
        if size <= 0:
            break
    return "\n".join(lines) + "\n"


def _broken(text: str, width: int) -> Iterator[str]:
    """The lines of a paragraph, set to ``width`` characters; a mark that may not start a line hangs."""
    while text:
        end = width + (text[width : width + 1] != "" and text[width] in _CLOSING)
        yield text[:end].strip(" ")
        text = text[end:]


def _indented(seed: int) -> Iterator[str]:
    """Paragraphs with two ideographic spaces before them, headings without."""
    return (f"\u3000\u3000{each}" if each[-1] in "。”" else each for each in paragraphs(random.Random(seed)))


def prose(size: int, seed: int = 7) -> str:
    """Clean prose: a paragraph a line, indented."""
    return _collect(_indented(seed), size)


def wrapped(size: int, seed: int = 7, width: int = 34) -> str:
    """Every printed line end a newline."""
    return _collect((line for text in _indented(seed) for line in _broken(text, width)), size)


def spaced(size: int, seed: int = 7, width: int = 34) -> str:
    """Every printed line end a space; only the chapters are parted by newlines."""

    def chapters() -> Iterator[str]:
        lines: list[str] = []
        for text in paragraphs(random.Random(seed)):
            if text[-1] not in "。”" and lines:
                yield " ".join(lines)
                lines = []
            lines += _broken(text, width)

    return _collect(chapters(), size)


def pages(size: int, seed: int = 7, width: int = 34, depth: int = 30) -> str:
    """As extracted from a PDF: printed lines, and at every page edge a running head and a page number."""

    def lines() -> Iterator[str]:
        printed = (line for text in _indented(seed) for line in _broken(text, width))
        for number, line in enumerate(printed):
            if number and number % depth == 0:
                yield from (f"- {number // depth} -", "\f渡口旧事")
            yield line

    return _collect(lines(), size)


def english(size: int, seed: int = 7) -> str:
    """Clean English prose, a paragraph a line."""
    rng = random.Random(seed)
    return _collect((" ".join(_english_sentence(rng) for _ in range(rng.randint(3, 8))) for _ in count()), size)


CORPORA: dict[str, Callable[[int], str]] = {
    "clean prose": prose,
    "wrapped, newlines": wrapped,
    "wrapped, spaces": spaced,
    "PDF with pages": pages,
    "English": english,
}
