"""The only door to Jinja2: a theme's templates, filled with an issue. Imported only when something is rendered.

What a template can use:

    issue            the Issue, as `digest.model.issue` describes it
    head             in web pages: what their head says (`digest.render.head`)
    around, archive  in web pages: what the public archive adds to an issue's page, an Around, and the index of all
                     issues, an Archive (`digest.model.site`); None elsewhere
    strings          the theme's fixed words in the issue's language: `{{ strings.unsubscribe }}`
    light, dark      the Palettes made from the brand's colours: `{{ light.ink }}`, `{{ dark.accent }}`
    tag(NAME)        the placeholder for a mailing service's tag: unsubscribe, view_online, preferences, address
    x | paragraphs   a text as a list of its paragraphs
    x | readable(p)  the colour x, darkened or lightened until text in it can be read on the paper p
    x | in_series    a section's entries as Groups: those of one series together
    x | told         the Entry of a section that a letter tells of (None: none); x | untold: the others
    x | source(base) the address of an entry's picture in a page: its copy behind `base`, else the one in the mail
    page_of(LABEL)   the address of another issue's page, "" where nobody knows it
    day_in_words(d)  a date (ISO 8601) in the words of the issue's language
    x | fit(w, h)    an Image's `width` and `height` as shown in w by h pixels at most
    x | stop         the full stop that a headline lacks where text runs on behind it
    x | wrap         a text in lines of 72 columns, for email.txt

Templates run in a sandbox; an undefined name is an error; values are escaped in `.html`.
"""

import contextlib
import traceback
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import lru_cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import FileSystemBytecodeCache, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from digest.errors import TemplateError
from digest.model.issue import Issue
from digest.model.site import Archive, Around
from digest.model.tags import TAG_NAMES, TagName, placeholder
from digest.render.days import day_in_words
from digest.render.grouping import in_series, told, untold
from digest.render.head import head
from digest.render.outside import as_text_only, safe
from digest.render.palette import dark, light
from digest.render.plain import paragraphs, stop, tidy, wrap
from digest.render.sizes import fit
from digest.render.sources import page_of, source
from digest.render.strings import strings_of
from digest.render.watching import watched
from digest.text.colours import readable
from digest.theme import Theme

_NAMED = 20
"""How many names an error lists at most."""

_FACES = (("html", "email.html"), ("text", "email.txt"), ("web", "web.html"))

_HINT = "mend the template; what it can use stands at the top of digest/render/engine.py"


class Engine:
    """One issue and one theme, ready to fill that theme's templates."""

    def __init__(self, issue: Issue, theme: Theme, compiled: Path | None = None) -> None:
        self._theme = theme
        self._environment = environment(
            tuple((name, theme.files[name], theme.places[name]) for name in sorted(theme.files)), compiled
        )
        self._issue = as_text_only(issue)
        self._values = {
            "issue": self._issue,
            "light": light(self._issue.brand),
            "dark": dark(self._issue.brand),
            "strings": SimpleNamespace(**strings_of(theme, issue.brand.language)),
            "tag": _tag,
            "page_of": partial(page_of, self._issue, None),
            "day_in_words": partial(day_in_words, self._issue),
        }

    def fill(self, name: str, page: Around | Archive | None = None) -> str:
        """Return the theme's file `name`, filled; `page` is what the public archive adds to a web page.

        Raises:
            TemplateError: the template cannot be read or fails; `where` is its file and line.

        """
        return self._filled(name, self._values | self._of_page(name, page))

    def looked(self) -> dict[str, Any]:
        """Return the three faces, and as `pictures` the ids of the entries whose picture they look into.

        The web version is filled once more as the public archive does it, which may look into others, if there are any.

        Raises:
            TemplateError: as `fill` does.

        """
        seen: set[str] = set()
        issue = {"issue": watched(self._issue, seen)}
        faces = {face: self._filled(name, self._values | self._of_page(name, None) | issue) for face, name in _FACES}
        if any(entry.picture and entry.id not in seen for entry in self._issue.entries):
            self._filled("web.html", self._values | self._of_page("web.html", Around()) | issue)
        return {**faces, "pictures": frozenset(seen)}

    def _filled(self, name: str, values: Mapping[str, object]) -> str:
        try:
            filled = self._environment.get_template(name).render(values)
        except Exception as error:  # whatever goes wrong while a template runs is the template's error
            raise explained(error, name, set(self._theme.places.values())) from error
        return tidy(filled) if name.endswith(".txt") else filled

    def _of_page(self, name: str, page: Around | Archive | None) -> dict[str, object]:
        """Return the values that web pages use besides; a mail has none of them."""
        if name.startswith("email."):
            return {}
        page = safe(page)
        around = page if isinstance(page, Around) else None
        return {
            "head": head(self._issue, page),
            "around": around,
            "archive": page if isinstance(page, Archive) else None,
            "page_of": partial(page_of, self._issue, around),
        }


def explained(error: Exception, name: str, places: Collection[str]) -> TemplateError:
    """Return the error of a template as one that names the file on the disk, the line in it and what to do.

    `places` are the files of which one is at fault, `name` the template that was filled.
    """
    if isinstance(error, TemplateSyntaxError):
        return TemplateError(str(error.message), where=f"{error.filename}:{error.lineno}", hint=_HINT)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in places]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
    if isinstance(error, TemplateNotFound):
        hint = "a template can only use the files of its theme"
        return TemplateError(f"there is no file {error.name!r}", where=where, hint=hint)
    says = str(error) if isinstance(error, JinjaError) else f"{type(error).__name__}: {error}"
    return TemplateError(says, where=where, hint=_HINT)


@lru_cache(maxsize=8)
def environment(files: tuple[tuple[str, str, str], ...], compiled: Path | None) -> ImmutableSandboxedEnvironment:
    """Return Jinja's environment over a theme's files: name, text, place on the disk.

    Compiling a theme costs ten times what filling it does, so the last few are kept, in the process and in the folder
    `compiled`; the key is the whole content.
    """
    sources = {name: (text, place, _always) for name, text, place in files}
    environment = _Sandbox(
        loader=FunctionLoader(sources.get),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=_Missing,
        bytecode_cache=_Compiled(str(compiled)) if compiled else None,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # folding constants takes 13 % of compiling, and a theme is mostly filled once in a process
    )
    environment.filters |= {"fit": fit, "paragraphs": paragraphs, "readable": readable, "stop": stop, "wrap": wrap}
    environment.filters |= {"in_series": in_series, "source": source, "told": told, "untold": untold}
    return environment


class _Missing(StrictUndefined):
    """A name that a template asks for and that is not there: an error, with the name that was probably meant."""

    @property
    def _undefined_message(self) -> str:
        """Return what is missing, in a template's own words."""
        name, holder = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if holder is missing:
            return f"there is nothing called {name!r}"
        known = [each for each in dir(holder) if not each.startswith("_")]
        close = get_close_matches(name, known, n=1)
        said = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known[:_NAMED])}"
        return f"there is no {name!r} here; {said}"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without its search through what our frozen values cannot have: half of a template's time."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute that a template reads: of a value of ours each field, of all else what is safe."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates on the disk; one that cannot be kept costs time and nothing else."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template where there is room and a right to."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _always() -> bool:
    """Tell Jinja that a template is up to date: its text is part of the environment's key."""
    return True


def _tag(name: TagName) -> str:
    if name not in TAG_NAMES:
        raise ValueError(f"no tag {name!r}; there are {', '.join(TAG_NAMES)}")
    return placeholder(name)
