"""Third parties: each is declared in pyproject.toml, and each has one door that an import contract guards."""

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp

PYPROJECT = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text())

BY_NAME_ONLY = {"lxml-html-clean", "tzdata"}
"""Dependencies that nothing imports by name: trafilatura asks for the first, zoneinfo for the second."""

STANDARD_LATER = {"compression"}
"""Modules of a later Python's standard library, imported where that Python runs."""


@cache
def third_parties() -> set[str]:
    """Return the packages from outside that Digest imports."""
    graph = grimp.build_graph("digest", include_external_packages=True, exclude_type_checking_imports=True)
    found = (
        {module.partition(".")[0] for module in graph.modules} - {"digest"} - sys.stdlib_module_names - STANDARD_LATER
    )
    assert "jinja2" in found
    return found


def test_every_third_party_is_declared_and_every_declared_one_is_used() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    lines = sum((extras[name] for name in extras.keys() - {"dev"}), PYPROJECT["project"]["dependencies"])
    declared = {re.split(r"[<>=~!; \[]", line)[0] for line in lines}
    known = packages_distributions()
    used = {known[package][0].lower() for package in third_parties()}
    assert used == declared - BY_NAME_ONLY


def test_every_third_party_has_a_door() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    guarded = {module for contract in contracts for module in contract.get("protected_modules", ())}
    assert guarded - sys.stdlib_module_names == third_parties()
