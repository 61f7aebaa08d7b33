"""The samples: messy documents and the text their authors wrote, compared byte for byte."""

import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import apply, clean, invert

SAMPLES = Path(__file__).parents[1] / "samples"
MESSY = sorted(SAMPLES.glob("*.txt"))


def expected(sample):
    return (SAMPLES / "expected" / sample.name).read_bytes()


def test_every_sample_has_its_expected_text():
    """No sample without its text, no text without its sample."""
    assert [sample.name for sample in MESSY] == sorted(path.name for path in (SAMPLES / "expected").iterdir())
    assert len(MESSY) >= 6


@pytest.mark.parametrize("sample", MESSY, ids=lambda path: path.stem)
def test_library(sample):
    """``clean`` gives the author's text, and its edits explain every difference."""
    result = clean(sample.read_bytes())
    assert result.text == expected(sample).decode()
    assert apply(result.source, result.edits) == result.text
    assert apply(result.text, invert(result.source, result.edits)) == result.source


@pytest.mark.parametrize("sample", MESSY, ids=lambda path: path.stem)
def test_command(sample):
    """The command writes the same, byte for byte, and says nothing else."""
    done = subprocess.run([sys.executable, "-P", "-m", "cleaner", sample], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == expected(sample)


@pytest.mark.parametrize("sample", MESSY, ids=lambda path: path.stem)
def test_clean_text_stays(sample):
    """The author's text needs no cleaning: it comes back as it is."""
    assert clean(expected(sample)).edits == ()


def test_the_clean_sample_is_not_touched():
    """Verse, a table and prose about pages and advertisements are the author's."""
    source = (SAMPLES / "clean.txt").read_bytes()
    assert expected(SAMPLES / "clean.txt") == source
    assert clean(source).edits == ()


def test_the_samples_are_of_several_kinds():
    """Between them they need every kind of repair, and an encoding other than UTF-8."""
    results = [clean(sample.read_bytes()) for sample in MESSY]
    rules = {edit.rule for result in results for edit in result.edits}
    assert {"page-marker", "running-head", "soft-break", "hard-break", "stray-space", "line-end"} <= rules
    assert {result.encoding for result in results} == {"utf-8", "gb18030"}
