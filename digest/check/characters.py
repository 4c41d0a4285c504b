"""Characters: what was read in the wrong encoding, and what nobody sees or can see."""

import re
import unicodedata
from collections.abc import Iterator

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule, quoted
from digest.text.clean import readable

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u206f]"
    "|(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])"
)
"""Invisible characters; of joiners only those that no script and no emoji beside them needs."""

_C1 = re.compile("[\x80-\x9f]")
_PLACE = 12
"""Characters shown on both sides of what was found."""


def _mangled(proof: Proof) -> Iterator[Hit]:
    for where, text in proof.texts():
        for line in text.split("\n"):
            # C1 controls have a rule of their own, and repairing takes them away too.
            if readable(line) != line and readable(_C1.sub("", line)) != _C1.sub("", line):
                yield Hit(message=f"was read in a wrong encoding: {quoted(line)}", where=where, about=line)


def _controls(proof: Proof) -> Iterator[Hit]:
    faces = (("email.html", proof.message.html), ("email.txt", proof.message.text), *proof.texts())
    for where, text in faces:
        for code in sorted({ord(found) for found in _C1.findall(text)}):
            yield Hit(message=f"holds the control character U+{code:04X}", where=where, about=text)


def _unseen(proof: Proof) -> Iterator[Hit]:
    for where, text in proof.texts():
        for found in sorted(set(_INVISIBLE.findall(text))):
            name = unicodedata.name(found[0], "").lower()
            at = _around(text, text.find(found))
            yield Hit(message=f"holds an invisible character ({name}) in “{at}”", where=where)


def _lost(proof: Proof) -> Iterator[Hit]:
    for where, text in proof.texts():
        place = text.find("\ufffd")
        if place >= 0:
            yield Hit(message=f"lost a character: “{_around(text, place)}”", where=where, about=text)


def _around(text: str, place: int) -> str:
    return " ".join(text[max(0, place - _PLACE) : place + _PLACE].split())


RULES = (
    Rule(
        code="char-mojibake",
        level="error",
        means="A text was read in a wrong encoding: “Ã©” for “é”, “â€™” for “’”.",
        why="Readers see it, and take the magazine for careless.",
        hint="mend it at the source, or write the text in edits.toml",
        look=_mangled,
    ),
    Rule(
        code="char-control",
        level="error",
        means="A text or the mail holds a C1 control character (U+0080 to U+009F).",
        why="Gmail clips a mail there, however short it is.",
        hint="take it out of the theme or of edits.toml",
        look=_controls,
    ),
    Rule(
        code="char-invisible",
        level="warning",
        means="A text holds an invisible character that no script and no emoji needs.",
        why="It breaks searching and copying, opens gaps in some clients, and is a mark of spam.",
        hint="take it out at the source, or write the text in edits.toml",
        look=_unseen,
    ),
    Rule(
        code="char-lost",
        level="error",
        means="A text holds the sign for a character that could not be read (�).",
        why="A letter is lost, and readers see that it is.",
        hint="write the text in edits.toml",
        look=_lost,
    ),
)
