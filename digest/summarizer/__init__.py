"""The summarizer: the lead under each headline."""
