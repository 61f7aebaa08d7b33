"""The command, as ``cleaner`` and as ``python -m cleaner``."""

import gc


def main() -> None:
    """Run the command line of :mod:`cleaner.cli`."""
    gc.disable()  # importing leaves hardly a cycle behind: to look for some took 6 ms of 95
    from cleaner.cli import main as command

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
