"""What holds for every text and for all bytes, looked for with made-up ones."""

import sys
import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import Config, DecodeError, Result, apply, clean, invert
from cleaner.draft import Draft
from cleaner.running_heads import _first_han

# Single characters that the stages look at, and fragments that only mean something whole.
CHARACTERS = st.sampled_from(
    "正文章节的第12页共—-·。“”「」，：、（）() \u3000\xa0\u200b\u200d\xad\n\n\n\r\f\u2028\x85\x00\t_aZ.⾼高"
)
FRAGMENTS = st.sampled_from(
    [
        "第 1 页 共 3 页\n",
        "\n- 2 -\n",
        "\n3\n\f",
        "\r\n",
        "第三条 ",
        "（一）",
        "更多精品小说请访问www.abc-books.com。",
        "ＷＷＷ.aBc.ＣＯm",
        "加QQ群：123456789",
        '<image>data:image/s3,"s3://a/b" alt=""</image>',
        '" alt=""></image>',
        '<img src="',
        "&nbsp;",
        "这一行写满了二十个字然后才在这里断开\n",
        "的内容还没有写完所以要接着写下去再断\n",
        "inter-\nnational ",
        "防 火",
        "\x1b[31m",
    ]
)
TEXTS = st.lists(CHARACTERS | FRAGMENTS, max_size=60).map("".join)
CONFIGS = st.builds(
    Config,
    newline=st.sampled_from(["lf", "crlf", "keep"]),
    paragraphs=st.sampled_from(["lines", "blank", "indent"]),
)
# Han and full-width marks only, in one line: nothing in it was printed, marked or advertised.
PLAIN = st.text(alphabet="山水人家门前有一条河流过天亮以后他们都走了，。！？；：", max_size=80)


@given(TEXTS, CONFIGS)
@example("正文\n" * 40, Config())
@example("第 1 页 共 3 页\n第 2 页 共 3 页\n第 3 页 共 3 页\n", Config(newline="crlf"))
def test_edits_explain_every_change(source, config):
    """The edits are in order, in range and apart; replayed they give the text, inverted the source."""
    result = clean(source, config)
    assert result.source == source
    assert all(0 <= edit.start <= edit.end <= len(source) for edit in result.edits)
    assert all(one.end <= other.start for one, other in pairwise(result.edits))
    assert apply(source, result.edits) == result.text
    assert apply(result.text, invert(source, result.edits)) == source


@given(TEXTS, CONFIGS)
def test_every_edit_does_something_and_says_why(source, config):
    """No edit leaves its span as it was, and each has a rule to switch off and a reason."""
    for edit in clean(source, config).edits:
        assert edit.replacement != source[edit.start : edit.end]
        assert edit.rule
        assert edit.reason


@given(TEXTS)
def test_line_ends_are_as_asked(source):
    """No other line end than the one asked for is left."""
    assert "\r" not in clean(source).text
    pairs_gone = clean(source, Config(newline="crlf")).text.replace("\r\n", "")
    assert "\n" not in pairs_gone
    assert "\r" not in pairs_gone


@given(PLAIN)
def test_without_evidence_nothing_changes(source):
    """Plain words in one line come back as they are, with a line end and without one."""
    assert clean(source).edits == ()
    assert clean(source + "\n").edits == ()


@given(st.lists(PLAIN.filter(bool), max_size=6))
@example(["。。。。。山", "水。水", "河。。"])
def test_a_few_short_paragraphs_stay(paragraphs):
    """Paragraphs with blank lines between show no page and no printer."""
    source = "\n\n".join(paragraphs)
    assert clean(source).text == source


@settings(max_examples=200)
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00\x00")
@example(b"%PDF-1.4\n")
@example("只有半个字".encode("gb18030")[:-1])
def test_any_bytes(data):
    """Bytes are cleaned or refused in words; nothing else happens."""
    try:
        result = clean(data)
    except DecodeError as error:
        result, said = None, str(error)
    if result is None:
        assert said
        assert "\n" not in said
    else:
        assert isinstance(result, Result)
        assert apply(result.source, result.edits) == result.text


@given(TEXTS)
def test_a_text_and_its_bytes_are_cleaned_alike(source):
    """Reading UTF-8 adds nothing of its own."""
    data = "文".encode() + source.replace("\x00", "").encode()
    assert clean(data).text == clean(data.decode()).text


@given(TEXTS, st.data())
def test_a_draft_edits_any_span(source, data):
    """Any span of the text as it stands can be replaced, and the edits do just that."""
    draft = Draft(source, clean(source).edits)
    if not draft.text:
        return
    start = data.draw(st.integers(0, len(draft.text) - 1))
    end = data.draw(st.integers(start + 1, len(draft.text)))
    found = draft.delete(start, end, "x", "")
    assert all(one.end <= other.start for one, other in pairwise(found))
    gone = [edit for edit in draft.edits if any(each.start <= edit.start and edit.end <= each.end for each in found)]
    kept = [edit for edit in draft.edits if edit not in gone]
    text = apply(source, sorted([*kept, *found]))
    assert text in (draft.text[:start] + draft.text[end:], *_with_whole_replacements(draft, start, end))


def _with_whole_replacements(draft, start, end):
    """A span that cuts into an earlier replacement takes all of it."""
    at = 0
    position = 0
    for edit in draft.edits:
        at += edit.start - position
        length = len(edit.replacement)
        if at < start < at + length:
            start = at
        if at < end < at + length:
            end = at + length
        at += length
        position = edit.end
    yield draft.text[:start] + draft.text[end:]


def test_the_first_han_character_of_a_line_is_that_of_its_shadow():
    for character in map(chr, range(sys.maxunicode + 1)):
        han = [each for each in unicodedata.normalize("NFKC", character) if "\u4e00" <= each <= "\u9fff"]
        assert _first_han(character) == "".join(han[:1])
