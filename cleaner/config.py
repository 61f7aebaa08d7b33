"""Everything that can be set, in one frozen value."""

from dataclasses import dataclass
from typing import Literal

Newline = Literal["lf", "crlf", "keep"]
Paragraphs = Literal["lines", "blank", "indent"]


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one cleaning."""

    encoding: str | None = None
    """The encoding of bytes; None to find it out."""
    strict: bool = False
    """Whether a damaged text is refused."""
    newline: Newline = "lf"
    """How lines end in the output; ``keep`` leaves each as it was."""
    paragraphs: Paragraphs = "lines"
    """How paragraphs are set apart: one a line as the document has it, a blank line between, or an indent."""
    skip: frozenset[str] = frozenset()
    """Names of stages and of rules that are switched off."""


DEFAULT = Config()
