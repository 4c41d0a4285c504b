"""Mailing services on loopback: each keeps what it was given, and can have a bad day."""
