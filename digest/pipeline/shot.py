"""Pictures of an issue: its built files, as readers get them, looked at in a browser from several sides."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from digest.browser import MOST, TALLEST, Camera, Look, Page, Shot, png_size
from digest.disk import explain, make_folder, replace
from digest.errors import UsageError
from digest.model.finding import Finding
from digest.pipeline.faces import Face

SHOTS: Mapping[str, tuple[Face, Look]] = {
    "600": ("mail", Look(width=600)),
    "360": ("mail", Look(width=360, scale=2)),
    "dark": ("mail", Look(width=600, dark=True)),
    "dark-360": ("mail", Look(width=360, scale=2, dark=True)),
    "no-images": ("mail", Look(width=600, pictures=False)),
    "text": ("text", Look(width=800)),
    "web": ("web", Look(width=1200)),
    "web-360": ("web", Look(width=360, scale=2)),
    "inbox": ("inbox", Look(width=1400)),
    "inbox-dark": ("inbox", Look(width=1400, dark=True)),
}
"""Every shot by its name: which face of the issue, and how it is looked at. 360 CSS pixels are a common phone's width,
whose screen has at least two pixels for each."""

_IGNORED = "# Pictures of issues: digest shot takes them again.\n*\n"
_PART = "-part"
"""What stands before the number in the names of a tall page's pictures, from the second on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One picture: the shot's name, the file, its size in pixels and in bytes."""

    shot: str
    file: str
    width: int
    height: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """All pictures, the addresses that were asked for and not fetched, and what the editor should know."""

    files: tuple[Taken, ...]
    refused: tuple[str, ...]
    findings: tuple[Finding, ...]


def chosen(only: str) -> tuple[str, ...]:
    """Return the shots that `only` names, with commas between them; all where it is empty.

    Raises:
        UsageError: there is no such shot.

    """
    names = tuple(dict.fromkeys(name.strip() for name in only.split(",") if name.strip()))
    for name in names:
        if name not in SHOTS:
            close = get_close_matches(name, SHOTS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(SHOTS)}"
            raise UsageError(f"there is no shot {name!r}", where="--only", hint=hint)
    return names or tuple(SHOTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to take, and into which folder; every file's name begins with the issue's label."""

    names: Sequence[str]
    out: Path
    label: str


def album_folder(root: Path, label: str) -> Path:
    """Return where a newsroom's pictures of an issue go. The folder of all of them keeps itself out of git.

    Raises:
        DiskError: it cannot be made.

    """
    folder = root / "shots"
    try:
        make_folder(folder)
        if not (folder / ".gitignore").exists():
            replace(folder / ".gitignore", _IGNORED.encode())
    except OSError as error:
        raise explain(error, folder, "the picture cannot be written") from error
    return folder / label


def shoot(faces: Mapping[Face, Page], camera: Camera, order: Order, tell: Callable[[str], None]) -> Album:
    """Write a PNG a shot, or several where the page is taller than one can be; older ones of these shots go.

    `tell` is given each shot's name before it is taken.

    Raises:
        BrowserError: the browser fails.
        DiskError: a file cannot be written.

    """
    taken: list[Taken] = []
    refused: set[str] = set()
    findings: list[Finding] = []
    for name in order.names:
        tell(name)
        face, look = SHOTS[name]
        shot = camera.take(faces[face], look)
        taken += _write(name, shot.pictures, order)
        refused |= set(shot.refused)
        findings += _findings(name, look, shot)
    return Album(
        files=tuple(taken), refused=tuple(sorted(refused)), findings=(*findings, *_not_fetched(sorted(refused)))
    )


def _write(name: str, pictures: Sequence[bytes], order: Order) -> Iterator[Taken]:
    try:
        make_folder(order.out)
        for old in order.out.glob(f"{order.label}-{name}{_PART}*.png"):
            old.unlink()
        for number, content in enumerate(pictures, 1):
            path = order.out / f"{order.label}-{name}{f'{_PART}{number}' if number > 1 else ''}.png"
            replace(path, content)
            width, height = png_size(content)
            yield Taken(shot=name, file=str(path), width=width, height=height, weight=len(content))
    except OSError as error:
        raise explain(error, order.out, "the picture cannot be written") from error


def _findings(name: str, look: Look, shot: Shot) -> Iterator[Finding]:
    if shot.width > look.width:
        message = f"takes {shot.width} px, the window has {look.width}: what sticks out is not in the picture"
        hint = "mend the theme: readers would scroll sideways"
        yield Finding(code="shot-wide", level="warning", message=message, where=name, hint=hint)
    if shot.unseen:
        message = f"the last {shot.unseen} px are not in the pictures: {MOST} of {TALLEST} px are the most"
        yield Finding(code="shot-tall", level="warning", message=message, where=name, hint="the issue is very long")


def _not_fetched(refused: Sequence[str]) -> Iterator[Finding]:
    if refused:
        others = f" and {len(refused) - 1} more" if len(refused) > 1 else ""
        message = f"not in the issue's folder{others}, and nothing is fetched: the pictures show it missing"
        hint = "[pictures] images_url in digest.toml puts copies there"
        yield Finding(code="shot-refused", level="note", message=message, where=refused[0], hint=hint)
