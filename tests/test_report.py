"""The report: facts that add up, and a summary that stays short."""

import io
import json
from dataclasses import replace

import pytest

from cleaner import Config, clean
from cleaner.report import Facts, Report, Summary, Tally, facts, line

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
    assert found.status == "cleaned"


def test_what_somebody_should_know():
    """Missing pages, damage by kind and signs of a font that is not here."""
    found = told(PAGES.encode() + "坏\ufffd字，\ue001好。".encode() + b"\xff\xfe\n")
    assert found.pages["missing"] == [[4, 5]]
    assert found.damage == {"replacement-character": 1, "stray-byte": 1}
    assert found.private_use == 1


def test_a_file_that_stays():
    """Nothing changed, nothing told; in another encoding the bytes change all the same."""
    letter = "这是一封很久以前写的信。\n"
    assert told(letter.encode()).status == "same"
    assert told(letter.encode("gb18030")).status == "cleaned"
    assert told(letter.encode()).rules == {}


def test_a_line_of_json():
    """Chinese stays readable; a name that is no UTF-8 does not stop it."""
    assert '"missing": [[4, 5]]' in line(told(PAGES.encode()))
    assert json.loads(line(Facts("\udcd0.txt", "failed", error="没有这个文件")))["error"] == "没有这个文件"
    assert "\n" not in line(told(PAGES.encode()))


def test_a_summary():
    """Files are counted, rules added up, and what needs a look is named."""
    summary = Summary()
    for data in (PAGES, PAGES, "好。\n"):
        summary.add(told(data.encode()))
    summary.add(Facts("b.txt", "failed", error="gone"))
    assert summary.rules["page-marker"] == Tally(6, 72, 0)
    assert summary.files == {"cleaned": 2, "same": 1, "failed": 1}
    assert "a.txt: page numbers 4–5 of 5 are not in this file" in summary.lines()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_report_is_json(count):
    """Whole with any number of files, none included; a line a file, so that it can be searched."""
    file = io.BytesIO()
    report, summary = Report(file), Summary()
    for _ in range(count):
        report.add(told(PAGES.encode()))
        summary.add(told(PAGES.encode()))
    report.close(summary)
    whole = json.loads(file.getvalue())
    assert len(whole["files"]) == whole["summary"]["files"].get("cleaned", 0) == count
    assert file.getvalue().count(b"\n") == count + 3


def test_a_summary_of_very_many_files():
    """It does not grow with them."""
    summary = Summary()
    for number in range(1000):
        rules = {f"rule-{number}": Tally(1, 1, 0)}
        summary.add(Facts(f"{number}.txt", "cleaned", rules=rules, damage={"stray-byte": 1}))
    lines = list(summary.lines())
    assert len(lines) < 25
    assert "and 992 more files with something worth a look" in lines


def test_what_a_rule_could_not_do_is_in_the_report():
    """A rule of the user's own that was switched off is told with the file."""
    result = replace(clean("好。\n".encode()), warnings=("rule odd took too long",))
    assert facts("a.txt", "好。\n".encode(), result).warnings == ("rule odd took too long",)
