"""Gives people back the documents inside messy Chinese text files.

>>> clean("内容\\u200b不变。\\n").text
'内容不变。\\n'
"""

from cleaner.config import Config, Field
from cleaner.decode import Decoded, DecodeError, decode
from cleaner.edits import Edit, EditError, apply, invert
from cleaner.errors import CleanerError
from cleaner.page_numbers import Pages
from cleaner.pipeline import Result, clean
from cleaner.version import __version__ as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.library import CleanedFile, Cleaner
else:

    def __getattr__(name):
        if name not in ("CleanedFile", "Cleaner"):
            raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
        from cleaner import library  # here, because work in several processes is slow to import

        return getattr(library, name)


__all__ = [
    "CleanedFile",
    "Cleaner",
    "CleanerError",
    "Config",
    "DecodeError",
    "Decoded",
    "Edit",
    "EditError",
    "Field",
    "Pages",
    "Result",
    "apply",
    "clean",
    "decode",
    "invert",
]
