"""Narrow: what of a text is in the first 256 characters, which is had so quickly that it answers many questions."""


def narrow(text: str) -> bytes:
    """The ASCII and Latin-1 characters of ``text``, a byte each, without what stood between them.

    A megabyte of Chinese takes 0.1 ms, a tenth of what the least pattern takes, and leaves hardly anything to search.
    What is not in it, nor is in ``text``; what is, may have stood apart.

    >>> narrow("雨停了。ok\\n")
    b'ok\\n'
    """
    return text.encode("latin-1", "ignore")
