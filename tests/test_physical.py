"""Physical lines: the short ways to read a plain layout come to what the long way does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import evidence, physical
from cleaner.case import Case
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.fits import Fits
from cleaner.measured import Layout, Measured
from cleaner.pieces import of_lines, split_at_spaces

LINES = st.lists(st.text(alphabet="河水往东流。，“”（）一1a -", min_size=1, max_size=30), min_size=2, max_size=12)


def read_in_measures(measured, costs, layout):
    """The long way."""
    steps = physical._Steps(len(measured.pieces), len(layout.measures))
    fits = Fits(measured, layout)
    physical._in_measures(steps, fits, costs)
    return physical._trace(steps, fits)


@given(LINES, st.sampled_from([22, 30, 41]), st.sampled_from([0, 4]), st.booleans(), st.data())
def test_the_short_ways_are_the_long_one(lines, width, indent, flat, data):
    """Lines of one piece, of several, and over a cut."""
    text = "\n".join(lines)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=2)))
    draft = Draft(text, [Edit(at, at + 1, "", "cut", "") for at in cuts])
    pieces = of_lines(draft)
    if flat:
        pieces = split_at_spaces(draft, pieces, 0)
    if not pieces:
        return
    case = Case(pieces, evidence.interior(pieces))
    layout = Layout(width, indent=indent, flat=flat)
    short = physical.read(Fits(case.measured, layout), case.usual)
    long = read_in_measures(case.measured, case.usual, layout)
    assert short._replace(cost=0.0) == long._replace(cost=0.0)
    assert short.cost == pytest.approx(long.cost)


PROSE = st.lists(st.text(alphabet="河水照样东流墙上钟还在走。，“”", min_size=7, max_size=13), min_size=4, max_size=30)


@given(PROSE, st.sampled_from([22, 24]), st.sampled_from([0, 4]), st.sampled_from(["\n", " "]))
def test_words_that_are_not_searched_change_nothing(lines, width, indent, line_end):
    """A sparing case comes to the readings of one that knows every word, and gains no more than that."""
    draft = Draft(line_end.join(lines))
    pieces = split_at_spaces(draft, of_lines(draft), 0)
    layout = Layout(width, indent=indent, flat=line_end == " ")
    habits = evidence.interior(pieces)
    sparing, knowing = (Case(pieces, habits, sparing=each) for each in (True, False))
    assert sparing.read(layout)._replace(cost=0.0) == knowing.read(layout)._replace(cost=0.0)
    gain, whole_gain = (case.null(layout) - case.read(layout).cost for case in (sparing, knowing))
    assert gain <= whole_gain + 1e-6


def test_lines_alike_are_weighed_once():
    """Ten times the text is ten times the lines, and no more kinds of them."""
    line = "河水照样往东流，只有墙上的钟还在走，大家都"
    for count in (10, 100):
        pieces = of_lines(Draft(f"{line}\n" * count))
        assert len(Measured(pieces).shapes(Layout(40)).kinds) == 1
        # The first lines may be a title.
        assert len(Case(pieces, evidence.interior(pieces)).gaps.kinds) == 2
