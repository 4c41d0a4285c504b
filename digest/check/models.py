"""What a model wrote is sent when a person has approved that very text, and not before."""

from collections.abc import Iterator, Sequence

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
from digest.check.waived import waived
from digest.model.finding import Finding, Waiver
from digest.model.issue import Issue, Words

CODE = "model-text"


def model_findings(issue: Issue, waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """Yield what a build says of each text that a model wrote and nobody approved, and of one that it did not write."""
    written, instead = RULES
    found = waived(map(written.finding, _written(issue)), waivers)
    yield from (finding for finding in found if not finding.waived)
    yield from map(instead.finding, _instead(issue))


def _written(issue: Issue) -> Iterator[Hit]:
    """Yield the texts by a model; who waives one has approved that very text."""
    for where, name, place, key, words in _texts(issue):
        if words.origin == "model" and words.text:
            message = f"a model wrote this {name}, and a person must approve it"
            command = f"digest -n {issue.newsletter} waive {issue.window.label} {CODE} {place}"
            hint = (
                f"read it beside its story, then approve it: {command} --why …; "
                f'or make it yours in edits.toml: {key} = "…"'
            )
            yield Hit(message=message, where=where, hint=hint, about=words.text)


def _instead(issue: Issue) -> Iterator[Hit]:
    """Yield why the opening, which was asked of a model, is not its."""
    if issue.opening_note and issue.opening.origin != "model":
        instead = "the template's opening instead" if issue.opening.text else "there is none"
        yield Hit(message=f"{issue.opening_note}: {instead}", where="opening")


def _texts(issue: Issue) -> Iterator[tuple[str, str, str, str, Words]]:
    """Yield every text that could be a model's: where it stands, what it is, its short name, its key, its words.

    The short name is for the command line; the key stands in edits.toml.
    """
    own = {"subject": issue.subject, "preheader": issue.preheader, "opening": issue.opening}
    for name, words in own.items():
        yield name, name, name, f"[issue] {name}", words
    for entry in issue.entries:
        yield entry.title.text, "lead", entry.id, f'[[story]] article = "{entry.id}", lead', entry.lead


def _model_text(proof: Proof) -> Iterator[Hit]:
    return _written(proof.issue)


def _model_instead(proof: Proof) -> Iterator[Hit]:
    return _instead(proof.issue)


RULES = (
    Rule(
        code=CODE,
        level="error",
        means="A model wrote a text, and no person has approved it to the letter.",
        why="A rule cannot tell whether a text is true: it does not understand who did what.",
        hint="read it beside its story, then: digest waive ISSUE model-text STORY; or put it into edits.toml",
        look=_model_text,
    ),
    Rule(
        code="model-instead",
        level="note",
        means="A model was asked for the opening, and the template's stands there, or none.",
        why="What it wrote did not hold against the stories, or it wrote nothing.",
        hint="write one in edits.toml: [issue] opening, or leave it as it is",
        look=_model_instead,
    ),
)
