"""Site notes: takes out the blocks in which a site says where a text was copied from, and on what terms.

What they are is found out by :mod:`cleaner.site_notes`, and what machines stamp on a text by
:mod:`cleaner.machine_lines`. They go before the advertisements, which would take half of such a block.
"""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.machine_lines import line_codes, machine_lines
from cleaner.site_notes import site_notes
from cleaner.subject import is_code, is_markup


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out notes of where a text was copied from, terms of a site, and words for search engines.

    >>> note = "作者：柳叶\\n链接：https://liuye.example/p/1\\n来源：柳岸\\n著作权归作者所有，转载请注明出处。\\n"
    >>> [(edit.start, edit.end) for edit in propose(Draft("船靠了岸。\\n" + note), Config())]
    [(6, 65)]
    >>> list(propose(Draft("引用时写明：\\n" + note), Config()))
    []
    """
    blocks = list(site_notes(draft.lines(), draft.text))
    stamped = list(machine_lines(draft.lines(), draft.text))
    codes = list(line_codes(draft.lines(), draft.text))
    if not (blocks or stamped or codes) or draft.once(is_markup) or draft.once(is_code):
        return
    for first, last in blocks:
        yield from draft.delete_lines(first, last, "site-note", "note of a site on where a text is from")
    for first, last in stamped:
        yield from draft.delete_lines(first, last, "machine-line", "what a machine stamped on a text")
    for start, end in codes:
        yield from draft.delete(start, end, "line-code", "where a line stands, before it")
