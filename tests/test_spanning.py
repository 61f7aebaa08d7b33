"""Words that span a break: what stands in a text is found as if it were looked for one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import spanning

TEXT = st.text(alphabet="甲乙丙丁a\n\U00020000\uf06c", max_size=60)


@pytest.mark.parametrize("few", [0, 2])
@pytest.mark.parametrize("length", [2, 3])
@given(text=TEXT, asked=st.sets(st.text(alphabet="甲乙丙丁a\U00020000", min_size=1, max_size=3), max_size=12))
def test_standing_in(length, few, text, asked):
    """Rare characters and the seams between blocks included."""
    expected = {gram for gram in asked if len(gram) == length and gram in text}
    for block in (1 << 15, 7):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spanning, "_BLOCK", block)
            patch.setattr(spanning, "_FEW", few)
            assert spanning._standing_in(text, asked, length) == expected
