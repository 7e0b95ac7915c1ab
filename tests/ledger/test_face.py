"""The ledger's public face names domain types and nothing of its store."""

import ast
import inspect
import sys
from pathlib import Path

from hotline_desk.ledger import Ledger

PLAIN = {"collections.abc", "collections", "datetime", "pathlib", "types", "typing"}
OWN = {"hotline_desk.ledger.registers": {"R"}}
"""A type variable: any dataclass of the domain that has a register."""


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


def test_the_contract_s_tests_know_no_store():
    tests = Path(sys.modules[__name__].__file__).with_name("test_contract.py")
    imported = {module for module, _ in _sources(ast.parse(tests.read_text("utf-8"))).values()}

    assert not {name for name in imported if name.startswith(("hotline_desk.ledger", "sqlite"))}
