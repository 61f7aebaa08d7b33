"""mojibake: text decoded in the wrong encoding is repaired where that is certain; the rest stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.mojibake import repairs


def repaired(text: str) -> str:
    for repair in reversed(repairs(text)):
        text = text[: repair.start] + repair.replacement + text[repair.end :]
    return text


# (mojibake, what it was)
BROKEN = [
    ("榛勮搲", "黄蓉"),
    ("第一章 榛勮搲和郭靖", "第一章 黄蓉和郭靖"),
    ("浣犲ソ鍚?", "你好鍚?"),  # the last character is lost for good: nothing is guessed
    ("ä½†æ˜¯", "但是"),
    ("他说ï¼Œä½†æ˜¯我不信。", "他说，但是我不信。"),
    ("ä½\x86æ\x98¯", "但是"),
    ("Ã¤Â½â€\xa0Ã¦ËœÂ¯", "但是"),
    ("ÄãºÃ", "你好"),
    ("½ñÌìÏÂÓê£¬ÎÒÃÇÔÚ¼Ò¡£", "今天下雨，我们在家。"),
]


@pytest.mark.parametrize(("broken", "text"), BROKEN)
def test_what_can_be_undone_is(broken: str, text: str) -> None:
    assert repaired(broken) == text
    assert repaired(text) == text


KEEP = [
    "曹锟和陈锟都是人名，手烫烫的。",
    "网页上的“锟斤拷”和“烫烫烫”是怎么来的？",
    "锟斤拷锟斤拷",
    "Café, naïve, Zürich, Ångström, ½ 杯，25°C，3×4。",
    "ÀÁÂÃÄÅ ÆÇÈÉ",
    "Ã©tÃ©",  # French; another repairer's business
    "阿鼻地狱，涓涓细流，浠水县，鐵路與鉛筆，閱讀",
    "銆 是一个字，鐨 也是。",
    "Œuvre – « déjà vu » … €20",
]


@pytest.mark.parametrize("text", KEEP)
def test_what_is_none_stays(text: str) -> None:
    assert repairs(text) == ()


@given(st.text(alphabet="榛勮搲浣犲ソ鍚锛€ä½†æ˜¯Ãâ€ÄãºÃ今天abc，\ue000\ufffd", max_size=20))
def test_repairs_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for repair in repairs(text):
        assert end <= repair.start < repair.end <= len(text)
        assert repair.replacement not in ("", text[repair.start : repair.end])
        end = repair.end
