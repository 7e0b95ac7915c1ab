"""The ledger's public face names domain types and nothing of its store."""

import ast
import inspect
from pathlib import Path

from hotline_desk.ledger import Ledger

PLAIN = {"collections.abc", "collections", "datetime", "pathlib", "types", "typing"}
OWN = {"hotline_desk.ledger.registers": {"R"}}
"""A type variable: any dataclass of the domain that has a register."""
OF_A_STORE = ("hotline_desk.ledger", "sqlite", "inspect")
INSIDE = {"_db", "_write", "_read", "_path"}
OF_A_FILE = {"open", "backup", "fold", "share"}
"""What is tried with the store that lies in a file: another may lie elsewhere."""


def _sources(tree):
    """Return from which module each name of a module comes."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
    return found


def _annotations(function):
    arguments = function.args
    each = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [node for node in (*(one.annotation for one in each), function.returns) if node]


def test_public_methods_speak_domain_types_alone():
    strange = []
    for kind in Ledger.__mro__[:-1]:
        tree = ast.parse(Path(inspect.getfile(kind)).read_text(encoding="utf-8"))
        sources = _sources(tree)
        methods = [
            node for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            and node.name in vars(kind)
        ]  # fmt: skip
        for method in methods:
            for annotation in _annotations(method):
                for name in ast.walk(annotation):
                    if isinstance(name, ast.Name) and name.id in sources:
                        module, original = sources[name.id]
                        own = original in OWN.get(module, ())
                        if not (own or module in PLAIN or module.startswith("hotline_desk.domain")):
                            strange.append((kind.__name__, method.name, name.id, module))

    assert strange == []


def test_tests_that_know_no_store_try_all_of_the_face():
    used = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        modules = {module for module, _ in _sources(tree).values()} | {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import)
            for alias in node.names
        }  # fmt: skip
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if not (names & INSIDE or any(module.startswith(OF_A_STORE) for module in modules)):
            used |= names

    assert {name for name in dir(Ledger) if not name.startswith("_")} - used == OF_A_FILE
