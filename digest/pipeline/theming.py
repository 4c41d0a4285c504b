"""Theming: a theme of the newsroom's own, begun as a copy of one that is there."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from digest.disk import explain, make_folder, sync, write_all
from digest.errors import TemplateError
from digest.pipeline.newsroom import Newsroom
from digest.theme import PARTS, find_theme, is_name, shipped, theme_names

FOLDER = "templates"
"""Where a newsroom keeps themes of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The new theme's folder and the files that were written into it, by name."""

    folder: Path
    files: tuple[str, ...]


def themes(room: Newsroom) -> tuple[tuple[str, bool], ...]:
    """Return every theme's name and whether the newsroom has files of its own for it.

    In a checkout of Digest the newsroom's folder is the shipped one: none of its files is anybody's own.
    """
    folder = room.root / FOLDER
    own = () if folder.resolve() == shipped().resolve() else theme_names([folder])
    return tuple((name, name in own) for name in theme_names([folder, shipped()]))


def copy_theme(room: Newsroom, name: str, origin: str, *, parts: bool) -> Copied:
    """Copy the theme `origin` to `templates/NAME/` of the newsroom; the shared parts only where `parts`.

    Without its own parts the copy goes on using the shared ones, and gets what later versions of Digest mend there.

    Raises:
        TemplateError: no theme can be called so, there is one already, or there is no theme `origin`.

    """
    folder = room.root / FOLDER / name
    if not is_name(name):
        hint = "letters, digits, hyphens and underscores: it names a folder"
        raise TemplateError(f"no theme can be called {name!r}", where="theme", hint=hint)
    if name in theme_names([room.root / FOLDER, shipped()]):
        hint = "choose another name; to change a shipped theme, put single files of it into a folder of its name"
        raise TemplateError(f"there is a theme {name!r} already", where=str(folder), hint=hint)
    theme = find_theme(origin, [room.root / FOLDER, shipped()])
    wanted = [file for file in sorted(theme.files) if parts or not file.startswith(f"{PARTS}/")]
    begun = folder.with_name(f".{name}.new")  # no theme is called so: half a copy is none
    try:
        make_folder(folder.parent)
        shutil.rmtree(begun, ignore_errors=True)
        write_all(begun, {file: theme.files[file].encode() for file in wanted})
        begun.rename(folder)
        sync(folder.parent)
    except OSError as error:
        shutil.rmtree(begun, ignore_errors=True)
        raise explain(error, folder, "the theme cannot be written") from error
    return Copied(folder=folder, files=tuple(wanted))
