"""The report: facts that add up, and a summary that stays short."""

import json

from cleaner import Config, clean
from cleaner.report import Facts, Summary, Tally, facts, line

PAGES = (
    "天黑以前必须赶到渡口，否则就要在这\n第 1 页 共 5 页\n边过夜了。船家说，夜里的水比白天急得\n第 2 页 共 5 页\n"
    "多，没有人敢过河。\n第 3 页 共 5 页\n"
)


def told(data, **config):
    return facts("a.txt", data, clean(data, Config(**config)))


def test_the_tallies_add_up():
    """What the rules take out and put in is the difference of the two lengths."""
    found = told(PAGES.encode("gb18030"))
    gone = sum(tally.removed - tally.inserted for tally in found.rules.values())
    assert found.characters_before - gone == found.characters_after
    assert found.rules["page-marker"].edits == 3
    assert found.encoding == "gb18030"
    assert found.changed


def test_what_somebody_should_know():
    """Missing pages, damage by kind and signs of a font that is not here."""
    found = told(PAGES.encode() + "坏\ufffd字，\ue001好。".encode() + b"\xff\xfe\n")
    assert found.pages["missing"] == [[4, 5]]
    assert found.damage == {"replacement-character": 1, "stray-byte": 1}
    assert found.private_use == 1


def test_a_file_that_stays():
    """Nothing changed, nothing told; in another encoding the bytes change all the same."""
    letter = "这是一封很久以前写的信。\n"
    assert not told(letter.encode()).changed
    assert told(letter.encode("gb18030")).changed
    assert told(letter.encode()).rules == {}


def test_a_line_of_json():
    """Chinese stays readable; a name that is no UTF-8 does not stop it."""
    assert '"missing": [[4, 5]]' in line(told(PAGES.encode()))
    assert json.loads(line(Facts("\udcd0.txt", error="没有这个文件")))["error"] == "没有这个文件"
    assert "\n" not in line(told(PAGES.encode()))


def test_a_summary():
    """Files are counted, rules added up, and what needs a look is named."""
    summary = Summary()
    for each in (told(PAGES.encode()), told(PAGES.encode()), told("好。\n".encode()), Facts("b.txt", error="gone")):
        summary.add(each)
    assert summary.rules["page-marker"] == Tally(6, 72, 0)
    first, *rest = summary.lines()
    assert first == "2 of 4 files changed, 1 failed"
    assert "a.txt: page numbers 4–5 of 5 are not in this file" in rest
    assert next(summary.lines(would=True)) == "2 of 4 files would change, 1 failed"


def test_a_summary_of_very_many_files():
    """It does not grow with them."""
    summary = Summary()
    for number in range(1000):
        summary.add(Facts(f"{number}.txt", rules={f"rule-{number}": Tally(1, 1, 0)}, damage={"stray-byte": 1}))
    lines = list(summary.lines())
    assert len(lines) < 25
    assert "and 992 more files with something worth a look" in lines
