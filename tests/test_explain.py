"""Explaining: what is said is what was weighed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import attempts, catalogue, evidence, explain, pipeline
from cleaner.cli import main
from cleaner.decode import decode
from cleaner.diff import visible
from cleaner.pieces import of_lines

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))


def told(path, line=None):
    """The words, as one text."""
    return "\n".join(explain.explain("a.txt", path.read_bytes(), line))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_terms_are_the_costs(sample):
    """Added up, they are what the reading was chosen by, at every break."""
    draft = pipeline.before("breaks", decode(sample.read_bytes()).text)
    for attempt in attempts.attempts(draft, of_lines(draft)):
        case = attempt.case
        habits = case.learnt(attempt.reading.layout)
        costs = evidence.costs(case.gaps, habits)
        for index, (at, weights) in enumerate(zip(case.gaps.at, costs[1:], strict=True), 1):
            for first, hard in ((True, weights.hard_first), (False, weights.hard_continued)):
                terms = list(evidence.terms(case.pieces, habits, index, gap=case.gaps.kinds[at], first=first))
                assert sum(term.soft for term in terms) == pytest.approx(weights.soft)
                assert sum(term.hard for term in terms) == pytest.approx(hard)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_any_line_can_be_asked_about(sample):
    """Its beginning is repeated, so that everybody knows which line is meant."""
    lines = decode(sample.read_bytes()).text.split("\n")
    for number in range(1, len(lines), 9):
        assert f"\nline {number}: {visible(lines[number - 1].rstrip())[:10]}" in told(sample, number)


def test_a_line_end_of_the_printers():
    """A full line, and a word that goes on."""
    words = told(Path(__file__).parents[1] / "samples" / "novel.txt", 5)
    assert "printed on lines of 44 cells" in words
    assert "soft-break: the line was full: the printer ended it" in words
    assert "its line end goes" in words
    assert "0 of 44 cells are free, what follows needs 2" in words


def test_a_line_end_of_the_authors():
    """Half a line is free, and a quotation begins."""
    words = told(Path(__file__).parents[1] / "samples" / "novel.txt", 9)
    assert "its line end stays" in words
    assert "20 of 44 cells are free, what follows needs 4" in words
    assert "an indent between" in words


def test_a_line_of_two_columns(tmp_path):
    """Its end is no line end any more."""
    rule = next(rule for rule in catalogue.rules() if rule.name == "side-by-side")
    path = tmp_path / "a.txt"
    path.write_text(rule.removes[0], encoding="utf-8")
    words = told(path, 2)
    assert "side-by-side: columns printed side by side are read one after the other" in words
    assert "its line end" not in words


def test_a_document_nobody_printed():
    """That, too, is an answer."""
    assert "nothing shows that a printer broke its lines" in told(Path(__file__).parents[1] / "samples" / "clean.txt")


def test_a_whole_document():
    """Every rule with its reason, how often, and a place to look at."""
    words = told(Path(__file__).parents[1] / "samples" / "report.txt")
    assert "3 × page-marker: page number in a sequence\n          line 5: [-第 1 页 共 8 页⏎-]" in words


# ---------------------------------------------------------------- the command


def run(*args):
    result = CliRunner().invoke(main, ["explain", *map(str, args)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command(tmp_path):
    """FILE and FILE:LINE; a name that ends in a number and exists is a name."""
    path = tmp_path / "a.txt"
    path.write_text("他说：\u200b好。\n", encoding="utf-8")
    assert "× zero-width" in run(path)[1]
    assert "[-<U+200B>-]" in run(f"{path}:1")[1]
    odd = tmp_path / "a.txt:1"
    odd.write_text("好。\n", encoding="utf-8")
    assert run(odd)[1].startswith(f"{odd}: 1 line, utf-8")


def test_no_such_line(tmp_path):
    """It says how many there are."""
    path = tmp_path / "a.txt"
    path.write_text("好。\n", encoding="utf-8")
    assert run(f"{path}:7") == (2, "", f"cleaner: {path}: there is no line 7; the last is 1\n")
    assert run(f"{path}:0")[0] == 2
    assert run(tmp_path / "missing.txt:3")[0] == 2


def test_the_options_of_cleaning_hold_here_too(tmp_path):
    """What is explained is what cleaning with the same options would do."""
    path = tmp_path / "a.txt"
    path.write_text("他说：\u200b好。\n", encoding="utf-8")
    assert "zero-width" in run(path)[1]
    assert "zero-width" not in run("--skip", "zero-width", path)[1]
