"""The archive: every article ever seen."""
