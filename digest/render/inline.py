"""The only door to premailer: a page with style sheets becomes a mail with styles in its elements.

Imported only when something is rendered. A page has two blocks: a plain `<style>`, which is written into the
elements and goes, and `<style data-premailer="ignore">`, which stays as it is: media queries, dark mode, hover.

The set-up is the one that measured best on premailer 3.10.0. `strip_important` would take the kept rules' only means
against inline styles; the five attributes would overwrite an image's own (`height="auto"`); network and files stay
shut. One instance is reused; premailer keeps 128 parsed selectors and rules, so a theme of some fifty rules is
parsed once in a process (`tests/test_render_inline.py` holds the shipped ones to it).
"""

import logging
import re
import sys
from functools import partial
from types import ModuleType

from digest.errors import TemplateError
from digest.model.tags import PREFIX

# premailer imports requests, a third of its own import's time, to fetch style sheets. It may not fetch any, so it gets
# an empty module in its place, which is gone again before anything else could ask for it.
_STAND_IN = ModuleType("requests")
sys.modules.setdefault("requests", _STAND_IN)
from premailer import Premailer  # noqa: E402 - behind the stand-in

if sys.modules["requests"] is _STAND_IN:
    del sys.modules["requests"]

DOCTYPE = "<!DOCTYPE html>"
"""Exactly so: after a lower-case one, or one behind a comment, premailer gives a page without any."""

_PREMAILER = Premailer(
    strip_important=False,
    allow_network=False,
    allow_loading_external_files=False,
    disable_validation=True,
    disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
    align_floating_images=False,
    remove_unset_properties=True,
    base_url=None,
    cssutils_logging_level=logging.CRITICAL,
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"<style([^>]*)>(.*?)</style>", re.DOTALL)
_SHEET = re.compile(r"<link\b[^>]*\bstylesheet\b", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"([^{}]+)\{")
_LOST = re.compile(r"[@*:\[]")
"""In a selector of the first block: premailer drops such a rule, moves it, or weighs it wrongly."""

_OPENER = re.compile(r"\{[{%#$]|\}\}|\*\||\[\[|%%|\$\{|<%")
"""What a mailing service's template engine takes for a tag. In texts it is neutralised when the mail is handed over."""

_ELEMENT = re.compile(r"""<[a-z][a-z0-9]*(?:\s[\w:-]+(?:=(?:"[^"]*"|'[^']*'))?)*>""")
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)=("[^"]*"|'[^']*')""")
_TARGETS = frozenset({"href", "src"})
_PLACEHOLDER = re.compile(PREFIX + r"\w+")
_SOUND = re.compile(rf"(?:https?://|mailto:|#|{PREFIX}|\Z)", re.IGNORECASE)


def inline(page: str, *, where: str) -> str:
    """Return the page with its first style block written into its elements.

    Classes that the kept block does not use go, and the space behind each `;` and `,` of a style.

    Raises:
        TemplateError: the page cannot be inlined soundly; `where` is the template that it comes from.

    """
    page = page.strip()
    _check_page(page, where)
    mail = _ELEMENT.sub(_without_includes, _PREMAILER.transform(page, pretty_print=False))
    _check_mail(page, mail, where)
    kept = " ".join(_kept(page))
    return _ELEMENT.sub(partial(_tightened, frozenset(re.findall(r"\.([A-Za-z][\w-]*)", kept))), mail) + "\n"


def _check_page(page: str, where: str) -> None:
    """Refuse what premailer would take amiss without a word."""
    if not page.startswith(DOCTYPE):
        raise TemplateError(f"does not begin with {DOCTYPE}", where=where, hint="write it so, with nothing before it")
    styles = _blocks(page)
    sheet = _SHEET.search(page) or _IMPORT.search(" ".join(css for _, css in styles))
    if sheet:
        raise TemplateError(f"refers to a style sheet: {sheet[0]}", where=where, hint="put its rules into theme.css")
    opener = _OPENER.search(" ".join(css for _, css in _BLOCK.findall(page)))
    if opener:
        hint = "a mailing service would read a tag there: put a space or a line between the two"
        raise TemplateError(f"a style block holds {opener[0]!r}", where=where, hint=hint)
    for attributes, css in styles:
        lost = [found.strip() for found in _SELECTOR.findall(_REMARK.sub("", css)) if _LOST.search(found)]
        if not attributes and lost:
            hint = "move the rule to clients.css, which stays a block"
            raise TemplateError(f"{lost[0]!r} cannot be written into elements", where=where, hint=hint)


def _check_mail(page: str, mail: str, where: str) -> None:
    """Make sure that inlining changed nothing but styles."""
    same = {
        "the doctype": mail.startswith(DOCTYPE),
        "the kept style block": [css for _, css in _blocks(mail)] == _kept(page),
        "a comment": _COMMENT.findall(page) == _COMMENT.findall(mail),
        "a placeholder": _PLACEHOLDER.findall(page) == _PLACEHOLDER.findall(mail),
    }
    for what, kept in same.items():
        if not kept:
            raise TemplateError(f"inlining changed {what}", where=where, hint="check the HTML before that place")
    for target in _targets(mail):
        if not _SOUND.match(target):
            hint = "an address begins with https:// or mailto:, a service's tag is written {{ tag('unsubscribe') }}"
            raise TemplateError(f"not an address: {target!r}", where=where, hint=hint)


def _targets(mail: str) -> list[str]:
    """Return where every link and picture of the mail leads."""
    attributes = (found for element in _ELEMENT.findall(mail) for found in _ATTRIBUTE.findall(element))
    return [value[1:-1] for name, value in attributes if name in _TARGETS]


def _blocks(page: str) -> list[tuple[str, str]]:
    """Return attributes and rules of every style block outside comments."""
    return _BLOCK.findall(_COMMENT.sub("", page))


def _kept(page: str) -> list[str]:
    return [css for attributes, css in _blocks(page) if 'data-premailer="ignore"' in attributes]


def _without_includes(element: re.Match[str]) -> str:
    """Return an element's tag with `<!--` escaped in its attributes.

    libxml2 writes it bare there, for the sake of server-side includes; in an alt text it would pass for a mark.
    """
    return element[0].replace("<!--", "&lt;!--")


def _tightened(used: frozenset[str], element: re.Match[str]) -> str:
    """Return an element's tag without what costs bytes and does nothing; texts in it are never touched."""
    return _ATTRIBUTE.sub(partial(_attribute, used), element[0])


def _attribute(used: frozenset[str], found: re.Match[str]) -> str:
    name, value = found[1], found[2]
    if name == "style":
        return f" style={value.replace('; ', ';').replace(', ', ',')}"
    if name == "class":
        kept = " ".join(word for word in value[1:-1].split() if word in used)
        return f' class="{kept}"' if kept else ""
    return found[0]
