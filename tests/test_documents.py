"""Whole documents of our own, each written before the tool had seen its kind.

``documents/harmless`` must come back byte for byte. In ``documents/damaged`` a folder holds ``source``, as a site or
a converter left it, and ``expected.txt``, the author's text with one paragraph a line; blank lines and white space
at the ends of lines do not count. ``documents/known.toml`` names what is not wholly right, and why.
"""

import tomllib
from pathlib import Path

import pytest

from cleaner import apply, clean, invert

FOLDER = Path(__file__).parent / "documents"
KNOWN = tomllib.loads((FOLDER / "known.toml").read_text("utf-8"))


def documents(kind):
    """The documents of a kind; those with a known fault are expected to fail."""
    for path in sorted((FOLDER / kind).iterdir()):
        reason = KNOWN[kind].get(path.stem)
        yield pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(reason=reason)] if reason else [])


def lines(text):
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", list(documents("harmless")))
def test_harmless(path):
    """A clean document comes back byte for byte."""
    source = path.read_bytes()
    assert clean(source).text.encode() == source


@pytest.mark.parametrize("path", list(documents("damaged")))
def test_damaged(path):
    """The author's lines come back, all of them and nothing else."""
    assert lines(clean((path / "source").read_bytes()).text) == lines((path / "expected.txt").read_text("utf-8"))


@pytest.mark.parametrize("path", sorted((FOLDER / "damaged").iterdir()), ids=lambda path: path.name)
def test_expected_text_is_clean(path):
    """What an author wrote is not touched, though a damaged copy of it is."""
    source = (path / "expected.txt").read_bytes()
    assert clean(source).text.encode() == source


@pytest.mark.parametrize("path", sorted((FOLDER / "damaged").iterdir()), ids=lambda path: path.name)
def test_edits_explain_every_change(path):
    """Replayed on the source, the edits give the text; inverted, they give the source back."""
    result = clean((path / "source").read_bytes())
    assert apply(result.source, result.edits) == result.text
    assert apply(result.text, invert(result.source, result.edits)) == result.source


@pytest.mark.parametrize("kind", ["harmless", "damaged"])
def test_known_names_documents(kind):
    """No fault is excused for a document that is gone."""
    assert set(KNOWN[kind]) <= {path.stem for path in (FOLDER / kind).iterdir()}
