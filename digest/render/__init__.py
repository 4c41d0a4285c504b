"""Render: an issue and a theme become the three faces that readers see.

A pure function of the two: what templates can use is listed in `digest.render.engine`. Jinja2 and premailer take
half a second to import, so they come in when the first issue is rendered, not when this room is imported.
"""

from pathlib import Path

from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.theme import Theme

__all__ = ["render"]


def render(issue: Issue, theme: Theme, compiled: Path | None = None) -> Rendered:
    """Return the issue's mail (HTML, styles inlined), its text part and its web version.

    `compiled` is a folder of the user's own where compiled templates are kept; it changes the time, never the bytes.

    Raises:
        TemplateError: a template fails, or what it gives is not a sound e-mail; `where` names file and line.

    """
    # Heavy: jinja2 90 ms, premailer 240 ms; only needed here.
    from digest.render.engine import Engine  # noqa: PLC0415 - see above
    from digest.render.inline import inline  # noqa: PLC0415 - see above

    engine = Engine(issue, theme, compiled)
    return Rendered(
        html=inline(engine.fill("email.html"), where=theme.places["email.html"]),
        text=engine.fill("email.txt"),
        web=engine.fill("web.html"),
    )
