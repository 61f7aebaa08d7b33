"""The shape of the code: imports point down only, dependencies are few, the top level is short."""

import ast
import sys
from pathlib import Path

import pytest

import cleaner

PACKAGE = Path(cleaner.__file__).parent
ROOT = Path(__file__).parents[1]

# From the top to the bottom. A module may import from the rows below its own, never from its own row or above.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("commands", "commands.detect", "commands.explain", "commands.restore", "commands.rules"),
    ("session", "options"),
    ("__init__",),
    ("library",),
    ("console", "batch", "progress", "account", "catalogue", "settings", "reader_rules", "rule_tests"),
    ("streams", "inputs", "journal", "workers"),
    ("work",),
    ("files",),
    ("explain",),
    ("audit", "diff", "report", "records"),
    ("pipeline",),
    ("guard",),
    (
        "stages",
        "stages.ads",
        "stages.breaks",
        "stages.characters",
        "stages.chrome",
        "stages.columns",
        "stages.copy_protection",
        "stages.letter_spacing",
        "stages.line_ends",
        "stages.markup",
        "stages.mojibake",
        "stages.own",
        "stages.pages",
        "stages.paragraphs",
        "stages.site_notes",
        "stages.spaces",
    ),
    # What a document shows: the lines of a page around it, and those put into its sentences ...
    ("page_lines",),
    ("intrusions", "returning_blocks", "code_columns", "frames", "site_notes", "machine_lines"),
    # ... what stands between its characters ...
    ("readings", "garble"),
    # ... its layout ...
    ("mending",),
    ("layout", "joins", "detached", "reading_order"),
    ("stretches", "cuts"),
    ("attempts",),
    ("layout_gate", "titles"),
    ("layout_search",),
    ("case",),
    ("physical",),
    ("evidence", "fits", "spanning", "structure"),
    ("measured",),
    ("gaps", "shards"),
    ("pieces",),
    ("gutters", "contents", "numbered", "quoted"),
    ("cells", "suspicion"),
    # ... its pages ...
    ("running_heads", "recurring", "glued_markers", "interruptions", "counted_lines", "line_numbers"),
    ("sequences", "page_numbers", "printed_lines", "segments"),
    ("page_evidence",),
    ("page_sizes",),
    ("survey",),
    ("markers",),
    # ... its advertisements.
    ("ad_survey", "glued_ads"),
    ("glued_words",),
    ("obfuscation", "promotion", "interface"),
    ("field_rows",),
    ("outline",),
    ("rules", "shadow", "subject", "typed"),
    ("toml_files",),
    # The draft every stage works on.
    ("draft", "config"),
    # Bytes to text.
    ("decode", "mojibake", "quoted_printable"),
    ("judgement",),
    ("candidates",),
    ("reading",),
    ("salvage", "decoded", "phrases"),
    ("encodings", "plausibility", "words"),
    # The bottom.
    ("uncommon",),
    ("traditional",),
    ("edits", "patterns", "narrow"),
    ("errors", "version"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
DEPENDENCIES = {"click", "regex", "chardet"}


def name_of(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(path):
    """The modules a file imports; ``cleaner.__init__`` stands for names of the package itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            inside = node.module in ("cleaner", "cleaner.stages", "cleaner.commands")
            names = [f"{node.module}.{alias.name}" if inside else str(node.module) for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] != "cleaner":
                yield name
                continue
            own = name.removeprefix("cleaner").removeprefix(".")
            yield "cleaner." + (own if own in MODULES else "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name):
    """A module knows only what stands below it; so stages do not know each other."""
    assert name in RANK, f"{name} has no place in LAYERS"
    for imported in imports(MODULES[name]):
        if imported.startswith("cleaner."):
            own = imported.removeprefix("cleaner.")
            assert RANK[own] > RANK[name], f"{name} imports {own}"


def test_no_layer_names_a_module_that_is_gone():
    """The table is the package's, not last month's."""
    assert set(RANK) == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_dependencies_are_few(name):
    """Only the standard library and what pyproject.toml names."""
    for imported in imports(MODULES[name]):
        top = imported.split(".")[0]
        assert top == "cleaner" or top in sys.stdlib_module_names or top in DEPENDENCIES, f"{name} imports {top}"


def test_only_the_command_prints():
    """The library writes nothing: no print, no click outside the command."""
    for name, path in MODULES.items():
        if name in ("cli", "console", "options") or name.startswith("commands"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in calls, name
        assert "click" not in imports(path), name


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_knows(name):
    """Each has a docstring."""
    assert ast.get_docstring(ast.parse(MODULES[name].read_text("utf-8")))


def test_the_public_names_are_there():
    """``from cleaner import *`` gives the public names, in order."""
    assert list(cleaner.__all__) == sorted(cleaner.__all__)
    assert all(hasattr(cleaner, name) for name in cleaner.__all__)


def test_data_files_are_in_the_package():
    """An installed package has what it reads: rules, word tables, the mark that it is typed."""
    assert list(PACKAGE.glob("packs/*.toml"))
    assert list(PACKAGE.glob("data/*.txt"))
    assert (PACKAGE / "py.typed").exists()


def test_the_top_level_is_short():
    """Beside dot-files there are the package, its tests, the samples and two files."""
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names <= {"pyproject.toml", "README.md", "cleaner", "tests", "samples"}
