"""The forms of page markers with their own examples."""

import tomllib
from pathlib import Path

import pytest

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.markers import Form, forms, readings
from cleaner.stages import pages

PASSAGES = tomllib.loads((Path(__file__).parents[1] / "cases/pages.toml").read_text("utf-8"))["passages"]


def fill(text: str) -> str:
    for name, passage in PASSAGES.items():
        text = text.replace(f"{{{name}}}", passage.strip("\n"))
    return text


def run(source: str) -> str:
    return apply(source, sorted(pages.propose(Draft(source), DEFAULT)))


def examples(kind: str) -> list[tuple[Form, str]]:
    return [(form, example) for form in forms() for example in getattr(form, kind)]


@pytest.mark.parametrize(("form", "line"), examples("removes"))
def test_form_fits(form: Form, line: str) -> None:
    assert any(reading.look == form.look for reading in readings(line))


@pytest.mark.parametrize(("form", "line"), examples("keeps"))
def test_form_leaves(form: Form, line: str) -> None:
    """Alone on its line in the middle of a text, what only looks like a marker stays."""
    source = fill(f"{{a}}\n{line}\n{{z}}\n")
    assert run(source) == source


def test_every_form_has_two_examples_of_each_kind() -> None:
    assert all(len(form.removes) >= 2 and len(form.keeps) >= 2 for form in forms())
