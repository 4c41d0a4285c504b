"""Texts in a sentence: what one is now and what it was, with room for where the two differ."""

_SHOWN = 80
"""Characters of a text that stand in a sentence about it."""

_BEFORE = 24
"""Characters before the first difference of two texts that are quoted with it."""


def in_words(name: str, was: str, now: str) -> str:
    """Return what a text is now and what it was."""
    if not was:
        return f"{name}: {quoted(now)} (there was none)"
    if not now:
        return f"{name}: none (was {quoted(was)})"
    start = _differing(was, now)
    return f"{name}: {quoted(now, start)} (was {quoted(was, start)})"


def _differing(was: str, now: str) -> int:
    """Return where two texts are to be quoted from, so that a sentence has room for where they begin to differ."""
    if max(len(was), len(now)) <= _SHOWN:
        return 0
    same = next((place for place, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), None)
    place = min(len(was), len(now)) if same is None else same
    within = was[: max(0, place - _BEFORE)]
    return within.rfind(" " if " " in within else "/") + 1  # an address has no spaces


def quoted(text: str, start: int = 0) -> str:
    """Return a text from `start` on, as one line in quotation marks, as much as a sentence has room for."""
    line = " ".join(text[start:].split())
    ahead, behind = "…" * (start > 0), "…" * (len(line) > _SHOWN)
    return f"“{ahead}{line[:_SHOWN].rstrip()}{behind}”"
