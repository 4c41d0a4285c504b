"""Editing: what an editor decides about an issue, and what that changes. Pure."""
