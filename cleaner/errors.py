"""The exceptions whose message is meant for the user."""


class CleanerError(Exception):
    """Something the user can act on; the message is one line and needs no traceback."""
