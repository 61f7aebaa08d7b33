"""Settings that hold for every test."""

from pathlib import Path

from hypothesis import settings

import cleaner

# No deadline: a busy machine is no defect. Derandomized: a test that fails, fails because of the change at hand.
settings.register_profile("cleaner", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("cleaner")


def pytest_report_header():
    """Say which package is tested: the installed one, or the folder beside the tests."""
    return f"cleaner: {Path(cleaner.__file__).parent}"
