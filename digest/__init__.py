"""Digest: one command turns what a magazine published into its weekly round-up e-mail."""

__version__ = "0.1.0"
