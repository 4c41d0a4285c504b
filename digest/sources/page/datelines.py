"""Dates that a page shows near its headline: when it was published, never when it was changed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from digest.sources.markup.boxes import name_words
from digest.sources.markup.shown import Line, short_text
from digest.text.clean import clean_text

_NAMES: Final = (
    "jan january januar janvier enero gennaio januari janeiro",
    "feb february februar février fevrier febrero febbraio februari fevereiro",
    "mar march märz mars marzo maart março",
    "apr april avril abril aprile",
    "may mai mayo maggio mei maio",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet julio luglio julho",
    "aug august août aout agosto augustus",
    "sep sept september septembre septiembre settembre setembro",
    "oct october oktober octobre octubre ottobre okt outubro",
    "nov november novembre noviembre novembro",
    "dec december dezember décembre decembre diciembre dicembre dez dezembro",
)
_MONTHS: Final = {name: at for at, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE: Final = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(?P<m2>{_MONTH})\.?,? (?:de )?(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d\d)[-/.](?P<d3>\d\d)"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)"
    r"|(?P<loose>\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"\b(?:updated?|modified|revised|(?:reviewed|edited|checked)(?! by)|corrected|amended|accessed|expires?"
    r"|actualis\w*|mis à jour|actualizado|aktualisiert|stand|geändert|aggiornato|bijgewerkt|atualizado)\b",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    r"\b(?:published|posted|created|released|submitted|written|first|originally|publié\w*|publicado|veröffentlicht"
    r"|pubblicato|gepubliceerd)\b",
    re.IGNORECASE,
)
_LABELS: Final = frozenset(
    word
    for line in (
        "published posted created released submitted written date first originally on at the by am pm of added",
        "publié publiée le publicado el em veröffentlicht am vom den pubblicato il gepubliceerd op um à de",
        "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday tues thurs",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi",
        "dimanche lunes martes miércoles jueves viernes sábado domingo",
    )
    for word in line.split()
)
"""Words that stand right before a date which is none of a sentence."""

_GOES_ON: Final = frozenset(
    ("at", "by", "in", "am", "pm", "min", "mins", "uhr", "à", "um", "updated", "last", "a", "p", "read")
)
"""Words in small letters that follow such a date."""

_SEPARATED: Final = re.compile(r"[|·•—–/»,:;\[\](){}-]")
_WORD: Final = re.compile(r"[^\W\d_][\w.'’]*")
_CHANGED_NAMES: Final = frozenset(("modified", "updated", "lastmod", "revised", "reviewed", "datemodified"))
_PUBLISHED_NAMES: Final = frozenset(("published", "datepublished", "pubdate", "posted", "created"))
_PATH_DATE: Final = re.compile(r"/((?:19|20)\d\d)/(\d\d|[a-z]{3})/(\d{1,2})(?:/|\Z)")
_TEASER: Final = ("h3", "h4", "h5", "h6")
_PARTS: Final = re.compile(r"\s[-–—|]\s|\s?\|\s?")
_LABEL: Final = 40
"""Characters: a label of its own before a date is shorter."""

_LONGEST: Final = 120
"""Characters: a longer line with a date in it is a sentence."""


def dates_shown(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the dates of publication in some lines, as ISO 8601 writes them where the line leaves no doubt."""
    for line in lines:
        if _is_changed(line.node) or _is_of_teaser(line.node):
            continue
        stamped = _stamps(line)
        yield from stamped
        if not stamped and len(line.text) <= _LONGEST:
            yield from _in_text(line)


def dates_in_titles(titles: Iterable[str]) -> Iterator[str]:
    """Yield the dates that stand behind a separator in a page's titles ("Gate closed - 25 Oct 2024 - The Quay")."""
    for title in titles:
        for part in _PARTS.split(title)[1:]:
            if (found := _DATE.fullmatch(part.strip())) and (said := _said(found)):
                yield said


def date_in_path(url: str) -> str:
    """Return the day in an address ("/2024/10/25/gate", "/2024/oct/25/gate"); "" where there is none."""
    found = _PATH_DATE.search(url)
    if not found:
        return ""
    year, month, day = found.groups()
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    return _iso(int(year), number, int(day))


def _stamps(line: Line) -> list[str]:
    """Return what the `<time>` elements of a line say, without those of a change."""
    said = []
    for time in line.node.iter("time") if line.whole else ():
        stamp = clean_text(time.get("datetime") or "")
        label = _label(time)
        if stamp and stamp[:4].isdigit() and not _is_changed(time) and not _says_changed(label):
            said.append(stamp)
    return said


def _in_text(line: Line) -> Iterator[str]:
    """Yield the dates that a line's text is made of: behind a label, a by-line or a separator, not in a sentence."""
    before = _label(line.node) if line.whole else ""
    if line.node.tag in {"h1", "h2", "h3", "h4"} and len(line.text) > _LONGEST // 3:
        return
    start = 0
    for found in _DATE.finditer(line.text):
        between = line.text[start : found.start()]
        start = found.end()
        told, before = f"{before} {between}", ""
        if not _says_changed(told) and _stands_alone(between, line.text[found.end() :]) and (said := _said(found)):
            yield said


def _stands_alone(before: str, behind: str) -> bool:
    """Tell whether a date stands between labels, names and separators, rather than in a sentence."""
    ahead = _WORD.findall(_SEPARATED.split(before)[-1])
    follows = re.match(r"\s+([^\W\d_]+)", behind)
    goes_on = follows is not None and follows[1].islower() and follows[1] not in _GOES_ON
    return not goes_on and all(word.casefold() in _LABELS or not word[0].islower() for word in ahead)


def _said(found: re.Match[str]) -> str:
    """Return the date that was found in ISO's form, or as it stands where its order is in doubt."""
    for at in "1234":
        if year := found[f"y{at}"]:
            month = found[f"m{at}"]
            number = int(month) if month.isdigit() else _MONTHS[month.casefold()]
            return _iso(int(year), number, int(found[f"d{at}"]))
    return found["loose"]


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""  # noqa: PLR2004 - a calendar


def _is_of_teaser(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element holds, or stands behind, the linked headline of another story."""
    if any(head.find(".//a") is not None or head.getparent().tag == "a" for head in node.iter(*_TEASER)):
        return True
    for each in (node, node.getparent()):
        before = each.getprevious() if each is not None else None
        if before is not None and before.tag == "a" and next(before.iter(*_TEASER), None) is not None:
            return True
    return False


def _says_changed(label: str) -> bool:
    """Tell whether the last word about a date is that of a change."""
    changed = [found.start() for found in _CHANGED.finditer(label)]
    published = [found.start() for found in _PUBLISHED.finditer(label)]
    return bool(changed) and (not published or changed[-1] > published[-1])


def _is_changed(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element, or what it stands in, is marked as the date of a change."""
    for at, each in enumerate((node, node.getparent())):
        if each is None:
            return False
        names = name_words(each) | {(each.get("itemprop") or "").casefold(), (each.get("property") or "").casefold()}
        if at == 0 and not names.isdisjoint(_PUBLISHED_NAMES):
            return False
        if not names.isdisjoint(_CHANGED_NAMES) and names.isdisjoint(_PUBLISHED_NAMES):
            return True
    return False


def _label(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the words right before an element: a label may be an element of its own."""
    before = node.getprevious()
    if before is None:
        parent = node.getparent()
        return "" if parent is None else clean_text((parent.text or "")[-_LONGEST:])
    own = clean_text((before.tail or "")[-_LONGEST:])
    return own or short_text(before, _LABEL) or ""
