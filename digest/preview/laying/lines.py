"""The issue's own texts: subject, preheader, opening, and what the first two could be."""

from dataclasses import replace

from digest.compose.candidates import PREHEADER_FITS, SUBJECT_FITS, candidates
from digest.model.candidates import Candidate
from digest.preview.sheet import Lines, Offer, Text
from digest.preview.sight import Sight


def lines(sight: Sight) -> Lines:
    """Return the issue's texts."""
    issue, could = sight.issue, candidates(sight.issue)
    told = (
        (Text(field="subject", label="Subject", text="", most=SUBJECT_FITS, rows=2, needed=True), issue.subject),
        (Text(field="preheader", label="Preheader", text="", most=PREHEADER_FITS, rows=3), issue.preheader),
        (Text(field="opening", label="Opening", text="", unit="words", rows=5), issue.opening),
    )
    texts = (
        replace(text, text=words.text, origin=words.origin, original=sight.issue_texts.get(text.field))
        for text, words in told
    )
    return Lines(
        texts=tuple(texts),
        subjects=tuple(_offer(each, issue.subject.text) for each in could.subjects),
        preheaders=tuple(_offer(each, issue.preheader.text) for each in could.preheaders),
        opening_by=sight.edits.opening_by,
        opening_note=issue.opening_note,
    )


def _offer(candidate: Candidate, taken: str) -> Offer:
    return Offer(
        text=candidate.text,
        how=candidate.how,
        count=candidate.length,
        fits=candidate.fits,
        taken=candidate.text == taken,
    )
