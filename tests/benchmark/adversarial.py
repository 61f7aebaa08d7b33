"""Time of every built-in pattern and every stage on text made to hurt it: what it looks for, begun again and again.

python tests/benchmark/adversarial.py [BYTES]        (200,000 characters by default)

Each text is run at a quarter of the size and at the full size; linear work takes four times as long, quadratic work
sixteen times.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator

from cleaner.config import DEFAULT, Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.rules import Rule, builtin
from cleaner.shadow import squeeze
from cleaner.stages import ads, characters, chrome, markup, pages

Stage = Callable[[Draft, Config], Iterable[Edit]]

STAGES: dict[str, tuple[Stage, ...]] = {
    "ads": (ads.propose, ads.propose_inside),
    "characters": (characters.propose,),
    "chrome": (chrome.propose,),
    "markup": (markup.propose,),
    "pages": (pages.propose,),
}
UNITS: dict[str, list[str]] = {
    "ads": [
        "更多",
        "免费小说",
        "本文由",
        "请访问",
        "加qq群",
        "关注公众号",
        "【",
        "“",
        "www.",
        "w w w . ",
        "小.说/",
        "24小时内删除",
        "更多精彩文章尽在柳河文秘网。",
        "更多免费课件请加QQ群：716253940 ",
    ],
    "chrome": [
        "收藏",
        "评论 12\u3000",
        "点击",
        "首页 > ",
        "© ",
        "雨停了。展开",
        "展开▼雨",
        "[段评 9",
        "點擊",
        "广告\n正文走了很久，没有看见一个人，",
        "12% ",
        "@某人 ",
        "|",
        "a.pdf ",
    ],
    "markup": [
        "<image>data:",
        '<img src="',
        'alt="',
        "![image](",
        "data:image/png;base64,",
        "&amp;",
        "&lt;p ",
        "<!--",
        "[img]",
        "<p ",
        "<br>",
        "\\x汉",
        "x0d",
        "aB1",
        "`<",
    ],
    "characters": ["\u200b", "\xa0", "a\xa0", "\u2fbc\u9ad8", "\u2028", "\xad\n", "\x00"],
    "pages": [
        "1\n",
        "第 1 页\n",
        "- 1 -\n",
        "1、正文\n",
        "\x0c\n",
        "_分节阅读_1\n",
        " 1/2 ",
        "iv\n",
        "正文，\n书名\n",
        "9:01 甲 62%\n",
        "甲\u3000乙\u30003\n",
        "旧楼记事1\n",
    ],
}


def seconds(stages: tuple[Stage, ...], text: str) -> float:
    """Processor time of the stages on ``text``."""
    draft = Draft(text)
    start = time.process_time()
    for stage in stages:
        for _ in stage(draft, DEFAULT):
            pass
    return time.process_time() - start


def units(rule: Rule) -> Iterator[str]:
    """What a rule looks for, begun and not finished: its hints, and the first halves of what it removes."""
    yield from rule.hints[:3]
    for example in rule.removes[:2]:
        yield example[: len(example) // 2 + 1]
        yield example[:-1]


def worst(rule: Rule, size: int) -> tuple[float, float, str]:
    """The seconds of a rule on its worst text, their ratio to a quarter of it, and what the text repeats."""
    found = (0.0, 0.0, "")
    for unit in units(rule):
        for end in ("", " ", "\n"):
            text = squeeze(unit + end) if rule.stage == "ads" else unit + end
            if not text.strip():
                continue
            text *= size // len(text)
            times = []
            for part in (text[: len(text) // 4], text):
                start = time.process_time()
                for _ in rule.compiled.finditer(part):
                    pass
                times.append(time.process_time() - start)
            found = max(found, (times[1], times[1] / max(times[0], 0.001), unit + end))
    return found


def patterns(size: int) -> None:
    """Print the table of the built-in patterns."""
    print(f"{'pattern':24} {'bytes':>9} {'seconds':>8} {'ratio':>6}  text")
    for stage in ("ads", "markup"):
        for rule in builtin(stage):
            full, ratio, unit = worst(rule, size)
            bytes_ = size // len(unit) * len(unit.encode()) if unit else 0
            print(f"{rule.name:24} {bytes_:9} {full:8.2f} {ratio:6.1f}  {ascii(unit)[:40]}")


def stages(size: int) -> None:
    """Print the table of the stages."""
    print(f"{'stage':12} {'text':24} {'bytes':>9} {'seconds':>8} {'ratio':>6}")
    for name, stages in STAGES.items():
        for unit in UNITS[name]:
            for end in ("", "\n"):
                text = (unit + end) * (size // len(unit + end))
                quarter = seconds(stages, text[: len(text) // 4])
                full = seconds(stages, text)
                ratio = full / max(quarter, 0.001)
                print(f"{name:12} {ascii(unit + end)[:24]:24} {len(text.encode()):9} {full:8.2f} {ratio:6.1f}")


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    patterns(size)
    print()
    stages(size)


main()
