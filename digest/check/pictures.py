"""Pictures: there, described, of a kind that every client shows, and no heavier than they must be."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.check.page import Element
from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule
from digest.model.issue import Picture

_SHOWN = frozenset({"gif", "jpeg", "png"})
"""The kinds that every client shows; Outlook for Windows shows no WebP, AVIF or SVG."""
_KIND = re.compile(r"\.([A-Za-z0-9]{2,5})\Z")
_KINDS = frozenset({"apng", "avif", "bmp", "heic", "heif", "ico", "jxl", "svg", "tif", "tiff", "webp"})
_FILE_NAME = re.compile(r"(?i)(?:img|dsc|dscn|image|photo|screenshot)?[-_ ]?\d+|\S+\.(?:jpe?g|png|gif|webp|svg|avif)")
_SHARPEST = 4
"""Times its shown width from which on a picture's pixels are wasted on any screen."""


def _described(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("img"):
        if "alt" not in element.attributes:
            yield Hit(message=f"a picture without alt: {element.get('src')}", where=proof.where(element))


def _file_names(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("img"):
        alt = element.get("alt").strip()
        if _FILE_NAME.fullmatch(alt):
            yield Hit(message=f"an alt that is a file's name: “{alt}”", where=proof.where(element))


def kind_of(address: str) -> str:
    """Return a picture's kind by the end of its address, in small letters; "" where it does not say."""
    if address.lower().startswith("data:"):
        return "data"
    try:
        path = urlsplit(address).path
    except ValueError:  # a bracket that is not closed
        return ""
    found = _KIND.search(path)
    return found[1].lower() if found else ""


def _kinds(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("img"):
        kind = kind_of(element.get("src"))
        if kind in _KINDS:
            yield Hit(message=f"a picture in {kind.upper()}: {element.get('src')}", where=proof.where(element))
        elif kind == "data":
            yield Hit(message="a picture written into the mail itself (data:)", where=proof.where(element))
    for where, picture in _shown(proof):
        if picture.kind and picture.kind not in _SHOWN and kind_of(picture.image.url) not in _KINDS:
            message = f"a picture in {picture.kind.upper()}, whatever its address says: {picture.image.url}"
            yield Hit(message=message, where=where)


def _pictures(proof: Proof) -> Iterator[tuple[str, Picture]]:
    """Yield the issue's pictures, each with the place that it is told of at; what was measured stands in the record."""
    brand = proof.issue.brand
    for name, logo in (("logo", brand.logo_picture), ("logo_dark", brand.logo_dark_picture)):
        if logo:
            yield f"digest.toml: magazine.{name}", logo
    for entry in proof.issue.entries:
        if entry.picture:
            yield entry.title.text, entry.picture


def _shown(proof: Proof) -> Iterator[tuple[str, Picture]]:
    """Yield the pictures that readers see."""
    yield from ((where, picture) for where, picture in _pictures(proof) if picture.image.url)


def _heavy(proof: Proof) -> Iterator[Hit]:
    limits, weights = proof.facts.limits, dict[str, int]()
    for where, picture in _shown(proof):
        name = picture.file or picture.image.url
        if picture.weight > limits.picture and name not in weights:
            message = f"{name} weighs {picture.weight:,} bytes of at most {limits.picture:,}"
            yield Hit(message=message, where=where)
        weights[name] = picture.weight
    total = sum(weights.values())
    if total > limits.pictures:
        yield Hit(message=f"all pictures together weigh {total:,} bytes", where=MAIL)


def _sizes(proof: Proof) -> Iterator[Hit]:
    """Yield pictures with fewer pixels than they are shown with, or far more."""
    widths = {picture.image.url: picture.image.width for _, picture in _pictures(proof)}
    for element in proof.mail.named("img"):
        width, shown = widths.get(element.get("src"), 0), _pixels(element.get("width"))
        if shown and (0 < width < shown or width > shown * _SHARPEST):
            yield Hit(message=f"{width:,} pixels wide, shown with {shown}", where=proof.where(element))


def _pixels(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - of a width


def _widths(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("img"):
        if not _sized(element):
            message = f"a picture without width or height: {element.get('src')}"
            yield Hit(message=message, where=proof.where(element))


def _sized(element: Element) -> bool:
    return bool(_pixels(element.get("width")) or _pixels(element.get("height")))


def _missing(proof: Proof) -> Iterator[Hit]:
    for where, picture in _pictures(proof):
        if picture.problem:
            yield Hit(message=f"its picture is left out: {picture.problem}", where=where)


RULES = (
    Rule(
        code="picture-alt",
        level="error",
        means="A picture has no alt.",
        why="A screen reader spells out its address; with images off there is an empty box.",
        hint='write alt in the theme; alt="" where the words beside it say the same',
        look=_described,
    ),
    Rule(
        code="picture-alt-name",
        level="warning",
        means="A picture's alt is the name of a file.",
        why="It says nothing to anybody who does not see the picture.",
        hint="write what the picture shows where the magazine keeps it",
        look=_file_names,
    ),
    Rule(
        code="picture-kind",
        level="error",
        means="A picture is of a kind that not every client shows: WebP, AVIF, SVG, or written into the mail.",
        why="Outlook for Windows shows an empty box; Gmail takes out what is written into the mail.",
        hint="let Digest make copies ([pictures] images_url), or give a JPEG or PNG",
        look=_kinds,
    ),
    Rule(
        code="picture-weight",
        level="warning",
        means="A picture weighs more than [pictures] weight, or all of them together more than 1.5 MB.",
        why="On a train the mail stays empty for long.",
        hint="lower [pictures] weight and build again, or show fewer",
        look=_heavy,
    ),
    Rule(
        code="picture-size",
        level="warning",
        means="A picture has fewer pixels than it is shown with, or more than four times as many.",
        why="It is blurred, or its bytes are wasted.",
        hint="take another one in edits.toml, or let Digest make copies ([pictures])",
        look=_sizes,
    ),
    Rule(
        code="picture-width",
        level="warning",
        means="A picture says neither width nor height in its attributes.",
        why="Outlook for Windows draws it as large as its file is, and breaks the column.",
        hint="write width on the img in the theme",
        look=_widths,
    ),
    Rule(
        code="picture-missing",
        level="warning",
        means="A story's picture, or the logo, could not be had and is left out.",
        why="The story stands without it, the magazine's name in the logo's place.",
        hint='take another one in edits.toml: image = "https://…"',
        look=_missing,
    ),
)
