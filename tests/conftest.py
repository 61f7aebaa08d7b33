"""Settings that hold for every test."""

from hypothesis import settings

# No deadline: a busy machine is no defect. Derandomized: a test that fails, fails because of the change at hand.
settings.register_profile("cleaner", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("cleaner")
