"""What a content management system hangs on the end of a text in a feed: where it was first, and how to read on."""

import re
from typing import Final

_POST: Final = (
    r"(?:The post [^a-z].{0,300} (?:first appeared|appeared first) on"
    r"|(?:Der )?Beitrag .{1,300} erschien zuerst auf"
    r"|(?:L['’]article|Cet article|The post) .{1,300} est apparu en premier sur"
    r"|(?:La entrada|El cargo) .{1,300} (?:apareció primero en|se publicó primero en)) .{1,200}"
)
_POST_SAYS: Final = ("appeared", "erschien zuerst", "est apparu en premier", "apareció primero", "se publicó primero")
"""Words of each of these: nearly every paragraph has none, and is not looked through for the rest."""
_READ_ON: Final = (
    r"(?:(?:Continue|Keep) reading|Read (?:more|on|the rest)|Weiterlesen|Weiter lesen|Lire la suite"
    r"|Continuer la lecture|Continuar leyendo|Sigue leyendo|Seguir leyendo|Leer más)\b[^.!?]{0,200}"
)
_TAIL: Final = re.compile(rf"(?:\A|(?<=[.!?…\]”\"’»]) )(?:{_POST})\W{{0,9}}\Z")
_MORE: Final = re.compile(rf"(?:\A|(?P<mark>…|\.\.\.|\[(?:…|\.\.\.)\]) ?){_READ_ON}\W{{0,9}}\Z", re.IGNORECASE)
_MARK: Final = re.compile(r"(?<=\S) ?\[(?:…|\.\.\.)\]\Z")
_LONGEST: Final = 600
"""Characters: where a text's tail can begin; it holds a headline and the name of a site."""


def without_tail(text: str) -> tuple[str, str]:
    """Return a paragraph without its tail, and the tail; "" where it has none.

    Text that breaks off keeps a plain "…": that it does is true.
    """
    start = max(0, len(text) - _LONGEST)
    if any(said in text for said in _POST_SAYS) and (found := _TAIL.search(text, start)):
        return text[: found.start()], found[0].strip()
    broken = "…" in text or "..." in text
    if found := _MORE.search(text, start) if broken else _MORE.match(text, start):
        rest = text[: found.start()].rstrip()
        return (f"{rest}…" if rest else ""), found[0]
    if text.endswith("]") and (found := _MARK.search(text, start)):
        return f"{text[: found.start()]}…", found[0].strip()
    return text, ""
