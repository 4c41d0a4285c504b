"""Mailers: a file each; an issue is made a message and handed over."""
