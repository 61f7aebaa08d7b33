"""A table on restoring: of how many files the original comes back byte for byte, by encoding and damage.

Run as a script: python tests/benchmark/restore.py FILE... Every file is cleaned as it is, written anew in other
encodings, and damaged at random with a fixed seed; what the audit restores is compared with the bytes cleaned.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path

from cleaner import DecodeError, Result, clean, decode
from cleaner.audit import find, lines, restore

ENCODINGS = ("utf-8-sig", "gb18030", "cp950", "utf-16", "utf-16-be", "utf-32")
DAMAGED = 0.001
"""Share of the bytes of a damaged file that are replaced, lost or put in."""


def versions(data: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """A file as it is, in other encodings, with other line ends, and damaged."""
    yield "as it is", data
    text = decode(data).text
    for encoding in ENCODINGS:
        # Big5 lacks simplified characters: there, the file is what is left of the text.
        yield encoding, text.encode(encoding, "ignore")
    yield "CRLF, GB18030", text.replace("\r", "").replace("\n", "\r\n").encode("gb18030", "ignore")
    for encoding in ("utf-8", "gb18030", "utf-16"):
        yield f"damaged {encoding}", damaged(text.encode(encoding, "ignore"), chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with accidents in them."""
    broken = bytearray(data)
    for _ in range(max(1, int(len(data) * DAMAGED))):
        at = chance.randrange(len(broken) + 1)
        broken[at : at + chance.randrange(2)] = chance.randbytes(chance.randrange(2))
    return bytes(broken)


@lru_cache(maxsize=2)
def cleaned(text: str) -> Result:
    """A text cleaned: what is in another encoding only has the same text."""
    return clean(text)


def comes_back(name: str, data: bytes) -> bool:
    """Whether the audit gives back the very bytes."""
    decoded = decode(data)
    result = replace(cleaned(decoded.text), decoded=decoded)
    audit = [line.encode() for line in lines(name, data, result)]
    output = result.text.encode()
    return restore(find(audit, output, name), output) == data


def tried(path: str) -> list[tuple[str, str]]:
    """What came of every version of a file."""
    found = []
    for version, data in versions(Path(path).read_bytes(), random.Random(path)):
        try:
            found.append((version, "restored" if comes_back(path, data) else "not the same"))
        except DecodeError:
            found.append((version, "no text"))
    return found


def main(*paths: str) -> None:
    """Print the table, and the name of every file that did not come back."""
    counts: Counter[tuple[str, str]] = Counter()
    with Pool() as pool:
        for path, found in zip(paths, pool.imap(tried, paths), strict=True):
            counts.update(found)
            for version, what in found:
                if what == "not the same":
                    print(f"not the same: {path}, {version}")
    print(f"{'version':16}  {'files':>6}  {'no text':>7}  {'restored':>8}")
    for version in dict.fromkeys(version for version, _ in counts):
        back, other, refused = (counts[version, what] for what in ("restored", "not the same", "no text"))
        print(f"{version:16}  {back + other + refused:6}  {refused:7}  {back / max(1, back + other):8.1%}")


if __name__ == "__main__":
    main(*sys.argv[1:])
