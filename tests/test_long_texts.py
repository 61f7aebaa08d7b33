"""Long texts are looked at in quicker ways than short ones, with the same outcome."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import mojibake
from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.obfuscation import marked_lines
from cleaner.outline import Sieve, sketches
from cleaner.phrases import Phrases
from cleaner.shadow import squeeze
from cleaner.stages import characters

# Longer than what any of them calls short, and nothing in it is anything to them.
PAD = "\n" * 30_000

SNIPPETS = st.sampled_from(
    ["下载", "载下载", "免费", "www", "ww.", "更多", "，", "。c", "　", "Ａ", "網", "於", "ß", "ﬁ", "①", "İ"]
)
TEXTS = st.lists(SNIPPETS | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


@given(TEXTS)
@example("免费下载下载www.")
@example("更更更多多免免多")
def test_phrases(text):
    phrases = Phrases(["下载", "免费下载", "载下", "更多", "www", "ww.", "。c", "多免"])
    short = list(phrases.spans(text))
    assert [(start - len(PAD), end - len(PAD)) for start, end in phrases.spans(PAD + text)] == short
    alternation = re.compile("|".join(map(re.escape, phrases.texts)))
    assert short == [found.span() for found in alternation.finditer(text)]


@given(TEXTS)
@example("ＷＷＷ。hＡoＳhuＤＵ.ＣＯm")
@example("於ＡBC")
def test_shadow(text):
    assert squeeze(PAD + text) == PAD + squeeze(text)


@given(TEXTS)
@example("[下载")
def test_sieve(text):
    sieve = Sieve(sketches("markup"))
    hints = " ".join(hint for sketch in sketches("markup")[::3] for hint in sketch.hints[:1])
    for each in (text, text + hints):
        assert sieve.possible(PAD + each) == sieve.possible(each)


@given(TEXTS)
@example("天黑了。\nt.xt.小..说...天.堂\n他3.5分")
@example("起★点★小★说\n甲+乙")
@example("a.b.c.d")
def test_marked_lines(text):
    assert {at - len(PAD) for at in marked_lines(PAD + "\n" + text)} == {at + 1 for at in marked_lines(text)}


@given(TEXTS)
@example("射雕里的榛勮搲和郭靖")
@example("ä½†æ˜¯")
@example("½ñÌìÏÂÓê")
def test_mojibake(text):
    def found(before: str) -> list[tuple[int, int, str]]:
        repairs = mojibake.repairs(before + text)
        return [(each.start - len(before), each.end - len(before), each.replacement) for each in repairs]

    assert found(PAD) == found("")


def test_every_odd_character_is_noticed():
    noticed = {chr(code) for code in range(0x10000) if list(characters.propose(Draft(f"甲{chr(code)}乙"), DEFAULT))}
    assert {"\x00", "\x0b", "\x1f", "\x7f", "\x85", "\xad", "\u200b", "\u2028", "\ufeff"} <= noticed
    assert noticed.isdisjoint("\t\n\f\r é—。〇\ue000\ufffd")


@given(st.text("甲乙 \n", max_size=40))
def test_lines(text):
    assert [line.text for line in Draft(text).lines()] == [
        line.text for line in Draft(text.replace("\n", "\r\n")).lines()
    ]
