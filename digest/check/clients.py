"""Who sees what: which of a mail's features each client does not support, and how often they are used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.check.effects import in_words
from digest.check.features import Use, outlook_uses, uses
from digest.check.proof import MAIL, Proof, once
from digest.check.rule import Hit, Rule
from digest.check.support import CLIENTS, Client, Lack, Verdict, lacks, programs

_BREAKS = frozenset(
    {
        *("css-background-blend-mode", "css-clip-path", "css-column-count", "css-column-layout-properties"),
        *("css-display-flex", "css-display-grid", "css-flex-direction", "css-flex-wrap", "css-float"),
        *("css-function-clamp", "css-function-light-dark", "css-function-max", "css-function-min", "css-gap"),
        *("css-grid-template", "css-inset", "css-left-right-top-bottom", "css-modern-color", "css-position"),
        *("css-transform", "css-unit-calc", "css-unit-ch", "css-unit-rem", "css-unit-vh", "css-unit-vmax"),
        *("css-unit-vmin", "css-unit-vw", "css-variables", "css-writing-mode", "html-audio", "html-base"),
        *("html-button-reset", "html-button-submit", "html-dialog", "html-form", "html-image-maps"),
        *("html-input-checkbox", "html-input-radio", "html-input-reset", "html-input-submit", "html-input-text"),
        *("html-marquee", "html-meter", "html-object", "html-popover", "html-progress", "html-select"),
        *("html-svg", "html-textarea", "html-video"),
    }
)
"""What a mail is laid out by, or worked by: where it is not supported, something is lost or lands elsewhere. All other
features change looks alone: a corner is not round, a line breaks elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A feature that a client lacks: how often the mail uses it, the first places, and whether in kept blocks alone.

    `on` names the programs of the client that lack it; empty where all do.
    """

    slug: str
    title: str
    verdict: Verdict
    count: int
    places: tuple[str, ...]
    kept: bool
    on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one client makes of the mail: of `used` features, those that it lacks, and those that it has in part.

    `words` says what its readers notice of that, "" where it is nothing.
    """

    client: str
    used: int
    words: str = ""
    unseen: tuple[Unseen, ...] = ()


_PLACES = 3
"""Places named for each feature."""


@once
def views(proof: Proof) -> tuple[View, ...]:
    """Return what every named client makes of the mail; none where the matrix is empty."""
    if not proof.facts.support.features:
        return ()
    shown = _grouped(proof, uses(proof))
    outlook = _grouped(proof, [*(use for use in uses(proof) if use.outlook), *outlook_uses(proof)])
    return tuple(_view(proof, client, outlook if client.comments else shown) for client in CLIENTS)


def _grouped(proof: Proof, every: Iterable[Use]) -> dict[str, list[Use]]:
    """Return the uses of each feature that the matrix knows."""
    known, found = proof.facts.support.slugs(), dict[str, list[Use]]()
    for use in every:
        if use.slug in known:
            found.setdefault(use.slug, []).append(use)
    return found


def _view(proof: Proof, client: Client, found: dict[str, list[Use]]) -> View:
    missing = lacks(proof.facts.support, client, frozenset(found))
    unseen = [_unseen(lack, found[lack.feature.slug]) for lack in missing]
    order = {"no": 0, "partly": 1}
    ranked = sorted(unseen, key=lambda each: (order.get(each.verdict, 2), each.kept, each.slug))
    lacking = {each.slug: each.on for each in ranked if each.verdict == "no"}
    words = in_words(lacking, found, programs(client.platforms))
    return View(client=client.name, used=len(found), words=words, unseen=tuple(ranked))


def _unseen(lack: Lack, found: list[Use]) -> Unseen:
    return Unseen(
        slug=lack.feature.slug,
        title=lack.feature.title,
        verdict=lack.verdict,
        count=len(found),
        places=tuple(dict.fromkeys(use.where for use in found))[:_PLACES],
        kept=all(use.kept for use in found),
        on=lack.on,
        notes=lack.notes,
    )


def _breaking(proof: Proof) -> Iterator[Hit]:
    """Yield a hit for each feature that carries the mail and that a client lacks."""
    told: dict[str, tuple[Unseen, list[str]]] = {}
    for view in views(proof):
        for each in view.unseen:
            if each.slug in _BREAKS and not each.kept and each.verdict == "no":
                on = f" ({', '.join(each.on)})" if each.on else ""
                told.setdefault(each.slug, (each, []))[1].append(view.client + on)
    for each, clients in told.values():
        times = f"{each.count} time{'s' * (each.count != 1)}"
        yield Hit(message=f"{each.title}, {times}: not in {', '.join(clients)}", where=each.places[0])


def _in_vain(proof: Proof) -> Iterator[Hit]:
    """Yield a hit for each feature that stands in a comment for Outlook and that Outlook lacks."""
    outlook = next(client for client in CLIENTS if client.comments)
    found = _grouped(proof, outlook_uses(proof))
    for lack in lacks(proof.facts.support, outlook, frozenset(found)):
        if lack.verdict == "no":
            where = found[lack.feature.slug][0].where
            yield Hit(message=f"{lack.feature.title}: written for Outlook alone, which does not know it", where=where)


def _differing(proof: Proof) -> Iterator[Hit]:
    """Yield one note for the mail: how many clients show it plainer than it is written."""
    told = views(proof)
    plainer = [view for view in told if any(each.verdict == "no" for each in view.unseen)]
    if plainer:
        message = f"{len(plainer)} of {len(told)} clients do without some of the {told[0].used} features that it uses"
        yield Hit(message=message, where=MAIL)


RULES = (
    Rule(
        code="client-breaks",
        level="warning",
        means="The mail is laid out or worked by a feature that a client does not support.",
        why="There a column lands elsewhere, a colour is missing, or a form does nothing.",
        hint="use tables, widths and padding, or put the rule into clients.css beside a fallback in theme.css",
        look=_breaking,
    ),
    Rule(
        code="client-outlook",
        level="warning",
        means="What stands in a comment for Outlook alone uses a feature that Outlook for Windows does not support.",
        why="It does nothing there, and no other client reads it.",
        hint="write it as Word knows it: names of elements and classes, tables, widths in attributes",
        look=_in_vain,
    ),
    Rule(
        code="client-differs",
        level="note",
        means="Some clients do without features that the mail uses: these change looks, or stand in the kept block, "
        "with what is written into the elements as their fallback.",
        why="The mail reads as well there, and looks plainer.",
        hint="nothing must be done; digest check --clients says which, and where each is used",
        look=_differing,
    ),
)
