"""What to do about a finding at the desk: what `digest check` tells people in a terminal is a click away here."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model.finding import Finding
from digest.preview.place import Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """`words` say what to do, and are the link where a `panel` has it."""

    words: str
    panel: Panel | None = None


def here(finding: Finding) -> Here:
    """Return what to do about a finding at the desk; what it says itself where the desk knows nothing better."""
    return _BY_CODE.get(finding.code) or Here(words=finding.hint)


_SUBJECT = Here(words="Write another subject", panel="issue")
_PREHEADER = Here(words="Write another preheader", panel="issue")

_BY_CODE: Mapping[str, Here] = {
    "edit-conflict": Here(words="Choose which text stands", panel="conflicts"),
    "edit-gone": Here(words="Its source has withdrawn it: no issue brings it"),
    "edit-unreached": Here(words="Look under Left out: Add brings it in", panel="left-out"),
    "offer": Here(words="Look under Left out, and add what is to be in", panel="left-out"),
    "section-thin": Here(
        words="Add one that is left out, or lower the section's minimum in digest.toml", panel="left-out"
    ),
    "no-lead": Here(words="Write a text at the story"),
    "lead-instead": Here(words="Write a text at the story, or leave it as it is"),
    "lead-taken": Here(words="Choose another slot at one of the two"),
    "link-twice": Here(words="Drop one of the two"),
    "link-sent": Here(words="Drop it, or leave it if it is meant"),
    "picture-missing": Here(words="Choose another picture at the story, or none; or mend it at the source"),
    "model-instead": Here(words="Write an opening, or leave it as it is", panel="issue"),
    "subject-empty": _SUBJECT,
    "subject-long": _SUBJECT,
    "subject-repeats": _SUBJECT,
    "subject-loud": _SUBJECT,
    "subject-wordless": _SUBJECT,
    "preheader-missing": _PREHEADER,
    "preheader-repeats": _PREHEADER,
    "preheader-short": _PREHEADER,
    "preheader-long": _PREHEADER,
}
"""By the code of the finding. The story that one is about is a link already."""
