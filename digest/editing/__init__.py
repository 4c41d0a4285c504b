"""Editing: what an editor decides about an issue, and what that changes. Pure; beside the hand-over's rules."""
