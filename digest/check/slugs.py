"""caniemail's names (slugs) of what a mail can hold: tables that `features` looks things up in."""

import re


def _each(slug: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), slug)


def _same(prefix: str, names: str) -> dict[str, str]:
    return {name: f"{prefix}-{name}" for name in names.split()}


PROPERTIES: dict[str, str] = {
    **_same(
        "css",
        "accent-color align-items animation aspect-ratio backdrop-filter background background-blend-mode "
        "background-clip background-color background-image background-origin background-position background-repeat "
        "background-size border border-collapse border-image border-radius border-spacing box-shadow box-sizing "
        "caption-side clear clip-path color-scheme column-count cursor direction display empty-cells filter "
        "flex-direction flex-wrap float font font-kerning font-size font-size-adjust font-stretch font-weight "
        "grid-template height hyphenate-character hyphenate-limit-chars hyphens inline-size inset justify-content "
        "letter-spacing line-height list-style list-style-image list-style-position list-style-type margin mask-image "
        "max-block-size max-height max-inline-size max-width min-block-size min-height min-inline-size min-width "
        "mix-blend-mode object-fit object-position opacity orphans outline outline-offset overflow overflow-wrap "
        "padding position resize scroll-snap shape-margin shape-outside tab-size table-layout text-align "
        "text-align-last "
        "text-decoration text-decoration-color text-decoration-line text-decoration-skip-ink text-decoration-style "
        "text-decoration-thickness text-emphasis text-emphasis-position text-indent text-justify text-orientation "
        "text-overflow text-shadow text-transform text-underline-offset text-underline-position text-wrap transform "
        "transition user-select vertical-align visibility white-space white-space-collapse widows width word-break "
        "word-spacing word-wrap writing-mode z-index",
    ),
    **_each("css-left-right-top-bottom", "bottom left right top"),
    **_each("css-gap", "column-gap gap grid-column-gap grid-gap grid-row-gap row-gap"),
    **_each(
        "css-column-layout-properties",
        "column-fill column-rule column-rule-color column-rule-style column-rule-width column-span column-width "
        "columns",
    ),
    **_each("css-grid-template", "grid-template-areas grid-template-columns grid-template-rows"),
    **_each("css-overflow", "overflow-x overflow-y"),
    **_each("css-block-inline-size", "block-size"),
    **_each("css-border-inline-block", "border-block border-inline"),
    **_each(
        "css-border-inline-block-individual",
        "border-block-end border-block-start border-inline-end border-inline-start",
    ),
    **_each(
        "css-border-inline-block-longhand",
        "border-block-color border-block-style border-block-width border-inline-color border-inline-style "
        "border-inline-width",
    ),
    **_each(
        "css-border-radius-logical",
        "border-end-end-radius border-end-start-radius border-start-end-radius border-start-start-radius",
    ),
    **_each(
        "css-border-radius",
        "border-bottom-left-radius border-bottom-right-radius border-top-left-radius border-top-right-radius",
    ),
    **_each("css-margin-inline-block", "margin-block margin-inline"),
    **_each("css-margin-block-start-end", "margin-block-end margin-block-start"),
    **_each("css-margin-inline-start-end", "margin-inline-end margin-inline-start"),
    **_each("css-padding-inline-block", "padding-block padding-inline"),
    **_each("css-padding-block-start-end", "padding-block-end padding-block-start"),
    **_each("css-padding-inline-start-end", "padding-inline-end padding-inline-start"),
}
"""The properties, by name; a logical size alone (`inline-size`) has two entries there, and its own is taken."""

SIDES = re.compile(
    r"(animation|border-image|border|grid-template|margin|outline|padding|scroll-snap|text-emphasis|transform"
    r"|transition)-[a-z-]+\Z"
)
"""Properties of which only the shorthand has an entry: `margin-left` counts as `margin`."""

VALUES: dict[tuple[str, str], str] = {
    ("display", "flex"): "css-display-flex",
    ("display", "inline-flex"): "css-display-flex",
    ("display", "grid"): "css-display-grid",
    ("display", "inline-grid"): "css-display-grid",
    ("display", "none"): "css-display-none",
}
"""Values that have an entry of their own."""

WORDS: dict[str, str] = {
    **_each("css-sytem-ui", "system-ui ui-monospace ui-rounded ui-sans-serif ui-serif"),
    **_each("css-intrinsic-size", "fit-content max-content min-content"),
    "initial": "css-unit-initial",
}
"""Words that may stand in any value; the first slug is spelt as caniemail spells it."""

FUNCTIONS: dict[str, str] = {
    **_each("css-linear-gradient", "linear-gradient repeating-linear-gradient"),
    **_each("css-radial-gradient", "radial-gradient repeating-radial-gradient"),
    **_each("css-conic-gradient", "conic-gradient repeating-conic-gradient"),
    **_same("css-function", "clamp light-dark max min"),
    **_each("css-modern-color", "color color-mix hwb lab lch oklab oklch"),
    **_same("css", "rgb rgba"),
    "calc": "css-unit-calc",
    "var": "css-variables",
}
UNITS: dict[str, str] = {
    **_same("css-unit", "ch cm em ex in mm pc pt px rem vh vmax vmin vw"),
    "%": "css-unit-percent",
}

SELECTORS: dict[str, re.Pattern[str]] = {
    "css-selector-adjacent-sibling": re.compile(r"\+"),
    "css-selector-attribute": re.compile(r"\["),
    "css-selector-chaining": re.compile(r"\.[\w-]+\.[\w-]"),
    "css-selector-child": re.compile(r">"),
    "css-selector-class": re.compile(r"\.[a-zA-Z_-]"),
    "css-selector-descendant": re.compile(r"[\w\])*][ ]+[\w.#\[*:]"),
    "css-selector-general-sibling": re.compile(r"~(?!=)"),
    "css-selector-id": re.compile(r"#[\w-]"),
    "css-selector-type": re.compile(r"(?:^|[\s,>+~(])[a-zA-Z]"),
    "css-selector-universal": re.compile(r"(?<![|~^$])\*(?!=)"),
}

ELEMENTS: dict[str, str] = {
    **_same(
        "html",
        "abbr acronym address audio base bdi blockquote body code del dfn dialog div form hr img link marquee meter "
        "object p picture pre progress rp rt ruby select small span strike strong style svg table textarea video wbr",
    ),
    **_each("html-h1-h6", "h1 h2 h3 h4 h5 h6"),
    **_each("html-lists", "dl ol ul"),
    **_each("html-image-maps", "map"),
    **_each(
        "html-semantics",
        "article aside details figcaption figure footer header main mark nav section summary time",
    ),
}
ATTRIBUTES: dict[str, str] = {
    **_same(
        "html",
        "align aria-describedby aria-hidden aria-label aria-labelledby aria-live background cellpadding cellspacing "
        "dir height hidden lang popover required role target valign width",
    ),
    "inert": "css-inert-attribute",
    "loading": "html-loading-attribute",
    "sizes": "html-srcset",
    "srcset": "html-srcset",
}
INPUTS: dict[str, str] = {
    **{f"input {kind}": f"html-input-{kind}" for kind in ("checkbox", "hidden", "radio", "reset", "submit", "text")},
    "button reset": "html-button-reset",
    "button submit": "html-button-submit",
}
PICTURES: dict[str, str] = {
    **_same("image", "apng avif bmp gif ico jpg mp4 png svg tiff webp"),
    **_each("image-heif", "heic heif"),
    **_each("image-hdr", "hdr"),
    "data": "image-base64",
    "jpeg": "image-jpg",
    "tif": "image-tiff",
}

UNDETECTED: dict[str, str] = {
    "bimi": "a record in the sender's DNS, no part of a mail",
}
"""What of caniemail's list is never looked for, and why."""
