"""The rules of the house, from source text to broken rules: tests feed them planted violations too."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

OWN = ("udfs", "addin", "templates")

LAYERS = (  # from the bottom up: a module imports its own layer and those above it in this list
    "udfs.errors",
    "udfs.cell_values",
    "udfs.rating",
    "udfs.cells",
    "udfs",
    "addin.errors",
    "addin.records",
    "addin.reconcile",
    "addin.billing",
    "addin.storage",
    "addin.investigation",
    "addin.reports",
    "addin.disputes",
    "templates",
    "addin.hosts",
    "addin.ribbon",
    "addin.cli",
    "addin.start",
)

BARE = ("addin",)
"""Packages whose __init__ imports nothing, so that anyone may import them."""

STRANGERS = (  # providers, and hosts: of one package, and not to import each other
    ("addin.records", ("twilio", "plivo", "connexcs", "voiso", "generic")),
    ("addin.hosts", ("report_files", "excel", "calc")),
)

THIRD_PARTY = {
    "click": ("addin.cli",),
    "dateutil": ("udfs.rating.attribution",),
    "isal": ("addin.records.alike", "templates"),
    "keyring": ("addin.hosts.mail",),
    "numpy": (
        "udfs.rating.columns",
        "addin.records",
        "addin.reconcile",
        "addin.reports",
        "addin.hosts",
        "templates",
    ),
    "openpyxl": ("addin.records", "addin.hosts"),
    "pyarrow": ("addin.records", "addin.reconcile", "addin.reports", "templates"),
    "pyopenvba": ("addin.ribbon.building.xlam",),
    "phonenumbers": ("addin.billing.countries",),
    "rich": ("addin.cli",),
    "tomli_w": ("addin.hosts.saved",),
    "uno": ("addin.hosts",),
    "unohelper": ("addin.hosts",),
    "xlsxwriter": ("templates", "addin.hosts"),
    "xlwings": ("addin.hosts", "addin.ribbon"),
}

OUTSIDE_MODULES = {
    "getpass",
    "glob",
    "io",
    "locale",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "platform",
}
OUTSIDE_MODULES |= {
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}
OUTSIDE_ATTRIBUTES = {"environ", "environb", "getenv", "now", "today", "utcnow"}
OUTSIDE_CALLS = {"breakpoint", "eval", "exec", "input", "open", "print"}


def broken_imports(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """The imports of one module that the house forbids."""
    broken = []
    for imported, for_types_only in _imports(module, source, is_package):
        top = imported.partition(".")[0]
        if top in OWN:
            broken += _broken_layers(module, imported)
        elif top not in sys.stdlib_module_names and not for_types_only:
            places = THIRD_PARTY.get(top, ())
            if not any(_within(module, place) for place in places):
                broken.append(f"{module} imports {top}, which belongs in {' or '.join(places) or 'no file'}")
    return broken


def broken_purity(module: str, source: str) -> list[str]:
    """What a rule must not touch: files, the clock, the environment, the screen."""
    broken = []
    for imported, _ in _imports(module, source, False):
        if imported.partition(".")[0] in OUTSIDE_MODULES:
            broken.append(f"{module} imports {imported}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in OUTSIDE_ATTRIBUTES:
            broken.append(f"{module}:{node.lineno} uses .{node.attr}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE_CALLS:
            broken.append(f"{module}:{node.lineno} calls {node.func.id}()")
    return broken


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every module of the three packages by its dotted name."""
    for package in OWN:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def layer(module: str) -> int | None:
    """The height of a module: the place of the longest entry of LAYERS that holds it, or None."""
    fitting = [name for name in LAYERS if _within(module, name)]
    return LAYERS.index(max(fitting, key=len)) if fitting else None


def _broken_layers(module: str, imported: str) -> list[str]:
    if imported in BARE:
        return []
    here, there = layer(module), layer(imported)
    if here is None:
        return [f"{module} stands in no layer: give it one in {Path(__file__).name}"]
    if there is None or there > here:
        return [f"{module} imports upwards: {imported}"]
    for package, names in STRANGERS:
        if _within(module, package) and _within(imported, package):
            mine, theirs = (name.removeprefix(package + ".").partition(".")[0] for name in (module, imported))
            if mine != theirs and all(name in names for name in (mine, theirs)):
                return [f"{module} imports its neighbour {imported}"]
    return []


def _imports(module: str, source: str, is_package: bool) -> Iterator[tuple[str, bool]]:
    """Every module imported, and whether only for types; `from a import b` is a.b where a is ours."""
    tree = ast.parse(source)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, id(node) in for_types
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parts = parts[: len(parts) - node.level + is_package]
                base = ".".join([*parts, base] if base else parts)
            for name in node.names:
                full = f"{base}.{name.name}"
                yield (full if base.partition(".")[0] in OWN else base), id(node) in for_types
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"__import__", "import_module", "importlib.import_module"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value), False


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")
