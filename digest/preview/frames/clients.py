"""Who sees what: for each client in words what its readers do without, and where in the mail that stands."""

from dataclasses import asdict

from digest.check.clients import View, views
from digest.check.proof import Proof
from digest.preview.frames.own import own_page


def clients_page(proof: Proof) -> str:
    """Return the page."""
    support = proof.facts.support
    shown = [asdict(view) | _counts(view) for view in views(proof)]
    return own_page("clients.html", {"views": shown, "source": support.source, "updated": support.updated})


def _counts(view: View) -> dict[str, int]:
    """Return how many of the mail's features a client shows, in full and in part."""
    partly = sum(each.verdict != "no" for each in view.unseen)
    return {"full": view.used - len(view.unseen), "partly": partly}
