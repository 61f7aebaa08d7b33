"""How a document was printed, inferred from the whole of it."""

from collections.abc import Sequence

from cleaner.attempts import attempts, convincing
from cleaner.cuts import across_cuts
from cleaner.draft import Draft
from cleaner.layout_gate import is_structured
from cleaner.physical import Reading
from cleaner.pieces import Piece, of_lines
from cleaner.stretches import by_length, with_the_rest
from cleaner.suspicion import may_be_printed


def infer(draft: Draft) -> tuple[Reading | None, Sequence[Piece]]:
    """Read ``draft`` in the layout that explains it best, or None if nothing shows that a printer broke its lines."""
    if not draft.once(may_be_printed):
        return None, ()
    if is_structured(draft):
        return None, of_lines(draft)
    draft.forget()  # the pieces stand for the lines from here on
    lines = of_lines(draft)
    if not lines:
        return None, lines
    best = convincing(attempts(draft, lines))
    if best:
        return with_the_rest(draft, lines, best)
    return by_length(draft, lines) or (across_cuts(lines), lines)
