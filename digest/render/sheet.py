"""The only door to premailer: what a style sheet makes of single elements.

Imported only when a style is asked for that nobody has kept (`digest.render.styles`): premailer takes 40 ms to import,
and as long for its first sheet.

The set-up is the one that measured best on premailer 3.10.0. `strip_important` would take the kept rules' only means
against inline styles; the five attributes would overwrite an image's own (`height="auto"`); network and files stay
shut. The samples are XML: HTML's parser would move a `<td>` that stands alone.
"""

import logging
import re
import sys
from collections.abc import Sequence
from html import escape
from types import ModuleType

# premailer imports requests, a third of its own import's time, to fetch style sheets. It may not fetch any, so it gets
# an empty module in its place, which is gone again before anything else could ask for it.
_STAND_IN = ModuleType("requests")
sys.modules.setdefault("requests", _STAND_IN)
from premailer import Premailer  # noqa: E402 - behind the stand-in

if sys.modules["requests"] is _STAND_IN:
    del sys.modules["requests"]

_PREMAILER = Premailer(
    method="xml",
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

_SAMPLE = re.compile(r"<[a-z][a-z0-9]*(?:\s+class=\"[^\"]*\")?(?:\s+style=\"([^\"]*)\")?\s*/>")


def apply(css: str, elements: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the style of each element (its tag, classes and own style) as an attribute's value; "" for none."""
    samples = "".join(
        f'<{tag} class="{escape(classes)}"' + (f' style="{escape(style)}"/>' if style else "/>")
        for tag, classes, style in elements
    )
    page = f"<mail><head><style>{escape(css, quote=False)}</style></head><samples>{samples}</samples></mail>"
    made = _PREMAILER.transform(page, pretty_print=False).partition("<samples>")[2]
    return [style.replace("; ", ";").replace(", ", ",") for style in _SAMPLE.findall(made)]
