"""Themes: find one by its name, read its files, give their SHA-256.

A theme is a folder with these files; what two themes share lies in `parts/` beside it.

    email.html    the mail: a Jinja2 template
    email.txt     its text part
    web.html      the web version
    theme.css     the style that is written into the mail's elements
    clients.css   the style that stays a block: widths, dark mode, hover, what single clients need
    web.css       the web version's style
    strings.toml  words of its own, a table per language, before those of parts/strings.toml
    parts/        macros, and the styles and words that all themes share

Folders are searched in order, and file by file: a workspace's own `roundup/theme.css` goes before the shipped one,
and all other files of `roundup` stay as shipped.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from digest.errors import TemplateError

REQUIRED = ("clients.css", "email.html", "email.txt", "strings.toml", "theme.css", "web.html")
PARTS = "parts"
KINDS = frozenset({".css", ".html", ".toml", ".txt"})
"""What a theme's file ends in; anything else in the folder (a README, an editor's backup) is not part of it."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme's files as text: `email.html`, `parts/story.html`, … `places` says where on the disk each one stands."""

    name: str
    files: Mapping[str, str]
    sha256: str
    places: Mapping[str, str]

    def place_of(self, text: str) -> str:
        """Return the file and line that `text` of a mail comes from; the mail's template where that cannot be told."""
        for name in sorted(self.files, key=lambda name: (not name.endswith(".css"), name)):
            lines = self.files[name].splitlines()
            for number, line in enumerate(lines, 1):
                if text and text in line:
                    return f"{self.places[name]}:{number}"
        return self.places["email.html"]


def shipped() -> Path:
    """Return the folder of the themes that come with Digest: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find_theme(name: str, folders: Sequence[Path]) -> Theme:
    """Return the theme `name`; files in earlier folders stand for those of later ones.

    Raises:
        TemplateError: no folder holds it, one of its files is missing, or one cannot be read as UTF-8 text.

    """
    if not is_name(name) or not any((folder / name).is_dir() for folder in folders):
        raise TemplateError(f"there is no theme {name!r}", where=_searched(folders), hint=_suggest(name, folders))
    found: dict[str, Path] = {}
    for folder in folders:
        for file, path in _files(folder, name):
            found.setdefault(file, path)
    missing = [file for file in REQUIRED if file not in found]
    if missing:
        hint = "copy it from the theme roundup" if len(missing) == 1 else "copy them from the theme roundup"
        raise TemplateError(f"the theme {name!r} has no {', '.join(missing)}", where=_searched(folders), hint=hint)
    files = {file: _read(found[file]) for file in sorted(found)}
    places = {file: str(found[file]) for file in sorted(found)}
    return Theme(name=name, files=files, sha256=_sha256(files), places=places)


def theme_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of all themes in `folders`, sorted."""
    inner = (path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_dir())
    return tuple(sorted({path.name for path in inner if is_name(path.name)}))


def is_name(name: str) -> bool:
    """Tell whether a theme can be called `name`: it is a folder's name and nothing more."""
    return name != PARTS and _NAME.fullmatch(name) is not None


def _files(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    """Yield a folder's files of the theme: its own, its own parts, then the parts that all themes share."""
    own = folder / name
    for prefix, place in (("", own), (f"{PARTS}/", own / PARTS), (f"{PARTS}/", folder / PARTS)):
        if place.is_dir():
            for path in sorted(place.iterdir()):
                if path.suffix in KINDS and path.is_file() and not path.name.startswith("."):
                    yield prefix + path.name, path


def _read(path: Path) -> str:
    """Return a file's text, its lines ended by a bare newline: a checkout's line ends do not make another theme."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError("not UTF-8 text", where=str(path), hint="save it as UTF-8") from error
    except OSError as error:
        raise TemplateError(f"cannot be read: {error.strerror}", where=str(path), hint="check its rights") from error


def _sha256(files: Mapping[str, str]) -> str:
    """Return the SHA-256 over every name and the SHA-256 of its text, by name."""
    lines = (f"{hashlib.sha256(files[file].encode()).hexdigest()}  {file}\n" for file in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _searched(folders: Sequence[Path]) -> str:
    return ", ".join(str(folder) for folder in folders)


def _suggest(name: str, folders: Sequence[Path]) -> str:
    names = theme_names(folders)
    close = get_close_matches(name, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(names) or 'none'}"
