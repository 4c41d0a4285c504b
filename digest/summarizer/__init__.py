"""The summarizer: the text under each headline."""

from digest.summarizer.budget import Budget
from digest.summarizer.dek import shown as shown_dek
from digest.summarizer.lead import make_lead

__all__ = ["Budget", "make_lead", "shown_dek"]
