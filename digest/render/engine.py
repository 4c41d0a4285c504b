"""The only door to Jinja2: a theme's templates, filled with an issue. Imported only when something is rendered.

What a template can use:

    issue            the Issue, as `digest.model.issue` describes it
    strings          the theme's fixed words in the issue's language: `{{ strings.unsubscribe }}`
    tag(NAME)        the placeholder for a mailing service's tag: unsubscribe, view_online, preferences, address
    x | paragraphs   a text as a list of its paragraphs
    x | readable(p)  the colour x, darkened or lightened until text in it can be read on the paper p
    x | fit(w, h)    an Image's `width` and `height` as shown in w by h pixels at most
    x | wrap         a text in lines of 72 columns, for email.txt

Templates run in a sandbox; an undefined name is an error; values are escaped in `.html`.
"""

import traceback
from collections.abc import Callable
from types import SimpleNamespace

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.errors import TemplateError
from digest.model.issue import Issue
from digest.model.tags import TagName, placeholder
from digest.render.colours import readable
from digest.render.outside import as_text_only
from digest.render.plain import paragraphs, tidy, wrap
from digest.render.sizes import fit
from digest.render.strings import strings_of
from digest.theme import Theme


class Engine:
    """One issue and one theme, ready to fill that theme's templates."""

    def __init__(self, issue: Issue, theme: Theme) -> None:
        self._theme = theme
        self._environment = _environment(theme)
        self._values = {
            "issue": as_text_only(issue),
            "strings": SimpleNamespace(**strings_of(theme, issue.brand.language)),
            "tag": _tag,
        }

    def fill(self, name: str) -> str:
        """Return the theme's file `name`, filled.

        Raises:
            TemplateError: the template cannot be read or fails; `where` is its file and line.

        """
        try:
            filled = self._environment.get_template(name).render(self._values)
        except Exception as error:  # whatever goes wrong while a template runs is the template's error
            raise self._explain(error, name) from error
        return tidy(filled) if name.endswith(".txt") else filled

    def _explain(self, error: Exception, name: str) -> TemplateError:
        if isinstance(error, TemplateSyntaxError):
            place = self._theme.places.get(error.name or "", name)
            return TemplateError(error.message or "syntax error", where=f"{place}:{error.lineno}", hint=_hint(error))
        places = set(self._theme.places.values())
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in places]
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else self._theme.places.get(name, name)
        return TemplateError(f"{error}" or type(error).__name__, where=where, hint=_hint(error))


def _environment(theme: Theme) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_source(theme)),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"fit": fit, "paragraphs": paragraphs, "readable": readable, "wrap": wrap}
    return environment


def _source(theme: Theme) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Return a loader over the theme's texts; it names the file on the disk, so that an error can."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (theme.files[name], theme.places[name], lambda: True) if name in theme.files else None

    return load


def _tag(name: TagName) -> Markup:
    return Markup(placeholder(name))  # noqa: S704 - our own constant


def _hint(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return "a template can only use the files of its theme"
    return "mend the template; `digest.render.engine` lists what it can use"
