"""Stub until the real module stands."""
from dataclasses import dataclass
from cleaner.errors import CleanerError
class DecodeError(CleanerError): pass
@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    how: str
def decode(data: bytes, encoding: str | None = None, *, strict: bool = False) -> Decoded:
    for enc in (encoding or "utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030", "big5hkscs", "cp950"):
        try: return Decoded(data.decode(enc), enc, "stub")
        except UnicodeDecodeError: pass
    return Decoded(data.decode("utf-8", "replace"), "utf-8", "stub")
