"""Text from outside made clean: right characters, no controls, single spaces, never markup.

Everything that an article carries into the core went through `clean_text`. All functions are total: they take any
string or bytes and never raise, in time that grows with the input's length.
"""

import codecs
import html
import re
import unicodedata
from collections.abc import Iterable

_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""C1 controls are cp1252 that was read as latin-1 (WHATWG reads it so too); the five bytes that it lacks go."""


def _read_as(first: int, last: int) -> str:
    """Return the characters that the bytes from `first` to `last` become when read as cp1252 or as latin-1."""
    codes = range(first, last + 1)
    return "".join(sorted({chr(code) for code in codes} | {_C1.get(code) or chr(code) for code in codes}))


_BYTE = {char: code for code in range(0x80, 0x100) for char in _read_as(code, code)}
_NEXT = _read_as(0x80, 0xBF)
_RUN = re.compile(
    f"((?:[{_read_as(0xC2, 0xDF)}][{_NEXT}]"
    f"|[{_read_as(0xE0, 0xEF)}][{_NEXT}]{{2}}"
    f"|[{_read_as(0xF0, 0xF4)}][{_NEXT}]{{3}})++)([{_NEXT}]*)"
)
"""UTF-8 sequences that were read as cp1252, as long a run as there is, and stray continuations behind it."""

_ALONE = re.compile(f"[ÂÃ].|â[{_read_as(0x80, 0x9F)}].|ï»¿|ï¿½|ð[{_read_as(0x9F, 0x9F)}]..", re.DOTALL)
"""Single sequences that no real text holds. `é\u00a0»` (any French quotation) is valid UTF-8 too, so a list it is."""

_CLOSING = "\u201d\u2019\u2013\u2014\u2026\u00bb\u203a\u2122"
"""Closing quotes, dashes and the like: what may follow a capital in real text, as in `MANHÃ”`."""

_RUBBISH = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f]"  # controls that are no white space
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\ufeff]"  # invisible: soft hyphen, BOM, …
    "|[\u202a-\u202e\u2066-\u206f]"  # a direction opened here would reach into the neighbours' text
    "|[\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"  # annotations, objects, lone surrogates, what is no character
    "|(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])"  # joiners where no script needs them
    "|(?P<flag>\U0001f3f4[\U000e0020-\U000e007f]+)|[\U000e0000-\U000e007f]+"  # tags, but for the flags made of them
)

_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U0001f3f4\U000e0000-\U000e007f]"
)
"""Every character that may be rubbish, and C1 controls."""

_MISREAD = re.compile(f"[{_read_as(0xC2, 0xF4)}][{_NEXT}]")
"""How every run of mojibake begins; what is suspect is no part of it."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What YAML 1.1 and TOML forbid, but for C1 controls."""

_MARK = r"[^\w\s\x00-\u02ff]"
_STACK = re.compile(f"({_MARK}(?<!{_MARK}{_MARK}){_MARK}{{29}})({_MARK}{{34,}})")
"""Marks piled on one letter, from the first one on: NFC takes quadratic time over them (2 s for 40,000); UAX #15
allows for 30.
"""

_TAG = re.compile(
    r"<!\[CDATA\[|\]\]>|<!--.*?(?:-->|\Z)|<[!?][^<>]*>"
    r"""|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]*)(?:[^<>"']|"[^"]*"|'[^']*')*+>""",
    re.DOTALL,
)
"""Our own, because `html.parser` reads broken markup differently in each Python and raises on `<![x[`."""

_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    )
)
_SILENT = frozenset(("script", "style"))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

_LATIN_1 = frozenset(("iso8859-1", "cp1252", "ascii"))
"""Codecs that pages name by habit (WHATWG: all three are cp1252): valid UTF-8 is believed rather than they."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)

_NO_CHARSETS = frozenset(("utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined"))
"""Python codecs that are no character set of the web."""


def clean_text(raw: str) -> str:
    """Return `raw` as one line of clean text in NFC; doing it again changes nothing.

    Mojibake and C1 controls are repaired or removed, controls and invisible rubbish removed (joiners stay where a
    script or an emoji needs them), white space is folded to single spaces.
    """
    if _is_clean(raw):
        return " ".join(raw.split())
    text, before = _cleaned(raw), raw
    while text != before:  # what was removed may have stood between the halves of something else
        text, before = _cleaned(text), text
    return text


def plain_text(markup: str) -> str:
    """Return the text of a piece of HTML, or of a text with entities, cleaned.

    Entities that were encoded twice are read twice, but only real tags are removed: `5 < 6 & 7` stays, and so does
    `&lt;b&gt;` as the text `<b>`.
    """
    text = html.unescape("".join(_texts(markup))) if "<" in markup or "&" in markup else markup
    return clean_text(_ENTITY.sub(lambda match: html.unescape(match[0]), text))


def decode(body: bytes, declared: str = "") -> str:
    """Return the text that `body` holds: by its byte order mark, else the declared charset, else UTF-8, else cp1252.

    A mark is also what XML and HTML in UTF-16 begin with: a `<` of two bytes.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, "replace").removeprefix("\ufeff")
    for charset in (_charset(declared), "utf-8"):
        try:
            return body.decode(charset)
        except (LookupError, ValueError):  # Python has codecs that are no character sets, such as hex
            continue
    return body.decode("latin-1").translate(_C1)


def readable(text: str) -> str:
    """Return a text of lines as YAML and TOML take it: mojibake and C1 controls repaired, other controls as spaces."""
    return _FORBIDDEN.sub(" ", _repaired(text).translate(_C1))


def _is_clean(text: str) -> bool:
    """Tell whether nothing but the white space of a text can be wrong, as of nearly every one; it costs little."""
    if text.isascii() and text.isprintable():
        return True
    wrong = _SUSPECT.search(text) or _MISREAD.search(text) or _STACK.search(text)
    return not wrong and unicodedata.is_normalized("NFC", text)


def _cleaned(text: str) -> str:
    visible = _RUBBISH.sub(lambda match: match["flag"] or "", _repaired(text)).translate(_C1)
    return " ".join(unicodedata.normalize("NFC", _STACK.sub(_unpile, visible)).split())


def _repaired(text: str) -> str:
    repaired, before = _RUN.sub(_repair, text), text
    while repaired != before:  # text that was mangled twice; what is left is at most half as long each time
        repaired, before = _RUN.sub(_repair, repaired), repaired
    return repaired


def _unpile(match: re.Match[str]) -> str:
    return match[1] + "".join(char for char in match[2] if not unicodedata.combining(char))


def _repair(match: re.Match[str]) -> str:
    """Return what a run of mojibake meant, or the run itself where it may be real text."""
    run, stray = match[1], match[2]
    if stray or not _telltale(match):
        return match[0]
    try:
        return bytes(_BYTE[char] for char in run).decode()
    except UnicodeDecodeError:
        return match[0]


def _telltale(match: re.Match[str]) -> bool:
    """Tell whether a run is beyond doubt: two sequences or more, or a single one that real text never holds."""
    run = match[1]
    sequences = sum(char not in _NEXT for char in run)
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if sequences > 1:
        return True
    if run[0] in "ÄÅ":
        return before.islower() or after.islower()
    if run[-1] in _CLOSING and before.isupper() and not after.isalpha():
        return False
    return _ALONE.fullmatch(run) is not None


def _texts(markup: str) -> Iterable[str]:
    """Yield the text between the tags, and a space for every tag that stands between two lines."""
    position, silent = 0, ""
    for tag in _TAG.finditer(markup):
        name = (tag["name"] or "").lower()
        if not silent:
            yield markup[position : tag.start()]
            if name and name not in _INLINE:
                yield " "
            silent = name if name in _SILENT and not tag["close"] else ""
        elif name == silent and tag["close"]:
            silent = ""
        position = tag.end()
    if not silent:
        yield markup[position:]


def _charset(declared: str) -> str:
    """Return the codec for a declared charset; UTF-8 where the declaration is empty, unknown or not to be believed."""
    try:
        name = codecs.lookup(declared.strip(" \t\r\n'\"")).name
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name in _LATIN_1 or name in _NO_CHARSETS else name
