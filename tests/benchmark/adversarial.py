"""Time of every built-in pattern and every stage on text made to hurt it: what it looks for, begun again and again.

python tests/benchmark/adversarial.py [SIZE [NAME]]        (200,000 characters by default)

NAME begins that of the patterns to be run; ``stages`` stands for the table of the stages.

Each text is run at ever larger sizes, by fours; linear work takes four times as long, quadratic work sixteen times. A
pattern is run over the whole text here, also where the stages give it short lines only.
"""

import contextlib
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import cleaner
from cleaner import interface, markers
from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.patterns import lazy
from cleaner.pipeline import STAGES, Stage
from cleaner.rules import every_builtin
from cleaner.shadow import squeeze

LONGEST = 0.5
"""Seconds after which no larger text is tried, if these grow faster than the text; else ten times as many."""

QUADRATIC = 8
"""Four times the text in more than this many times the time is too much."""

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
        "【打印】",
        "1人正在读\n",
        "门开了，他走\n+++ 点此展开 +++\n",
        "门开了，一个老人从里面走\n（试听 03:00）\n",
        "[相关法规1篇]\n",
        "1 2 3 4\n",
        "1.\n2.\n3.\n",
    ],
    "breaks": ["柳树", "柳树，", "柳树 ", "「", "第一条 ", "well-\n", "1. ", "（一）", "http://a/"],
    "columns": [
        "柳树。        他走了。\n",
        "柳树    ",
        "柳\t",
        "柳树栽在门前，一年比一年高        他在树下等船，等了一个上午\n",
    ],
    "copy-protection": ["結(jié)", "現(xiàn", "柳的。树", "树aB3", "的，的", "柳(liǔ)树\n"],
    "letter-spacing": ["柳 树 ", "目　录　", "a b "],
    "mojibake": ["ä½†", "锟斤拷", "榛勮搲", "Ã©"],
    "paragraphs": ["　　柳树。\n", "柳树。\n\n"],
    "spaces": ["柳 树", "柳 ，", "“ 柳", "a 柳 ", "1 200 "],
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
        "12\u3000柳河\n",
        "柳河\u300012\n",
        "(c) Willow Press\n1\n",
        "第 1 页 2021-03-04 16:20:09\n",
        "第 1 页 共 9 页 还有 4 分\n",
        "Page 1 of 9",
        "1 柳树。\n",
        "柳树 1\n",
        "他走了，\n柳河边上\n",
        "doi:10.1234/a\n",
    ],
}


def seconds(stage: Stage, text: str) -> float:
    """Processor time of a stage on ``text``."""
    draft = Draft(text)
    start = time.process_time()
    for _ in stage(draft, DEFAULT):
        pass
    return time.process_time() - start


def named_patterns() -> Iterator[tuple[str, Any, list[str]]]:
    """Every pattern of the package: its name, the pattern, and texts that it is known to find."""
    for rule in every_builtin():
        if rule.pattern:
            seen_as = squeeze if rule.stage == "ads" else str
            yield f"rule {rule.name}", rule.compiled, [seen_as(text) for text in (*rule.hints[:3], *rule.removes[:3])]
    for form, whole, edge in markers._patterns():
        removes = [markers.shadow(line) for line in form.removes[:3]]
        figures = [(line, figure) for line in removes for figure in line if figure.isdecimal()]
        keys = [line.replace(figure, markers.MASK, 1) for line, figure in figures[:3]]
        yield f"marker {form.name}", whole, keys
        yield f"marker {form.name} (edge)", edge, keys
    for each in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if each.name == "cleaner.__main__":
            continue
        module = importlib.import_module(each.name)
        for name, value in vars(module).items():
            found = [one for one in (value if isinstance(value, tuple) else (value,)) if type(one) is type(lazy(""))]
            for at, pattern in enumerate(found):
                if isinstance(pattern.pattern, str):
                    yield f"{each.name[8:]}.{name}{at or ''}", pattern, []
    for builder in (interface._morphemes, interface._notice_words, markers._counted):
        yield f"{builder.__module__[8:]}.{builder.__name__}", builder(), []


_CLASSES = {"Han": "汉", "L": "a", "Ll": "a", "Lu": "A", "So": "☆", "Cf": "\u200b", "N": "1", "P": "，"}


def sample(source: str, branch: int) -> str:
    """A text that a pattern begins to find; of its alternatives the one with the number ``branch``.

    >>> sample(r"(?:甲|乙)\\d{2,4}页?", 1)
    '乙111页'
    """
    plain = re.sub(r"\\p\{(\w+)\}", lambda found: _CLASSES.get(found[1], "汉"), source)
    plain = re.sub(r"\\P\{\w+\}", "。", plain)
    return _grown(re._parser.parse(plain), branch)  # type: ignore[attr-defined]


def _grown(tree: Any, branch: int) -> str:
    return "".join(_piece(str(op), given, branch) for op, given in tree)


def _piece(op: str, given: Any, branch: int) -> str:
    if op == "LITERAL":
        return chr(given)
    if op == "NOT_LITERAL":
        return "x" if given != ord("x") else "y"
    if op == "ANY":
        return "文"
    if op == "IN":
        return _member(given, branch)
    if op == "BRANCH":
        return _grown(given[1][branch % len(given[1])], branch)
    if op.endswith("REPEAT"):
        low, high, body = given
        return _grown(body, branch) * max(low, min(3, high))
    if op == "SUBPATTERN":
        return _grown(given[-1], branch)
    return _grown(given, branch) if op == "ATOMIC_GROUP" else ""


def _member(given: Any, branch: int) -> str:
    """A character of a class; for those it leaves out, one that hardly a class names."""
    kinds = [(str(op), value) for op, value in given]
    if kinds[0][0] == "NEGATE":
        return "文"
    op, value = kinds[branch % len(kinds)]
    if op == "LITERAL":
        return chr(value)
    if op == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(str(value), "。")


def units(pattern: Any, known: list[str]) -> set[str]:
    """What a pattern looks for, begun and not finished."""
    texts = list(known)
    for branch in range(3):
        with contextlib.suppress(re.error, IndexError, OverflowError):
            texts.append(sample(pattern.pattern, branch))
    return {part for text in texts for part in (text[: len(text) // 2 + 1], text[:-1], text[-1:]) if part}


def seconds_of(pattern: Any, text: str) -> float:
    """Processor time for all that ``pattern`` finds in ``text``."""
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def ladder(run: Callable[[str], float], unit: str, size: int) -> tuple[int, float, float]:
    """Run on ``unit`` repeated up to ``size``, by fours; the size reached, its seconds, their ratio to a quarter."""
    reached, before, now = 0, 0.0, 0.0
    for step in range(5, -1, -1):
        length = max(1, size // 4**step // len(unit)) * len(unit)
        text = unit * (length // len(unit))
        before, now, reached = now, run(text), length
        if LONGEST < now < 10 * LONGEST and now > QUADRATIC * before:
            now = min(now, run(text))  # what is needed from a certain length on was made ready in the first run
        if now > 10 * LONGEST or (now > LONGEST and now > QUADRATIC * before):
            break
    return reached, now, now / max(before, 0.001)


def worst(pattern: Any, known: list[str], size: int) -> tuple[str, int, float, float]:
    """What hurts a pattern most, the size reached with it, the seconds, their ratio to a quarter of the size."""
    repeated = [unit + end for unit in units(pattern, known) for end in ("", " ", "\n")]
    tried = [(seconds_of(pattern, unit * max(1, 4096 // len(unit))), unit) for unit in repeated]
    unit = max(tried)[1] if tried else "a"
    return unit, *ladder(partial(seconds_of, pattern), unit, size)


def patterns(size: int, wanted: str) -> None:
    """Print the table of all patterns, or of those whose name begins as ``wanted``.

    Those that are not linear alone are shown in the stages that use them, too: most of them are only ever given a
    short line, which they may take as long over as they like.
    """
    print(f"{'pattern':44} {'bytes':>9} {'seconds':>8} {'ratio':>6}  text")
    for name, pattern, known in named_patterns():
        if not name.startswith(wanted):
            continue
        unit, reached, taken, ratio = worst(pattern, known, size)
        _print(name, unit, reached, taken, ratio)
        if reached < size // 2 or (ratio > QUADRATIC and taken > 0.1):
            for end in ("", "\n"):
                _print(f"  {name.split()[-1]}: all stages", unit + end, *ladder(everything, unit + end, size))


def everything(text: str) -> float:
    """Processor time of all stages, one after the other, each on the text as it came."""
    return sum(seconds(stage, text) for _, stage in STAGES)


def _print(name: str, unit: str, reached: int, taken: float, ratio: float) -> None:
    bytes_ = reached // len(unit) * len(unit.encode("utf-8", "surrogatepass"))
    print(f"{name:44} {bytes_:9} {taken:8.2f} {ratio:6.1f}  {ascii(unit)[:40]}", flush=True)


def stages(size: int) -> None:
    """Print the table of the stages."""
    print(f"{'stage':12} {'text':24} {'bytes':>9} {'seconds':>8} {'ratio':>6}")
    for name, stage in STAGES:
        for unit in UNITS.get(name, ()):
            for end in ("", "\n"):
                text = (unit + end) * (size // len(unit + end))
                quarter = seconds(stage, text[: len(text) // 4])
                full = seconds(stage, text)
                ratio = full / max(quarter, 0.001)
                print(f"{name:12} {ascii(unit + end)[:24]:24} {len(text.encode()):9} {full:8.2f} {ratio:6.1f}")


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    if wanted != "stages":
        patterns(size, wanted)
    if wanted in ("", "stages"):
        print()
        stages(size)


main()
