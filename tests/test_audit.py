"""The audit: from a cleaned file and what was noted about it, the original comes back byte for byte."""

import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import Config, DecodeError, clean
from cleaner.audit import Index, RestoreError, find, lines, restore

LETTER = "這封信很長，寫了三天。\u200b\r\n山路難走，十里一亭。\r\n- 1 -\r\n好，就這樣。\r\n"


def audited(name, data, **config):
    """The lines of the audit, and the cleaned bytes."""
    result = clean(data, Config(**config))
    return [line.encode() for line in lines(name, data, result)], result.text.encode()


def back(data, **config):
    """The bytes restored after cleaning."""
    audit, cleaned = audited("a.txt", data, **config)
    return restore(find(audit, cleaned, "a.txt"), cleaned)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(LETTER.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + LETTER.encode(), id="UTF-8 with its mark"),
        pytest.param(LETTER.encode("gb18030"), id="GB18030"),
        pytest.param(LETTER.replace("\u200b", "").encode("big5"), id="Big5"),
        pytest.param("山路難走，十里一亭。".encode("big5").replace(b"\xa4\x51", b"\xa2\xcc"), id="double codes"),
        pytest.param(LETTER.encode("utf-16"), id="UTF-16"),
        pytest.param(LETTER.encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(LETTER.encode("utf-32"), id="UTF-32"),
        pytest.param(b"~{<:Ky2;PP#,NpJ)l6HK!#~}\r\n", id="HZ"),
        pytest.param("お手紙ありがとう。\r\nまた書きます。\u200b".encode("iso2022_jp_2", "ignore"), id="ISO 2022"),
        pytest.param(LETTER.encode()[:-4] + b"\xff\r\n\xe5\xa5", id="damage"),
        pytest.param(LETTER.encode("gb18030")[:50] + b"\xff" + LETTER.encode("gb18030")[51:], id="damage in GB18030"),
        pytest.param(LETTER.encode("gb18030") + "更多好书请到云岫阁下载，地址在下面。".encode(), id="two encodings"),
        pytest.param(b"\0\0\0" + LETTER.encode() + bytes(16), id="zero bytes"),
        pytest.param("锟斤拷锟斤拷，\ufffd信很長。\r".encode(), id="what was lost before"),
        pytest.param("一。\r二。\r\n三。\n四。\u2028五。\x85六。".encode(), id="line ends of every kind"),
        pytest.param("今天的天气真好。".encode().decode("latin-1").encode(), id="mojibake"),
    ],
)
def test_what_comes_back_is_what_was_there(data):
    """Whatever the encoding, the byte order mark, the line ends, the damage."""
    assert back(data) == data
    assert back(data, newline="keep", paragraphs="blank") == data


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
@example(b"+2AA-")
def test_any_bytes(data):
    """Arbitrary bytes, if they are text to us at all."""
    try:
        assert back(data) == data
    except DecodeError:
        return


@given(
    st.text(alphabet=st.characters(codec="gb18030"), max_size=80),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32-be"]),
    st.lists(st.tuples(st.integers(0, 300), st.binary(min_size=1, max_size=2)), max_size=3),
)
def test_any_text_in_any_encoding_with_any_damage(text, encoding, damage):
    """The same for bytes that look more like files."""
    data = bytearray("这封信很长，\r\n".encode(encoding) + text.encode(encoding))
    for at, junk in damage:
        data[at : at + 1] = junk
    try:
        assert back(bytes(data)) == data
    except DecodeError:
        return


def test_every_edit_is_told():
    """An edit is a line that a person can read, with invisible characters as escapes."""
    header, *edits = audited("a.txt", LETTER.encode())[0]
    assert json.loads(header)["edits"] == len(edits)
    assert b'"removed":"\\u200b","inserted":""' in edits[0]
    assert all(json.loads(edit).keys() == {"start", "removed", "inserted", "rule", "reason"} for edit in edits)


def test_names_that_are_no_utf8():
    """A file name may be any bytes; the audit is UTF-8 all the same."""
    name = b"\xd0\xc5.txt".decode("utf-8", "surrogateescape")
    audit, cleaned = audited(name, LETTER.encode())
    assert find(audit, cleaned, "x.txt").name == name


# ---------------------------------------------------------------- one audit for many files


def test_many_files():
    """Each is found by what it is, under whatever name it is kept now."""
    texts = {f"{name}.txt": LETTER.replace("好", name).encode("gb18030") for name in "一二三"}
    cleaned = {}
    audit = []
    for name, data in texts.items():
        more, cleaned[name] = audited(name, data)
        audit += more
    for name, data in texts.items():
        assert restore(find(audit, cleaned[name], "renamed.txt"), cleaned[name]) == data


def test_an_index_finds_the_same():
    """Also where records are torn, where one text has many, and where nothing is found."""
    one, cleaned = audited("one/a.txt", LETTER.encode("gb18030"))
    two, _ = audited("two/a.txt", LETTER.encode("utf-16"))
    other, tidy = audited("b.txt", "一。\r\n".encode())
    audit = [*other, *one[:-1], b'{"file":"torn\n', *two, *one]
    index = Index(io.BytesIO(b"".join(audit)))
    for text, name in [(cleaned, "one/a.txt"), (cleaned, "two/a.txt"), (tidy, "x.txt")] * 2:
        assert index.find(text, name) == find(audit, text, name)
    for text, name, word in [(b"!", "b.txt", "altered"), (b"!", "c.txt", "no record"), (cleaned, "c.txt", "--name")]:
        with pytest.raises(RestoreError, match=word):
            index.find(text, name)


def test_files_that_became_the_same():
    """The name tells them apart; without it nothing is guessed."""
    one, cleaned = audited("one/a.txt", LETTER.encode("gb18030"))
    two, _ = audited("two/a.txt", LETTER.encode("utf-16"))
    assert restore(find(one + two, cleaned, "one/a.txt"), cleaned) == LETTER.encode("gb18030")
    assert restore(find(two + one, cleaned, "two/a.txt"), cleaned) == LETTER.encode("utf-16")
    for name in ("a.txt", "b.txt"):
        with pytest.raises(RestoreError, match=r"one/a.txt, two/a.txt; say which with --name"):
            find(one + two, cleaned, name)


def test_a_file_cleaned_again():
    """The second cleaning, which changes nothing, does not hide the first."""
    first, cleaned = audited("a.txt", LETTER.encode("gb18030"))
    again, same = audited("a.txt", cleaned)
    assert same == cleaned
    assert restore(find(first + again, cleaned, "a.txt"), cleaned) == LETTER.encode("gb18030")


# ---------------------------------------------------------------- refusals


def test_an_altered_file_is_refused():
    """One byte is enough."""
    audit, cleaned = audited("a.txt", LETTER.encode())
    with pytest.raises(RestoreError, match="altered since"):
        find(audit, cleaned + b"\n", "out/a.txt")


def test_a_file_nobody_noted_is_refused():
    """Its name is not in the audit, nor is its text."""
    audit, _ = audited("a.txt", LETTER.encode())
    with pytest.raises(RestoreError, match="no record"):
        find(audit, "别的。".encode(), "b.txt")
    with pytest.raises(RestoreError, match="no record"):
        find([b"{}\n", b"\xff\n", b'{"file":3}\n'], "别的。".encode(), "b.txt")


def test_a_run_that_was_killed():
    """A record that breaks off is told; written once more after it, it is found."""
    audit, cleaned = audited("a.txt", LETTER.encode())
    torn = [*audit[:-1], audit[-1][:9] + b"\n"]
    for part in (audit[:-1], torn):
        with pytest.raises(RestoreError, match=r"breaks off|damaged"):
            find(part, cleaned, "a.txt")
        assert restore(find(part + audit, cleaned, "a.txt"), cleaned) == LETTER.encode()


@settings(max_examples=200)
@given(st.data())
def test_any_damage_to_the_audit(data):
    """Either the original comes back or nothing does, in words."""
    audit, cleaned = audited("a.txt", LETTER.encode("gb18030")[:-1] + b"\xff")
    broken = bytearray(b"".join(audit))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(broken)))
        junk = data.draw(st.sampled_from([b"", b"0", b"9", b'"', b"\n", b"-"]))
        broken[at : at + data.draw(st.integers(0, 2))] = junk
    try:
        found = Index(io.BytesIO(broken)).find(cleaned, "a.txt")
        assert restore(found, cleaned) == LETTER.encode("gb18030")[:-1] + b"\xff"
    except RestoreError:
        return


def test_a_tampered_audit_is_refused():
    """What does not give the original is not handed out as the original."""
    audit, cleaned = audited("a.txt", LETTER.encode())
    other = [audit[0], *(line.replace(b"- 1 -", b"- 7 -").replace(b"u200b", b"u200c") for line in audit[1:])]
    assert other != audit
    with pytest.raises(RestoreError, match="damaged"):
        restore(find(other, cleaned, "a.txt"), cleaned)
