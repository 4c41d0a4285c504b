"""The frame: each view of the mail as a document of its own, which the desk shows in a sandbox.

A document may do nothing: no script, no form, no window, no way out; links lead nowhere. It asks for pictures, and for
those alone that readers' mail would ask for: the draft's copies come from the desk, by names that nobody can guess,
since a sandboxed frame has no origin and sends no cookie.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from digest.check.proof import Proof
from digest.model.message import PictureFile
from digest.pipeline.faces import Faces
from digest.preview.frames.beside import beside_page
from digest.preview.frames.clients import clients_page
from digest.preview.frames.dressing import anchor, dressed, linked, marks_to_anchors
from digest.preview.frames.marks import marked_page
from digest.preview.frames.own import nothing_page
from digest.preview.place import VIEWS, View
from digest.views import inbox_page, text_page

__all__ = ["PICTURES", "VIEWS", "Document", "Scene", "View", "frame", "picture"]

PICTURES = "/frame/picture/"
"""Where the draft's copies of pictures are had from a frame."""

_ALONE = "form-action 'none'; base-uri 'none'; sandbox; frame-ancestors 'self'"
_OWN = f"default-src 'none'; style-src 'unsafe-inline'; {_ALONE}"
_MAIL = (
    "default-src 'none'; img-src http: https: data:; font-src http: https: data:; style-src 'unsafe-inline'; " + _ALONE
)
_NO_PICTURES = f"default-src 'none'; img-src 'none'; style-src 'unsafe-inline'; {_ALONE}"

_KINDS = {"png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An answer: its bytes, what they are, what they may do. `lasting`: its address never means anything else."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    csp: str = _OWN
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the views are made from: the draft, what to see beside it, and who sees what of it.

    `proof` is asked for the draft's proof when the clients are looked at. `last_build` is what stood in the issue's
    folder before the desk put drafts there. `secret` makes the addresses of pictures.
    """

    shown: Faces
    proof: Callable[[], Proof]
    last_issue: Faces | None = None
    last_build: Faces | None = None
    secret: bytes


def frame(view: View, scene: Scene) -> Document:
    """Return the document of a view.

    Raises:
        TemplateError: one of our own pages fails.

    """
    return _VIEWS[view](scene)


def picture(key: str, scene: Scene) -> Document | None:
    """Return the picture of that address in the draft or in what is shown beside it; None where there is none."""
    beside = scene.last_issue.message.pictures if scene.last_issue else ()
    for each in (*scene.shown.message.pictures, *beside):
        if _key(each, scene.secret) == key:
            kind = _KINDS[each.name.rpartition(".")[2]]
            return Document(body=each.content, content_type=kind, csp="default-src 'none'; sandbox", lasting=True)
    return None


def _key(each: PictureFile, secret: bytes) -> str:
    """Return a name for the bytes of a picture that only who has the secret can make."""
    content = hashlib.sha256(each.content).digest()
    return hashlib.blake2b(content, key=secret, digest_size=16).hexdigest()


def _addresses(faces: Faces, secret: bytes) -> dict[str, str]:
    """Return where each picture is had, by every address at which a face shows it."""
    keys = {each.name: PICTURES + _key(each, secret) for each in faces.message.pictures}
    return keys | {each.url: keys[each.name] for each in faces.message.pictures}


def _mail_of(faces: Faces, secret: bytes, *, dark: bool = False) -> str:
    return dressed(marks_to_anchors(faces.marked), _addresses(faces, secret), dark=dark)


def _mail(scene: Scene) -> Document:
    return Document(body=_mail_of(scene.shown, scene.secret).encode(), csp=_MAIL)


def _dark(scene: Scene) -> Document:
    return Document(body=_mail_of(scene.shown, scene.secret, dark=True).encode(), csp=_MAIL)


def _images_off(scene: Scene) -> Document:
    return replace(_mail(scene), csp=_NO_PICTURES)


def _text(scene: Scene) -> Document:
    issue = scene.shown.issue
    anchors = {anchor(entry.id): entry.title.text for entry in issue.entries}
    return Document(body=dressed(text_page(scene.shown.message.text, issue.brand, anchors), {}).encode())


def _web(scene: Scene) -> Document:
    page = linked(scene.shown.web, scene.shown.issue)
    return Document(body=dressed(page, _addresses(scene.shown, scene.secret)).encode(), csp=_MAIL)


def _inbox(scene: Scene) -> Document:
    page = inbox_page(scene.shown.line, scene.shown.issue.brand.language, ("light", "dark"))
    return Document(body=page.encode())


def _clients(scene: Scene) -> Document:
    return Document(body=clients_page(scene.proof()).encode())


def _last_issue(scene: Scene) -> Document:
    last = scene.last_issue
    if last is None:
        page = nothing_page("There is no earlier issue", "This is the first one of this newsletter that is kept here.")
        return Document(body=page.encode())
    mails = (_mail_of(last, scene.secret), _mail_of(scene.shown, scene.secret))
    return Document(body=beside_page(last, scene.shown, mails).encode(), csp=_MAIL)


def _last_build(scene: Scene) -> Document:
    if scene.last_build is None:
        page = nothing_page("There is no earlier build", "This issue was not built before the desk was opened.")
    else:
        page = marked_page(scene.last_build.issue, scene.shown.issue)
    return Document(body=page.encode())


_VIEWS: Mapping[View, Callable[[Scene], Document]] = MappingProxyType(
    {
        "desktop": _mail,
        "phone": _mail,
        "dark": _dark,
        "images-off": _images_off,
        "text": _text,
        "web": _web,
        "inbox": _inbox,
        "clients": _clients,
        "last-issue": _last_issue,
        "last-build": _last_build,
    }
)
