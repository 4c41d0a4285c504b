"""Check: an issue is read as its readers' clients, filters and eyes will read it; what is wrong comes with a hint.

Pure: the pipeline gathers the facts (`digest.check.facts`), the rules look at them and at the built files.
"""

from dataclasses import dataclass

from digest.check.clients import View, views
from digest.check.proof import Proof
from digest.check.registry import Wanted
from digest.check.sizes import Sizes, sizes
from digest.check.waived import waived
from digest.model.finding import Finding

__all__ = ["Proof", "Report", "Wanted", "check", "report"]

_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What `digest check` says: findings, the graver first; sizes; what each client makes of the mail."""

    findings: tuple[Finding, ...]
    sizes: Sizes
    clients: tuple[View, ...]


def check(proof: Proof, wanted: Wanted | None = None) -> tuple[Finding, ...]:
    """Return what the wanted rules find, the graver first, each level in the order of the registry.

    What a person has waived is a note.
    """
    found = (each for rule in (wanted or Wanted()).rules() for each in rule.findings(proof))
    return tuple(sorted(waived(found, proof.facts.waivers), key=lambda each: _ORDER[each.level]))


def report(proof: Proof, wanted: Wanted | None = None) -> Report:
    """Return the findings with the two tables."""
    return Report(findings=check(proof, wanted), sizes=sizes(proof), clients=views(proof))
