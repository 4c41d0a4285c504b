"""What a model wrote is sent when a person has approved that very text, and not before."""

from collections.abc import Iterator

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
from digest.model.finding import Finding
from digest.model.issue import Issue, Words
from digest.model.ledger import MODEL_TEXT
from digest.text.digests import sha256


def model_findings(issue: Issue, approved: frozenset[str]) -> Iterator[Finding]:
    """Yield what a build says of each text that a model wrote and nobody approved."""
    (rule,) = RULES
    for hit in _unapproved(issue, approved):
        yield Finding(code=rule.code, level=rule.level, message=hit.message, where=hit.where, hint=hit.hint)


def _unapproved(issue: Issue, approved: frozenset[str]) -> Iterator[Hit]:
    """Yield the texts by a model; `approved` are the SHA-256 of those that a person has read."""
    for where, name, key, words in _texts(issue):
        if words.origin == "model" and words.text and sha256(words.text) not in approved:
            message = f"a model wrote this {name}, and nobody has approved it"
            hint = f"read it beside its story, then make it yours in edits.toml: {key} = the text"
            yield Hit(message=message, where=where, hint=hint)


def _texts(issue: Issue) -> Iterator[tuple[str, str, str, Words]]:
    """Yield every text that could be a model's: where it stands, what it is, its key in edits.toml, its words."""
    yield "subject", "subject", "subject", issue.subject
    yield "preheader", "preheader", "preheader", issue.preheader
    yield "opening", "opening", "opening", issue.opening
    for entry in issue.entries:
        yield entry.title.text, "lead", f'article = "{entry.id}", lead', entry.lead


def _model_text(proof: Proof) -> Iterator[Hit]:
    return _unapproved(proof.issue, proof.facts.approved)


RULES = (
    Rule(
        code=MODEL_TEXT,
        level="error",
        means="A model wrote a text, and no person has approved it to the letter.",
        why="A rule cannot tell whether a text is true: it does not understand who did what.",
        hint="read it beside its story, then put it into edits.toml as your own",
        look=_model_text,
    ),
)
