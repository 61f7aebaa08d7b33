"""Gives people back the documents inside messy Chinese text files.

>>> clean("内容\\u200b不变。\\n").text
'内容不变。\\n'
"""

from cleaner.config import Config
from cleaner.decode import Decoded, DecodeError, decode
from cleaner.edits import Edit, EditError, apply, invert
from cleaner.errors import CleanerError
from cleaner.page_numbers import Pages
from cleaner.pipeline import Result, clean

__all__ = [
    "CleanerError",
    "Config",
    "DecodeError",
    "Decoded",
    "Edit",
    "EditError",
    "Pages",
    "Result",
    "apply",
    "clean",
    "decode",
    "invert",
]

__version__ = "0.1.0"
